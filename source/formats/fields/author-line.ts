import { clean } from "../../text/clean.js";
import { personName } from "../../text/names.js";

/** The authors that a line of text names. */
export interface AuthorLine {
  readonly authors: readonly string[];
  /** How many there are, where the line says that it leaves some out. */
  readonly authorCount: number | null;
  /** Set where the line says that it leaves some out, and not how many ("et al.", "and others"). */
  readonly andOthers?: true;
  /** The collaboration on whose behalf they write, where the line says one. */
  readonly organization: string | null;
}

const groupName = /\b(?:collaborations?|consortium|team)\b/i;
const onBehalf = /^(?:\d+,\s*)?(?:on\s+behalf\s+of|for)\s+(?:the\s+)?/i;
/** "et al." and "and others", which stand for further authors. */
const moreAuthors = /(?:^|[\s,])(?:et\.? ?al\b|and others\s*$)/i;
const moreAtEnd = /\set\.? ?al\.?$/i;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const initials = /^(?:\p{Lu}\p{M}*\.?[\s-]?){1,4}$/u;

/**
 * Authors out of one line as arXiv writes it: names between commas, affiliations in parentheses
 * behind them (also by number, explained at the end), "for the X Collaboration",
 * "et al. (84 additional authors not shown)". With `lastFirst`, as journals' feeds write it,
 * "Lovelace, A., Babbage, C." are two authors and "Lovelace, Ada" is one.
 * https://info.arxiv.org/help/prep.html#author
 */
export function splitAuthors(line: string, { lastFirst = false } = {}): AuthorLine {
  // The comma of `\\,`, TeX's thin space, parts initials and no authors.
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
 * Names as they are read, of a list in which every person has the family name first and initials after
 * it, as PubMed and Scopus write them: "Holm I.", "van Reed OT". Any other list is returned as it is.
 */
export function withInitialsFirst(names: readonly string[]): readonly string[] {
  const found = names.map((name) => familyAndInitials.exec(name));
  const people = names.filter((name) => !groupName.test(name) && !otherGroup.test(name));
  if (people.length === 0 || found.filter((one) => one !== null).length < people.length) return names;
  return names.map((name, at) => {
    const [, family, given] = found[at] ?? [];
    return family === undefined || given === undefined ? name : `${given.trim()} ${family}`;
  });
}

/** Whether there is a letter in it: databases hold ":" and "--" as authors. */
export function isName(text: string): boolean {
  return /[A-Za-z]/.test(text) || /\p{L}/u.test(text);
}

function piecesOf(text: string, lastFirst: boolean): readonly string[] {
  const pieces: string[] = [];
  for (const part of text.split(/[,;]|\s(?:and|\\?&)\s/i)) {
    const piece = part.replace(/^\s*and\s+/i, "").trim();
    if (piece === "") continue;
    // A suffix belongs to the name before it, from which only a comma parts it.
    if (suffix.test(piece) && pieces.length > 0) pieces.push(`${pieces.pop()}, ${piece}`);
    else pieces.push(piece);
  }
  return lastFirst ? turnedPieces(pieces) : pieces;
}

/**
 * "Lovelace", "A.", "Babbage", "C." as "Lovelace, A.", "Babbage, C.", and what has no initials behind
 * it, as a consortium, alone; a few initials among many names turn nothing. "Lovelace", "Ada" is one
 * name where there is nothing else.
 */
function turnedPieces(pieces: readonly string[]): readonly string[] {
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

/** "for the X Collaboration" and "X Collaboration", without what is said before the name. */
function groupOf(text: string): string | null {
  if (!groupName.test(text) || text.length > 200) return null;
  if (!onBehalf.test(text)) return /[,;(]/.test(text) ? null : text;
  return text.replace(onBehalf, "").replace(/[,;(][\s\S]*$/, "");
}

/** Takes out what stands in parentheses that are closed; one without its other half is dropped. */
function withoutParentheses(text: string): { outside: string; inside: readonly string[] } {
  if (!/[()]/.test(text)) return { outside: text, inside: [] };
  const opened: number[] = [];
  /** Groups as they lie behind each other; one that closes around others takes their place. */
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
