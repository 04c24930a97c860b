import { allFields, placeBits, placeStep } from "../text/fields.js";
import type { Postings, SearchIndex } from "./search-index.js";
import { idOf } from "./vocabulary.js";

/**
 * Intersects the postings of several words: the papers that contain all of them in one field, with those
 * fields, as postings. `places` limits the fields.
 */
export function withAll(
  index: SearchIndex,
  { offsets, papers }: Postings,
  parts: readonly string[],
  places: number,
): Uint32Array {
  const ids = parts.map((part) => idOf(index.vocabulary, part));
  if (ids.some((id) => id < 0)) return new Uint32Array();
  const [shortest = new Uint32Array(), ...others] = ids
    .map((id) => papers.subarray(offsets[id], offsets[id + 1]))
    .sort((a, b) => a.length - b.length);
  const common = shortest.slice();
  let count = 0;
  for (let at = 0; at < shortest.length; at += 1) {
    const posting = (shortest[at] as number) & (~allFields | places);
    if ((posting & allFields) === 0) continue;
    common[count] = posting;
    count += 1;
  }
  for (const list of others) count = keepCommon(common, count, list);
  return common.slice(0, count);
}

/**
 * Intersects the first `count` postings with a list, in place. Returns the number that remain, at the front.
 */
function keepCommon(postings: Uint32Array, count: number, list: Uint32Array): number {
  // Merge the lists if they are of similar length; otherwise look up each paper by binary search.
  const isWalked = list.length < walkedPerPosting * count;
  let left = 0;
  let place = 0;
  for (let at = 0; at < count; at += 1) {
    const posting = postings[at] as number;
    const paper = posting >>> placeBits;
    if (isWalked) while (place < list.length && (list[place] as number) >>> placeBits < paper) place += 1;
    else place = firstOf(list, paper, place);
    const other = list[place] ?? 0;
    const both = other >>> placeBits === paper ? posting & other & allFields : 0;
    if (both === 0) continue;
    postings[left] = paper * placeStep + both;
    left += 1;
  }
  return left;
}

const walkedPerPosting = 16;

/** The first index, from `from` on, whose posting is at or after a paper. */
function firstOf(list: Uint32Array, paper: number, from: number): number {
  let low = from;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) >>> placeBits < paper) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a list of postings has one of a paper. */
export function hasPaper(list: Uint32Array, paper: number): boolean {
  return (list[firstOf(list, paper, 0)] ?? 0) >>> placeBits === paper && list.length > 0;
}
