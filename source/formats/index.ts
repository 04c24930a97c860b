import type { ManyPapers, ParsedListing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { bufferOf, decode, eachUtf8Line } from "../text/encoding/decode.js";
import type { Format, ReadOptions } from "./format.js";
import { dailyPage } from "./web/daily-page.js";

/** How a format is named. */
export type FormatName = Pick<Format, "name" | "title" | "hasDays">;

/** A listing, or one sentence that says why it could not be read. */
export type ReadResult<Papers extends ManyPapers = readonly Paper[]> =
  | { readonly ok: true; readonly format: FormatName; readonly listing: ParsedListing<Papers> }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads bytes of an unknown format with the format that detects them with most certainty. Never rejects. A
 * listing whose papers cannot be read is a failure with a reason. One without papers, as a feed on a
 * Sunday, is an empty listing.
 */
export async function readListing(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const plain = isGzip(bytes) ? await unzipped(bytes) : bytes;
  if (typeof plain === "string") return { ok: false, reason: plain };
  const inParts = await readParts(plain);
  if (inParts !== null) return inParts;
  const { text, problems } = decode(plain);
  if (text.trim() === "") return { ok: false, reason: `it is empty: ${(await unrecognized()).expected}` };
  const format = await formatOf(text);
  if (!format) {
    const { expected, whatItIs } = await unrecognized();
    const what = whatItIs(text);
    const reason = what === null ? `no papers were found in it: ${expected}` : `it is ${clean(what)}`;
    return { ok: false, reason };
  }
  const listing = format.parse(text, options);
  const reason = unreadable(format, listing);
  if (reason !== null) return { ok: false, reason };
  return {
    ok: true,
    format,
    listing: { ...listing, problems: [...problems, ...listing.problems], ...whyEmpty(format, listing, text) },
  };
}

/** Shorter texts are read whole, which takes no longer. Of a longer one V8 allocates the text separately. In bytes. */
const longText = 128 * 1024;
/** How much of a text shows whether it has one object a line, in bytes. */
const firstLines = 64 * 1024;

/**
 * A long listing in JSON, of which each paper can be decoded and parsed by itself: in ten megabytes of OpenAlex it
 * takes half the time and memory. `null` for anything else.
 */
async function readParts(bytes: Uint8Array): Promise<ReadResult | null> {
  if (bytes.length < longText || (bytes[0] !== 0x7b && bytes[0] !== 0x5b)) return null;
  // At most three bytes make one character of a string; the last one may be cut.
  const head = bufferOf(bytes)
    .toString("utf8", 0, 3 * firstPapers + 3)
    .slice(0, firstPapers);
  const { jsonFormats } = await import("./json/json-formats.js");
  const { format, sureness } = surest(jsonFormats, head, certain);
  if (format === null || sureness < certain) return null;
  const listing = readLines(format, bytes) ?? format.parseBytes?.(bytes) ?? null;
  // Without papers, the text as a whole says why.
  return listing === null || listing.papers.length === 0 ? null : { ok: true, format, listing };
}

function readLines({ lines, isLines }: Format, bytes: Uint8Array): ParsedListing | null {
  if (!lines || bytes[0] !== 0x7b) return null;
  const head = decode(bytes.subarray(0, bytes.lastIndexOf(10, firstLines) + 1)).text;
  if (isLines?.(head) === false) return null;
  const papers: Paper[] = [];
  const reader = lines({ push: (paper) => void papers.push(paper) });
  if (!eachUtf8Line(bytes, (line, number) => reader.take(line, number))) return null;
  return { papers, ...reader.end(bytes.at(-1) !== 10) };
}

/** Loaded only if a file's format is unknown. */
function unrecognized() {
  return import("./unrecognized.js");
}

/** Why a listing has no papers, if the format or the text says so. */
function whyEmpty(
  { name, whyEmpty: said }: Format,
  { papers }: ParsedListing,
  text: string,
): { whyEmpty?: string } {
  if (papers.length > 0) return {};
  if (said !== undefined) return { whyEmpty: `no papers here: ${said}` };
  if (/^[\ufeff\s]*\[\s*\]\s*$/.test(text)) return { whyEmpty: "no papers here: it is an empty list ([])" };
  // An arXiv feed without entries means a weekend or a holiday. The caller says so if there is no other
  // reason.
  if (/^arXiv feed/.test(name)) return {};
  const what = /^BibTeX/.test(name) ? "strings, comments or a preamble" : null;
  return {
    whyEmpty: `no papers here: it is ${withArticle(name)} without entries${what === null ? "" : `, only ${what}`}`,
  };
}

/** A format's name after "a" or "an": "an arXiv feed", "a RIS file". */
function withArticle(name: string): string {
  return `${/^(?!Europe)[aeio]/i.test(name) ? "an" : "a"} ${name}`;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The longest listing after unzipping, in bytes, as a guard against zip bombs. */
const longestUnzipped = 2 ** 29 - 24;

/** The unzipped bytes, or a sentence that says why there are none. RFC 1952. */
async function unzipped(bytes: Uint8Array): Promise<Uint8Array | string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const source = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream("gzip"));
    for await (const piece of source as unknown as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > longestUnzipped) return "it is larger than 512 MB unzipped";
      pieces.push(piece);
    }
  } catch {
    if (length === 0) return "it is compressed with gzip and damaged";
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * The format of a text that can be read line by line; `null` if it cannot, or if its format is unknown.
 * @param head the beginning of the text, about 64 KB
 */
export async function lineFormatOf(head: string): Promise<LineFormat | null> {
  const format = await formatOf(head);
  const isLines = format?.isLines?.(head) ?? true;
  return format?.lines && isLines ? { ...format, lines: format.lines } : null;
}

/** Whether a format of listings recognizes a text, or its beginning. */
export async function isListing(text: string): Promise<boolean> {
  return (await formatOf(text)) !== null;
}

/** A format with one paper per line. */
export type LineFormat = Format & Required<Pick<Format, "lines">>;

/**
 * A sentence that says why a parsed listing cannot be shown; `null` if it can. An empty listing can be
 * shown, as a feed on a Sunday, but not if none of its papers could be read.
 */
export function unreadable(format: Format, { papers, problems }: ParsedListing<ManyPapers>): string | null {
  const [first] = problems;
  if (papers.length > 0 || !(first || format === dailyPage)) return null;
  const why = first ? first.message : "it may have been saved before the page had loaded";
  // An error message does not show which service it comes from.
  if (first?.message.startsWith(answeredWithError))
    return `it is an error message, not a listing: ${first.message}`;
  return `it looks like ${withArticle(format.name)} but none of its papers could be read: ${why}`;
}

const answeredWithError = "the server answered with an error";

/**
 * At this certainty a format has seen features that no other has, so no other is tried. (Of Hugging Face's
 * responses, only a day's reaches it; a single paper's looks like our own JSON until its last fields.)
 */
const certain = 0.95;
/** How much of a text is enough to see these features, in characters: the first papers. */
const firstPapers = 8_192;

/** The most certain format for a text; `null` if no format recognizes it. */
async function formatOf(text: string): Promise<Format | null> {
  if (/^[\ufeff\s]*[[{]/.test(text)) {
    // Running all detectors on the whole text would take longer than reading a day's papers.
    const { jsonFormats } = await import("./json/json-formats.js");
    const { format, sureness } = surest(jsonFormats, text.slice(0, firstPapers), certain);
    if (sureness >= certain) return format;
  }
  const page = dailyPage.detect(text);
  // Most people open this page, so the other formats and their libraries are not loaded for it.
  if (page >= 0.9) return dailyPage;
  const { otherFormats } = await import("./on-demand-formats.js");
  const { format, sureness } = surest(otherFormats, text, 1);
  return sureness > page ? format : page > 0 ? dailyPage : null;
}

/**
 * The most certain format, the first of equals, and its certainty; `null` if no format recognizes the text.
 *
 * @param enough at this certainty no further format is tried
 */
function surest(
  formats: readonly Format[],
  text: string,
  enough: number,
): { format: Format | null; sureness: number } {
  let best: Format | null = null;
  let sureness = 0;
  for (const format of formats) {
    const sure = format.detect(text);
    if (sure > sureness) [best, sureness] = [format, sure];
    if (sureness >= enough) break;
  }
  return { format: best, sureness };
}
