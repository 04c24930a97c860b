import type { Listing } from "../../papers/listing.js";
import type { Reason } from "../../ranking/taste.js";

/** The ranking of a listing. */
export interface ForYou {
  readonly listing: Listing;
  /** The log-odds of each paper; `null` if the reader wanted too few papers so far. */
  readonly scores: Float32Array | null;
  /** How much each paper is for the reader, from 1 to 5; empty without scores. */
  readonly steps: Uint8Array;
  /** How many papers the reader wanted. */
  readonly wanted: number;
  /** Reasons by paper (index into the listing), as far as they are known. */
  readonly reasons: ReadonlyMap<number, readonly Reason[]>;
}
