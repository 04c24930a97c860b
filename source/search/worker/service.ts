import type { Interest } from "../../papers/interests/interest.js";
import { type SharedPapers, SharedPapersReader } from "../../papers/packed/packed-papers.js";
import { IndexBuilder, type SearchIndex } from "../index/search-index.js";
import { type Indexed, indexedBy } from "../interests/indexed.js";
import { type Finding, watchesOf } from "../interests/judge.js";
import { KnownFindings } from "../interests/known-findings.js";
import { spellingsOf } from "../match/highlight.js";
import { truthsOf } from "../match/search.js";
import { type Answer, answerTo, type First, firstOf } from "../query/did-you-mean.js";
import { parseQuery, type Query, type Watches } from "../query/query.js";
import { type Outcome, outcomeOf, plainOutcome } from "../query/why-nothing.js";
import type { Searched, SearchedPaper } from "../text/fields.js";
import type { Spelling } from "../words/word.js";
import { type RankingAnswer, type RankingRequest, RankingService } from "./ranking.js";

/** What a search behind the screen is told. Listings and queries are numbered by who asks. */
export type SearchRequest =
  /** Papers of a listing, in order; another number begins another listing and forgets the one before. */
  | { readonly type: "papers"; readonly listing: number; readonly papers: readonly SearchedPaper[] }
  /** All papers of a listing at once: their bytes are shared, and are read here. */
  | { readonly type: "packed"; readonly listing: number; readonly papers: SharedPapers }
  /** The listing is complete. */
  | { readonly type: "complete"; readonly listing: number }
  /** What is looked for now; the query before it is no longer of interest. */
  | {
      readonly type: "query";
      readonly listing: number;
      readonly query: number;
      readonly text: string;
      /** `YYYY-MM-DD`, for days that are counted back from it. */
      readonly today: string | null;
      /** What `watch:NAME` may name. */
      readonly watches?: Watches;
    }
  /** What these find is wanted once the index is there; replaces what was wanted before. */
  | {
      readonly type: "interests";
      readonly listing: number;
      readonly request: number;
      readonly interests: readonly Interest[];
      readonly today: string | null;
    }
  | RankingRequest;

/** What watches, follows and mutes find, in the order in which they were asked for. */
export interface InterestAnswer {
  readonly listing: number;
  readonly request: number;
  readonly findings: readonly Finding[];
}

/** What was found, conditions on marks left aside. */
export interface SearchAnswer {
  readonly listing: number;
  readonly query: number;
  /** Indices into the listing, best first. */
  readonly papers: Uint32Array<ArrayBuffer>;
  /** Of each paper for which marks it is found, where they decide in a group of the query (see `truthsOf`). */
  readonly truths: Uint16Array | null;
  /** Whether abstracts have been looked into; until then `papers` is the beginning of all there are. */
  readonly isAll: boolean;
  /** What there is to say of it, once all is found. */
  readonly outcome: Outcome;
  /** What `matcherOf` wants to know. */
  readonly spellings: readonly Spelling[];
}

/** Papers worked into an index before the next request is looked at, without and with abstracts. */
const headStretch = 2_000;
const stretch = 400;

/** Interests that are being judged, one a step, so that a query waits for one at most. */
interface Judging {
  readonly listing: number;
  readonly request: number;
  readonly interests: readonly Interest[];
  readonly today: string | null;
  readonly watches: Watches;
  readonly findings: Finding[];
}

/** A query under way. */
interface Asked {
  readonly listing: number;
  readonly query: number;
  readonly parsed: Query;
  readonly today: string | null;
  /** What stands first in the answer; `undefined` until it is known. */
  heads: First | undefined;
}

/**
 * Searches a listing a step at a time: `take` notes a request, `step` does the most urgent piece of
 * work. Titles and authors come before abstracts, in the index and in each answer. Knows nothing of
 * threads, so that a worker and a test can run it alike.
 */
export class SearchService {
  readonly #send: (answer: SearchAnswer) => void;
  readonly #sendJudged: (answer: InterestAnswer) => void;
  #listing = -1;
  #papers: SearchedPaper[] = [];
  /** The listing, once it is complete. */
  #searched: Searched | null = null;
  readonly #ranking: RankingService;
  /** At work on the index: until `#heads` is there on titles and authors, then on abstracts. */
  #builder: IndexBuilder | null = null;
  #finishing: ReturnType<IndexBuilder["finishing"]> | null = null;
  #heads: SearchIndex | null = null;
  #all: SearchIndex | null = null;
  /** The same index, and the names in the listing. */
  #indexed: Indexed | null = null;
  #asked: Asked | null = null;
  #judging: Judging | null = null;
  /** What interests have found in the listing: when one is added, the others are known. */
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

  /** Does a piece of what is to be done; returns whether there is more. */
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

  /** Judges one more of the interests that are asked for; returns whether there was one. */
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

  /** Does the next piece of the answer that is asked for; returns whether there was one to do. */
  #answer(): boolean {
    const asked = this.#asked;
    if (asked === null || asked.listing !== this.#listing) return false;
    const index = this.#all ?? this.#heads;
    if (index === null) return false;
    if (asked.heads === undefined) {
      asked.heads = firstOf(index, asked.parsed);
      // Nothing in sight so far is no answer: it may be in the abstracts.
      const { papers, query } = asked.heads;
      if (papers !== null && papers.length > 0) {
        const truths = truthsOf(index, asked.parsed, papers);
        this.#send(answered(asked, index, { papers, truths, query }, false));
      }
      return true;
    }
    if (this.#all === null) return false;
    // What was found while abstracts were not indexed may have been told by another vocabulary.
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
