import { type PaperChange, withMark } from "../papers/marks.js";
import { entryTime, type JournalEntry } from "./journal-format.js";
import { SeenIds } from "./seen-ids.js";

/** What all journals come to: the marks of every paper that has any. */
export class Marks {
  readonly #bits = new Map<string, number>();
  /** Papers that are starred or put aside and of which nothing but the identity was known then. */
  readonly unknown = new Set<string>();

  /** The mark bits of a paper, 0 where it has none. */
  bits(paper: string): number {
    return this.#bits.get(paper) ?? 0;
  }

  /** How many papers have a mark. */
  get size(): number {
    return this.#bits.size;
  }

  /** Takes over new values; the last one given for a field stands. */
  apply(papers: readonly PaperChange[]): void {
    for (const one of papers) {
      if (one.title === "" && (one.starred || one.later)) this.unknown.add(one.paper);
      const before = this.bits(one.paper);
      // Field by field and not in a loop over them: this runs once for every mark ever made.
      let after = before;
      if (one.read !== undefined) after = withMark(after, "read", one.read);
      if (one.starred !== undefined) after = withMark(after, "starred", one.starred);
      if (one.later !== undefined) after = withMark(after, "later", one.later);
      if (after === before) continue;
      if (after === 0) this.#bits.delete(one.paper);
      else this.#bits.set(one.paper, after);
    }
  }
}

/** One journal on its way through the merge. */
export class JournalStream {
  /** Decides between entries of the same moment. */
  readonly name: string;
  readonly #entries: Iterator<JournalEntry>;
  /** The entry it stands at, `null` behind the last. */
  entry: JournalEntry | null = null;
  /** When `entry` counts as made; behind the last, when that one did; "" in an empty journal. */
  time = "";

  /** @param entries the journal's entries in the order of its lines */
  constructor(name: string, entries: Iterator<JournalEntry>) {
    this.name = name;
    this.#entries = entries;
    this.advance();
  }

  /** Goes to the next entry, which never counts as made before this one, whatever the clock did. */
  advance(): void {
    const next = this.#entries.next();
    this.entry = next.done ? null : next.value;
    if (this.entry === null) return;
    const time = entryTime(this.entry);
    if (time > this.time) this.time = time;
  }
}

/**
 * The entries of several journals in the one order that every machine agrees on: by time, then by
 * name; within a journal the order of its lines holds. An entry met twice (a copied or conflicting
 * file) comes only the first time.
 */
export function* mergeJournals(journals: readonly JournalStream[]): Generator<JournalEntry, void, undefined> {
  let open = journals.filter((journal) => journal.entry !== null);
  const seen = new SeenIds();
  while (open[0] !== undefined) {
    // Machines are few, so looking at each is cheaper than keeping them sorted.
    let next = open[0];
    for (const journal of open) if (isBefore(journal, next)) next = journal;
    const entry = next.entry as JournalEntry;
    if (seen.add(entry.id)) yield entry;
    next.advance();
    if (next.entry === null) open = open.filter((journal) => journal !== next);
  }
}

function isBefore(one: JournalStream, other: JournalStream): boolean {
  if (one.time !== other.time) return one.time < other.time;
  return one.name < other.name;
}
