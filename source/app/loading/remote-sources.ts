import type { ReadOptions } from "../../formats/format.js";
import { readAnswer } from "../../sources/read-answer.js";
import { defaultEndpoints, type Endpoints } from "../../sources/remote/addresses.js";
import type { FetchError } from "../../sources/remote/fetch-error.js";
import type { Fetcher } from "../../sources/remote/fetcher.js";
import type { Wanted } from "../../sources/remote/read-remote.js";
import { thousands } from "../../text/numbers.js";
import { userDirectories } from "../environment.js";
import { version } from "../version.js";

/** Where the servers are. `HF_ENDPOINT` names another endpoint, as for Hugging Face's own tools. */
export function endpoints(arxiv: string): Endpoints {
  const { HF_ENDPOINT } = process.env;
  return { huggingFace: HF_ENDPOINT || defaultEndpoints.huggingFace, arxiv };
}

/** A fetcher for this user. Loaded only where something is to be fetched. */
export async function makeFetcher(options: ReadOptions): Promise<Fetcher> {
  const { Fetcher } = await import("../../sources/remote/fetcher.js");
  return new Fetcher({
    read: (listing, body) => readAnswer(listing, body, options),
    userAgent: `papers-tui/${version}`,
    cacheDirectory: userDirectories().cache,
    now: Date.now,
  });
}

/**
 * Answers of servers. After one answer came from the cache because its server failed, further pages of that
 * listing come from there too, so that nobody waits for each of them to fail. Other listings are asked for.
 */
export function fetched(fetcher: Fetcher): Wanted["answer"] {
  const failures = new Map<string, FetchError | null>();
  return async (listing, watched) => {
    const failure = failures.get(listing.argument) ?? null;
    const kept = failure === null ? null : await fetcher.kept(listing);
    if (kept !== null) return { ...kept, failure };
    const answer = await fetcher.fetch(listing, {
      ...(watched.signal ? { signal: watched.signal } : {}),
      onWait: (milliseconds, why) => watched.waiting?.(milliseconds, why),
      onProgress: (bytes) => watched.progress(`${thousands(Math.ceil(bytes / 1_000))} kB`),
    });
    failures.set(listing.argument, answer.failure);
    return answer;
  };
}

/**
 * Answers of the cache alone, which takes no time; `null` where it has none.
 * @returns the answers, and whether all that were asked for so far hold without asking their servers
 */
export function kept(fetcher: Fetcher): {
  readonly answer: Wanted["answer"];
  readonly isSettled: () => boolean;
} {
  let isSettled = true;
  return {
    answer: async (listing) => {
      const answer = await fetcher.kept(listing);
      isSettled &&= answer?.holds === true;
      return answer;
    },
    isSettled: () => isSettled,
  };
}

/**
 * Answers of the cache for what it was asked for since `since` (milliseconds since 1970), and of
 * servers for the rest: for one more page of a listing whose first ones have just been read.
 */
export function fetchedSince(fetcher: Fetcher, since: number): Wanted["answer"] {
  const ask = fetched(fetcher);
  return async (listing, watched) => {
    const answer = await fetcher.kept(listing);
    return answer && (answer.checked >= since || answer.holds) ? answer : ask(listing, watched);
  };
}
