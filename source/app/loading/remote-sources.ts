import type { ReadOptions } from "../../formats/format.js";
import { readAnswer } from "../../sources/read-answer.js";
import { defaultEndpoints, type Endpoints } from "../../sources/remote/addresses.js";
import type { FetchError } from "../../sources/remote/fetch-error.js";
import type { Fetcher } from "../../sources/remote/fetcher.js";
import type { Wanted } from "../../sources/remote/read-remote.js";
import { thousands } from "../../text/numbers.js";
import { userDirectories } from "../environment.js";
import { version } from "../version.js";

/**
 * The addresses of the servers, `arxiv` with or without the path of its API, as its manual writes it. `HF_ENDPOINT` sets another endpoint, as for Hugging Face's own tools.
 */
export function endpoints(arxiv: string): Endpoints {
  const { HF_ENDPOINT } = process.env;
  return {
    huggingFace: HF_ENDPOINT || defaultEndpoints.huggingFace,
    arxiv: arxiv.replace(/\/api\/query\/?(?:\?.*)?$/, ""),
  };
}

/** A fetcher for this user. Loaded only if something has to be fetched. */
export async function makeFetcher(options: ReadOptions): Promise<Fetcher> {
  const { Fetcher } = await import("../../sources/remote/fetcher.js");
  return new Fetcher({
    read: (listing, body, watch) => readAnswer(listing, body, options, watch),
    userAgent: `papers-tui/${version}`,
    cacheDirectory: userDirectories().cache,
    now: Date.now,
  });
}

/**
 * Responses from servers. If a server fails and the cache answers, further pages of the same listing come
 * from the cache too, so that the reader does not wait for each to fail. Other listings are still
 * requested.
 */
export function fetched(fetcher: Fetcher): Wanted["answer"] {
  const failures = new Map<string, FetchError | null>();
  return async (listing, watched) => {
    const failure = failures.get(listing.argument) ?? null;
    const kept = failure === null ? null : await fetcher.kept(listing);
    if (kept !== null) return { ...kept, failure };
    const answer = await fetcher.fetch(listing, {
      ...(watched.signal ? { signal: watched.signal } : {}),
      ...(watched.background ? { background: watched.background } : {}),
      onWait: (milliseconds, why) => watched.waiting?.(milliseconds, why),
      onProgress: (bytes) => watched.progress(`${thousands(Math.ceil(bytes / 1_000))} kB`),
    });
    failures.set(listing.argument, answer.failure);
    return answer;
  };
}

/**
 * Responses from the cache only, without waiting; `null` if it has none.
 * @returns the responses, and whether all of them so far are still valid without asking their servers
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
 * Responses from the cache if they were checked after `since` (milliseconds since 1970) or are still valid,
 * else from servers. For one more page of a listing whose first pages were just read.
 */
export function fetchedSince(fetcher: Fetcher, since: number): Wanted["answer"] {
  const ask = fetched(fetcher);
  return async (listing, watched) => {
    const answer = await fetcher.kept(listing);
    return answer && (answer.checked >= since || answer.holds) ? answer : ask(listing, watched);
  };
}
