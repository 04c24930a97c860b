import { keptScheme } from "../../papers/identity.js";
import { type AddressedText, packText } from "../parse/text-request.js";
import { type KeepingLimits, parseText, type TextWatch, tooLargeToKeep } from "../parse/text-thread.js";
import { FetchError } from "../remote/fetch-error.js";
import type { Watch } from "../remote/fetcher.js";
import { SourceError } from "../source.js";
import { sentWebPage } from "../web-page.js";
import { fromBiorxiv, fromEuropePmc } from "./jats-servers.js";
import { fileScheme, readTextFile } from "./local-text.js";
import {
  badAnswer,
  type FoundPaperText,
  fetchBody,
  fetchData,
  type TextOptions,
  type TextSource,
  waitForTurn,
} from "./requests.js";
import { TextCache } from "./text-cache.js";

/** A truncated text is requested again after a day, because arXiv repeats failed conversions. */
const truncatedHolds = 24 * 3_600_000;

/**
 * The text of a paper: from the cache, else from the servers that may have it, one after the other. In the
 * background it is only asked for and kept.
 *
 * @param id an arXiv identifier without a version, `doi:` and a DOI, `pmc:` and the number with "PMC", `file:`
 *   and an absolute path, or that of `keptTextId` for a paper that no server has
 * @param keptId of a file: the identifier that its text may be kept under, for when the file is gone
 * @throws FetchError where it was cancelled, SourceError where a file cannot be read
 */
export async function fetchText(
  id: string,
  options: TextOptions,
  watch: Watch & TextWatch = {},
  keptId: string | null = null,
): Promise<FoundPaperText> {
  if (id.startsWith(fileScheme)) return readFileOrKept(id.slice(fileScheme.length), keptId, options, watch);
  const { now, cacheDirectory, keeps } = options;
  const cache = new TextCache(cacheDirectory);
  const kept = watch.background ? null : await readKept(cache, id, options, watch);
  const isOld = kept?.text.isTruncated && now() - kept.fetched > truncatedHolds;
  if (kept && !isOld) return { ok: true, notKept: null, ...kept };
  if (id.startsWith(keptScheme)) {
    const none = { ok: false, isOnlyPdf: false, isAnswer: true } as const;
    return kept ? { ok: true, notKept: null, ...kept } : { ...none, reason: "its text is not kept" };
  }
  const failures: FetchError[] = [];
  let reason: string | null = null;
  for (const source of sourcesOf(id)) {
    try {
      const found = await source(id, options, watch);
      if (!found) continue;
      const read = await parseText({ ...found, sends: !watch.background, packs: keeps }, watch);
      if (!read.ok) {
        const then = isOfArxiv(id) ? "O opens the PDF" : "o opens its page";
        const { host } = new URL(found.address);
        if (read.reason === "other page") failures.push(badAnswer(host, sentWebPage));
        else if (read.reason === "other") failures.push(badAnswer(host, "sent no text"));
        else if (read.reason === "no text") reason ??= `its page has no text that can be read · ${then}`;
        else if (read.reason !== "no paper" && read.reason !== "abstract page") reason ??= read.reason;
        continue;
      }
      const failure = read.packed ? cache.write(id, read.packed, now()) : null;
      const notKept = failure === null ? null : `the text was not saved: ${failure}`;
      return { ok: true, notKept, text: read.text, address: read.address };
    } catch (error) {
      if (!(error instanceof FetchError) || error.failure === "cancelled") throw error;
      // Tomorrow it is as large.
      if (error.failure === "too-large") reason ??= error.message;
      else if (error.status !== 404 && error.status !== 410) failures.push(error);
    }
  }
  if (kept) return { ok: true, notKept: null, ...kept };
  const isAnswer = failures.length === 0;
  if (isAnswer && keeps) cache.writeNone(id, now());
  reason ??= failures[0]?.message ?? null;
  if (reason !== null) return { ok: false, isOnlyPdf: false, isAnswer, reason };
  const none = { ok: false, isOnlyPdf: true, isAnswer } as const;
  if (isOfArxiv(id)) return { ...none, reason: "this paper is available only as a PDF · O opens it" };
  return { ...none, reason: "neither bioRxiv nor Europe PMC has its text · o opens its page" };
}

async function readFileOrKept(
  path: string,
  keptId: string | null,
  options: TextOptions,
  watch: TextWatch,
): Promise<FoundPaperText> {
  try {
    return await readTextFile(path, watch);
  } catch (error) {
    if (keptId === null || !(error instanceof SourceError)) throw error;
    const kept = await readKept(new TextCache(options.cacheDirectory), keptId, options, watch);
    if (kept === null) throw error;
    return { ok: true, notKept: null, ...kept };
  }
}

/**
 * Keeps the text of a file under the identifier of a paper. Resolves to why it was not kept, as a clause for people;
 * `null` if it was.
 *
 * @param opened the text as it was last read for the screen, which is kept if the file is gone since
 * @throws FetchError where it was cancelled
 */
export async function keepTextFile(
  path: string,
  id: string,
  { cacheDirectory, now }: TextOptions,
  watch: TextWatch & { readonly background: KeepingLimits },
  opened: AddressedText | null,
): Promise<string | null> {
  const write = (packed: Uint8Array) => new TextCache(cacheDirectory).write(id, packed, now());
  try {
    const found = await readTextFile(path, watch);
    if (!found.ok) return found.reason;
    return found.packed ? write(found.packed) : null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (opened === null) return error.message;
    const packed = packText(opened);
    return packed.length > watch.background.packed ? tooLargeToKeep : write(packed);
  }
}

async function readKept(
  cache: TextCache,
  id: string,
  { now }: TextOptions,
  watch: TextWatch,
): Promise<(AddressedText & { readonly fetched: number }) | null> {
  const kept = cache.read(id, now());
  if (!kept) return null;
  const bytes = new Uint8Array(kept.packed);
  const read = await parseText({ bytes, kind: "packed", address: "", sends: true, packs: false }, watch);
  return read.ok ? { text: read.text, address: read.address, fetched: kept.fetched } : null;
}

const isOfArxiv = (id: string): boolean => !/^(?:doi|pmc):/.test(id);

function sourcesOf(id: string): readonly TextSource[] {
  if (isOfArxiv(id)) return [fromArxiv, fromHub];
  return id.startsWith("pmc:") ? [fromEuropePmc] : [fromBiorxiv, fromEuropePmc];
}

const fromArxiv: TextSource = async (arxiv, options, watch) => {
  const address = `${options.arxivSite.replace(/\/+$/, "")}/html/${arxiv}`;
  await waitForTurn("arxiv", options, watch);
  return { bytes: await fetchBody(address, options, watch, "person"), kind: "page", address };
};

const fromHub: TextSource = async (arxiv, options, watch) => {
  const address = `${options.huggingFace.replace(/\/+$/, "")}/papers/${arxiv}.md`;
  return { bytes: await fetchData(address, options, watch, "person"), kind: "hub", address };
};
