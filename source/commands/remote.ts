import { FetchError } from "../sources/fetch-error.js";
import type { Fetcher } from "../sources/fetcher.js";
import { defaultEndpoints, type Endpoints } from "../sources/remote.js";
import type { Source, Supplies } from "../sources/source.js";
import { userDirectories } from "./environment.js";
import { version } from "./version.js";

/** Where servers are: Hugging Face's own tools are told another endpoint by `HF_ENDPOINT`. */
export function endpoints(arxiv: string): Endpoints {
  const { HF_ENDPOINT } = process.env;
  return { huggingFace: HF_ENDPOINT || defaultEndpoints.huggingFace, arxiv };
}

/** Whether what a server holds is among the sources. */
export function anyRemote(sources: readonly Source[]): boolean {
  return sources.some(({ kind }) => kind === "remote");
}

/** A fetcher for this user. Loaded only where something is to be fetched. */
export async function makeFetcher(onWait: (milliseconds: number, why: string) => void): Promise<Fetcher> {
  const { Fetcher } = await import("../sources/fetcher.js");
  return new Fetcher({
    userAgent: `papers-tui/${version}`,
    cacheDirectory: userDirectories().cache,
    now: Date.now,
    onWait,
  });
}

/** Answers of servers. */
export function fetched(fetcher: Fetcher): Supplies["answer"] {
  return (listing) => fetcher.fetch(listing);
}

/** Answers of the cache alone, which takes no time; rejects where it has none. */
export function kept(fetcher: Fetcher): Supplies["answer"] {
  return async (listing) => {
    const answer = fetcher.kept(listing);
    if (!answer) throw new FetchError("offline", "it was never fetched");
    return { body: answer.body, checked: answer.checked, failure: null };
  };
}

/** Supplies for sources that need none from a server. */
export const noAnswer: Supplies["answer"] = () => {
  throw new FetchError("bad-address", "nothing is fetched here");
};
