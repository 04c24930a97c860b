import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reason } from "../../../source/ranking/taste.js";
import { reasonLine } from "../../../source/reader/for-you/reasons.js";
import { headerLine } from "../../../source/screen/header.js";
import { listLines } from "../../../source/screen/list.js";
import { Reader } from "../reader.js";

const titles = Array.from({ length: 12 }, (_, at) => `Own ${at + 1}`);
const papers = titles.map((title, at) => ({ title, id: `doi:10.5555/${at}`, upvotes: at % 4 }));

function textOf(lines: readonly (readonly { readonly text: string }[])[]): string {
  return lines.map((line) => line.map(({ text }) => text).join("")).join("\n");
}

function ranked(reader: Reader, scores: Float32Array | null, wanted = 9): Reader {
  return reader.send({ type: "ranked", listing: reader.model.listing, scores, wanted });
}

const rankEffects = (reader: Reader) => reader.take().filter(({ type }) => type === "rank");

test("the ranking is asked for by the view and the order, once, and anew each time they are entered", () => {
  const reader = new Reader(papers);
  assert.deepEqual(rankEffects(reader), []);
  reader.type("4v");
  assert.deepEqual(rankEffects(reader), [{ type: "rank", struck: [] }]);
  ranked(reader, new Float32Array(12));
  reader.type("jjk");
  assert.deepEqual(rankEffects(reader), []);
  reader.type("vSy");
  assert.equal(rankEffects(reader).length, 1);
});

test("Y without reasons says what to do to have some", () => {
  const said = (reader: Reader) => reader.type("Y").model.notice?.text;
  const reader = new Reader(papers);
  assert.equal(said(reader), "no reasons yet · star 5 papers (s), then S y ranks this list with reasons");
  reader.type("Sy");
  assert.equal(said(reader), "the reasons for this paper are not known yet");
  assert.equal(said(ranked(reader, null, 2)), "too few stars for reasons · star 3 more papers (s)");
  assert.equal(said(ranked(reader, null, 4)), "too few stars for reasons · star 1 more paper (s)");
});

test("the best comes first, each tenth place is marked, and the rows stay while one looks at them", () => {
  const reader = new Reader(papers);
  reader.type("4v");
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => at - 4),
  );
  assert.equal(reader.current, "Own 12");
  // The least sure of all, Own 5 with log-odds of 0, has got the eighth place before.
  const order = ["Own 12", "Own 11", "Own 10", "Own 9", "Own 8", "Own 7", "Own 6", "Own 5", "Own 4"];
  assert.deepEqual(reader.rows, [...order, "Own 3", "Own 2", "Own 1"]);
  const pane = { x: 0, y: 0, width: 100, height: 20 } as never;
  const lines = textOf(listLines(reader.model, pane)).split("\n");
  assert.match(lines[0] ?? "", /▄ .*Own 12/);
  assert.match(lines[9] ?? "", /▁\?.*Own 3/);
  assert.doesNotMatch(lines[8] ?? "", /\?/);
  reader.type("js");
  assert.deepEqual(reader.rows.slice(0, 2), ["Own 12", "Own 11"]);
  // A second ranking of the same view moves nothing under the reader.
  ranked(reader, new Float32Array(12).fill(1));
  assert.equal(reader.rows[0], "Own 12");
  reader.type("Vv");
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => -at),
  );
  assert.equal(reader.rows[0], "Own 1");
  // What is starred is decided, and not for the reader to find.
  assert.ok(!reader.rows.includes("Own 11"));
});

test("letters stand for the steps with --ascii", () => {
  const reader = new Reader(papers, { ascii: true });
  reader.type("4v");
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => at ** 3),
  );
  const pane = { x: 0, y: 0, width: 100, height: 20 } as never;
  const lines = textOf(listLines(reader.model, pane)).split("\n");
  assert.match(lines[0] ?? "", / a .*Own 12/);
  assert.match(lines[11] ?? "", / e .*Own 2/);
});

test("below five wanted papers it says so, and follows and votes order the list", () => {
  const reader = new Reader(papers);
  reader.type("4v");
  ranked(reader, null, 3);
  assert.match(reader.model.notice?.text ?? "", /^star 2 more papers to rank this for you/);
  assert.deepEqual(reader.rows.slice(0, 4), ["Own 4", "Own 8", "Own 12", "Own 3"]);
  const header = headerLine(reader.model, { x: 0, y: 0, width: 140, height: 1 } as never);
  assert.match(textOf([header]), / · learns from 3 papers, needs 5 · by watches and votes/);
});

test("the star that is enough ranks the list; those before it leave the rows as they are", () => {
  const reader = new Reader(papers);
  reader.type("4v");
  ranked(reader, null, 0);
  const asks = () => reader.take().filter(({ type }) => type === "rank").length;
  asks();
  const rows = reader.rows;
  for (let starred = 1; starred <= 4; starred += 1) {
    reader.type("js");
    assert.equal(asks(), 1, `${starred}`);
    ranked(reader, null, starred);
    assert.deepEqual(reader.rows, rows);
    assert.match(reader.model.notice?.text ?? "", /u undoes/);
    assert.match(
      textOf([headerLine(reader.model, { x: 0, y: 0, width: 140, height: 1 } as never)]),
      new RegExp(`learns from ${starred} paper`),
    );
  }
  reader.type("Y");
  assert.match(reader.model.notice?.text ?? "", /too few stars/);
  reader.type("j");
  const here = reader.current;
  reader.type("s");
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => at),
    5,
  );
  assert.match(reader.model.notice?.text ?? "", /^ranked for you by 5 of your papers · Y says why/);
  assert.notEqual(reader.current, undefined);
  assert.ok(!reader.rows.includes(here as string), "what is starred is decided");
  // Later stars count when the order is chosen again.
  asks();
  reader.type("js");
  assert.equal(asks(), 0);
});

test("until the ranking is there the header says that the rows are being ordered", () => {
  const reader = new Reader(papers);
  const header = () => textOf([headerLine(reader.model, { x: 0, y: 0, width: 140, height: 1 } as never)]);
  reader.type("4v");
  assert.match(header(), / · ordering for you …/);
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => at),
  );
  assert.doesNotMatch(header(), /ordering/);
});

test("a ranking of another listing, or an old one, changes nothing", () => {
  const reader = new Reader(papers);
  reader.type("4v");
  const { listing } = new Reader(papers).model;
  reader.send({ type: "ranked", listing, scores: new Float32Array(12), wanted: 9 });
  assert.equal(reader.model.forYou, null);
  reader.send({ type: "reasons", listing, reasons: [] });
  assert.equal(reader.model.forYou, null);
});

const reasons: readonly Reason[] = [
  { kind: "word", term: "diffusion", written: "diffusion", yours: 5, contribution: 0.4 },
  { kind: "category", term: "cs.lg", written: "cs.LG", yours: 6, contribution: 0.3 },
  { kind: "author", term: "bo xu", written: "Bo Xu", yours: 4, contribution: 0.2 },
  { kind: "keyword", term: "langevin dynamic", written: "Langevin dynamics", yours: 2, contribution: 0.1 },
];

test("the reasons of a paper are one line: people, subjects, places", () => {
  assert.equal(reasonLine(reasons), "4 of yours by Xu · diffusion, Langevin dynamics · cs.LG");
  assert.equal(reasonLine([]), "");
});

test("Enter on a reason opens papers of yours, Ctrl-D strikes it, and a struck one can count again", () => {
  const reader = new Reader(papers);
  reader.type("4v");
  ranked(
    reader,
    Float32Array.from(titles, (_, at) => -at),
  );
  reader.type("Y");
  assert.match(reader.model.notice?.text ?? "", /not known yet/);
  reader.send({ type: "reasons", listing: reader.model.listing, reasons: [[0, reasons]] });
  reader.take();
  reader.type("Y\x1b[B\x1b[B\r");
  const opened = reader.take().find(({ type }) => type === "open-source");
  assert.deepEqual(opened, { type: "open-source", name: "yours", filter: 'author:"Bo Xu"' });
  reader.type("Y\x1b[B\x04");
  const effects = reader.take();
  const record = effects.find(({ type }) => type === "record");
  assert.ok(record?.type === "record");
  assert.deepEqual(record.papers, [{ paper: "reason:category/cs.lg", title: "cs.LG", on: true }]);
  // Struck: the ranking is asked for anew, without it.
  const asked = effects.find(({ type }) => type === "rank");
  assert.deepEqual(asked, { type: "rank", struck: [{ kind: "category", term: "cs.lg" }] });
  reader.type("Ystruck\r");
  const back = reader.take().find(({ type }) => type === "record");
  assert.ok(back?.type === "record");
  assert.equal(back.papers[0]?.on, false);
});

test("papers that are passed over are told from those that are opened or wanted", () => {
  const passed = (reader: Reader) =>
    reader
      .take()
      .flatMap((effect) => (effect.type === "record" ? [[effect.papers.length, effect.passed ?? null]] : []));
  const reader = new Reader(papers);
  assert.deepEqual(passed(reader.type("m")), [[1, "glanced"]]);
  assert.deepEqual(passed(reader.type("m")), [[1, null]]);
  assert.deepEqual(passed(reader.type("j\r\x1b")), [[1, null]]);
  assert.deepEqual(passed(reader.type("js")), [[1, null]]);
  assert.deepEqual(passed(reader.type("jTxsL\x1b")), [
    [1, "skipped"],
    [1, null],
    [1, null],
  ]);
  assert.deepEqual(passed(reader.type("M")).at(-1)?.[1], "glanced");
});

test("momentum sorts by what moved; what was not seen before is last", () => {
  const reader = new Reader(papers);
  const movement = (upvotes: number) => ({ upvotes, comments: 0, codeStars: 0 });
  const moved = new Map([
    [3, movement(2)],
    [7, movement(34)],
    [9, movement(-1)],
  ]);
  reader.type("Sm");
  reader.send({ type: "moved", listing: reader.model.listing, moved });
  assert.deepEqual(reader.rows.slice(0, 4), ["Own 8", "Own 4", "Own 10", "Own 1"]);
  const pane = { x: 0, y: 0, width: 100, height: 20 } as never;
  assert.match(textOf(listLines(reader.model, pane)).split("\n")[0] ?? "", /\+34 .*Own 8/);
  reader.type("Sm");
  assert.deepEqual(reader.rows.slice(0, 3), ["Own 10", "Own 4", "Own 8"]);
});
