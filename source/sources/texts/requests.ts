import { join } from "node:path";
import type { AddressedText, TextRequest } from "../parse/text-request.js";
import { FetchError } from "../remote/fetch-error.js";
import type { Watch } from "../remote/fetcher.js";
import { fetchBytes, type NamedBy } from "../remote/http.js";
import { rateLimits, takeTurn } from "../remote/rate-limit.js";
import { sleep } from "../remote/sleep.js";
import { isBlank, isWebPage, sentNothing, sentWebPage } from "../web-page.js";

export interface TextOptions {
  /** `https://arxiv.org`. */
  readonly arxivSite: string;
  /** `https://huggingface.co`. */
  readonly huggingFace: string;
  /** `https://api.biorxiv.org`. */
  readonly biorxiv: string;
  /** `https://www.ebi.ac.uk/europepmc/webservices/rest`. */
  readonly europePmc: string;
  readonly userAgent: string;
  readonly cacheDirectory: string;
  /** Whether a text that was fetched is kept. */
  readonly keeps: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a source has found: bytes to read a text from; `null` where it has none. */
export type FoundBytes = Pick<TextRequest, "bytes" | "kind" | "address"> | null;

/**
 * A text, or why there is none: a clause for people, without a full stop. `notKept` is a clause about a cache
 * that could not be written. `isAnswer`: those who may have it were asked and have none, so asking again soon is
 * of no use.
 */
export type FoundPaperText =
  | ({
      readonly ok: true;
      readonly notKept: string | null;
      /** Of a file that is read to be kept. */
      readonly packed?: Uint8Array | null;
    } & AddressedText)
  | { readonly ok: false; readonly reason: string; readonly isOnlyPdf: boolean; readonly isAnswer: boolean };

/** Asks one server for a paper's text. Throws a FetchError where it fails. */
export type TextSource = (id: string, options: TextOptions, watch: Watch) => Promise<FoundBytes>;

/** Waits until this machine may ask a server again, whichever of its processes asked last. */
export async function waitForTurn(
  name: keyof typeof rateLimits,
  { cacheDirectory, now }: TextOptions,
  { onWait, signal }: Watch,
): Promise<void> {
  const { server, pause, why } = rateLimits[name];
  const wait = (await takeTurn(join(cacheDirectory, "turns"), server, pause, now)) ?? pause;
  if (wait <= 0) return;
  onWait?.(wait, why);
  await sleep(wait, signal);
}

/**
 * The body of an address. Throws a FetchError, also where it is empty.
 *
 * @param namedBy "person" only for servers from the settings or the environment, with a path of ours
 */
export async function fetchBody(
  address: string,
  { userAgent }: TextOptions,
  watch: Watch,
  namedBy: NamedBy,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetchBytes(address, {
    userAgent,
    ...watch,
    retries: 1,
    wanted: "a text",
    namedBy,
  });
  if (answer.status === "unchanged")
    throw new FetchError("bad-answer", "the server answers “not modified” although nothing is cached");
  if (isBlank(answer.body)) throw badAnswer(new URL(address).host, sentNothing);
  // Not copied, which would hold up keys where it is large.
  const { buffer, byteOffset, byteLength } = answer.body;
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** The body of an address that is no web page: where one comes, it is a network's. Throws a FetchError. */
export async function fetchData(...asked: Parameters<typeof fetchBody>): ReturnType<typeof fetchBody> {
  const body = await fetchBody(...asked);
  if (isWebPage(body)) throw badAnswer(new URL(asked[0]).host, sentWebPage);
  return body;
}

/** An answer that is none: a failure like any other, so the paper may still have a text. */
export function badAnswer(host: string, what: string): FetchError {
  return new FetchError("bad-answer", `${host} ${what}`);
}
