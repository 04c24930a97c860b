import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../../../source/formats/index.js";
import { identifiers } from "../../../source/formats/web/identifiers.js";
import { linkedPage } from "../../../source/formats/web/linked-page.js";
import { runningText } from "../../../source/formats/web/running-text.js";
import { sized } from "../../support/long.js";
import { assertLinear, assertSurvives, filledFields, fixture, read } from "../line-formats.js";

const whole = fixture("identifiers.txt");
const first = (text: string) => filledFields(read(identifiers, text).papers[0] as never);

test("every identifier is a paper, with the title after it, if any", () => {
  const { papers, day, problems } = read(identifiers, whole);
  assert.deepEqual(
    { papers: papers.map(filledFields), day, problems },
    JSON.parse(fixture("identifiers.expected.json")),
  );
  assert.equal(identifiers.detect(whole), 0.9);
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
    assert.ok(identifiers.detect(text) > 0, text);
  }
  assert.equal(first("math.GT/0309136").id, "math/0309136");
  assert.equal(first("DOI:10.1000/A(1)").id, "doi:10.1000/a(1)");
});

const ids = (text: string) => read(identifiers, text).papers.map(({ id }) => id);

test("an arXiv identifier is known in the addresses of every site and with anything around it", () => {
  for (const text of [
    "1. https://arxiv.org/abs/2510.22543v3",
    "2) arXiv:2510.22543v1 [cs.LG]",
    "> https://www.alphaxiv.org/abs/2510.22543?x=1#y",
    "alphaxiv.org/overview/2510.22543v1",
    "https://ar5iv.labs.arxiv.org/html/2510.22543",
    "ar5iv.org/abs/2510.22543",
    "https://www.semanticscholar.org/arxiv/2510.22543",
    "https://api.semanticscholar.org/arXiv:2510.22543",
    "www.arxiv.org/pdf/2510.22543.pdf # appendix first",
    "arxiv.org/abs/2510.22543",
    "https://arxiv.org/abs/2510.22543?context=cs#top",
    "`2510.22543`",
    '"2510.22543"',
    "(https://huggingface.co/papers/2510.22543)",
    "- [x] https://hf.co/papers/2510.22543",
    "https://huggingface.co/papers/2510.22543 | https://arxiv.org/abs/2510.22543",
    "[1] 2510.22543",
    "• 2510.22543;",
    "arXiv preprint arXiv:2510.22543",
    "http://dx.doi.org/10.48550%2FarXiv.2510.22543",
  ]) {
    assert.deepEqual(ids(text), ["2510.22543"], text);
    assert.equal(identifiers.detect(text), 0.9, text);
  }
  for (const text of ["hep-th/9901001v3", "arXiv:hep-th/9901001", "ar5iv.org/abs/hep-th/9901001"])
    assert.deepEqual(ids(text), ["hep-th/9901001"], text);
});

test("a DOI is known in the addresses of its resolver and of publishers", () => {
  for (const [text, doi] of [
    ["https://doi.org/10.1103%2FPhysRevD.76.013009?utm=1", "10.1103/physrevd.76.013009"],
    ["10.1103%2FPhysRevD.76.013009", "10.1103/physrevd.76.013009"],
    ["doi.org/10.1103/PhysRevD.76.013009.", "10.1103/physrevd.76.013009"],
    ["(10.1234/foo.bar).", "10.1234/foo.bar"],
    ["DOI: 10.1000/182(1)", "10.1000/182(1)"],
    ["https://www.biorxiv.org/content/10.1101/2024.01.01.573000v1.full.pdf", "10.1101/2024.01.01.573000"],
    ["https://dl.acm.org/doi/abs/10.1145/1000000.1000001?af=R", "10.1145/1000000.1000001"],
    ["https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "10.1007/s11263-015-0816-y"],
    ["https://www.nature.com/articles/nature14539", "10.1038/nature14539"],
    [
      "https://doi.org/10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
      "10.1002/(sici)1097-0258(1998)17:15<1661::aid-sim968>3.0.co;2-2",
    ],
  ] as const)
    assert.deepEqual(ids(text), [`doi:${doi}`], text);
  assert.equal(first("10.1103/PhysRevD.76.013009").title, "doi:10.1103/PhysRevD.76.013009");
});

test("a page of a site with names of its own is a paper with that address", () => {
  assert.deepEqual(first("https://openreview.net/forum?id=rJl-b3RcF7"), {
    id: "title:openreview-rjl-b3rcf7///openreview.net/forum?id=rJl-b3RcF7",
    title: "OpenReview rJl-b3RcF7",
    url: "https://openreview.net/forum?id=rJl-b3RcF7",
  });
  assert.equal(first("https://aclanthology.org/P19-1001.pdf A title").title, "A title");
  for (const text of [
    "https://huggingface.co/papers/month/2025-07",
    "https://arxiv.org/list/cs.LG/recent",
    "https://openreview.net/group?id=ICLR.cc/2024",
    "https://github.com/a/2510.22543",
  ])
    assert.deepEqual(ids(text), [], text);
});

test("several identifiers in a line are several papers, and a title may precede its own", () => {
  assert.deepEqual(ids("2510.22543v2, 2401.00001; 10.1000/183 and hep-th/9901001"), [
    "2510.22543",
    "2401.00001",
    "doi:10.1000/183",
    "hep-th/9901001",
  ]);
  for (const text of [
    "A title of it (arXiv:2510.22543)",
    "A title of it, https://arxiv.org/abs/2510.22543",
    "- [A title of it](https://arxiv.org/abs/2510.22543)",
    "2510.22543\tA title of it",
  ]) {
    assert.equal(first(text).id, "2510.22543", text);
    assert.equal(first(text).title, "A title of it", text);
  }
});

test("a list with addresses of Hugging Face alone is no page of theirs", () => {
  const list =
    "# to read\n2510.22543v2\nhttps://huggingface.co/papers/2510.22544\n10.1000/X\nhttps://huggingface.co/papers/1706.03762\n";
  assert.equal(linkedPage.detect(list), 0);
  assert.deepEqual(ids(list), ["2510.22543", "2510.22544", "doi:10.1000/x", "1706.03762"]);
});

test("of a text that names papers in its sentences the names are taken, each once", () => {
  const text =
    "Vaswani: https://arxiv.org/abs/1706.03762\nsee also 10.1000/own.1 (nice), arXiv:2001.00001 and arxiv.org/pdf/1706.03762v5.\n";
  assert.equal(identifiers.detect(text), 0);
  assert.ok(runningText.detect(text) > 0);
  assert.deepEqual(
    read(runningText, text).papers.map(({ id, title }) => [id, title]),
    [
      ["1706.03762", "arXiv:1706.03762"],
      ["doi:10.1000/own.1", "doi:10.1000/own.1"],
      ["2001.00001", "arXiv:2001.00001"],
    ],
  );
  for (const other of [
    "<html><a href='https://arxiv.org/abs/1706.03762'>x</a></html>",
    '{"a":"10.1000/x"}',
    "version 2001.00001 of it",
  ])
    assert.equal(runningText.detect(other), 0, other);
  assertSurvives(runningText, text);
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
  assert.equal(identifiers.detect(list), 0.9);
  assert.equal(identifiers.detect(`${list}\nand a remark\n`), 0.7);
  assert.equal(identifiers.detect(`See\n\nhttps://arxiv.org/abs/2510.22543\n\nfor more.\n`), 0);
  assert.equal(identifiers.detect("# nothing but remarks\n"), 0);
  assert.equal(identifiers.detect("1.5\n2.25\n3.125\n"), 0);
  assert.equal(identifiers.detect(`${list}\n`.repeat(sized(1_000))), 0.9);
});

test("no damage makes it throw, and it takes linear time", () => {
  assertSurvives(identifiers, whole);
  assertLinear(
    identifiers,
    "2510.22543\n".repeat(sized(200_000)),
    `2510.22543${",".repeat(sized(1e6))}x`,
    `arXiv:${" ".repeat(sized(1e6))}2510.22543`,
    `10.1000/${"a".repeat(sized(1e6))}`,
    `2510.22543 ${" -".repeat(sized(1e6))}`,
  );
});

test("a list of Hugging Face addresses with a line that is no name is still a list", async () => {
  const page = "https://huggingface.co/papers";
  for (const text of [
    `${page}/2510.22543\n${page}/1706.03762\nfoo\n`,
    `${page}/2510.22543\n${page}/1706.03762\n${page}\n`,
    `Read these\n${page}/2510.22543\n${page}/1706.03762\n`,
    `to read:\n\n${page}/2510.22543\n\n${page}/1706.03762\n`,
  ]) {
    const read = await readListing(Buffer.from(text), { today: "2026-11-23" });
    assert.ok(read.ok, text);
    assert.deepEqual(
      read.listing.papers.map(({ id }) => id),
      ["2510.22543", "1706.03762"],
      text,
    );
    assert.equal(read.listing.problems.length, 1, text);
  }
});
