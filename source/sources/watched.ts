import type { Listing } from "../papers/listing.js";

/** How something that takes its time is watched, and called off. */
export interface Watched {
  readonly signal?: AbortSignal;
  /** Told how far it is, in a few words: "31,000 papers · 45 %". Called often. */
  progress(text: string): void;
  /**
   * Told of a long listing as it is so far, more papers of which are to come behind these: how many papers
   * it has, and how to make it. Called often.
   */
  grown?: ((size: number, listing: () => Listing) => void) | undefined;
  /** Told before a wait of so many milliseconds, and what it is for. */
  waiting?(milliseconds: number, why: string): void;
}

/** Where nobody watches. */
export const unwatched: Watched = { progress: () => {} };
