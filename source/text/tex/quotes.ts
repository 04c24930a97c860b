import { isSpace } from "./scan.js";
import type { Typesetter } from "./typesetter.js";

const letterOrDigit = /[\p{L}\p{N}]/u;
/** How far behind its opening sign a quotation is looked for. */
const longestQuotation = 600;

/** Writes the quotation sign at `at`, TeX's as the one it means; returns where the source goes on. */
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
    // ''informative'': both ends are written alike.
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
    const isQuotation = near(close) || (near(straight) && !isSpace(source.charCodeAt(straight - 1)));
    const isCode = near(code) && !(near(close) && close < code) && !(near(straight) && straight < code);
    if (isQuotation && !isCode) {
      setter.quotes += 1;
      out.write("“");
      return end;
    }
  }
  if (size >= 2) {
    const ticks = source.slice(at, Math.min(end, at + 3));
    const close = setter.find(ticks, end);
    // Code of Markdown or reStructuredText: nothing in it is TeX.
    if (close > 0 && close < Math.min(to, at + longestQuotation)) {
      out.write(source.slice(at, close + ticks.length));
      return close + ticks.length;
    }
  }
  if (size === 1) {
    const limit = Math.min(to, end + 80);
    for (let next = end; next < limit; next += 1) {
      const code = source.charCodeAt(next);
      if (code === 96) {
        // Markdown's `code`: nothing in it is TeX.
        out.write(source.slice(at, next + 1));
        return next + 1;
      }
      const isClosing = code === 39 && !letterOrDigit.test(source.charAt(next + 1)) && next > end;
      const isOpening = at === 0 || /[\s([“]/.test(source.charAt(at - 1));
      if (isClosing && isOpening && letterOrDigit.test(source.charAt(end))) {
        out.write("‘");
        setter.text(end, next);
        out.write("’");
        return next + 1;
      }
      if (code === 92 || code === 36) break;
    }
  }
  out.write(source.slice(at, end));
  return end;
}
