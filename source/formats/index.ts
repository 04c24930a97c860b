import type { ParsedListing } from "../papers/listing.js";
import { decode } from "../text/decode.js";
import { dailyPage } from "./daily-page.js";
import type { Format, ReadOptions } from "./format.js";

/** Every format the program reads. */
export const formats: readonly Format[] = [dailyPage];

/** A listing that could be read, or why it could not, in one sentence for people. */
export type ReadResult =
  | { readonly ok: true; readonly format: Format; readonly listing: ParsedListing }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads bytes of an unknown format: the format that is surest of them parses them. Never throws;
 * a listing without a single readable paper is a failure that says what was expected.
 */
export function readListing(bytes: Uint8Array, options: ReadOptions): ReadResult {
  const { text, problems } = decode(bytes);
  if (text.trim() === "") return { ok: false, reason: `it is empty; expected ${expected()}` };
  let best: Format | null = null;
  let sureness = 0;
  for (const format of formats) {
    const sure = format.recognise(text);
    if (sure > sureness) [best, sureness] = [format, sure];
  }
  if (!best) return { ok: false, reason: `no papers were recognised in it; expected ${expected()}` };
  const listing = best.parse(text, options);
  if (listing.papers.length === 0) {
    return {
      ok: false,
      reason: `it looks like a ${best.name} but lists no papers; it may have been saved before the page had loaded`,
    };
  }
  return {
    ok: true,
    format: best,
    listing: { ...listing, problems: [...problems, ...listing.problems] },
  };
}

function expected(): string {
  return formats.map((format) => `a ${format.name}`).join(" or ");
}
