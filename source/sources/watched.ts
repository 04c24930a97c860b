import type { Listing } from "../papers/listing.js";
import type { ThreadLimits } from "./parse/parse-thread.js";

/** Progress callbacks and cancellation of slow work. */
export interface Watched {
  readonly signal?: AbortSignal;
  /** Set for one paper that nobody waits for: an answer that is longer or takes longer is refused. */
  readonly background?: ThreadLimits;
  /** Called often with the progress, in a few words: "31,000 papers · 45 %". */
  progress(text: string): void;
  /** Called often with a growing listing: its number of papers so far, and a function that makes it. */
  grown?: ((size: number, listing: () => Listing) => void) | undefined;
  /** Called after each of several sources was read, but the last: the listing joined so far. */
  joined?: ((listing: Listing) => void) | undefined;
  /** Called before a wait, with its milliseconds and reason. */
  waiting?(milliseconds: number, why: string): void;
}

/** No callbacks. */
export const unwatched: Watched = { progress: () => {} };
