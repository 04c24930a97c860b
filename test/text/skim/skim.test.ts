import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { bestSentence, skim } from "../../../source/text/skim/skim.js";

/** What was labelled by hand before the rules were written, and never used to tune them. */
interface Labelled {
  readonly sample: string;
  readonly title: string;
  /** How many sentences the abstract has. */
  readonly sentences: number;
  /** The sentences that say what the paper contributes, from 1. */
  readonly contribution: readonly number[];
}

const labels: readonly Labelled[] = JSON.parse(
  readFileSync(new URL("./labels.json", import.meta.url), "utf8"),
);
const samples = "../shared/samples";

/** The abstracts of the samples by their titles. */
function abstractsOf(): Map<string, string> {
  const found = new Map<string, string>();
  const take = (title: unknown, abstract: unknown) => {
    if (typeof title === "string" && typeof abstract === "string")
      found.set(title.split(/\s+/).join(" ").trim(), abstract);
  };
  const takeDay = (entries: readonly { paper: { title: string; summary: string } }[]) => {
    for (const { paper } of entries) take(paper.title, paper.summary);
  };
  const days = `${samples}/huggingface-api`;
  for (const name of readdirSync(days))
    if (name.endsWith(".json")) takeDay(JSON.parse(readFileSync(`${days}/${name}`, "utf8")));
  const lines = (path: string) => gunzipSync(readFileSync(path)).toString().trim().split("\n");
  for (const line of lines(`${days}/days-2025-03-to-08.jsonl.gz`)) takeDay(JSON.parse(line).papers);
  for (const line of lines(`${samples}/arxiv-metadata/cs-20000.jsonl.gz`)) {
    const { title, abstract } = JSON.parse(line);
    take(title, abstract);
  }
  return found;
}

test("of 60 abstracts labelled by hand, skim shows the contribution of 54 and a third of the sentences", {
  skip: !existsSync(samples),
}, () => {
  const abstracts = abstractsOf();
  let shown = 0;
  let counted = 0;
  for (const { title, sentences, contribution } of labels) {
    const abstract = abstracts.get(title);
    assert.ok(abstract !== undefined, `no sample has ${title}`);
    const found = skim(abstract, title);
    const numbers = found.flatMap(({ label }, index) => (label === null ? [] : [index + 1]));
    assert.ok(
      numbers.length <= Math.max(1, found.length / 3),
      `${title}: ${numbers.length} of ${found.length}`,
    );
    if (numbers.some((number) => contribution.includes(number))) shown += 1;
    if (found.length === sentences) counted += 1;
  }
  assert.equal(labels.length, 60);
  assert.ok(shown >= 54, `the contribution of ${shown}`);
  assert.ok(counted >= 57, `as many sentences as by hand in ${counted}`);
});

const abstract =
  "Kettles sing. Why they do is poorly understood. However, existing methods only listen. " +
  "In this paper, we propose Teapot, a new method that watches the steam. Specifically, it counts drops. " +
  "Drops are counted twice. Experiments show that Teapot outperforms three baselines by 4.5%. " +
  "Our results suggest that steam matters. Code is available at https://github.com/example/teapot.";

/** The sentences with a label, as text. */
function labelled(text: string, title = ""): Record<string, string> {
  return Object.fromEntries(
    skim(text, title).flatMap(({ start, end, label }) => (label ? [[label, text.slice(start, end)]] : [])),
  );
}

test("skim labels what was done, what came out with its numbers, and where the code is", () => {
  assert.deepEqual(labelled(abstract), {
    did: "In this paper, we propose Teapot, a new method that watches the steam.",
    numbers: "Experiments show that Teapot outperforms three baselines by 4.5%.",
    code: "Code is available at https://github.com/example/teapot.",
  });
});

test("skim shows one sentence of a short abstract", () => {
  assert.deepEqual(labelled("We count pebbles. There are many."), { did: "We count pebbles." });
  assert.deepEqual(Object.keys(labelled("Pebbles are many.")), []);
});

test("skim counts the passive voice and a name from the title", () => {
  assert.deepEqual(labelled("Steam is hot. A method for counting steam is proposed. It is fast."), {
    did: "A method for counting steam is proposed.",
  });
  const text = "Our method is a novel model. Teapot is a method for kettles. They sing.";
  assert.equal(labelled(text, "Teapot: Watching Steam").did, "Teapot is a method for kettles.");
});

test("a text of more sentences than an abstract has is all there", () => {
  const text = "Kettles sing. We propose a kettle. ".repeat(500);
  const found = skim(text);
  assert.equal(found.length, 1_000);
  assert.ok(found.filter(({ label }) => label !== null).length > 0);
});

test("the best sentence is what was done, or the best there is", () => {
  const best = (text: string) => {
    const found = bestSentence(text);
    return found && text.slice(found.start, found.end);
  };
  assert.equal(best(abstract), "In this paper, we propose Teapot, a new method that watches the steam.");
  assert.equal(best("Kettles sing. Teapots outperform them by 3%."), "Teapots outperform them by 3%.");
  assert.equal(best(""), null);
  assert.equal(best("Nichts steht hier. Gar nichts."), "Nichts steht hier.");
});

test("skim of a long text without ends takes no long time", () => {
  for (const text of [
    "we ".repeat(60_000),
    "we propose ".repeat(20_000),
    "results ".repeat(30_000),
    "https://".repeat(20_000),
  ]) {
    const begin = performance.now();
    skim(text);
    const took = performance.now() - begin;
    assert.ok(took < 1_500, `${text.slice(0, 20)}: ${took.toFixed()} ms`);
  }
});
