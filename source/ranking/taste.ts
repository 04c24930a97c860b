import { atOnce } from "../papers/at-once.js";
import type { EvidenceKind } from "../papers/interests/evidence.js";
import { FeatureReader, type Features, type NamedFeature, namedFeatures } from "./features.js";
import { LeftOut } from "./left-out.js";
import { type FeatureName, hashOf, type RankedPaper } from "./terms.js";
import { scoreOf, train, type Weights } from "./train.js";
import { Commonness, vectorOf } from "./vectors.js";

/** How much each sign counts: below 0 against papers like it, and weakly, because one may pass over a good paper. */
const evidenceWeights: Readonly<Record<EvidenceKind, number>> = {
  starred: 1,
  later: 0.7,
  exported: 0.7,
  readInFull: 0.7,
  learned: 0.5,
  skipped: -0.3,
  glanced: -0.2,
};

/** Below so many papers that a reader wanted there is no model. */
export const leastWanted = 5;

/** What an unread paper of the listing counts against what is wanted: next to nothing, but without it there may be no contrast. */
const background = 0.02;
/** So many of them are enough. */
const mostBackground = 1_000;

/** Examples read before other work may be done. */
const examplesPerStep = 50;

/** A paper the reader did something with. */
export interface Example {
  readonly paper: RankedPaper;
  readonly evidence: EvidenceKind;
}

/** Why a paper has its place: one thing it has in common with papers of the reader. */
export interface Reason extends FeatureName {
  /** As the paper writes it. */
  readonly written: string;
  /** How many papers the reader wanted have it. */
  readonly yours: number;
  /** By how much the paper's log-odds would be lower without it; more than 0. */
  readonly contribution: number;
}

/** Reasons given of a paper, and those of each kind looked at for them. */
const mostReasons = 6;
const mostTried = 5;
/** A reason that gives less than this share of the best one is left out. */
const leastShare = 0.08;

/**
 * What a reader likes, learned from what they did. A cache: the same examples give the same taste, and nothing of
 * it is stored.
 */
export class Taste {
  readonly #commonness: Commonness;
  readonly #weights: Weights;
  readonly #struck: readonly FeatureName[];
  readonly #reader: FeatureReader;
  /** In how many wanted papers each feature occurs. */
  readonly #yours: ReadonlyMap<number, number>;
  /** The titles of the wanted papers: a paper is no reason for itself. */
  readonly #titles: ReadonlySet<string>;

  private constructor(
    commonness: Commonness,
    weights: Weights,
    struck: readonly FeatureName[],
    reader: FeatureReader,
    yours: ReadonlyMap<number, number>,
    titles: ReadonlySet<string>,
  ) {
    this.#commonness = commonness;
    this.#weights = weights;
    this.#struck = struck;
    this.#reader = reader;
    this.#yours = yours;
    this.#titles = titles;
  }

  /**
   * Learns from examples, in their order; `null` below `leastWanted` wanted papers.
   * @param listing papers that nothing is known of: they say which words are common
   * @param struck reasons that the reader does not want counted
   */
  static of(
    examples: readonly Example[],
    listing: readonly Features[],
    struck: readonly FeatureName[] = [],
  ): Taste | null {
    return atOnce(Taste.learning(examples, listing, struck));
  }

  /** The same a step at a time, for a thread that does other work in between. */
  static *learning(
    examples: readonly Example[],
    listing: readonly Features[],
    struck: readonly FeatureName[] = [],
  ): Generator<void, Taste | null> {
    if (wantedOf(examples) < leastWanted) return null;
    const reader = new FeatureReader(new LeftOut(struck));
    const commonness = new Commonness();
    const yours = new Map<number, number>();
    const titles = new Set<string>();
    const known: { readonly features: Features; readonly weight: number }[] = [];
    for (const [index, { paper, evidence }] of examples.entries()) {
      const features = reader.read(paper);
      commonness.add(features);
      const weight = evidenceWeights[evidence];
      if (weight > 0) {
        titles.add(paper.title);
        for (const hash of features.at) yours.set(hash, (yours.get(hash) ?? 0) + 1);
      }
      known.push({ features, weight });
      if (index % examplesPerStep === 0) yield;
    }
    for (const features of listing) commonness.add(features);
    const apart = Math.max(1, Math.ceil(listing.length / mostBackground));
    for (let at = 0; at < listing.length; at += apart) {
      known.push({ features: listing[at] as Features, weight: -background });
    }
    const weights = yield* train(
      known.map(({ features, weight }) => ({
        vector: vectorOf(features, commonness),
        isWanted: weight > 0,
        weight: Math.abs(weight),
      })),
    );
    return new Taste(commonness, weights, struck, reader, yours, titles);
  }

  /** The features of a paper as this taste reads it. */
  featuresOf(paper: RankedPaper): Features {
    return this.#reader.read(paper);
  }

  /** The log-odds that the reader wants a paper: above 0 rather yes. */
  score(features: Features): number {
    return scoreOf(vectorOf(features, this.#commonness), this.#weights);
  }

  /** Why a paper has its place, the weightiest first. Each is a true contribution: without it the score is lower. */
  reasons(paper: RankedPaper): Reason[] {
    const score = this.score(this.featuresOf(paper));
    const tried = new Map<string, number>();
    const reasons: Reason[] = [];
    for (const one of this.#likely(paper)) {
      const count = tried.get(one.kind) ?? 0;
      if (count === mostTried) continue;
      tried.set(one.kind, count + 1);
      const without = this.#reader.read(paper, new LeftOut([...this.#struck, one]));
      const contribution = score - this.score(without);
      if (contribution > 0) reasons.push({ ...one, contribution });
    }
    reasons.sort((one, other) => other.contribution - one.contribution);
    const least = (reasons[0]?.contribution ?? 0) * leastShare;
    const kept: Reason[] = [];
    for (const reason of reasons) {
      if (reason.contribution >= least && !kept.some((other) => overlaps(reason, other))) kept.push(reason);
    }
    return kept.slice(0, mostReasons);
  }

  /** Features that wanted papers have, by their weight in the model, the greatest first. */
  #likely(paper: RankedPaper): (NamedFeature & { readonly yours: number })[] {
    const { weights } = this.#weights;
    const { at, values } = vectorOf(this.featuresOf(paper), this.#commonness);
    const valueAt = new Map(Array.from(at, (hash, index) => [hash, values[index] as number]));
    const itself = this.#titles.has(paper.title) ? 1 : 0;
    return namedFeatures(paper)
      .map((one) => {
        const hash = hashOf(one.kind, one.term);
        const gain = (valueAt.get(hash) ?? 0) * (weights[hash] as number);
        return { one, gain, yours: (this.#yours.get(hash) ?? 0) - itself };
      })
      .filter(({ gain, yours }) => gain > 0 && yours > 0)
      .sort((a, b) => b.gain - a.gain || (a.one.term < b.one.term ? -1 : 1))
      .map(({ one, yours }) => ({ ...one, yours }));
  }
}

/** How many of the examples the reader wanted. */
export function wantedOf(examples: readonly Example[]): number {
  return examples.filter((one) => evidenceWeights[one.evidence] > 0).length;
}

/** Whether two reasons are of the same words: "diffusion" and "diffusion models". */
function overlaps(one: Reason, other: Reason): boolean {
  if (!isTopic(one) || !isTopic(other)) return false;
  const terms = new Set(one.term.split(" "));
  return other.term.split(" ").some((term) => terms.has(term));
}

/** Whether a reason is of what a paper is about, not of who wrote it or where it is filed. */
export function isTopic({ kind }: FeatureName): boolean {
  return kind === "word" || kind === "keyword";
}
