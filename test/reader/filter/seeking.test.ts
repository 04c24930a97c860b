import assert from "node:assert/strict";
import { test } from "node:test";
import { searchedAtOnce } from "../../../source/reader/filter/search-index.js";
import type { Effect } from "../../../source/reader/messages.js";
import { promptLine, promptOf } from "../../../source/screen/prompt.js";
import type { SearchedPaper } from "../../../source/search/text/fields.js";
import { SearchService } from "../../../source/search/worker/service.js";
import { listingOf, Reader } from "../reader.js";

const size = searchedAtOnce + 500;
const titles = Array.from({ length: size }, (_, at) => ({
  title: at % 50 === 0 ? `Diffusion of ${at}` : `Paper ${at}`,
  abstract: at % 50 === 1 ? "It flows by diffusion." : "It flows.",
  published: "2024-01-01",
}));
const listing = listingOf(titles);

/** A reader of a large listing, and what answers its searches, an answer at a time. */
class Seeking extends Reader {
  readonly #answers: {
    text: string;
    papers: Uint32Array;
    isAll: boolean;
    truths: null;
    spellings: readonly never[];
  }[] = [];
  readonly #texts: string[] = [];
  readonly #service = new SearchService(({ query, papers, isAll }) => {
    this.#answers.push({ text: this.#texts[query] as string, papers, isAll, truths: null, spellings: [] });
  });

  constructor() {
    super(listing);
    const papers: SearchedPaper[] = Array.from({ length: size }, (_, at) => listing.paper(at));
    this.#service.take({ type: "papers", listing: 1, papers });
    this.#service.take({ type: "complete", listing: 1 });
  }

  get searches(): (string | null)[] {
    return this.effects.flatMap((one: Effect) => (one.type === "search" ? [one.text] : []));
  }

  /** What the thread says to a search, all of it. */
  answersTo(text: string) {
    this.#service.take({ type: "query", listing: 1, query: this.#texts.push(text) - 1, text, today: null });
    while (this.#service.step());
    return this.#answers.splice(0).map((one) => ({ type: "found" as const, listing, ...one }));
  }
}

test("a large listing is searched in the background: prepared with the prompt, queried at every letter", () => {
  const reader = new Seeking().type("/di");
  assert.deepEqual(reader.searches, [null, "d", "di"]);
  assert.equal(reader.rows.length, size, "rows stay until the answer comes");
  assert.deepEqual(
    new Reader(40).type("/di").effects.filter((one) => one.type === "search"),
    [],
  );
});

test("the first answer puts the best match under the cursor, the second adds rows after it", () => {
  const reader = new Seeking().type("jjj/diffusion");
  const [first, last] = reader.answersTo("diffusion");
  assert.ok(first && last && !first.isAll && last.isAll);
  reader.send(first);
  assert.equal(reader.rows.length, size / 50);
  assert.equal(reader.current, "Diffusion of 0");
  reader.type("\x1b[6~");
  const before = reader.current;
  const { top, cursor } = reader.model;
  reader.send(last);
  assert.equal(reader.rows.length, size / 25);
  assert.deepEqual([reader.current, reader.model.top, reader.model.cursor], [before, top, cursor]);
  assert.ok(reader.rows.slice(size / 50).every((title) => title.startsWith("Paper")));
});

test("an old answer is dropped, also one for another listing", () => {
  const reader = new Seeking().type("/diffusion");
  const [first] = reader.answersTo("diff");
  assert.ok(first);
  const { model } = reader;
  reader.send(first);
  reader.send({ ...first, text: "diffusion", listing: listingOf(titles) });
  assert.equal(reader.model, model);
});

test("Esc and an emptied prompt go back to all rows without waiting; views and marks combine with what was found", () => {
  const reader = new Seeking().type("jj/diffusion");
  for (const one of reader.answersTo("diffusion")) reader.send(one);
  reader.type("\rs");
  assert.equal(reader.current, "Diffusion of 0");
  reader.marked("starred", "Diffusion of 50");
  reader.type("\x1b");
  assert.equal(reader.rows.length, size);
  reader.type("/diffusion");
  reader.type("\x7f".repeat(9));
  assert.equal(reader.rows.length, size);
  assert.equal(reader.model.awaited, null);
});

test("marks and views are the reader's: what was found is not asked again for them", () => {
  const reader = new Seeking().type("/diffusion is:unread");
  for (const one of reader.answersTo("diffusion is:unread")) reader.send(one);
  const before = reader.searches.length;
  assert.equal(reader.rows.length, size / 25);
  reader.type("\rmvV");
  assert.equal(reader.searches.length, before);
  assert.equal(reader.rows.length, size / 25 - 1);
});

test("a listing read anew is searched anew, and the reader stays on the paper", () => {
  const reader = new Seeking().type("/diffusion");
  for (const one of reader.answersTo("diffusion")) reader.send(one);
  reader.type("\rjj");
  const on = reader.current;
  const renewed = listingOf([{ title: "One more" }, ...titles]);
  reader.send({ type: "loaded", listing: renewed, marks: new Uint8Array(renewed.size) });
  assert.equal(reader.searches.at(-1), "diffusion");
  const papers = Uint32Array.from([1, 51, 101, 151]);
  const found = { type: "found" as const, listing: renewed, text: "diffusion", spellings: [] };
  reader.send({ ...found, papers: papers.slice(0, 1), isAll: false, truths: null });
  assert.equal(reader.rows.length, 0, "the paper to stay on may yet come");
  reader.send({ ...found, papers, isAll: true, truths: null });
  assert.equal(reader.current, on);
});

test("in another order the first answer waits for the rest, which would come in between", () => {
  const reader = new Seeking().type("/diff");
  for (const one of reader.answersTo("diff")) reader.send(one);
  reader.type("\rSt/\x7fusion");
  const before = reader.rows;
  const [first, last] = reader.answersTo("diffusion");
  assert.ok(first && last);
  reader.send(first);
  assert.deepEqual([reader.model.awaited === null, reader.rows], [false, before]);
  reader.send(last);
  assert.equal(reader.rows.length, size / 25);
  assert.equal(reader.current, "Diffusion of 0");
});

/** What was marked, by titles. */
function marked(reader: Reader): string[] {
  return reader.effects.flatMap((one) =>
    one.type === "record" ? one.papers.flatMap(({ title }) => title) : [],
  );
}

test("keys after a filter in one write wait for its result, and act as when typed slowly", () => {
  const slowly = new Seeking().type("/diffusion");
  for (const one of slowly.answersTo("diffusion")) slowly.send(one);
  slowly.type("\rs2jsj\r");
  const atOnce = new Seeking().type("jjj/diffusion\rs2jsj\r");
  assert.deepEqual(marked(atOnce), []);
  assert.match(atOnce.model.notice?.text ?? "", /^6 keys wait for the filter's result/);
  for (const one of atOnce.answersTo("diffusion")) atOnce.send(one);
  // Enter marks the paper read.
  assert.deepEqual(marked(atOnce), ["Diffusion of 0", "Diffusion of 100", "Diffusion of 150"]);
  assert.deepEqual(marked(atOnce), marked(slowly));
  assert.deepEqual([atOnce.current, atOnce.model.zoom], [slowly.current, slowly.model.zoom]);
  assert.deepEqual(atOnce.model.held, []);
});

test("a filter among the keys that wait is waited for in its turn", () => {
  const reader = new Seeking().type("/diffusion\rs/flows\rs");
  for (const one of reader.answersTo("diffusion")) reader.send(one);
  assert.deepEqual(marked(reader), ["Diffusion of 0"]);
  assert.equal(reader.searches.at(-1), "diffusion flows");
  assert.equal(reader.model.held.length, 1);
  for (const one of reader.answersTo("diffusion flows")) reader.send(one);
  assert.equal(marked(reader).length, 2);
});

test("keys that have nothing to do with the rows do not wait, and what waits hangs nothing", () => {
  const reader = new Seeking().type("/diffusion\r?");
  assert.equal(reader.model.mode, "panel");
  reader.type("\x1bssj");
  assert.equal(reader.model.held.length, 3);
  // Esc forgets them, with the filter.
  reader.type("\x1b");
  assert.deepEqual([reader.model.held.length, reader.rows.length], [0, size]);
  reader.type("/diffusion\rsq");
  assert.ok(!reader.take().some((one) => one.type === "quit"));
  reader.type("\x03");
  assert.ok(reader.take().some((one) => one.type === "quit"));
  reader.type("\x1b/diffusion\r").type("s".repeat(500));
  assert.ok(reader.model.held.length <= 200);
  assert.deepEqual(marked(reader), []);
});

test("after some time without an answer the keys are forgotten, and said to be", () => {
  const reader = new Seeking().type("/diffusion\rs");
  const [hold] = reader.effects.filter((one) => one.type === "hold");
  assert.ok(hold);
  for (const one of reader.answersTo("diffusion")) reader.send(one);
  reader.type("\x1b/flows\rs");
  // The time of the first ones is over: the others wait on.
  reader.send({ type: "held-too-long", number: hold.number });
  assert.equal(reader.model.held.length, 1);
  reader.send({ type: "held-too-long", number: hold.number + 1 });
  assert.equal(reader.model.held.length, 0);
  assert.match(reader.model.notice?.text ?? "", /dropped/);
  for (const one of reader.answersTo("flows")) reader.send(one);
  assert.deepEqual(marked(reader), ["Diffusion of 0"]);
});

test("a count that the abstracts may raise is not shown as final", () => {
  const reader = new Seeking();
  const counted = () => {
    const line = promptLine(promptOf(reader.model, 80), 80);
    return line
      .map(({ text }) => text)
      .join("")
      .trim()
      .replace(/^.* {2,}/, "");
  };
  reader.type("/diffusion");
  assert.equal(counted(), "… of 1,500");
  const [heads, all] = reader.answersTo("diffusion");
  assert.ok(heads && all && !heads.isAll && all.isAll);
  reader.send(heads);
  assert.equal(counted(), "30+ of 1,500");
  reader.type("\r\tN");
  assert.match(
    reader.model.notice?.text ?? "",
    /no match further above so far: abstracts are still looked through/,
  );
  reader.send(all);
  assert.equal(counted(), "60 of 1,500");
  reader.type("N");
  assert.equal(reader.model.notice?.text, "no match further above");
});
