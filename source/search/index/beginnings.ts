import { allFields, PlaceSets, placeBits } from "../text/fields.js";
import { prefixed, type Vocabulary } from "./vocabulary.js";
import type { Postings } from "./word-log.js";

/**
 * For each of the letters a to z and the digits, the fields of each paper that have a word which begins with
 * it. So many postings begin with the same letter that reading them for each letter of a query is slow.
 */
export type Beginnings = ReadonlyMap<string, PlaceSets>;

/** Makes the field sets of each letter from the postings of `size` papers. */
export function beginningsOf(vocabulary: Vocabulary, postings: Postings, size: number): Beginnings {
  return new Map(
    [..."abcdefghijklmnopqrstuvwxyz0123456789"].map((letter) => {
      const [first, end] = prefixed(vocabulary, letter);
      const sets = new PlaceSets(size);
      addPlaces(sets, postings, first, end, allFields);
      return [letter, sets];
    }),
  );
}

/**
 * Adds to the field set of each paper those of `places` with one of the words from `first` to before `end`.
 */
export function addPlaces(
  sets: PlaceSets,
  { offsets, papers }: Postings,
  first: number,
  end: number,
  places: number,
): void {
  const last = offsets[end] as number;
  for (let at = offsets[first] as number; at < last; at += 1) {
    const posting = papers[at] as number;
    const paper = posting >>> placeBits;
    sets[paper] = (sets[paper] as number) | (posting & places);
  }
}
