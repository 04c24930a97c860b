import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { generatedListing } from "../../bench/generated.js";
import type { Listing } from "../../source/papers/listing.js";
import { PackedPapers } from "../../source/papers/packed/packed-papers.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { Remembered } from "../../source/search/match/remember.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { words } from "../../source/search/text/normalize.js";
import { type SearchAnswer, SearchService } from "../../source/search/worker/service.js";
import { isLong } from "../support/long.js";
import { seeded } from "./papers.js";

const listing = generatedListing(1_500);
const other = generatedListing(1_100, 2);
const index = buildIndex(listing);

/** A service with listings that is stepped by hand. */
class Served {
  readonly answers: SearchAnswer[] = [];
  readonly service = new SearchService((answer) => void this.answers.push(answer));

  give(number: number, papers: Listing): this {
    const all = Array.from({ length: papers.size }, (_, at) => papers.paper(at));
    this.service.take({ type: "papers", listing: number, papers: all.slice(0, 700) });
    this.service.take({ type: "papers", listing: number, papers: all.slice(700) });
    this.service.take({ type: "complete", listing: number });
    return this;
  }

  ask(text: string, query: number, number = 1): this {
    this.service.take({ type: "query", listing: number, query, text, today: null });
    return this;
  }

  /** Steps until there is no work left. Returns the answers since the last call. */
  run(): SearchAnswer[] {
    while (this.service.step());
    return this.answers.splice(0);
  }
}

const all = (typed: string) => search(index, parseQuery(typed), () => 0);

describe("the search in the background", () => {
  it("answers with titles and authors first, and abstracts only add to that", () => {
    const served = new Served().give(1, listing);
    served.run();
    for (const [query, typed] of ["learning", "neural network", "net", "müller"].entries()) {
      const [first, last, ...more] = served.ask(typed, query).run();
      assert.ok(first && last && more.length === 0, typed);
      assert.deepEqual([first.isAll, last.isAll], [false, true]);
      assert.ok(first.papers.length > 0 && last.papers.length >= first.papers.length);
      assert.deepEqual(last.papers.slice(0, first.papers.length), first.papers);
      assert.deepEqual([...last.papers], all(typed));
    }
  });

  it("answers before its abstracts are indexed, and again after that", () => {
    const served = new Served().give(1, listing).ask("learning", 1);
    const steps: number[] = [];
    while (served.service.step()) if (served.answers.length > steps.length) steps.push(served.answers.length);
    assert.deepEqual(
      served.answers.map((one) => one.isAll),
      [false, true],
    );
    assert.deepEqual([...(served.answers[1] as SearchAnswer).papers], all("learning"));
  });

  it("sends a single empty answer, after abstracts are searched, if nothing matches", () => {
    const served = new Served().give(1, listing);
    assert.deepEqual(
      served
        .ask("zzzqq", 1)
        .run()
        .map((one) => [one.isAll, one.papers.length]),
      [[true, 0]],
    );
  });

  it("drops a query when another arrives before it is answered", () => {
    const served = new Served().give(1, listing);
    served.run();
    served.ask("learning", 1);
    served.service.step();
    served.ask("learn", 2);
    assert.deepEqual(
      served.run().map((one) => [one.query, one.isAll]),
      [
        [1, false],
        [2, false],
        [2, true],
      ],
    );
  });

  it("switches to another listing and discards the first, even half-way", () => {
    const served = new Served().give(1, listing).ask("learning", 1);
    served.service.step();
    served.give(2, other).ask("learning", 2, 2);
    const answers = served.run();
    assert.ok(answers.every((one) => one.listing === 2));
    const wanted = search(buildIndex(other), parseQuery("learning"), () => 0);
    assert.deepEqual([...(answers.at(-1) as SearchAnswer).papers], wanted);
  });

  it("reads packed papers shared by another thread, with the same answers", () => {
    const packed = new PackedPapers();
    for (let at = 0; at < listing.size; at += 1) packed.push(listing.paper(at));
    const papers = structuredClone(packed.shared(listing.size));
    const served = new Served();
    served.service.take({ type: "packed", listing: 1, papers });
    served.run();
    for (const [query, typed] of ["learning", "neural network", "müller", '"of the"', "id:0702"].entries()) {
      assert.deepEqual([...(served.ask(typed, query).run().at(-1) as SearchAnswer).papers], all(typed));
    }
    // What follows is about another listing.
    served.give(2, other).ask("learning", 9, 2);
    const wanted = search(buildIndex(other), parseQuery("learning"), () => 0);
    assert.deepEqual([...(served.run().at(-1) as SearchAnswer).papers], wanted);
  });

  it("a query about a listing that has not arrived waits for it", () => {
    const served = new Served().ask("learning", 1);
    assert.deepEqual(served.run(), []);
    assert.equal(served.give(1, listing).run().at(-1)?.isAll, true);
  });
});

describe("typing letter by letter", () => {
  it("finds of a phrase what has it, however many papers had what was typed before", () => {
    const typed = '"wang unders';
    for (let length = 2; length <= typed.length; length += 1) {
      const query = parseQuery(typed.slice(0, length));
      assert.deepEqual(
        search(index, query, () => 0),
        search(buildIndex(listing), query, () => 0),
        query.text,
      );
    }
    assert.deepEqual(
      search(index, parseQuery('"wang u'), () => 0),
      [],
    );
  });

  it("finds at each letter what a fresh index finds", () => {
    const next = seeded(7);
    let compared = 0;
    for (let round = 0; round < (isLong ? 260 : 20); round += 1) {
      // A word or two of a paper, sometimes cut, misspelt or with a prefix.
      const paper = listing.paper(next(listing.size));
      const found = words(next(3) === 0 ? paper.abstract : `${paper.title} ${paper.authors.join(" ")}`);
      const one = () => {
        const { text } = found[next(found.length)] as (typeof found)[number];
        const cut = text.slice(next(4) === 0 ? 1 : 0, 12);
        return next(5) === 0 ? cut.slice(0, 3) + cut.slice(4) : cut;
      };
      const front = ["", "", "title:", "author:", "-", '"'][next(6)] as string;
      const typed = `${front}${one()} ${next(2) === 0 ? one() : ""}`.trim();
      for (let length = 1; length <= typed.length; length += 1) {
        const query = parseQuery(typed.slice(0, length));
        const narrowed = search(index, query, () => 0);
        const anew = search({ ...index, remembered: new Remembered() }, query, () => 0);
        assert.deepEqual(narrowed, anew, query.text);
        compared += 1;
      }
    }
    assert.ok(compared > (isLong ? 2_000 : 100), String(compared));
  });
});
