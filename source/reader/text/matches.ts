import type { TextRow } from "../../fulltext/rows/row.js";
import { normalize } from "../../search/text/normalize.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import type { TextMatch } from "./text-state.js";

/** Signs that people type with one key, and those that a text has in their place. */
const alike: Readonly<Record<string, string>> = {
  "-": "[-‐–—−]",
  "'": "[’‘'′]",
  '"': '[“”„"]',
  // A raised or lowered sign is written as a character of its own, or as TeX.
  _: "[_^]?[({]?",
  "^": "[_^]?[({]?",
};
/** Between two words: spaces, also across lines, which may begin with the bar of a quote. */
const between = "\\s+(?:[│|] )?";
/** A line may end after a hyphen. */
const afterHyphen = "(?:\\n\\s*)?";

/** V8 refuses a pattern of some ten thousand characters. A longer search is one for its beginning. */
const longest = 1_000;

/**
 * Where the words of a search are, also across the ends of lines. Capitals and accents do not count, and a
 * formula is found as it is shown, as it is typed (`d_k`), and as TeX (`\alpha`).
 */
export function findMatches(rows: readonly TextRow[], typed: string): TextMatch[] {
  const pattern = patternOf(typed);
  if (pattern === null) return [];
  const texts = rows.map(({ spans }) => comparable(spans.map(({ text }) => text).join("")));
  const starts: number[] = [];
  let length = 0;
  for (const { text } of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  const matches: TextMatch[] = [];
  let row = 0;
  for (const found of texts
    .map(({ text }) => text)
    .join("\n")
    .matchAll(pattern)) {
    if (found[0] === "") continue;
    while (row + 1 < starts.length && (starts[row + 1] as number) <= found.index) row += 1;
    const end = found.index + found[0].length;
    const parts: TextMatch["parts"][number][] = [];
    for (let at = row; at < starts.length && (starts[at] as number) < end; at += 1) {
      const offset = starts[at] as number;
      const { text, places } = texts[at] as Comparable;
      const from = Math.max(0, found.index - offset);
      const start = at > row ? text.length - text.replace(/^[\s│|]+/, "").length : from;
      const to = Math.min(text.length, end - offset);
      if (to > start) parts.push({ row: at, start: placeOf(places, start), end: placeOf(places, to) });
    }
    if (parts.length > 0) matches.push({ parts });
  }
  return matches;
}

function patternOf(typed: string): RegExp | null {
  const beginning = typed.slice(0, longest);
  const ways = [beginning, ...(beginning.includes("\\") ? [lineOfFormula(beginning)] : [])].map(
    patternOfWords,
  );
  const wanted = ways.filter((one) => one !== "");
  return wanted.length === 0 ? null : new RegExp(wanted.join("|"), "gu");
}

function patternOfWords(typed: string): string {
  const words = normalize(typed)
    .replace(/([_^])[{(]([^{}()]*)[})]/g, "$1$2")
    .split(/\s+/)
    .filter((word) => /[^_^]/.test(word));
  return words
    .map((word) =>
      [...word].map((sign) => (alike[sign] ?? escaped(sign)) + (sign === "-" ? afterHyphen : "")).join(""),
    )
    .join(between);
}

const escaped = (sign: string): string => sign.replace(/[.*+?$(){}|[\]\\/-]/, "\\$&");

/** A text as it is compared, and for each of its UTF-16 units the place in the text; `null`: the same. */
interface Comparable {
  readonly text: string;
  readonly places: readonly number[] | null;
}

/** Signs that become none, or that are two units: elsewhere an equal length means the same places. */
const uneven = /\p{M}|\u200c|\u200d|\u00ad|[\u{10000}-\u{10ffff}]/u;

/** Character by character where need be, so that what is found can be shown in the text as it is. */
function comparable(text: string): Comparable {
  if (!/[^\x00-\x7f]/.test(text)) return { text: text.toLowerCase(), places: null };
  if (!uneven.test(text)) {
    const whole = normalize(text);
    if (whole.length === text.length) return { text: whole, places: null };
  }
  let plain = "";
  const places: number[] = [];
  let at = 0;
  for (const sign of text) {
    const one = sign < "\x80" ? sign.toLowerCase() : normalize(sign);
    for (let unit = 0; unit < one.length; unit += 1) places.push(at);
    plain += one;
    at += sign.length;
  }
  places.push(at);
  return { text: plain, places };
}

const placeOf = (places: readonly number[] | null, at: number): number =>
  places === null ? at : (places[at] as number);
