import type { Library } from "../../library/library.js";
import type { Listing } from "../../papers/listing.js";
import { FeatureReader } from "../../ranking/features.js";
import { LeftOut } from "../../ranking/left-out.js";
import { Taste, wantedOf } from "../../ranking/taste.js";
import { struckIn } from "../../reader/for-you/order.js";
import { examplesOf } from "./examples.js";
import type { PassedPapers } from "./passed-papers.js";

/** What the ranking learns from, besides the listing. */
export interface Known {
  readonly library: Library;
  readonly passed: PassedPapers;
  readonly stateDirectory: string;
}

/**
 * What the marks say of the reader's taste, learned at once, for the shell: the screen has a thread for it.
 * @param mostFeatures papers of the listing that say which words are common
 * @returns `taste` is `null` where the reader `wanted` too few papers to learn from
 */
export function learnNow(
  { library, passed, stateDirectory }: Known,
  listing: Listing,
  mostFeatures: number,
): { readonly taste: Taste | null; readonly wanted: number } {
  const examples = examplesOf(library, passed, stateDirectory, listing);
  const struck = struckIn(library.interests());
  const reader = new FeatureReader(new LeftOut(struck));
  const features = Array.from({ length: Math.min(listing.size, mostFeatures) }, (_, at) =>
    reader.read(listing.paper(at)),
  );
  return { taste: Taste.of(examples, features, struck), wanted: wantedOf(examples) };
}
