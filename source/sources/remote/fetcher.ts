import { join } from "node:path";
import type { ReadResult } from "../../formats/index.js";
import type { ParseWatch } from "../parse/parse-thread.js";
import type { Watched } from "../watched.js";
import { isWebPage } from "../web-page.js";
import type { RemoteListing } from "./addresses.js";
import { Cache, holds, type Kept } from "./cache.js";
import { FetchError } from "./fetch-error.js";
import type { Fetched, FetchOptions, Validators } from "./http.js";
import { rateLimits, takeTurn } from "./rate-limit.js";
import { sleep } from "./sleep.js";

/** A response to show, and why it is an old one if a new one could not be fetched. */
export interface Answer {
  readonly body: Buffer;
  /** When the server last confirmed it, in milliseconds since 1970. */
  readonly checked: number;
  readonly failure: FetchError | null;
  /** Its listing, if it has been read already. */
  readonly result?: ReadResult;
}

/** A response read by a format. */
type ReadAnswer = Answer & { readonly result: Extract<ReadResult, { ok: true }> };

/** Progress callbacks and cancellation of a fetch. */
export type Watch = Pick<FetchOptions, "onWait" | "onProgress" | "signal"> & Pick<Watched, "background">;

export interface FetcherOptions extends Pick<FetchOptions, "userAgent"> {
  readonly cacheDirectory: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Reads a response, so that only listings are cached: `readAnswer`. */
  readonly read: (listing: RemoteListing, body: Buffer, watch: ParseWatch) => Promise<ReadResult>;
}

/** The limit of an answer that nobody waits for, in bytes: what arXiv says of one paper has some 5 kB. */
const mostInBackground = 1024 * 1024;
const noValidators: Validators = { etag: null, lastModified: null };

/**
 * Fetches listings from servers, through the cache. A response replaces the cached one only if it is as good: a
 * login page, an error or an empty body with status 200 is a failure like any other.
 */
export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #cache: Cache;
  /** When this process may ask arXiv next if processes cannot coordinate, in milliseconds since 1970. */
  #nextTurn = 0;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#cache = new Cache(options.cacheDirectory);
  }

  /** The cached listing, without a request; `null` if there is none that can be read. */
  async kept(listing: RemoteListing): Promise<(ReadAnswer & { readonly holds: boolean }) | null> {
    const kept = this.#kept(listing);
    const answer = kept && (await this.#read(listing, kept));
    return answer && { ...answer, holds: this.#holds(listing, answer.checked) && isGood(answer) };
  }

  /**
   * The current listing; or the cached one if the server cannot be reached or sends something else. Rejects
   * with a FetchError if nothing is cached, or it was cancelled.
   */
  async fetch(listing: RemoteListing, watch: Watch = {}): Promise<Answer> {
    const kept = this.#kept(listing);
    // Read on demand, and once.
    let reading: Promise<ReadAnswer | null> | undefined;
    const before = () => {
      reading ??= kept ? this.#read(listing, kept) : Promise.resolve(null);
      return reading;
    };
    if (kept && this.#holds(listing, kept.checked)) {
      const answer = await before();
      if (answer && isGood(answer)) return answer;
    }
    try {
      return await this.#renew(listing, kept, before, watch);
    } catch (error) {
      if (!(error instanceof FetchError) || error.failure === "cancelled") throw error;
      const answer = await before();
      if (!answer) throw error;
      return { ...answer, failure: error };
    }
  }

  async #renew(
    listing: RemoteListing,
    kept: Kept | null,
    before: () => Promise<ReadAnswer | null>,
    watch: Watch,
  ): Promise<ReadAnswer> {
    const { address } = listing;
    const { now } = this.#options;
    let fetched = await this.#ask(address, kept?.validators ?? noValidators, watch);
    if (fetched.status === "unchanged") {
      const answer = await before();
      const checked = now();
      if (kept && answer && isGood(answer)) {
        this.#cache.write(address, { body: kept.body, validators: newer(fetched, kept), checked });
        return { ...answer, checked };
      }
      // A 304 confirms a body that is not a listing: an older version of the program may have cached it.
      fetched = await this.#ask(address, noValidators, watch);
    }
    if (fetched.status === "unchanged")
      throw badAnswer(address, "answers “not modified” although nothing is cached");
    const { body, validators } = fetched;
    const result = await this.#options.read(listing, body, watch);
    if (watch.signal?.aborted) throw new FetchError("cancelled", "cancelled");
    if (!result.ok) throw badAnswer(address, result.reason);
    const answer: ReadAnswer = { body, checked: now(), failure: null, result };
    const { listing: parsed } = result;
    if (isGood(answer) && !(kept && isWebPage(body) && !isWebPage(kept.body))) {
      this.#cache.write(address, { body, validators, checked: answer.checked });
      return answer;
    }
    const old = await before();
    if (old && (isGood(old) || old.result.listing.papers.length > parsed.papers.length)) {
      const what = parsed.isTruncated ? "only the beginning of it" : "a listing without papers";
      throw badAnswer(address, `sent ${isGood(answer) ? "a web page instead of it" : what}`);
    }
    // There is nothing better. Drop the validators, so that the next request gets the whole body.
    if (!parsed.isTruncated)
      this.#cache.write(address, { body, validators: noValidators, checked: answer.checked });
    return answer;
  }

  /** Whether a response checked at that time needs no new request. A time in the future came from a wrong clock. */
  #holds(listing: RemoteListing, checked: number): boolean {
    return holds(listing, Math.min(checked, this.#options.now()));
  }

  async #ask(address: string, validators: Validators, watch: Watch): Promise<Fetched> {
    await this.#turn(address, watch);
    // The client is large, and most listings are cached.
    const { fetchBytes } = await import("./http.js");
    const { userAgent } = this.#options;
    // A listing is named on the command line, in the settings or in a panel; its pages are of the same server.
    const limit = watch.background ? { limit: mostInBackground } : {};
    return fetchBytes(address, { userAgent, ...watch, ...limit, validators, namedBy: "person" });
  }

  #kept({ address }: RemoteListing): Kept | null {
    const kept = this.#cache.read(address);
    if (kept) this.#cache.touch(address, this.#options.now());
    return kept;
  }

  async #read(listing: RemoteListing, { body, checked }: Kept): Promise<ReadAnswer | null> {
    const result = await this.#options.read(listing, body, {});
    return result.ok ? { body, checked, failure: null, result } : null;
  }

  async #turn(address: string, { onWait, signal }: Watch): Promise<void> {
    const { host } = new URL(address);
    if (!/(^|\.)arxiv\.org$/.test(host) && !address.includes("/api/query?")) return;
    const { cacheDirectory, now } = this.#options;
    const { server, pause, why } = rateLimits.arxiv;
    const shared = await takeTurn(join(cacheDirectory, "turns"), server, pause, now);
    const time = now();
    const own = Math.min(Math.max(0, this.#nextTurn - time), pause);
    const wait = shared ?? own;
    this.#nextTurn = time + wait + pause;
    if (wait <= 0) return;
    onWait?.(wait, why);
    await sleep(wait, signal);
  }
}

/** Whether a response is complete: it has papers, and all of them. */
function isGood({ result: { listing } }: ReadAnswer): boolean {
  return listing.papers.length > 0 && !listing.isTruncated;
}

function badAnswer(address: string, what: string): FetchError {
  return new FetchError("bad-answer", `${new URL(address).host} ${what}`);
}

/** The validators of a 304, which replace the earlier ones (RFC 9111, 3.2). */
function newer({ validators: { etag, lastModified } }: Fetched, { validators }: Kept): Validators {
  return { etag: etag ?? validators.etag, lastModified: lastModified ?? validators.lastModified };
}
