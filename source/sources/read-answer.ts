import type { ReadOptions } from "../formats/format.js";
import type { ReadResult } from "../formats/index.js";
import { type ParseWatch, parseListing } from "./parse/parse-thread.js";
import type { RemoteListing } from "./remote/addresses.js";
import { isBlank, isWebPage, sentNothing, sentWebPage } from "./web-page.js";

/**
 * Reads a response as a listing; another format than that of the address counts as none. Never rejects.
 * @returns the listing, or a clause about the response, to follow the server's name: "sent a web page …"
 */
export async function readAnswer(
  { format }: Pick<RemoteListing, "format">,
  body: Buffer,
  options: ReadOptions,
  watch: ParseWatch = {},
): Promise<ReadResult> {
  if (isBlank(body)) return { ok: false, reason: sentNothing };
  const parsed = await parseListing(new Uint8Array(body), options, watch);
  const result = parsed.ok
    ? { ...parsed, listing: { ...parsed.listing, papers: [...parsed.listing.papers] } }
    : parsed;
  if (result.ok && (format === undefined || format === result.format.name)) return result;
  if (isWebPage(body)) return { ok: false, reason: sentWebPage };
  if (!result.ok) {
    const said = /(?:server answered with an error|arXiv answered): (.+)$/s.exec(result.reason)?.[1];
    if (said !== undefined) return { ok: false, reason: `answered with an error: ${said}` };
    // Name the known formats only if the address may return any.
    return {
      ok: false,
      reason: format === undefined ? `sent no papers: ${result.reason}` : "sent no papers",
    };
  }
  return { ok: false, reason: `sent something else (${result.format.name})` };
}
