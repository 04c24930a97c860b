import type { Postings, SearchIndex } from "../index/search-index.js";
import { allFields, fields, type PlaceSets, placeBits } from "../text/fields.js";
import { points, pointsByPlaces, saysNear, saysTitle, type Tier } from "./ranking.js";

/**
 * The papers that match a term, in listing order, with the points of the best match and whether the title
 * matches.
 */
export interface Found {
  readonly papers: Uint32Array;
  readonly points: Float32Array;
  readonly inTitle: Uint8Array;
  /** The matching title words, as ranges of vocabulary ids: first, end, first, end, … */
  readonly words: Uint32Array;
}

/** Collects the best match for each paper. */
export class Best {
  readonly #points: Float32Array;
  readonly #inTitle: Uint8Array;
  readonly #words: number[] = [];
  /** The number of papers with a match. */
  #count = 0;

  constructor({ best }: SearchIndex) {
    // Reused for each search of an index: allocating them would take most of the time of a short search.
    this.#points = best.points.fill(0);
    this.#inTitle = best.inTitle.fill(0);
  }

  /** Offers a match in the fields `places` of a paper; without fields it is ignored. */
  offer(paper: number, tier: Tier, places: number): void {
    if (places & fields.title && saysTitle(tier)) this.#inTitle[paper] = 1;
    this.offerPoints(paper, points(tier, places));
  }

  /** Like `offer`, for all postings of the words with ids from `first` to before `end`. */
  offerStretch({ offsets, papers }: Postings, first: number, end: number, tier: Tier, places: number): void {
    const worths = pointsByPlaces(tier);
    const title = saysTitle(tier) ? fields.title : 0;
    if (places & title && end > first && saysNear(tier)) this.#words.push(first, end);
    const best = this.#points;
    const inTitle = this.#inTitle;
    const last = offsets[end] as number;
    let count = 0;
    for (let at = offsets[first] as number; at < last; at += 1) {
      const posting = papers[at] as number;
      const met = posting & places;
      if (met === 0) continue;
      const paper = posting >>> placeBits;
      const worth = worths[met] as number;
      const before = best[paper] as number;
      if (worth > before) {
        if (before === 0) count += 1;
        best[paper] = worth;
      }
      if (met & title) inTitle[paper] = 1;
    }
    this.#count += count;
  }

  /**
   * Offers each paper the points for its set of fields.
   * @param worths the points for each possible set
   * @param title the field whose match is a match of the title; 0 for none
   */
  offerSets(sets: PlaceSets, worths: Float64Array, title: number): void {
    const best = this.#points;
    const inTitle = this.#inTitle;
    let count = 0;
    for (let paper = 0; paper < sets.length; paper += 1) {
      const set = sets[paper] as number;
      if (set & title) inTitle[paper] = 1;
      const worth = worths[set & allFields] as number;
      const before = best[paper] as number;
      if (worth <= before) continue;
      if (before === 0) count += 1;
      best[paper] = worth;
    }
    this.#count += count;
  }

  offerPoints(paper: number, worth: number): void {
    const before = this.#points[paper] as number;
    if (worth <= before) return;
    if (before === 0) this.#count += 1;
    this.#points[paper] = worth;
  }

  /** Adds the title words of matches that are offered with `offerPoints`. */
  addWords(first: number, end: number): void {
    if (end > first) this.#words.push(first, end);
  }

  /** Sets `has` to 0 for each paper without a match. */
  keep(has: Uint8Array): void {
    const best = this.#points;
    for (let paper = 0; paper < best.length; paper += 1) if (best[paper] === 0) has[paper] = 0;
  }

  /** Sets `has` to 0 for each paper with a match. */
  leaveOut(has: Uint8Array): void {
    const best = this.#points;
    for (let paper = 0; paper < best.length; paper += 1) if (best[paper] !== 0) has[paper] = 0;
  }

  found(): Found {
    const count = this.#count;
    const papers = new Uint32Array(count);
    const points = new Float32Array(count);
    const inTitle = new Uint8Array(count);
    let place = 0;
    for (let paper = 0; place < count; paper += 1) {
      const worth = this.#points[paper] as number;
      if (worth === 0) continue;
      papers[place] = paper;
      points[place] = worth;
      inTitle[place] = this.#inTitle[paper] as number;
      place += 1;
    }
    return { papers, points, inTitle, words: Uint32Array.from(this.#words) };
  }
}

/** The union of two results, with the better match for each paper. */
export function either(one: Found, other: Found): Found {
  if (other.papers.length === 0) return one;
  const most = one.papers.length + other.papers.length;
  if (most > 20 * other.papers.length) {
    const within = improved(one, other);
    if (within !== null) return within;
  }
  const papers = new Uint32Array(most);
  const points = new Float32Array(most);
  const inTitle = new Uint8Array(most);
  let count = 0;
  let first = 0;
  let second = 0;
  const [ends, otherEnds] = [one.papers.length, other.papers.length];
  while (first < ends || second < otherEnds) {
    const left = first < ends ? (one.papers[first] as number) : noPaper;
    const right = second < otherEnds ? (other.papers[second] as number) : noPaper;
    papers[count] = left < right ? left : right;
    if (left <= right) {
      points[count] = one.points[first] as number;
      inTitle[count] = one.inTitle[first] as number;
      first += 1;
    }
    if (right <= left) {
      points[count] = Math.max(points[count] as number, other.points[second] as number);
      inTitle[count] = (inTitle[count] as number) | (other.inTitle[second] as number);
      second += 1;
    }
    count += 1;
  }
  return {
    papers: papers.subarray(0, count),
    points: points.subarray(0, count),
    inTitle: inTitle.subarray(0, count),
    words: wordsOf(one, other),
  };
}

/** The union if the first result has all papers of a much shorter one; otherwise `null`. */
function improved(one: Found, other: Found): Found | null {
  const points = one.points.slice();
  const inTitle = one.inTitle.slice();
  let at = 0;
  for (let place = 0; place < other.papers.length; place += 1) {
    const paper = other.papers[place] as number;
    while (at < one.papers.length && (one.papers[at] as number) < paper) at += 1;
    if (one.papers[at] !== paper) return null;
    points[at] = Math.max(points[at] as number, other.points[place] as number);
    inTitle[at] = (inTitle[at] as number) | (other.inTitle[place] as number);
  }
  return { papers: one.papers, points, inTitle, words: wordsOf(one, other) };
}

function wordsOf(one: Found, other: Found): Uint32Array {
  const words = new Uint32Array(one.words.length + other.words.length);
  words.set(one.words);
  words.set(other.words, one.words.length);
  return words;
}

const noPaper = 2 ** 32;
