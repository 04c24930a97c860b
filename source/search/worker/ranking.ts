import { FeatureReader, type Features } from "../../ranking/features.js";
import { LeftOut } from "../../ranking/left-out.js";
import { type Example, type Reason, Taste, wantedOf } from "../../ranking/taste.js";
import type { FeatureName } from "../../ranking/terms.js";
import type { Searched } from "../text/fields.js";

/** Requests to the ranking: first the examples, in batches, then the listing to rank. */
export type RankingRequest =
  | { readonly type: "examples"; readonly ranking: number; readonly examples: readonly Example[] }
  | {
      readonly type: "rank";
      readonly ranking: number;
      readonly listing: number;
      readonly struck: readonly FeatureName[];
    };

/** The scores of all papers of the listing, or the reasons for some of them. */
export type RankingAnswer =
  | {
      readonly type: "ranked";
      readonly ranking: number;
      readonly listing: number;
      /** The log-odds of each paper; `null` if there are too few examples to learn from. */
      readonly scores: Float32Array | null;
      /** The number of papers that the reader wanted. */
      readonly wanted: number;
    }
  | {
      readonly type: "reasons";
      readonly ranking: number;
      readonly listing: number;
      readonly reasons: readonly (readonly [at: number, reasons: readonly Reason[]])[];
    };

/** The number of papers per step, for reading features and for finding reasons. */
const featuresPerStep = 100;
const reasonsPerStep = 10;
/** Reasons are computed only for this many papers at the top of the order. */
const mostReasoned = 2_000;

/** Ranks a listing for the reader one step at a time, between searches. */
export class RankingService {
  readonly #send: (answer: RankingAnswer) => void;
  #ranking = -1;
  #examples: Example[] = [];
  #work: Generator<void, void> | null = null;
  /** A request whose listing is not complete yet. */
  #asked: Extract<RankingRequest, { type: "rank" }> | null = null;

  constructor(send: (answer: RankingAnswer) => void) {
    this.#send = send;
  }

  take(request: RankingRequest): void {
    if (request.ranking !== this.#ranking) {
      this.#ranking = request.ranking;
      this.#examples = [];
      this.#work = null;
      this.#asked = null;
    }
    if (request.type === "rank") this.#asked = request;
    else for (const one of request.examples) this.#examples.push(one);
  }

  /** Does one step of the requested ranking. Returns whether there was any work. */
  step(listing: number, searched: Searched | null): boolean {
    const asked = this.#asked;
    if (asked !== null && searched !== null && asked.listing === listing) {
      this.#work = this.#rank(asked, searched, this.#examples);
      this.#asked = null;
    }
    if (this.#work === null) return false;
    if (this.#work.next().done) this.#work = null;
    return true;
  }

  *#rank(
    { ranking, listing, struck }: Extract<RankingRequest, { type: "rank" }>,
    searched: Searched,
    examples: readonly Example[],
  ): Generator<void, void> {
    const wanted = wantedOf(examples);
    const reader = new FeatureReader(new LeftOut(struck));
    const features: Features[] = [];
    for (let at = 0; at < searched.size; at += 1) {
      features.push(reader.read(searched.paper(at)));
      if (at % featuresPerStep === 0) yield;
    }
    const taste = yield* Taste.learning(examples, features, struck);
    if (taste === null) {
      this.#send({ type: "ranked", ranking, listing, scores: null, wanted });
      return;
    }
    const scores = Float32Array.from(features, (one) => taste.score(one));
    this.#send({ type: "ranked", ranking, listing, scores, wanted });
    const best = Array.from(scores.keys()).sort(
      (one, other) => (scores[other] as number) - (scores[one] as number) || one - other,
    );
    for (let place = 0; place < Math.min(best.length, mostReasoned); place += reasonsPerStep) {
      yield;
      const reasons = best
        .slice(place, place + reasonsPerStep)
        .map((at) => [at, taste.reasons(searched.paper(at))] as const);
      this.#send({ type: "reasons", ranking, listing, reasons });
    }
  }
}
