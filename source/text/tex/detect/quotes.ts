import { LazyRegExp } from "../../lazy-regexp.js";
import { isSpace } from "../scan.js";
import type { Typesetter } from "../typesetting.js";

const letterOrDigit = new LazyRegExp(() => /[\p{L}\p{N}]/u);
/** The longest quotation, in characters. */
const longestQuotation = 600;

/** Writes the quotation mark at `at`, with TeX's converted; returns where the source continues. */
export function quote(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  const sign = source.charAt(at);
  if (sign === "`") return openingQuote(setter, at, to);
  if (sign === '"') {
    const closes = setter.quotes > 0 && at > 0 && !isSpace(source.charCodeAt(at - 1));
    if (closes) setter.quotes -= 1;
    out.write(closes ? "”" : '"');
    return at + 1;
  }
  if (setter.quotes > 0) {
    setter.quotes -= 1;
    out.write("”");
    return at + 2;
  }
  const before = at > 0 ? source.charAt(at - 1) : " ";
  const next = at + 2 < to ? source.charAt(at + 2) : " ";
  if (/[\s([]/.test(before) && letterOrDigit.test(next)) {
    // ''informative'': both ends look the same.
    const end = setter.find("''", at + 2);
    if (end > 0 && end < Math.min(to, at + longestQuotation)) {
      setter.quotes += 1;
      out.write("“");
    } else out.write("''");
    return at + 2;
  }
  out.write(/[A-Za-z.,!?]/.test(before) && !letterOrDigit.test(next) ? "”" : "''");
  return at + 2;
}

function openingQuote(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  let end = at;
  while (end < to && source.charAt(end) === "`") end += 1;
  const size = end - at;
  if (size === 2 && end < to && !isSpace(source.charCodeAt(end))) {
    const close = setter.find("''", end);
    const straight = setter.find('"', end);
    const code = setter.find("``", end);
    const near = (place: number) => place > 0 && place < Math.min(to, at + longestQuotation);
    const isStraight = near(straight) && /[\p{L}\p{N}.,!?)]/u.test(source.charAt(straight - 1));
    const isQuotation = near(close) || isStraight;
    const isCode = near(code) && !(near(close) && close < code) && !(isStraight && straight < code);
    if (isQuotation && !isCode) {
      setter.quotes += 1;
      out.write("“");
      return end;
    }
  }
  if (size >= 2) {
    const ticks = source.slice(at, Math.min(end, at + 3));
    const close = setter.find(ticks, end);
    // Code in Markdown or reStructuredText: it contains no TeX.
    if (close > 0 && close < Math.min(to, at + longestQuotation)) {
      out.write(source.slice(at, close + ticks.length));
      return close + ticks.length;
    }
  }
  if (size === 1) {
    const next = codeOrQuotation(source, at, to);
    if (next > 0 && source.charAt(next) === "`") {
      out.write(source.slice(at, next + 1));
      return next + 1;
    }
    if (next > 0) {
      out.write("‘");
      setter.text(end, next);
      out.write("’");
      return next + 1;
    }
  }
  out.write(source.slice(at, end));
  return end;
}

/** The longest quoted word or piece of code, in characters. */
const longestWords = 80;

/**
 * The end of the text that the single backtick at `at` opens: Markdown's `code` first, then TeX's `words'; 0 if
 * neither.
 */
function codeOrQuotation(source: string, at: number, to: number): number {
  const isOpening =
    (at === 0 || /[\s([“]/.test(source.charAt(at - 1))) && letterOrDigit.test(source.charAt(at + 1));
  const limit = Math.min(to, at + longestWords);
  let quotation = 0;
  for (let next = at + 1; next < limit; next += 1) {
    const code = source.charCodeAt(next);
    if (code === 96) return /[\s([]/.test(source.charAt(next - 1)) ? quotation : next;
    const isEnd = code === 39 && next > at + 1 && !letterOrDigit.test(source.charAt(next + 1));
    if (isEnd && isOpening && quotation === 0) quotation = next;
  }
  return quotation;
}

/** The end of the Markdown code that begins with the backtick at `at`; `at` if there is none. */
export function codeEnd(source: string, at: number): number {
  const to = source.length;
  if (source.startsWith("```", at)) {
    const size = source.slice(at + 3, at + 3 + longestQuotation).indexOf("```");
    return size < 0 ? at : at + 6 + size;
  }
  if (source.charAt(at + 1) === "`" || source.charAt(at - 1) === "`") return at;
  const end = codeOrQuotation(source, at, to);
  return end > 0 && source.charAt(end) === "`" ? end + 1 : at;
}
