import { eastAsianWidth } from "get-east-asian-width";
import { measureGrapheme } from "./emoji-width.js";
import { Lazy } from "./lazy.js";

/** Made on first use: it costs 9 ms, and the first screen seldom needs it. */
const segmenter = new Lazy(() => new Intl.Segmenter("en", { granularity: "grapheme" }));
const printableAscii = /^[ -~]*$/;

/**
 * Text in which every character is its own grapheme: Latin, Greek, Cyrillic, punctuation, superscripts and
 * subscripts, arrows, operators, brackets, box drawing, shapes, CJK, Hangul syllables and mathematical letters
 * (U+1D400 to U+1D7FF). None of these joins another one of them (UAX #29). The segmenter gives the same, but
 * costs twenty times as much on Node 20, and 9 ms on first use.
 */
const plainCharacters =
  /^(?:[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u1d00-\u1dbf\u1e00-\u1fff\u2010-\u2027\u2030-\u203b\u203d-\u2048\u204a-\u205e\u2070-\u20bf\u2100-\u22ff\u2308-\u230b\u2500-\u25ff\u2605\u2606\u2713\u2717\u27e6-\u27ef\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]|\ud835[\udc00-\udfff])*$/;

/** User-perceived characters: an emoji with its modifiers or a letter with its accents is one. */
export function graphemes(text: string): string[] {
  if (plainCharacters.test(text)) return text.includes("\ud835") ? Array.from(text) : text.split("");
  return Array.from(segmenter.value.segment(text), (part) => part.segment);
}

/**
 * Such text of one cell per character, up to the first shapes that may be emoji: it needs no table. (Wide
 * Hangul, from U+1100, is not among it.)
 */
const firstWide = "\u25fd";

/**
 * The terminal cells of one grapheme: 0, 1 or 2. Chinese, Japanese and Korean characters have their width from
 * Unicode's table (UAX #11); emoji and whatever is made of several characters, from `emoji-width.ts`.
 */
export function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && plainCharacters.test(grapheme)) {
    return grapheme < firstWide ? 1 : eastAsianWidth(grapheme.charCodeAt(0));
  }
  return measureGrapheme(grapheme);
}

/**
 * Whether terminals agree about the width of a grapheme. They disagree about emoji sequences, letters with
 * combining marks, Indic syllables, right-to-left and joined scripts, and recent additions to Unicode.
 */
export function hasSureWidth(grapheme: string): boolean {
  return plainCharacters.test(grapheme) && grapheme !== "\u25fd" && grapheme !== "\u25fe";
}

/** The terminal cells of a text (cleaned, without escape sequences). */
export function cellWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  if (plainCharacters.test(text)) return plainWidth(text);
  let width = 0;
  for (const one of graphemes(text)) width += graphemeWidth(one);
  return width;
}

/** The same for plain characters, without segmentation. */
function plainWidth(text: string): number {
  let width = 0;
  for (let i = 0; i < text.length; i += 1) {
    const one = text.charAt(i);
    if (one === "\ud835") continue;
    width += one < firstWide || (one >= "\udc00" && one <= "\udfff") ? 1 : graphemeWidth(one);
  }
  return width;
}

/**
 * The text in at most `width` cells; if cut, it ends in `…`. Never cuts a grapheme; a wide one that would not
 * fit is dropped, so the result may be a cell narrower.
 */
export function cutToWidth(text: string, width: number, ellipsis = "…"): string {
  if (width <= 0) return "";
  if (printableAscii.test(text)) {
    if (text.length <= width) return text;
    const mark = ellipsis.slice(0, width);
    return text.slice(0, width - mark.length).trimEnd() + mark;
  }
  const mark = width >= cellWidth(ellipsis) ? ellipsis : "";
  const room = width - cellWidth(mark);
  let used = 0;
  let at = 0;
  let kept = 0;
  for (const one of graphemes(text)) {
    used += graphemeWidth(one);
    if (used > width) return text.slice(0, kept).trimEnd() + mark;
    at += one.length;
    if (used <= room) kept = at;
  }
  return text;
}

/** The text in exactly `width` cells: cut, or filled with spaces. */
export function fitToWidth(text: string, width: number, align: "left" | "right" = "left"): string {
  const cut = cutToWidth(text, width);
  const fill = " ".repeat(Math.max(0, width - cellWidth(cut)));
  return align === "left" ? cut + fill : fill + cut;
}

/** The text up to `length` UTF-16 units or less: it ends at the end of a grapheme. */
export function cutToLength(text: string, length: number): string {
  if (text.length <= length) return text;
  // The following characters show whether a grapheme continues; no useful one is longer.
  const near = text.slice(0, length + 64);
  return text.slice(0, segmenter.value.segment(near).containing(length)?.index ?? length);
}
