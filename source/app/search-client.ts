import { Worker } from "node:worker_threads";
import type { Interest } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import type { Example } from "../ranking/taste.js";
import type { FeatureName } from "../ranking/terms.js";
import type { Message } from "../reader/messages.js";
import type { Watches } from "../search/query/query.js";
import { type SearchedPaper, searchedPaper } from "../search/text/fields.js";
import type { RankingAnswer } from "../search/worker/ranking.js";
import type { InterestAnswer, SearchAnswer, SearchRequest } from "../search/worker/service.js";
import { today } from "./environment.js";

/** Papers handed over in one go: about a millisecond, so that no key waits for it. */
const handful = 200;

/** The thread's entry: beside this file in the bundle, in its room in the source. */
const entry = new URL(
  import.meta.url.endsWith(".ts") ? "../search/worker/worker.ts" : "./search-worker.mjs",
  import.meta.url,
);

/**
 * Searches large listings in a thread of its own, which is begun when it is first needed. A packed listing
 * is handed over at once, as the thread reads the same bytes; of another its papers are copied.
 */
export class Searching {
  readonly #dispatch: (message: Message) => void;
  readonly #fail: (error: unknown) => void;
  #worker: Worker | null = null;
  #listing: Listing | null = null;
  #listingNumber = 0;
  #query = { number: 0, text: "" };
  #ranking = 0;
  #judging: { number: number; interests: readonly Interest[] } = { number: 0, interests: [] };

  constructor(dispatch: (message: Message) => void, fail: (error: unknown) => void) {
    this.#dispatch = dispatch;
    this.#fail = fail;
  }

  /** Looks for what was typed; with `null` makes only ready for it. Answers come as `found`. */
  search(listing: Listing, text: string | null, watches: Watches = new Map()): void {
    if (listing !== this.#listing) this.#setListing(listing);
    if (text === null) return;
    this.#query = { number: this.#query.number + 1, text };
    this.#ask({
      type: "query",
      listing: this.#listingNumber,
      query: this.#query.number,
      text,
      today: today(),
      watches,
    });
  }

  /** Asks what watches, follows and mutes find in a listing. The answer comes as `judged`. */
  judge(listing: Listing, interests: readonly Interest[]): void {
    if (listing !== this.#listing) this.#setListing(listing);
    this.#judging = { number: this.#judging.number + 1, interests };
    this.#ask({
      type: "interests",
      listing: this.#listingNumber,
      request: this.#judging.number,
      interests,
      today: today(),
    });
  }

  /**
   * Ranks a listing by what the reader did with the papers of `examples`. The answers come as `ranked` and
   * `reasons`.
   */
  rank(listing: Listing, examples: readonly Example[], struck: readonly FeatureName[]): void {
    if (listing !== this.#listing) this.#setListing(listing);
    this.#ranking += 1;
    const ranking = this.#ranking;
    let next = 0;
    const hand = () => {
      if (ranking !== this.#ranking || listing !== this.#listing) return;
      const some = examples.slice(next, next + handful);
      next += handful;
      this.#ask({ type: "examples", ranking, examples: some });
      if (next < examples.length) setImmediate(hand);
      else this.#ask({ type: "rank", ranking, listing: this.#listingNumber, struck });
    };
    hand();
  }

  /** Gives back what the thread holds of another listing than the one that is on the screen now. */
  letGo(shown: Listing): void {
    if (this.#listing !== null && !areSamePapers(shown, this.#listing)) this.close();
  }

  /** Ends the thread, whatever it is at. */
  close(): void {
    void this.#worker?.terminate();
    this.#worker = null;
    this.#listing = null;
  }

  #setListing(listing: Listing): void {
    const before = this.#listing;
    this.#listing = listing;
    const { packed, size } = listing;
    // The thread has these papers already: something else was said of the listing, such as a failure.
    if (packed !== null && before !== null && areSamePapers(listing, before)) return;
    this.#listingNumber += 1;
    const number = this.#listingNumber;
    if (packed !== null) {
      this.#ask({ type: "packed", listing: number, papers: packed.shared(size) });
      return;
    }
    let next = 0;
    const hand = () => {
      if (number !== this.#listingNumber || this.#listing === null) return;
      const end = Math.min(listing.size, next + handful);
      const papers: SearchedPaper[] = [];
      for (; next < end; next += 1) papers.push(searchedPaper(listing.paper(next)));
      this.#ask({ type: "papers", listing: number, papers });
      if (next < listing.size) setImmediate(hand);
      else this.#ask({ type: "complete", listing: number });
    };
    hand();
  }

  #ask(request: SearchRequest): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(request);
  }

  #begin(): Worker {
    const worker = new Worker(entry);
    // A search under way keeps nobody from leaving.
    worker.unref();
    worker.on("error", (error) => {
      this.close();
      this.#fail(error);
    });
    worker.on("message", (answer: SearchAnswer | InterestAnswer | RankingAnswer) => {
      if ("ranking" in answer) return this.#onRanked(answer);
      if ("findings" in answer) return this.#onJudged(answer);
      const { number, text } = this.#query;
      if (this.#listing === null || answer.listing !== this.#listingNumber || answer.query !== number) return;
      const { papers, truths, isAll, outcome, spellings } = answer;
      this.#dispatch({
        type: "found",
        listing: this.#listing,
        text,
        papers,
        truths,
        isAll,
        outcome,
        spellings,
      });
    });
    return worker;
  }

  #onRanked(answer: RankingAnswer): void {
    const listing = this.#listing;
    if (listing === null || answer.listing !== this.#listingNumber || answer.ranking !== this.#ranking)
      return;
    if (answer.type === "reasons") this.#dispatch({ type: "reasons", listing, reasons: answer.reasons });
    else this.#dispatch({ type: "ranked", listing, scores: answer.scores, wanted: answer.wanted });
  }

  #onJudged({ listing, request, findings }: InterestAnswer): void {
    const { number, interests } = this.#judging;
    if (this.#listing === null || listing !== this.#listingNumber || request !== number) return;
    this.#dispatch({ type: "judged", listing: this.#listing, interests, findings });
  }
}

function areSamePapers(one: Listing, other: Listing): boolean {
  return one === other || (one.packed !== null && one.packed === other.packed && one.size === other.size);
}
