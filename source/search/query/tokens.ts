import { fieldNames, numberNames } from "../text/fields.js";

/** A term as typed, split but not yet interpreted. */
export interface Piece {
  readonly kind: "piece";
  /** A known name before a colon, comparison or equals sign, in lower case. */
  readonly name: string | null;
  /** The value to search for, without its quotes if `quoted`. */
  readonly value: string;
  readonly quoted: boolean;
  /** The closing quote is missing, so the last word may be unfinished. */
  readonly open: boolean;
  /** The range of the piece in the query, and of its value: UTF-16 offsets, ends exclusive. */
  readonly place: Place;
}

/** The position of a term in the text of a query. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export type Token =
  | Piece
  | { readonly kind: "or" | "close" }
  | { readonly kind: "not"; readonly start: number }
  /** `name` applies to all pieces of the group without a name: `title:(a OR b)`. */
  | { readonly kind: "open"; readonly name: string | null };

/** Names of conditions, other than text and number fields. */
export const conditionNames: readonly string[] = ["is", "has", "watch", "from", "year", "after", "before"];
/** Names that search identifiers. */
export const idNames: readonly string[] = ["id", "arxiv", "doi"];
/** The name that searches citation keys. */
export const keyName = "key";
export const everywhere = "all";

/** All names that are allowed before a colon. */
export const names: readonly string[] = [
  ...fieldNames.keys(),
  ...idNames,
  keyName,
  everywhere,
  ...numberNames.keys(),
  ...conditionNames,
];
const known = new Set(names);

const quotes = new Set('"“”„');
const operators: Readonly<Record<string, "or" | "not" | "and">> = {
  OR: "or",
  NOT: "not",
  ANDNOT: "not",
  AND: "and",
};

/** Splits a query into tokens. Any text is valid. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const operatorsCount = !isShouted(text);
  const prefix = /([A-Za-z]+)(?::=?|=|(?=[<>≥≤])|\s+=(?=\s*\d)|\s+(?=[<>≥≤]=?\s*\d))/y;
  const operator = /(?:OR|NOT|ANDNOT|AND)(?=[\s()]|$)/y;
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const sign = text[at] as string;
    if (/\s/.test(sign)) {
      at += 1;
      continue;
    }
    if (sign === "|") {
      tokens.push({ kind: "or" });
      at += 1;
      continue;
    }
    if (sign === ")" && depth > 0) {
      tokens.push({ kind: "close" });
      depth -= 1;
      at += 1;
      continue;
    }
    if (isNegation(text, at)) {
      tokens.push({ kind: "not", start: at });
      at += 1;
      continue;
    }
    operator.lastIndex = at;
    const written = operatorsCount ? operator.exec(text)?.[0] : undefined;
    if (written !== undefined) {
      const kind = operators[written] as "or" | "not" | "and";
      if (kind === "not") tokens.push({ kind, start: at });
      else if (kind === "or") tokens.push({ kind });
      at += written.length;
      continue;
    }
    const start = at;
    prefix.lastIndex = at;
    const [whole = "", before] = prefix.exec(text) ?? [];
    const name = before !== undefined && known.has(before.toLowerCase()) ? before.toLowerCase() : null;
    if (name !== null) at = valueStart(text, at + whole.length, before === name);
    if (text[at] === "(" && opensGroup(text, at)) {
      tokens.push({ kind: "open", name });
      depth += 1;
      at += 1;
      continue;
    }
    const { piece, end } = pieceAt(text, at, name, depth, start);
    tokens.push(piece);
    at = end;
  }
  return tokens;
}

/**
 * Whether a text is a title in capitals, in which "OR" and "NOT" are ordinary words: no lower-case letter,
 * and more than one pair of adjacent words.
 */
function isShouted(text: string): boolean {
  // Every start reads an empty query, which should not compile the expressions below: some milliseconds.
  if (!/\s/.test(text) || /\p{Ll}/u.test(text)) return false;
  const isWord = text
    .split(/\s+/)
    .map((word) => /[\p{L}\p{N}]/u.test(word) && !Object.hasOwn(operators, word));
  return isWord.filter((one, at) => one && isWord[at + 1] === true).length > 1;
}

/** Whether a `-` or `!` at `at` negates what follows; "--help", "- " and "!!!" are text. */
function isNegation(text: string, at: number): boolean {
  const sign = text[at];
  const next = text[at + 1] ?? " ";
  return (sign === "-" || sign === "!") && next !== sign && !/[\s=|)]/.test(next);
}

/** Whether a bracket at `at` begins a group rather than a word such as "(MGS)^2-Net". */
function opensGroup(text: string, at: number): boolean {
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const sign = text[place] as string;
    if (quotes.has(sign)) place = closingQuote(text, place + 1);
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    if (depth === 0) return /^(?:[\s)|]|$)/.test(text.slice(place + 1, place + 2));
  }
  return true;
}

/**
 * Where the value begins whose name and colon end at `at`. People also type a space there ("author: song"); after a
 * name in capitals it is a title that was pasted ("From: Pixels to Words").
 */
function valueStart(text: string, at: number, isLowerCase: boolean): number {
  if (!isLowerCase) return at;
  const next = /\s+(?!(?:OR|NOT|ANDNOT|AND)(?:[\s()]|$))(?![a-z]+[:=<>≥≤])(?=[\p{L}\p{N}"“(<>≥≤])/uy;
  next.lastIndex = at;
  return at + (next.exec(text)?.[0].length ?? 0);
}

function pieceAt(
  text: string,
  at: number,
  name: string | null,
  depth: number,
  start: number,
): { readonly piece: Piece; readonly end: number } {
  if (quotes.has(text[at] ?? "")) {
    const end = closingQuote(text, at + 1);
    const value = text.slice(at + 1, end);
    // A space at the end shows that the last word is complete.
    const open = end === text.length && !/\s$/.test(value);
    const place = { start, end: Math.min(text.length, end + 1), valueStart: at + 1, valueEnd: end };
    return { piece: { kind: "piece", name, value, quoted: true, open, place }, end: end + 1 };
  }
  const sign = name === null ? null : /[<>≥≤]=?\s+(?=\d)/y;
  if (sign !== null) sign.lastIndex = at;
  const spaced = sign?.exec(text)?.[0] ?? "";
  const end = wordEnd(text, at + spaced.length, depth);
  const value = spaced.trim() + text.slice(at + spaced.length, end);
  const place = { start, end, valueStart: at, valueEnd: end };
  return { piece: { kind: "piece", name, value, quoted: false, open: false, place }, end };
}

/** The end of a word: a space, the bracket that closes its group, or a bar between two words. */
function wordEnd(text: string, start: number, depth: number): number {
  let inside = 0;
  let at = start;
  for (; at < text.length && !/\s/.test(text[at] as string); at += 1) {
    const sign = text[at];
    if (sign === "(") inside += 1;
    else if (sign === ")") {
      if (inside === 0 && depth > 0) break;
      inside = Math.max(0, inside - 1);
    } else if (sign === "|" && inside === 0 && at > start && isBetweenWords(text, at)) break;
  }
  return at;
}

function isBetweenWords(text: string, at: number): boolean {
  return (
    /[\p{L}\p{N}")]/u.test(text[at - 1] as string) && /^[\p{L}\p{N}"(-]/u.test(text.slice(at + 1, at + 3))
  );
}

/** The closing quote of the phrase that begins at `from`; the end of the text if there is none. */
function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\" && text[at + 1] === '"' && /[A-Za-z{\\]/.test(text[at + 2] ?? "")) at += 1;
    else if (quotes.has(text[at] as string)) return at;
  }
  return text.length;
}
