import { nameOf } from "../../papers/interests/interest.js";
import { fieldNames, type NumberField, numberNames, partNames, type TextField } from "../text/fields.js";
import { normalize, words } from "../text/normalize.js";
import { editDistance } from "../words/typos.js";
import { everywhere, idNames, keyName, names, type Piece, tokensOf } from "./tokens.js";
import type { MarkTerm, Mistake, Term, Watches } from "./types.js";
import { readDay, readNumbers, readYears, type Unfinished } from "./values.js";

/** The terms that a piece of a query stands for, and what is wrong with it. */
export interface Meaning {
  readonly terms: readonly Term[];
  readonly mistake: Mistake | null;
}

const nothing: Meaning = { terms: [], mistake: null };
export const marks: readonly MarkTerm["mark"][] = [
  "unread",
  "read",
  "starred",
  "later",
  "new",
  "muted",
  "followed",
  "watched",
];

/** What other programs call conditions. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["date", "after"],
  ["published", "after"],
  ["listed", "after"],
  ["since", "after"],
  ["until", "before"],
  ["tag", "keyword"],
  ["topic", "keyword"],
  ["status", "is"],
  ["in", "from"],
  ["source", "from"],
]);

/** Text fields that have a numeric field of almost the same name, which counts their entries. */
const counts: ReadonlyMap<TextField, NumberField> = new Map([
  ["author", "authors"],
  ["comment", "comments"],
]);

/**
 * Interprets a piece. A piece that is not understood is searched as words, without its field name; an
 * unfinished one is ignored. Both are reported as mistakes for scripts.
 *
 * @param today `YYYY-MM-DD`, for relative dates; without it they are not understood
 */
export function meaningOf(piece: Piece, negated: boolean, today: string | null): Meaning {
  const { name, value } = piece;
  if (name === null) return textMeaning(piece, negated);
  if (value.trim() === "") return unfinished(piece, `${name}:${exampleOf(name)}`);
  if (name === everywhere) return { terms: textTerms(piece, null, negated), mistake: null };
  const field =
    name === keyName ? "key" : (fieldNames.get(name) ?? (idNames.includes(name) ? "id" : undefined));
  // "comment:>2" and "author:>5" can only be counts.
  const counted = field === undefined ? undefined : counts.get(field);
  if (counted !== undefined && !piece.quoted && /^[<>≥≤]=?\d*$/.test(value))
    return numberMeaning(piece, counted, value, negated);
  if (field !== undefined) return { terms: textTerms(piece, field, negated), mistake: null };
  const bare = value.replace(/^=(?=.)/, "");
  if (name === "has") return partMeaning(piece, bare.toLowerCase(), negated);
  if (name === "from")
    return { terms: [{ kind: "from", text: value.trim().toLowerCase(), negated }], mistake: null };
  if (name === "is") return markMeaning(piece, bare.toLowerCase(), negated);
  if (name === "year") return rangeMeaning(piece, readYears(bare), "a year", negated);
  if (name === "after" || name === "before") return dayMeaning(piece, name, bare, negated, today);
  return numberMeaning(piece, numberNames.get(name) as NumberField, bare, negated);
}

/** Interprets `watch:NAME` if there is no watch of that name. */
export function noWatchMeaning(piece: Piece, negated: boolean, watches: Watches): Meaning {
  const name = nameOf(piece.value);
  const named = [...watches.keys()];
  for (const one of named) {
    const written = one.startsWith(name) ? asCondition(one) : null;
    if (written !== null) return unfinished(piece, written);
  }
  if (name === "") return unfinished(piece, "watch:name");
  const near = nearest(name, named);
  return asWords(
    piece,
    negated,
    `no watch is called ${piece.value}`,
    near === null ? null : asCondition(near),
  );
}

/**
 * The condition that refers to a watch; `null` if none can: another machine or an earlier version may have
 * saved `a "b" c`, in which the first quotation mark would end the name.
 */
function asCondition(name: string): string | null {
  const written = `watch:${/[\s()|]/.test(name) ? `"${name}"` : name}`;
  const [token, ...more] = tokensOf(written);
  const isNamed = more.length === 0 && token?.kind === "piece" && nameOf(token.value) === name;
  return isNamed ? written : null;
}

function markMeaning(piece: Piece, value: string, negated: boolean): Meaning {
  const mark = marks.find((one) => one === value);
  if (mark !== undefined) return { terms: [{ kind: "is", mark, negated }], mistake: null };
  const begun = marks.find((one) => one.startsWith(value));
  if (begun !== undefined) return unfinished(piece, `is:${begun}`);
  return asWords(piece, negated, `is:${value} is not known`, `is:${nearest(value, marks) ?? "unread"}`);
}

/** Interprets the value of `has:`, singular or plural. */
function partMeaning(piece: Piece, value: string, negated: boolean): Meaning {
  const spellings = [value, `${value}s`, value.replace(/s$/, "")];
  const part = spellings.map((one) => partNames.get(one)).find((one) => one !== undefined);
  if (part !== undefined) return { terms: [{ kind: "has", part, negated }], mistake: null };
  const known = [...partNames.keys()];
  const begun = known.find((one) => one.startsWith(value));
  if (begun !== undefined) return unfinished(piece, `has:${begun}`);
  return asWords(piece, negated, `has:${value} is not known`, `has:${nearest(value, known) ?? "code"}`);
}

function rangeMeaning(
  piece: Piece,
  range: ReturnType<typeof readYears>,
  what: string,
  negated: boolean,
): Meaning {
  const { name, value } = piece;
  if (range === null) return asWords(piece, negated, `${name}:${value} is not ${what}`, `${name}:2025`);
  if (range === "unfinished") return unfinished(piece, `${name}:${yearLike(value)}`);
  const { isPartly = false, ...days } = range;
  const mistake = isPartly ? unfinishedMistake(piece, `${name}:${value.replace(/\.+\d*$/, "..2025")}`) : null;
  return { terms: [{ kind: "date", ...days, negated }], mistake };
}

function dayMeaning(
  piece: Piece,
  name: "after" | "before",
  value: string,
  negated: boolean,
  today: string | null,
): Meaning {
  const day: string | Unfinished | null = readDay(value, today);
  if (day === null)
    return asWords(piece, negated, `${name}:${piece.value} is not a date`, `${name}:${exampleOf(name)}`);
  if (day === "unfinished") return unfinished(piece, `${name}:${exampleOf(name)}`);
  const range = name === "after" ? { from: day, before: null } : { from: null, before: day };
  // "2024-" and "2024-0" count as the year so far.
  const mistake = /-0?$/.test(value) ? unfinishedMistake(piece, `${name}:${day.slice(0, 7)}`) : null;
  return { terms: [{ kind: "date", ...range, negated }], mistake };
}

function numberMeaning(piece: Piece, field: NumberField, value: string, negated: boolean): Meaning {
  const numbers = readNumbers(value);
  if (numbers === "unfinished") return unfinished(piece, `${field}:${exampleOf(field)}`);
  if (numbers !== null) return { terms: [{ kind: "number", field, ...numbers, negated }], mistake: null };
  // "authors:hinton" and "comments:icml" can only be text.
  const text = [...counts].find(([, one]) => one === field)?.[0];
  if (text !== undefined && /\p{L}/u.test(value))
    return { terms: textTerms(piece, text, negated), mistake: null };
  return asWords(piece, negated, `${field}:${piece.value} is not a number`, `${field}:${exampleOf(field)}`);
}

/** Interprets a piece without a known field name. If it looks like a mistyped one, the name is dropped. */
function textMeaning(piece: Piece, negated: boolean): Meaning {
  // Lower-case letters, a colon and a value directly after it look like a field. "2:1", "CLIP: a" and
  // "https://…" are text.
  const attempt = piece.quoted ? null : /^([a-z]{2,}):(?=[\p{L}\p{N}"<>=])/u.exec(piece.value);
  if (!attempt) return { terms: textTerms(piece, null, negated), mistake: null };
  const name = attempt[1] as string;
  const value = piece.value.slice(name.length + 1);
  const meant = otherNames.get(name);
  const near = meant === "after" && /^[<≤]/.test(value) ? "before" : (meant ?? nearest(name, names));
  const { terms, mistake } = asWords(
    { ...piece, name, value },
    negated,
    `${name}: is not a field`,
    near === null ? null : `${near}:${meant === undefined ? value : value.replace(/^[<>=≥≤]+/, "")}`,
  );
  return { terms, mistake: mistake && { ...mistake, isSynonym: meant !== undefined } };
}

/** Searches for the value of a piece that was not understood as words. */
function asWords(piece: Piece, negated: boolean, what: string, nearest: string | null): Meaning {
  const written = `${piece.name}:${piece.value}`;
  return {
    terms: textTerms({ ...piece, value: piece.value.replace(/^[<>=≥≤]+/, "") }, null, negated),
    mistake: { kind: "unknown", written, what: `${what}; searched as words`, nearest },
  };
}

function unfinished(piece: Piece, nearest: string): Meaning {
  return { ...nothing, mistake: unfinishedMistake(piece, nearest) };
}

function unfinishedMistake({ name, value }: Piece, nearest: string): Mistake {
  const written = `${name}:${value}`;
  return { kind: "unfinished", written, what: `${written} is unfinished and ignored`, nearest };
}

function textTerms(piece: Piece, field: TextField | null, negated: boolean): Term[] {
  const { value, quoted, open } = piece;
  const hasWords = words(value).length > 0;
  const hasSigns = /[^\x00-\x7f]/.test(value) && /\p{S}/u.test(value);
  if (!hasWords && !hasSigns) return []; // only punctuation ("-", ",", "…"): nothing to search for
  // A key is compared as it is, with its blanks, and never in texts.
  if (field === "key") return [{ kind: "word", text: value.trim(), field, negated }];
  if (quoted || !hasWords) {
    const text = value.trim().replace(/\s+/g, " ");
    const bare = normalize(text, true);
    return [{ kind: "phrase", text, field, negated, caseSensitive: bare !== bare.toLowerCase(), open }];
  }
  return [{ kind: "word", text: value, field, negated }];
}

/** An example value for a name, for suggestions. */
function exampleOf(name: string): string {
  if (name === "is") return "unread";
  if (name === "has") return "code";
  if (name === "from") return "daily";
  if (name === "year") return "2025";
  if (name === "after" || name === "before") return "2025-06";
  if (numberNames.has(name)) return ">20";
  return name === "id" || name === "arxiv" ? "2510.22543" : "word";
}

/** A full year that the typed digits may become. */
function yearLike(value: string): string {
  const digits = /\d{1,3}/.exec(value)?.[0] ?? "";
  if (/^20[3-9]$/.test(digits)) return `200${digits.slice(2)}`;
  if (digits.startsWith("19") || digits.startsWith("20"))
    return digits.padEnd(4, digits.startsWith("19") ? "9" : "2025".slice(digits.length));
  if (digits.length !== 2) return "2025";
  return `${Number(digits) < 50 ? 20 : 19}${digits}`;
}

/** The candidate closest to a word in spelling; `null` if none is close. */
function nearest(word: string, among: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const one of among) {
    const begins = word.length > 1 && (one.startsWith(word) || word.startsWith(one));
    const edits = begins ? 1 : editDistance(word, one);
    if (edits < fewest) [best, fewest] = [one, edits];
  }
  return best;
}
