import type { ManyPapers, ParsedListing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { decode } from "../text/encoding/decode.js";
import type { Format, ReadOptions } from "./format.js";
import { dailyPage } from "./web/daily-page.js";

/** What a format is called. */
export type FormatName = Pick<Format, "name" | "title" | "hasDays">;

/** A listing that could be read, or why it could not, in one sentence for people. */
export type ReadResult<Papers extends ManyPapers = readonly Paper[]> =
  | { readonly ok: true; readonly format: FormatName; readonly listing: ParsedListing<Papers> }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads bytes of an unknown format: the format that is surest of them parses them. Never rejects.
 * A listing whose papers cannot be read is a failure that says why; one that has none, as a feed on
 * a Sunday, is an empty listing.
 */
export async function readListing(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const plain = isGzip(bytes) ? await unzipped(bytes) : bytes;
  if (typeof plain === "string") return { ok: false, reason: plain };
  const { text, problems } = decode(plain);
  if (text.trim() === "") return { ok: false, reason: `it is empty: ${(await unread()).expected}` };
  const format = await formatOf(text);
  if (!format) {
    const { expected, whatItIs } = await unread();
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

/** Loaded only where a file could not be told. */
function unread() {
  return import("./unread.js");
}

/** Why a listing has no papers, where the format or the text says it. */
function whyEmpty(
  { name, whyEmpty: said }: Format,
  { papers }: ParsedListing,
  text: string,
): { whyEmpty?: string } {
  if (papers.length > 0) return {};
  if (said !== undefined) return { whyEmpty: `no papers here: ${said}` };
  if (/^[\ufeff\s]*\[\s*\]\s*$/.test(text)) return { whyEmpty: "no papers here: it is an empty list ([])" };
  // A feed of arXiv's without entries is a weekend or a holiday, which is said where nothing else is.
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

/** No listing is longer when it is unpacked, in bytes: what is, is a bomb. */
const longestUnzipped = 2 ** 29 - 24;

/** Unpacked bytes, or why there are none, in a sentence for people. RFC 1952. */
async function unzipped(bytes: Uint8Array): Promise<Uint8Array | string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const source = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new DecompressionStream("gzip"));
    for await (const piece of source as unknown as AsyncIterable<Uint8Array>) {
      length += piece.length;
      if (length > longestUnzipped) return "it is longer than 512 MB when it is unpacked";
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
 * The format of a text that can be read line by line; `null` where its format cannot, or is not told.
 * @param head the beginning of the text, some 64 KB of it
 */
export async function lineFormatOf(head: string): Promise<LineFormat | null> {
  const format = await formatOf(head);
  const isLines = format?.isLines?.(head) ?? true;
  return format?.lines && isLines ? { ...format, lines: format.lines } : null;
}

/** A format of one paper a line. */
export type LineFormat = Format & Required<Pick<Format, "lines">>;

/**
 * What is wrong with a listing that has been parsed, in a sentence; `null` where it can be shown. A
 * listing without papers can, as a feed on a Sunday, but not where none of them could be read.
 */
export function unreadable(format: Format, { papers, problems }: ParsedListing<ManyPapers>): string | null {
  const [first] = problems;
  if (papers.length > 0 || !(first || format === dailyPage)) return null;
  const why = first ? first.message : "it may have been saved before the page had loaded";
  // An error says nothing of whose answer it is.
  if (first?.message.startsWith(answeredWithError)) return `it is an error and no listing: ${first.message}`;
  return `it looks like ${withArticle(format.name)} but no paper in it could be read: ${why}`;
}

const answeredWithError = "the server answered with an error";

/**
 * From here on a format has seen marks that no other has, and no other need be asked. (Of Hugging
 * Face's answers that is a day's; one paper's looks like our own until its last fields are seen.)
 */
const certain = 0.95;
/** The piece that holds these marks in nearly every text, in characters: the first papers. */
const firstPapers = 8_192;

/** The format that is surest of a text; `null` where none is. */
async function formatOf(text: string): Promise<Format | null> {
  if (/^[\ufeff\s]*[[{]/.test(text)) {
    // To look through all that others look at would take longer than to read a day's papers.
    const { jsonFormats } = await import("./json/json-formats.js");
    const { format, sureness } = surest(jsonFormats, text.slice(0, firstPapers));
    if (sureness >= certain) return format;
  }
  const page = dailyPage.detect(text);
  // The page is what most people open: the other formats and their libraries are not loaded for it.
  if (page >= 0.9) return dailyPage;
  const { otherFormats } = await import("./on-demand-formats.js");
  const { format, sureness } = surest(otherFormats, text);
  return sureness > page ? format : page > 0 ? dailyPage : null;
}

/** The first of the formats that are surest of a text, and how sure it is; `null` where none is. */
function surest(formats: readonly Format[], text: string): { format: Format | null; sureness: number } {
  let best: Format | null = null;
  let sureness = 0;
  for (const format of formats) {
    const sure = format.detect(text);
    if (sure > sureness) [best, sureness] = [format, sure];
    if (sureness === 1) break;
  }
  return { format: best, sureness };
}
