import { Cache, type Kept } from "./cache.js";
import { FetchError } from "./fetch-error.js";
import type { FetchOptions } from "./http.js";
import { holds, type RemoteListing } from "./remote.js";
import { sleep } from "./sleep.js";
import { takeTurn } from "./turn.js";

/** An answer to show, and why it is an old one where a new one could not be had. */
export interface Answer {
  readonly body: Buffer;
  /** When the server last said that it holds, in milliseconds since 1970. */
  readonly checked: number;
  readonly failure: FetchError | null;
}

/** How a fetch is watched and called off. */
export type Watch = Pick<FetchOptions, "onWait" | "onProgress" | "signal">;

export interface FetcherOptions extends Pick<FetchOptions, "userAgent"> {
  readonly cacheDirectory: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** arXiv asks for one request in three seconds. https://info.arxiv.org/help/api/tou.html */
const arxivPause = 3_000;

/** Gets listings from servers, by way of the cache. */
export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #cache: Cache;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#cache = new Cache(options.cacheDirectory);
  }

  /** What is kept of a listing, without asking anyone; `null` where nothing is. */
  kept({ address }: RemoteListing): Kept | null {
    const kept = this.#cache.read(address);
    if (kept) this.#cache.touch(address, this.#options.now());
    return kept;
  }

  /** Whether what is kept holds, so that there is nothing to fetch. */
  isSettled(listing: RemoteListing): boolean {
    const kept = this.kept(listing);
    return kept !== null && holds(listing, kept.checked);
  }

  /**
   * The listing as it is now; as it was when it was last fetched, where the server cannot be asked.
   * Rejects with a FetchError where nothing is kept either, or it was cancelled.
   */
  async fetch(listing: RemoteListing, watch: Watch = {}): Promise<Answer> {
    const { address } = listing;
    const { userAgent, now } = this.#options;
    const kept = this.kept(listing);
    if (kept && holds(listing, kept.checked)) return { ...kept, failure: null };
    try {
      await this.#turn(address, watch);
      // The client is large, and most listings are there already.
      const { fetchBytes } = await import("./http.js");
      const fetched = await fetchBytes(address, {
        userAgent,
        ...watch,
        ...(kept ? { validators: kept.validators } : {}),
      });
      const checked = now();
      if (fetched.status === "fresh") {
        this.#cache.write(address, { body: fetched.body, validators: fetched.validators, checked });
        return { body: fetched.body, checked, failure: null };
      }
      if (!kept)
        throw new FetchError("bad-answer", `${new URL(address).host} says nothing has changed since never`);
      this.#cache.write(address, { ...kept, checked });
      return { body: kept.body, checked, failure: null };
    } catch (error) {
      if (!kept || !(error instanceof FetchError) || error.failure === "cancelled") throw error;
      return { body: kept.body, checked: kept.checked, failure: error };
    }
  }

  async #turn(address: string, { onWait, signal }: Watch): Promise<void> {
    const { host } = new URL(address);
    if (!/(^|\.)arxiv\.org$/.test(host) && !address.includes("/api/query?")) return;
    const wait = await takeTurn(this.#options.cacheDirectory, "arxiv.org", arxivPause, this.#options.now);
    if (wait <= 0) return;
    onWait?.(wait, "arXiv asks for three seconds between requests");
    await sleep(wait, signal);
  }
}
