import { clean } from "../../text/clean.js";
import { personName } from "../../text/names.js";

/** The authors that a line of text names. */
export interface AuthorLine {
  readonly authors: readonly string[];
  /** How many authors there are, if the line says that it omits some. */
  readonly authorCount: number | null;
  /** Set if the line omits some authors without saying how many ("et al.", "and others"). */
  readonly andOthers?: true;
  /** The collaboration on whose behalf they write, if the line names one. */
  readonly organization: string | null;
}

const groupName = /\b(?:collaborations?|consortium|team)\b/i;
const onBehalf = /^(?:\d+,\s*)?(?:on\s+behalf\s+of|for)\s+(?:the\s+)?/i;
const moreAuthors = /(?:^|[\s,])(?:et\.? ?al\b|and others\s*$)/i;
const moreAtEnd = /\set\.? ?al\.?$/i;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const initials = /^(?:\p{Lu}\p{M}*\.?[\s-]?){1,4}$/u;

/**
 * Splits a line of authors as arXiv writes it: names separated by commas, each with affiliations in
 * parentheses (also as numbers explained at the end), "for the X Collaboration", "et al. (84 additional
 * authors not shown)". With `lastFirst`, as in the feeds of journals, "Lovelace, A., Babbage, C." is two
 * authors and "Lovelace, Ada" is one. https://info.arxiv.org/help/prep.html#author
 */
export function splitAuthors(line: string, { lastFirst = false } = {}): AuthorLine {
  // The comma of `\\,`, TeX's thin space, separates initials and not authors.
  const text = clean(line.replaceAll("\\,", " "));
  const { outside, inside } = withoutParentheses(text);
  const isOpen = moreAuthors.test(outside);
  const hidden = isOpen ? Number(/\((\d{1,6}) additional authors? not shown\)/i.exec(text)?.[1] ?? 0) : 0;
  let organization = inside.map(groupOf).find((group) => group !== null) ?? null;
  const authors: string[] = [];
  for (const piece of piecesOf(outside, lastFirst)) {
    // "The X Collaboration: A. Author" names both.
    const [before = "", behind] = piece.split(/:\s+/, 2);
    const name = behind !== undefined && groupName.test(before) ? behind : piece;
    if (name !== piece) organization ??= before;
    if (onBehalf.test(name)) organization ??= groupOf(name) ?? name.replace(onBehalf, "");
    else if (!/^(?:et\.? ?al\.?|others)$/i.test(name)) authors.push(personName(name.replace(moreAtEnd, "")));
  }
  const named = authors.filter(isName);
  return {
    authors: named,
    authorCount: hidden > 0 ? named.length + hidden : null,
    ...(isOpen && hidden === 0 && named.length > 0 && { andOthers: true as const }),
    organization: organization === null ? null : clean(organization) || null,
  };
}

const otherGroup =
  /\b(?:Association|Committee|Council|Group|Initiative|Institute|Investigators|Network|Project|Society|Study)\b/;
const familyAndInitials =
  /^((?:(?:d[aeiu]|del|della|van|von|der|den|la|le|ter|ten) )*\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+)?) ((?:\p{Lu}\.[ -]?){1,5}|\p{Lu}{1,3})$/u;

/**
 * Converts names to reading order if every person in the list has initials after the family name, as in
 * PubMed and Scopus: "Holm I.", "van Reed OT". Any other list is returned unchanged.
 */
export function withInitialsFirst(names: readonly string[]): readonly string[] {
  const isGroup = (name: string) => groupName.test(name) || otherGroup.test(name);
  const turned = names.map((name) => (isGroup(name) ? name : initialsFirst(name)));
  const isUnclear = turned.includes(null) || names.every(isGroup);
  return isUnclear ? names : turned.map((name) => name as string);
}

function initialsFirst(name: string): string | null {
  const [, family, given] = familyAndInitials.exec(name) ?? [];
  if (family === undefined || given === undefined) return null;
  // In "MIN XU" nothing shows which of the two is the family name.
  if (/^\p{Lu}{2}/u.test(given) && !/\p{Ll}/u.test(family)) return null;
  return `${given.trim()} ${family}`;
}

/**
 * The names of people written one by one. "Last, First" shows its order even if the family name is in capitals
 * ("LI, Wei") or a single letter ("E, Weinan"); without commas, initials may be at the end.
 *
 * @param read converts a written name to reading order
 */
export function listedNames(written: readonly string[], read = personName): readonly string[] {
  const names = written.map(read).filter(isName);
  return written.some((name) => /,\s*\S/.test(name)) ? names : withInitialsFirst(names);
}

/** Whether a text contains a letter: databases list ":" and "--" as authors. */
export function isName(text: string): boolean {
  return /[A-Za-z]/.test(text) || /\p{L}/u.test(text);
}

function piecesOf(text: string, lastFirst: boolean): readonly string[] {
  const pieces: string[] = [];
  for (const part of text.split(/[,;]|\s(?:and|\\?&)\s/i)) {
    const piece = part.replace(/^\s*and\s+/i, "").trim();
    if (piece === "") continue;
    // A suffix belongs to the previous name; the comma only separates the two.
    if (suffix.test(piece) && pieces.length > 0) pieces.push(`${pieces.pop()}, ${piece}`);
    else pieces.push(piece);
  }
  return lastFirst ? withInitialsJoined(pieces) : pieces;
}

/**
 * Joins "Lovelace", "A.", "Babbage", "C." to "Lovelace, A.", "Babbage, C."; a piece without initials after
 * it, such as a consortium, stays alone. If initials are rare among the pieces, nothing is joined. If
 * "Lovelace", "Ada" are the only pieces, they are one name.
 */
function withInitialsJoined(pieces: readonly string[]): readonly string[] {
  const [only = "", first] = pieces;
  if (pieces.length === 2 && first !== undefined && !only.includes(" ")) return [`${only}, ${first}`];
  const isInitials = pieces.map((piece, index) => index > 0 && initials.test(piece));
  if (isInitials.filter(Boolean).length * 3 < pieces.length) return pieces;
  const names: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (isInitials[index] && !isInitials[index - 1]) names.push(`${names.pop()}, ${piece}`);
    else names.push(piece);
  }
  return names;
}

/** The name in "for the X Collaboration" or "X Collaboration". */
function groupOf(text: string): string | null {
  if (!groupName.test(text) || text.length > 200) return null;
  if (!onBehalf.test(text)) return /[,;(]/.test(text) ? null : text;
  return text.replace(onBehalf, "").replace(/[,;(][\s\S]*$/, "");
}

/** Removes closed parentheses and returns their content; unmatched ones are dropped. */
function withoutParentheses(text: string): { outside: string; inside: readonly string[] } {
  if (!/[()]/.test(text)) return { outside: text, inside: [] };
  const opened: number[] = [];
  /** Outermost groups, in order; a group that encloses others replaces them. */
  const groups: { from: number; to: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") opened.push(at);
    else if (text[at] === ")") {
      const from = opened.pop();
      if (from === undefined) continue;
      while (groups.length > 0 && (groups.at(-1) as { from: number }).from > from) groups.pop();
      groups.push({ from, to: at });
    }
  }
  let outside = "";
  let end = 0;
  for (const { from, to } of groups) {
    outside += `${text.slice(end, from)} `;
    end = to + 1;
  }
  outside += text.slice(end);
  return {
    outside: outside.replace(/[()]/g, " ").replace(/ +/g, " "),
    inside: groups.map(({ from, to }) => text.slice(from + 1, to)),
  };
}
