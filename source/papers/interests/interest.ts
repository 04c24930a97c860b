/**
 * What a user cares about besides single papers: watches, follows, mutes and struck reasons of the ranking.
 * Each is an entry of the journal with an identity like a paper's but with one of these prefixes, so that
 * undo, merging and compaction work as for marks. docs/journal.md has a table.
 */
export const interestKinds = ["watch", "follow", "mute", "reason"] as const;
export type InterestKind = (typeof interestKinds)[number];

/**
 * Notes that the program makes about a paper and only the ranking reads: it was exported, or it is in a
 * bibliography that `papers-tui learn` read. `learned:2510.22543` is an entry of the journal like the
 * others.
 */
const noteKinds = ["learned", "exported"] as const;
export type NoteKind = (typeof noteKinds)[number];

/** An entry that is in force. */
export interface Interest {
  /** Its identity: `watch:theory of llms`, `follow:author/min xu`, `mute:category/cs.cv`, `reason:…`. */
  readonly id: string;
  /** Its name as the user wrote it: "theory of LLMs", "Min Xu". */
  readonly title: string;
  /** The filter of a watch. */
  readonly filter: string;
  /** For an author: their known coauthors (`people.ts`), one per line. */
  readonly with: string;
  /** For an author: the coauthors of somebody else of that name, one per line. */
  readonly without: string;
}

const prefixes = interestKinds.map((kind) => `${kind}:`);
const notePrefixes = noteKinds.map((kind) => `${kind}:`);

/** The kind of an identity; `null` if it is a paper's. */
export function interestKind(id: string): InterestKind | null {
  // Most identities are arXiv's and begin with a digit, and this runs for every change of a journal.
  if (id.charCodeAt(0) <= 0x39) return null;
  const at = prefixes.findIndex((prefix) => id.startsWith(prefix));
  return interestKinds[at] ?? null;
}

/** Whether an identity is that of a note about a paper. */
function isNoteId(id: string): boolean {
  if (id.charCodeAt(0) <= 0x39) return false;
  return notePrefixes.some((prefix) => id.startsWith(prefix));
}

/** The identity of a note about a paper. */
export function noteId(kind: NoteKind, paper: string): string {
  return `${kind}:${paper}`;
}

/**
 * Whether an identity is that of a watch, a follow, a mute, a struck reason or a note, and not that of a
 * paper.
 */
export function isInterestId(id: string): boolean {
  return interestKind(id) !== null || isNoteId(id);
}

/** An identity: the kind, and the name normalized by `nameOf`. */
export function interestId(kind: InterestKind, name: string): string {
  return `${kind}:${nameOf(name)}`;
}

/** Normalizes a name for an identity: lower case, composed (NFC), single spaces. */
export function nameOf(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}
