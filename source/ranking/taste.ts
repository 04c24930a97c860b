import { atOnce } from "../papers/at-once.js";
import type { EvidenceKind } from "../papers/interests/evidence.js";
import { FeatureReader, type Features, type NamedFeature, namedFeatures } from "./features.js";
import { LeftOut } from "./left-out.js";
import { type FeatureName, hashOf, type RankedPaper } from "./terms.js";
import { scoreOf, train, type Weights } from "./train.js";
import { Commonness, vectorOf } from "./vectors.js";

/**
 * The weight of each kind of evidence. Negative evidence is weak, because people also pass over good
 * papers.
 */
const evidenceWeights: Readonly<Record<EvidenceKind, number>> = {
  starred: 1,
  later: 0.7,
  exported: 0.7,
  readInFull: 0.7,
  learned: 0.5,
  skipped: -0.3,
  glanced: -0.2,
};

/** The fewest wanted papers for a model. */
export const leastWanted = 5;

/**
 * The weight of an unread paper of the listing as a negative example: tiny, but without it there may be no
 * contrast.
 */
const background = 0.02;
/** The most unread papers used that way. */
const mostBackground = 1_000;

/** Examples read per step, before other work may run. */
const examplesPerStep = 50;

/** A paper that the reader acted on. */
export interface Example {
  readonly paper: RankedPaper;
  readonly evidence: EvidenceKind;
}

/** Why a paper is ranked where it is: one feature that it shares with the reader's papers. */
export interface Reason extends FeatureName {
  /** Its spelling in the paper. */
  readonly written: string;
  /** How many of the wanted papers have it. */
  readonly yours: number;
  /** By how much the paper's log-odds would drop without it; more than 0. */
  readonly contribution: number;
}

/** The most reasons given for a paper, and the most candidates of each kind considered. */
const mostReasons = 6;
const mostTried = 5;
/** Reasons that contribute less than this share of the best one are omitted. */
const leastShare = 0.08;

/**
 * What a reader likes, learned from what they did. The same examples always give the same taste, so it is
 * not stored.
 */
export class Taste {
  readonly #commonness: Commonness;
  readonly #weights: Weights;
  readonly #struck: readonly FeatureName[];
  readonly #reader: FeatureReader;
  /** How many wanted papers have each feature. */
  readonly #yours: ReadonlyMap<number, number>;
  /** The titles of the wanted papers, as a paper must not be a reason for itself. */
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
   * Learns from examples in their order; `null` with fewer than `leastWanted` wanted papers.
   * @param listing papers without evidence, which show which words are common
   * @param struck reasons that the reader does not want to count
   */
  static of(
    examples: readonly Example[],
    listing: readonly Features[],
    struck: readonly FeatureName[] = [],
  ): Taste | null {
    return atOnce(Taste.learning(examples, listing, struck));
  }

  /** The same in steps, for a thread that does other work in between. */
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
    const stride = Math.max(1, Math.ceil(listing.length / mostBackground));
    for (let at = 0; at < listing.length; at += stride) {
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

  /** The features of a paper, without the struck ones. */
  featuresOf(paper: RankedPaper): Features {
    return this.#reader.read(paper);
  }

  /** The log-odds that the reader wants a paper: above 0 means more likely than not. */
  score(features: Features): number {
    return scoreOf(vectorOf(features, this.#commonness), this.#weights);
  }

  /**
   * Why a paper is ranked where it is, largest contribution first. Each contribution is measured: the score
   * without it is lower.
   */
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

  /** The features shared with wanted papers, by their weight in the model, largest first. */
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

/** How many of the examples are wanted. */
export function wantedOf(examples: readonly Example[]): number {
  return examples.filter((one) => evidenceWeights[one.evidence] > 0).length;
}

/** Whether two reasons share words: "diffusion" and "diffusion models". */
function overlaps(one: Reason, other: Reason): boolean {
  if (!isTopic(one) || !isTopic(other)) return false;
  const terms = new Set(one.term.split(" "));
  return other.term.split(" ").some((term) => terms.has(term));
}

/** Whether a reason is about the subject of a paper and not about who wrote it or its category. */
export function isTopic({ kind }: FeatureName): boolean {
  return kind === "word" || kind === "keyword";
}
