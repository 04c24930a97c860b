import { Cache, type Kept } from "./cache.js";
import { FetchError } from "./fetch-error.js";
import type { FetchOptions } from "./http.js";
import { holds, type RemoteListing } from "./remote.js";
import { takeTurn } from "./turn.js";

/** An answer to show, and why it is an old one where a new one could not be had. */
export interface Answer {
  readonly body: Buffer;
  /** When the server last said that it holds, in milliseconds since 1970. */
  readonly checked: number;
  readonly failure: FetchError | null;
}

export interface FetcherOptions extends Pick<FetchOptions, "userAgent" | "onWait" | "signal"> {
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
  async fetch(listing: RemoteListing): Promise<Answer> {
    const { address } = listing;
    const { userAgent, onWait, signal, now } = this.#options;
    const kept = this.kept(listing);
    if (kept && holds(listing, kept.checked)) return { ...kept, failure: null };
    try {
      await this.#turn(address);
      // The client is large, and most listings are there already.
      const { fetchBytes } = await import("./http.js");
      const fetched = await fetchBytes(address, {
        userAgent,
        ...(onWait ? { onWait } : {}),
        ...(signal ? { signal } : {}),
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

  async #turn(address: string): Promise<void> {
    const { host } = new URL(address);
    if (!/(^|\.)arxiv\.org$/.test(host) && !address.includes("/api/query?")) return;
    const wait = await takeTurn(this.#options.cacheDirectory, "arxiv.org", arxivPause, this.#options.now);
    if (wait <= 0) return;
    this.#options.onWait?.(wait, "arXiv asks for three seconds between requests");
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
