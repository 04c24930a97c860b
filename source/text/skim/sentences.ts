import { beforeNumbers, beginners, exclaimed, mayBeLast, neverLast } from "./abbreviations.js";

/** A sentence of a text: UTF-16 offsets without the blanks around it, `end` not included. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

/** What may follow the sign and still is of the sentence: brackets, quotes, a citation or number of a note. */
const closers = /(?:["'”’»)\]}*_$]|\[\d+(?:[,–-]\s?\d+)*\])*/y;
const wideClosers = /[」』”’）】]*/y;
/** Signs that may open the next sentence. */
const openers = /["'“‘«([{¿¡*_`•]*/y;
const items = /\((?:[ivx]{1,4}|[a-z]|\d{1,2})\)\s+(?=\p{Lu})/uy;
const citations = /\[\d[\d,–\s-]{0,40}\]\s*/y;
/** Where a paragraph or a list item begins, no sentence goes on. */
const breaks = /\n[ \t]*(?:\n|(?=[•*-]\s))/y;
/** The longest word that is looked at before a full stop, in characters. */
const longestWord = 40;

/**
 * The sentences of a text in English, or in a script that has its own full stop, in order; together they hold
 * every sign but the blanks between them. Works on text with TeX as well as on text it was rendered to. A full stop
 * does not end one in an abbreviation, initial, decimal, address, formula or pair of brackets.
 */
export function sentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  const isInside = insides(text);
  let start = 0;
  const take = (end: number) => {
    const cut = trimmed(text, start, end);
    if (cut) found.push(cut);
    start = end;
  };
  for (const at of boundaries(text)) {
    if (at <= start || isInside(at - 1)) continue;
    take(at);
  }
  take(text.length);
  return found;

  function* boundaries(whole: string): Iterable<number> {
    const places = /[.!?…]+|[。！？]+|\n/g;
    for (let match = places.exec(whole); match; match = places.exec(whole)) {
      const { index } = match;
      if (match[0] === "\n") {
        breaks.lastIndex = index;
        if (breaks.test(whole)) yield index;
      } else {
        const end = endAt(whole, index, match[0], start);
        if (end !== null) yield end;
      }
    }
  }
}

/** Where the sentence ends that this sign ends; `null` where it goes on. */
function endAt(text: string, index: number, sign: string, start: number): number | null {
  const after = index + sign.length;
  if (/^[。！？]/.test(sign)) return after + lengthOf(wideClosers, text, after);
  const end = after + lengthOf(closers, text, after);
  const word = wordBefore(text, index, start);
  if (end >= text.length) return end;
  const blank = text[end] as string;
  if (!/\s/.test(blank)) return endWithoutBlank(text, after, word, sign);
  let next = end;
  while (next < text.length && /\s/.test(text[next] as string)) next += 1;
  // "(ii) We …" is an item of a list; "[12] and …" goes on.
  if (lengthOf(items, text, next) > 0 && !neverLast.has(word.toLowerCase())) return end;
  next += lengthOf(citations, text, next) || lengthOf(openers, text, next);
  const following = /^[^\s~]{0,40}/.exec(text.slice(next, next + longestWord))?.[0] ?? "";
  return goesOn(word, sign, following, text.slice(start, Math.min(index, start + 8)), end > after)
    ? null
    : end;
}

/** Whether a sentence goes on after `word` and its sign, before the word `next`. */
function goesOn(word: string, sign: string, next: string, sentence: string, isClosed: boolean): boolean {
  if (next === "") return false;
  const first = next[0] as string;
  const isLower = /\p{Ll}/u.test(first);
  // mT5 and gpt-4o begin a sentence as they are.
  if (isLower && (sign !== "." || isClosed || !/^[a-z]+(?:[A-Z]|-?\d)/.test(next))) return true;
  if (/[.,;:%)]/.test(first)) return true;
  const bare = word.toLowerCase().replace(/^[("'“‘[{]+/, "");
  const begins = beginners.has(bareWord(next));
  if (sign === "!") return exclaimed.has(bare) && !begins;
  if (sign !== "." || isClosed) return false;
  // "1. We train …", "B. Results", "ii. …": the number of an item.
  if (/^\s*[([]?(?:\d{1,2}|[a-z]|[ivx]{1,4})$/i.test(sentence)) return true;
  if (neverLast.has(bare)) return true;
  if (beforeNumbers.has(bare) && /^[\d#$]/.test(next)) return true;
  if (mayBeLast.has(bare)) return !begins;
  // Initials, and names such as U.S.
  if (/^(?:\p{Lu}[.-]?)*\p{Lu}$/u.test(word) && (word.length === 1 || word.includes("."))) return !begins;
  return isLower && /^(?:[a-z]\.)+[a-z]$/.test(bare);
}

/** The end where no blank follows: "quality.Furthermore, we", "shown.[12]", "shown.12 We". */
function endWithoutBlank(text: string, after: number, word: string, sign: string): number | null {
  if (sign !== "." || !/\p{Ll}{3}$/u.test(word) || /[/@]/.test(word)) return null;
  const note = /^\d{1,3}(?=\s+\p{Lu})/u.exec(text.slice(after, after + 12));
  if (note && !word.includes(".")) return after + note[0].length;
  const next = /^\p{Lu}\p{Ll}*(?=[\s,])/u.exec(text.slice(after, after + longestWord));
  return next && beginners.has(next[0].toLowerCase()) ? after : null;
}

function bareWord(word: string): string {
  return (/^[\p{L}'’]+/u.exec(word)?.[0] ?? "").toLowerCase();
}

/** The word that ends at `index`, from the beginning of the sentence at the earliest. */
function wordBefore(text: string, index: number, start: number): string {
  return /[^\s~]*$/.exec(text.slice(Math.max(start, index - longestWord), index))?.[0] ?? "";
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function trimmed(text: string, start: number, end: number): Sentence | null {
  const part = text.slice(start, end);
  const from = start + (part.length - part.trimStart().length);
  const to = start + part.trimEnd().length;
  // Signs alone are no sentence.
  return from < to && /[\p{L}\p{N}]/u.test(text.slice(from, to)) ? { start: from, end: to } : null;
}

/** The longest pair of brackets, in characters, that holds a sentence together. */
const longestPair = 600;

/** Whether an offset is inside a pair of brackets or a formula. */
function insides(text: string): (at: number) => boolean {
  const pairs: { start: number; end: number }[] = [];
  const open: number[] = [];
  const signs = /[()[\]]|\$\$?[^$]{1,400}\$/g;
  for (let match = signs.exec(text); match; match = signs.exec(text)) {
    const { index } = match;
    const [sign] = match;
    if (sign === "(" || sign === "[") open.push(index);
    else if (sign === ")" || sign === "]") {
      const from = open.pop();
      if (from !== undefined && index - from <= longestPair) pairs.push({ start: from, end: index });
    } else if (/[.?!]\s+\p{Lu}\p{Ll}*\s/u.test(sign)) {
      // Two amounts of money with a sentence between them.
      signs.lastIndex = index + 1;
    } else pairs.push({ start: index, end: index + sign.length - 1 });
  }
  pairs.sort((one, other) => one.start - other.start);
  let next = 0;
  let until = -1;
  // Asked for offsets that only grow.
  return (at) => {
    for (let pair = pairs[next]; pair && pair.start < at; pair = pairs[next]) {
      until = Math.max(until, pair.end);
      next += 1;
    }
    return at < until;
  };
}
