import type { Listing } from "../../papers/listing.js";
import type { Reason } from "../../ranking/taste.js";

/** What the ranking says of a listing. */
export interface ForYou {
  readonly listing: Listing;
  /** The log-odds of each paper; `null` where too few papers are known that the reader wanted. */
  readonly scores: Float32Array | null;
  /** How much each paper is for the reader, from 1 to 5; empty without scores. */
  readonly steps: Uint8Array;
  /** How many papers the reader wanted. */
  readonly wanted: number;
  /** The reasons of papers (indices into the listing), as far as they are known by now. */
  readonly reasons: ReadonlyMap<number, readonly Reason[]>;
}
