import type { Interest } from "../../papers/interests/interest.js";
import { type SharedPapers, SharedPapersReader } from "../../papers/packed/packed-papers.js";
import { IndexBuilder, type SearchIndex } from "../index/search-index.js";
import { type Indexed, indexedBy } from "../interests/indexed.js";
import { type Finding, watchesOf } from "../interests/judge.js";
import { KnownFindings } from "../interests/known-findings.js";
import { spellingsOf } from "../match/highlight.js";
import { truthsOf } from "../match/truths.js";
import { type Answer, answerTo, type First, firstOf } from "../query/did-you-mean.js";
import { parseQuery, type Query, type Watches } from "../query/query.js";
import { type Outcome, outcomeOf, plainOutcome } from "../query/why-nothing.js";
import type { Searched, SearchedPaper } from "../text/fields.js";
import type { Spelling } from "../words/word.js";
import { type RankingAnswer, type RankingRequest, RankingService } from "./ranking.js";

/** Requests to the search thread. The caller numbers the listings and queries. */
export type SearchRequest =
  /** Papers of a listing, in order. A new number starts a new listing and discards the previous one. */
  | { readonly type: "papers"; readonly listing: number; readonly papers: readonly SearchedPaper[] }
  /** All papers of a listing at once, in shared memory. */
  | { readonly type: "packed"; readonly listing: number; readonly papers: SharedPapers }
  /** The listing is complete. */
  | { readonly type: "complete"; readonly listing: number }
  /** The current query. It replaces the previous one, which is not answered any more. */
  | {
      readonly type: "query";
      readonly listing: number;
      readonly query: number;
      readonly text: string;
      /** `YYYY-MM-DD`; relative dates count back from it. */
      readonly today: string | null;
      /** The watches that `watch:NAME` can refer to. */
      readonly watches?: Watches;
    }
  /** Interests to evaluate once the index is built. They replace those requested before. */
  | {
      readonly type: "interests";
      readonly listing: number;
      readonly request: number;
      readonly interests: readonly Interest[];
      readonly today: string | null;
    }
  | RankingRequest;

/** The findings of watches, follows and mutes, in the order of the request. */
export interface InterestAnswer {
  readonly listing: number;
  readonly request: number;
  readonly findings: readonly Finding[];
}

/** The result of a query, without its conditions on marks. */
export interface SearchAnswer {
  readonly listing: number;
  readonly query: number;
  /** Indices into the listing, best first. */
  readonly papers: Uint32Array<ArrayBuffer>;
  /**
   * For each paper, which sets of marks satisfy the query, if a group of it depends on marks (see
   * `truthsOf`).
   */
  readonly truths: Uint16Array | null;
  /** Whether abstracts are searched. Until then `papers` is the beginning of the full result. */
  readonly isAll: boolean;
  /** Messages about the result. Only complete results have any. */
  readonly outcome: Outcome;
  /** Input for `matcherOf`. */
  readonly spellings: readonly Spelling[];
}

/** The number of papers to index before looking at the next request, without and with abstracts. */
const headStretch = 2_000;
const stretch = 400;

/** Interests under evaluation. Each step evaluates one, so that a query waits for at most one of them. */
interface Judging {
  readonly listing: number;
  readonly request: number;
  readonly interests: readonly Interest[];
  readonly today: string | null;
  readonly watches: Watches;
  readonly findings: Finding[];
}

/** A query in progress. */
interface Asked {
  readonly listing: number;
  readonly query: number;
  readonly parsed: Query;
  readonly today: string | null;
  /** The beginning of the answer; `undefined` until it is computed. */
  heads: First | undefined;
}

/**
 * Searches a listing one step at a time: `take` accepts a request, `step` does the most urgent piece of work.
 * Titles and authors come before abstracts, in the index and in each answer. The class does not depend on
 * threads, so a worker and a test run it alike.
 */
export class SearchService {
  readonly #send: (answer: SearchAnswer) => void;
  readonly #sendJudged: (answer: InterestAnswer) => void;
  #listing = -1;
  #papers: SearchedPaper[] = [];
  /** The listing, once it is complete. */
  #searched: Searched | null = null;
  readonly #ranking: RankingService;
  /** Indexes titles and authors until `#heads` is set, then abstracts. */
  #builder: IndexBuilder | null = null;
  #finishing: ReturnType<IndexBuilder["finishing"]> | null = null;
  #heads: SearchIndex | null = null;
  #all: SearchIndex | null = null;
  /** The full index with the names in the listing. */
  #indexed: Indexed | null = null;
  #asked: Asked | null = null;
  #judging: Judging | null = null;
  #known = new KnownFindings();

  constructor(
    send: (answer: SearchAnswer) => void,
    sendJudged: (answer: InterestAnswer) => void = () => {},
    sendRanked: (answer: RankingAnswer) => void = () => {},
  ) {
    this.#send = send;
    this.#sendJudged = sendJudged;
    this.#ranking = new RankingService(sendRanked);
  }

  take(request: SearchRequest): void {
    if (request.type === "query") {
      const { listing, query, text, today, watches } = request;
      this.#asked = { listing, query, parsed: parseQuery(text, today, watches), today, heads: undefined };
      return;
    }
    if (request.type === "interests") {
      this.#judging = { ...request, watches: watchesOf(request.interests), findings: [] };
      return;
    }
    if (request.type === "examples" || request.type === "rank") {
      this.#ranking.take(request);
      return;
    }
    if (request.listing !== this.#listing) this.#begin(request.listing);
    if (request.type === "papers") {
      for (const paper of request.papers) this.#papers.push(paper);
      return;
    }
    const papers = this.#papers;
    const searched: Searched =
      request.type === "packed"
        ? new SharedPapersReader(request.papers)
        : { size: papers.length, paper: (index) => papers[index] as SearchedPaper };
    this.#searched = searched;
    this.#builder = new IndexBuilder(searched);
  }

  /** Does one piece of work. Returns whether there may be more. */
  step(): boolean {
    return (
      this.#answer() || this.#judge() || this.#ranking.step(this.#listing, this.#searched) || this.#build()
    );
  }

  #begin(listing: number): void {
    this.#listing = listing;
    this.#papers = [];
    this.#searched = null;
    this.#builder = null;
    this.#finishing = null;
    this.#heads = null;
    this.#all = null;
    this.#indexed = null;
    this.#known = new KnownFindings();
  }

  /** Evaluates one requested interest. Returns whether there was any work. */
  #judge(): boolean {
    const judging = this.#judging;
    const indexed = this.#indexed;
    if (judging === null || indexed === null || judging.listing !== this.#listing) return false;
    const { listing, request, interests, today, watches, findings } = judging;
    const next = interests[findings.length];
    if (next !== undefined) {
      findings.push(this.#known.judge(indexed, next, today, watches));
      return true;
    }
    this.#judging = null;
    this.#sendJudged({ listing, request, findings });
    return true;
  }

  #build(): boolean {
    const builder = this.#builder;
    if (builder === null) return false;
    if (this.#heads === null) {
      if (!builder.addHeads(headStretch)) this.#heads = builder.heads();
    } else if (this.#finishing === null) {
      if (!builder.addAbstracts(stretch)) this.#finishing = builder.finishing();
    } else {
      const { done, value } = this.#finishing.next();
      if (!done) return true;
      this.#all = value;
      this.#indexed = indexedBy(value.listing, () => value);
      this.#builder = null;
      this.#finishing = null;
      this.#heads = null;
    }
    return true;
  }

  /** Does the next piece of the requested answer. Returns whether there was any work. */
  #answer(): boolean {
    const asked = this.#asked;
    if (asked === null || asked.listing !== this.#listing) return false;
    const index = this.#all ?? this.#heads;
    if (index === null) return false;
    if (asked.heads === undefined) {
      asked.heads = firstOf(index, asked.parsed);
      // An empty result is not sent yet: abstracts may still match.
      const { papers, query } = asked.heads;
      if (papers !== null && papers.length > 0) {
        const truths = truthsOf(index, asked.parsed, papers);
        this.#send(answered(asked, index, { papers, truths, query }, false));
      }
      return true;
    }
    if (this.#all === null) return false;
    // Search again: the earlier result was based on a vocabulary without abstracts.
    const all = this.#all;
    this.#send(answered(asked, all, answerTo(all, asked.parsed, firstOf(all, asked.parsed)), true));
    this.#asked = null;
    return true;
  }
}

function answered(asked: Asked, index: SearchIndex, found: Answer, isAll: boolean): SearchAnswer {
  const { listing, query, parsed, today } = asked;
  const { papers, truths, query: meant } = found;
  const outcome = isAll ? outcomeOf(index, parsed, found, today) : plainOutcome;
  const spellings = spellingsOf(index, meant);
  return { listing, query, papers: papers.slice(), truths, isAll, outcome, spellings };
}
