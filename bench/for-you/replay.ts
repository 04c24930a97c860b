import type { Paper } from "../../source/papers/paper.js";
import { FeatureReader, type Features } from "../../source/ranking/features.js";
import { forYouOrder } from "../../source/ranking/for-you-order.js";
import { type Example, Taste } from "../../source/ranking/taste.js";
import { hashSize } from "../../source/ranking/terms.js";
import { Commonness, vectorOf } from "../../source/ranking/vectors.js";
import type { Day } from "./days.js";
import { makeReaders, type Reader, randomFrom, wants } from "./readers.js";

/** How many stars are given before the ranking is evaluated. */
const starsFirst = 20;
/** One star out of this many goes to a random paper of the day, as people make mistakes. */
const wrongStar = 10;
/** A reader with fewer mornings to evaluate is skipped. */
const leastMornings = 5;

/** nDCG@10 of each order, from 0 to 1, averaged over readers. */
export interface Replayed {
  readonly readers: number;
  readonly votes: number;
  readonly centroid: number;
  readonly forYou: number;
}

/** The orders that are compared. */
export type OrderName = Exclude<keyof Replayed, "readers">;
export const orderNames: readonly OrderName[] = ["votes", "centroid", "forYou"];

/**
 * Lets simulated readers go through days until they have starred 20 papers, then ranks the papers of each
 * later day that has one they want.
 *
 * @returns the averages over single mornings, and over all papers of those days as one listing
 */
export function replay(
  days: readonly Day[],
  count: number,
  seed: number,
): { readonly mornings: Replayed; readonly together: Replayed } {
  const mornings = { votes: 0, centroid: 0, forYou: 0 };
  const together = { votes: 0, centroid: 0, forYou: 0 };
  const featuresOf = cached(days);
  let readers = 0;
  for (const [index, reader] of makeReaders(days, count, seed).entries()) {
    const { examples, next } = read(days, reader, randomFrom(seed * 1_000 + index));
    const rest = days.slice(next).filter(({ papers }) => papers.some((paper) => wants(reader, paper)));
    if (rest.length < leastMornings) continue;
    readers += 1;
    // Trained once, on the first morning, so that the result is for 20 stars.
    const taste = tasteOf(examples, (rest[0] as Day).papers, featuresOf);
    const centroid = centroidOf(examples, featuresOf);
    for (const { papers } of rest) {
      const orders = ordersOf(papers, centroid, taste, featuresOf);
      for (const name of orderNames) mornings[name] += ndcg(orders[name], papers, reader) / rest.length;
    }
    const papers = rest.flatMap((day) => day.papers);
    const orders = ordersOf(papers, centroid, taste, featuresOf);
    for (const name of orderNames) together[name] += ndcg(orders[name], papers, reader);
  }
  const mean = (sums: typeof mornings): Replayed => ({
    readers,
    votes: sums.votes / readers,
    centroid: sums.centroid / readers,
    forYou: sums.forYou / readers,
  });
  return { mornings: mean(mornings), together: mean(together) };
}

/** The first stars of a reader; the other papers of these days are marked read. */
function read(
  days: readonly Day[],
  reader: Reader,
  random: () => number,
): { readonly examples: readonly Example[]; readonly next: number } {
  const starred = new Set<Paper>();
  const seen: Paper[] = [];
  let next = 0;
  for (; next < days.length && starred.size < starsFirst; next += 1) {
    const { papers } = days[next] as Day;
    seen.push(...papers);
    for (const paper of papers) {
      if (!wants(reader, paper)) continue;
      const isWrong = random() < 1 / wrongStar;
      starred.add(isWrong ? (papers[Math.floor(random() * papers.length)] as Paper) : paper);
    }
  }
  const examples = seen.map(
    (paper): Example => ({ paper, evidence: starred.has(paper) ? "starred" : "skipped" }),
  );
  return { examples, next };
}

type FeaturesOf = (paper: Paper) => Features;

/** Caches the features of the days' papers. */
function cached(days: readonly Day[]): FeaturesOf {
  const reader = new FeatureReader();
  const known = new Map(days.flatMap(({ papers }) => papers.map((paper) => [paper, reader.read(paper)])));
  return (paper) => known.get(paper) as Features;
}

function tasteOf(examples: readonly Example[], listing: readonly Paper[], featuresOf: FeaturesOf): Taste {
  const taste = Taste.of(
    examples,
    listing.map((paper) => featuresOf(paper)),
  );
  if (taste === null) throw new Error("a reader with too few stars");
  return taste;
}

function ordersOf(
  papers: readonly Paper[],
  centroid: Centroid,
  taste: Taste,
  featuresOf: FeaturesOf,
): Record<OrderName, Uint32Array> {
  const rows = Uint32Array.from(papers.keys());
  const by = (scores: readonly number[]) =>
    rows.slice().sort((one, other) => (scores[other] as number) - (scores[one] as number) || one - other);
  const features = papers.map((paper) => featuresOf(paper));
  return {
    votes: by(papers.map(({ upvotes }) => upvotes ?? 0)),
    centroid: by(nearness(features, centroid)),
    forYou: forYouOrder(
      rows,
      features.map((one) => taste.score(one)),
    ),
  };
}

/** The sum of the vectors of starred papers, and the document frequencies of words. */
interface Centroid {
  readonly sum: Float64Array;
  readonly commonness: Commonness;
}

function centroidOf(examples: readonly Example[], featuresOf: FeaturesOf): Centroid {
  const commonness = new Commonness();
  const known = examples.map(({ paper, evidence }) => ({ features: featuresOf(paper as Paper), evidence }));
  for (const { features } of known) commonness.add(features);
  const sum = new Float64Array(hashSize);
  for (const { features } of known.filter(({ evidence }) => evidence === "starred")) {
    const { at, values } = vectorOf(features, commonness);
    for (const [index, hash] of at.entries()) {
      sum[hash] = (sum[hash] as number) + (values[index] as number);
    }
  }
  return { sum, commonness };
}

/** The cosine between each paper and the centroid of the stars, over the same features. */
function nearness(features: readonly Features[], { sum, commonness }: Centroid): number[] {
  return features.map((one) => {
    const { at, values } = vectorOf(one, commonness);
    let [product, length] = [0, 0];
    for (const [index, hash] of at.entries()) {
      const value = values[index] as number;
      product += value * (sum[hash] as number);
      length += value * value;
    }
    return length === 0 ? 0 : product / Math.sqrt(length);
  });
}

/**
 * Normalized discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002), with binary
 * relevance.
 */
function ndcg(order: Uint32Array, papers: readonly Paper[], reader: Reader): number {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const wanted = papers.filter((paper) => wants(reader, paper)).length;
  let [sum, best] = [0, 0];
  for (const [place, at] of order.subarray(0, 10).entries()) {
    if (wants(reader, papers[at] as Paper)) sum += gain(place);
    if (place < wanted) best += gain(place);
  }
  return sum / best;
}
