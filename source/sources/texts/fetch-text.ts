import { join } from "node:path";
import { readHtmlPaper } from "../../fulltext/html/page.js";
import { readMarkdownPaper } from "../../fulltext/other/markdown.js";
import { decode } from "../../text/decode.js";
import { FetchError } from "../remote/fetch-error.js";
import type { Watch } from "../remote/fetcher.js";
import { fetchBytes } from "../remote/http.js";
import { takeTurn } from "../remote/rate-limit.js";
import { sleep } from "../remote/sleep.js";
import { type KeptText, TextCache } from "./text-cache.js";

/** arXiv's limit is one request in three seconds. https://info.arxiv.org/help/api/tou.html */
const arxivPause = 3_000;
/** A text that breaks off is asked for again after a day: arXiv converts papers anew. */
const truncatedHolds = 24 * 3_600_000;
/** Markdown with fewer characters is no paper. */
const leastMarkdown = 1_500;

export interface TextOptions {
  /** `https://arxiv.org`. */
  readonly arxivSite: string;
  /** `https://huggingface.co`. */
  readonly huggingFace: string;
  readonly userAgent: string;
  readonly cacheDirectory: string;
  /** Whether a text that was fetched is kept. */
  readonly keeps: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A text, or why there is none: a clause for people, without a full stop. */
export type FoundPaperText =
  | ({ readonly ok: true; readonly isKept: boolean } & KeptText)
  | { readonly ok: false; readonly reason: string; readonly isOnlyPdf: boolean };

/** What is kept of a paper's text, without asking anyone. */
export function keptText(arxiv: string, { cacheDirectory, now }: TextOptions): FoundPaperText | null {
  const kept = new TextCache(cacheDirectory).read(arxiv, now());
  return kept && { ok: true, isKept: true, ...kept };
}

/**
 * The text of a paper of arXiv: from the cache, else arXiv's HTML, else the Markdown of Hugging Face.
 *
 * @param arxiv its identifier, without a version
 * @throws FetchError where it was cancelled
 */
export async function fetchText(
  arxiv: string,
  options: TextOptions,
  watch: Watch = {},
): Promise<FoundPaperText> {
  const { now, cacheDirectory } = options;
  const cache = new TextCache(cacheDirectory);
  const kept = cache.read(arxiv, now());
  const isOld = kept?.text.isTruncated && now() - kept.fetched > truncatedHolds;
  if (kept && !isOld) return { ok: true, isKept: true, ...kept };
  const failures: FetchError[] = [];
  for (const source of [fromArxiv, fromHub]) {
    try {
      const found = await source(arxiv, options, watch);
      if (!found) continue;
      const text: KeptText = { ...found, fetched: now() };
      if (options.keeps) cache.write(arxiv, text);
      return { ok: true, isKept: false, ...text };
    } catch (error) {
      if (!(error instanceof FetchError) || error.failure === "cancelled") throw error;
      if (error.status !== 404 && error.status !== 410) failures.push(error);
    }
  }
  if (kept) return { ok: true, isKept: true, ...kept };
  const [failure] = failures;
  if (failure) return { ok: false, isOnlyPdf: false, reason: failure.message };
  return { ok: false, isOnlyPdf: true, reason: "this paper is only a PDF · O opens it" };
}

type Source = (
  arxiv: string,
  options: TextOptions,
  watch: Watch,
) => Promise<Pick<KeptText, "text" | "address"> | null>;

const fromArxiv: Source = async (arxiv, options, watch) => {
  const address = `${options.arxivSite.replace(/\/+$/, "")}/html/${arxiv}`;
  await waitForArxiv(options, watch);
  const found = readHtmlPaper(decode(await bodyOf(address, options, watch)).text);
  return found.ok ? { text: found.text, address } : null;
};

const fromHub: Source = async (arxiv, options, watch) => {
  const address = `${options.huggingFace.replace(/\/+$/, "")}/papers/${arxiv}.md`;
  const { text } = decode(await bodyOf(address, options, watch));
  if (text.length < leastMarkdown || /^\s*</.test(text)) return null;
  return { text: readMarkdownPaper(text, true), address };
};

async function bodyOf(address: string, { userAgent }: TextOptions, watch: Watch): Promise<Buffer> {
  const answer = await fetchBytes(address, { userAgent, ...watch, retries: 1 });
  if (answer.status === "unchanged")
    throw new FetchError("bad-answer", "the server answers “not modified” although nothing is cached");
  return answer.body;
}

/** Waits until this machine may ask arXiv again, whichever of its processes asked last. */
export async function waitForArxiv(
  { cacheDirectory, now }: TextOptions,
  { onWait, signal }: Watch,
): Promise<void> {
  const wait = (await takeTurn(join(cacheDirectory, "turns"), "arxiv.org", arxivPause, now)) ?? arxivPause;
  if (wait <= 0) return;
  onWait?.(wait, "arXiv allows one request in three seconds, asking");
  await sleep(wait, signal);
}
