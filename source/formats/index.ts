import type { ParsedListing } from "../papers/listing.js";
import { decode } from "../text/decode.js";
import { dailyPage } from "./daily-page.js";
import type { Format, ReadOptions } from "./format.js";

/** A listing that could be read, or why it could not, in one sentence for people. */
export type ReadResult =
  | { readonly ok: true; readonly format: Format; readonly listing: ParsedListing }
  | { readonly ok: false; readonly reason: string };

/** What is expected of a file, where it is none of it. */
const expected =
  "the text of a Daily Papers page, a response or feed of Hugging Face or arXiv, arXiv's mail, BibTeX, RIS, CSL-JSON, or one identifier per line";

/**
 * Reads bytes of an unknown format: the format that is surest of them parses them. Never rejects.
 * A listing whose papers cannot be read is a failure that says why; one that has none, as a feed on
 * a Sunday, is an empty listing.
 */
export async function readListing(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const { text, problems } = decode(bytes);
  if (text.trim() === "") return { ok: false, reason: `it is empty; expected ${expected}` };
  const format = await formatOf(text);
  if (!format) return { ok: false, reason: `no papers were recognised in it; expected ${expected}` };
  const listing = format.parse(text, options);
  const reason = unreadable(format, listing);
  if (reason !== null) return { ok: false, reason };
  return {
    ok: true,
    format,
    listing: { ...listing, problems: [...problems, ...listing.problems] },
  };
}

/**
 * The format of a text that can be read line by line; `null` where its format cannot, or is not told.
 * @param head the beginning of the text, some 64 KB of it
 */
export async function lineFormatOf(head: string): Promise<LineFormat | null> {
  const format = await formatOf(head);
  return format?.lines ? { ...format, lines: format.lines } : null;
}

/** A format of one paper a line. */
export type LineFormat = Format & Required<Pick<Format, "lines">>;

/**
 * What is wrong with a listing that has been parsed, in a sentence; `null` where it can be shown. A
 * listing without papers can, as a feed on a Sunday, but not where none of them could be read.
 */
export function unreadable(format: Format, { papers, problems }: ParsedListing): string | null {
  const [first] = problems;
  if (papers.length > 0 || !(first || format === dailyPage)) return null;
  const why = first ? first.message : "it may have been saved before the page had loaded";
  return `it looks like a ${format.name} but no paper in it could be read: ${why}`;
}

/** The format that is surest of a text; `null` where none is. */
async function formatOf(text: string): Promise<Format | null> {
  let sureness = dailyPage.recognise(text);
  // The page is what most people open: the other formats and their libraries are not loaded for it.
  if (sureness >= 0.9) return dailyPage;
  let best: Format | null = sureness > 0 ? dailyPage : null;
  const { otherFormats } = await import("./others.js");
  for (const format of otherFormats) {
    const sure = format.recognise(text);
    if (sure > sureness) [best, sureness] = [format, sure];
  }
  return best;
}
