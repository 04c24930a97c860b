import assert from "node:assert/strict";
import { test } from "node:test";
import { identifiers } from "../../source/formats/identifiers.js";
import { assertLinear, assertSurvives, fixture, read, told } from "./line-formats.js";

const whole = fixture("identifiers.txt");
const first = (text: string) => told(read(identifiers, text).papers[0] as never);

test("every identifier is a paper, with the title behind it where there is one", () => {
  const { papers, day, problems } = read(identifiers, whole);
  assert.deepEqual(
    { papers: papers.map(told), day, problems },
    JSON.parse(fixture("identifiers.expected.json")),
  );
  assert.equal(identifiers.recognise(whole), 0.9);
});

test("identifiers are known in every form", () => {
  for (const text of [
    "2510.22543",
    "2510.22543v3",
    "arXiv:2510.22543",
    "ARXIV: 2510.22543v1",
    "https://arxiv.org/abs/2510.22543v2",
    "https://arxiv.org/html/2510.22543",
    "http://export.arxiv.org/pdf/2510.22543.pdf",
    "https://huggingface.co/papers/2510.22543",
    "10.48550/arXiv.2510.22543",
    "https://doi.org/10.48550/arXiv.2510.22543",
    "<https://arxiv.org/abs/2510.22543>",
    "* 2510.22543,",
    "\ufeff2510.22543\r",
  ]) {
    assert.equal(first(text).id, "2510.22543", text);
    assert.equal(first(text).title, "arXiv:2510.22543", text);
    assert.ok(identifiers.recognise(text) > 0, text);
  }
  assert.equal(first("math.GT/0309136").id, "math/0309136");
  assert.equal(first("DOI:10.1000/A(1)").id, "doi:10.1000/a(1)");
});

test("lines that are no identifiers are said with their line", () => {
  const { papers, problems } = read(
    identifiers,
    "2510.22543\n\nmilk and \x1b[2Jeggs\n# remark\n13.1\n2510.22544\n",
  );
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2510.22543", "2510.22544"],
  );
  assert.deepEqual(problems, [
    { line: 3, message: "no identifier of a paper: “milk and eggs”", skips: 1 },
    { line: 5, message: "no identifier of a paper: “13.1”", skips: 1 },
  ]);
});

test("only a text of nearly nothing but identifiers is a list of them", () => {
  const list = Array.from({ length: 20 }, (_, index) => `2510.${10_000 + index}`).join("\n");
  assert.equal(identifiers.recognise(list), 0.9);
  assert.equal(identifiers.recognise(`${list}\nand a remark\n`), 0.7);
  assert.equal(identifiers.recognise(`See\n\nhttps://arxiv.org/abs/2510.22543\n\nfor more.\n`), 0);
  assert.equal(identifiers.recognise("# nothing but remarks\n"), 0);
  assert.equal(identifiers.recognise("1.5\n2.25\n3.125\n"), 0);
  assert.equal(identifiers.recognise(`${list}\n`.repeat(1_000)), 0.9);
});

test("no damage makes it throw, and it takes linear time", () => {
  assertSurvives(identifiers, whole);
  assertLinear(
    identifiers,
    "2510.22543\n".repeat(200_000),
    `2510.22543${",".repeat(1e6)}x`,
    `arXiv:${" ".repeat(1e6)}2510.22543`,
    `10.1000/${"a".repeat(1e6)}`,
    `2510.22543 ${" -".repeat(1e6)}`,
  );
});
