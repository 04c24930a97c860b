import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { ris } from "../../../source/formats/tagged/ris.js";
import { sized } from "../../support/long.js";
import {
  assertLinear,
  assertSurvives,
  filledFields,
  fixture,
  read,
  sample,
  samples,
} from "../line-formats.js";

const whole = fixture("ris.ris");

test("every entry is read, with its fields, also one without its end", () => {
  const { papers, day, problems } = read(ris, whole);
  assert.deepEqual(
    { papers: papers.map(filledFields), day, problems },
    JSON.parse(fixture("ris.expected.json")),
  );
  assert.equal(ris.detect(whole), 0.9);
  assert.equal(ris.detect(whole.slice(whole.indexOf("TY"))), 1);
});

test("the real exports are read", { skip: !existsSync(samples) }, () => {
  assert.equal(read(ris, sample("ris/002.ris")).papers.length, 48);
  // Two of its 39 entries, a whole journal and a letter, have no title.
  const endnote = read(ris, sample("ris/004.ris"));
  assert.equal(endnote.papers.length, 39);
  assert.deepEqual(endnote.problems, []);
  // Its title holds U+2028.
  const [paper] = read(ris, sample("ris/005.ris")).papers;
  assert.match(
    paper?.title ?? "",
    /^From Basic to Applied .*: Potential Contributions of Eye Tracking Research Methods$/,
  );
  assert.deepEqual(paper?.authors, ["Janice Light", "David McNaughton"]);
  assert.equal(paper?.published, "2014-06-01");
  assert.equal(paper?.journal, "Augmentative and Alternative Communication");
  assert.equal(paper?.id, "doi:10.3109/07434618.2014.906498");
});

test("a file cut off gives its last entry as far as it goes, and says where it begins", () => {
  const { papers, problems } = read(ris, whole.slice(0, whole.indexOf("An abstract in the older") + 11));
  assert.equal(papers.length, 2);
  assert.equal(papers[1]?.abstract, "An abstract");
  assert.deepEqual(
    problems.map(({ line }) => line),
    [25],
  );
  assert.match(problems[0]?.message ?? "", /cut off/);
});

test("a date is a day only where all of it is said", () => {
  const published = (date: string) =>
    read(ris, `TY  - JOUR\nTI  - T\n${date}\nER  - \n`).papers[0]?.published;
  assert.equal(published("DA  - 2024/2/9"), "2024-02-09");
  assert.equal(published("PY  - 2024/02/29/"), "2024-02-29");
  assert.equal(published("DA  - 2024-02-09T10:00:00Z"), "2024-02-09");
  assert.equal(published("PY  - 2024"), "2024");
  assert.equal(published("PY  - 2024///"), "2024");
  assert.equal(published("PY  - 2023/02/29/"), "2023-02");
  assert.equal(published("PY  - 2015/october"), "2015-10");
  assert.equal(published("PY  - 2015///Marking"), "2015");
});

test("the most exact of several dates is taken, also in words", () => {
  const published = (...lines: string[]) =>
    read(ris, `TY  - JOUR\nTI  - T\n${lines.join("\n")}\nER  - \n`).papers[0]?.published;
  assert.equal(published("DA  - 2016", "Y1  - 2016/10/19"), "2016-10-19");
  assert.equal(published("DA  - 2016/12//", "PY  - 2017"), "2016-12");
  assert.equal(published("PY  - 1948", "DA  - July"), "1948-07");
  assert.equal(published("PY  - 2004", "DA  - JUN 8"), "2004-06-08");
  assert.equal(published("DA  - 8 June 2004"), "2004-06-08");
  assert.equal(published("PY  - 2004", "DA  - Spring"), "2004");
  assert.equal(published("DA  - soon"), null);
});

test("DOI and address are found where publishers put them", () => {
  const entry = (line: string) => read(ris, `TY  - JOUR\nTI  - T\n${line}\nER  - \n`).papers[0];
  assert.equal(entry("N1  - doi: 10.1234/A")?.doi, "10.1234/a");
  assert.equal(entry("M3  - doi: 10.1234/b")?.doi, "10.1234/b");
  assert.equal(entry("L3  - https://doi.org/10.1234/c")?.doi, "10.1234/c");
  assert.equal(entry("N1  - 10.1234/d is cited")?.doi, null);
  assert.equal(entry("T2  - arXiv:1706.03762 [cs]")?.id, "1706.03762");
  assert.equal(entry("JO  - arXiv preprint arXiv:1706.03762")?.id, "1706.03762");
  assert.equal(entry("N1  - arXiv: 1706.03762 [cs]")?.id, "1706.03762");
  assert.equal(entry("N1  - supersedes arXiv:1706.03762")?.id, "title:t");
  assert.equal(entry("UR  - //pub.example/pii/1")?.url, "https://pub.example/pii/1");
});

test("a heading is no part of the abstract", () => {
  const abstract = (text: string) =>
    read(ris, `TY  - JOUR\nTI  - T\nAB  - ${text}\nER  - \n`).papers[0]?.abstract;
  assert.equal(abstract("Abstract"), "");
  assert.equal(abstract("ABSTRACT Threads hold."), "Threads hold.");
  assert.equal(abstract("Abstract: Threads hold."), "Threads hold.");
  assert.equal(abstract("Abstract looms hold."), "Abstract looms hold.");
  assert.equal(abstract("Abstract Looms hold."), "Looms hold.");
});

test("tags and types in lower case, as scripts write them, are those in capitals", () => {
  const text =
    "ty  - jour\nti  - Looms\nau  - Holm, Ines\nab  - One.\nas  - is, not a tag.\npy  - 2018\ndo  - 10.5555/L.1\ner  - \nTy  - CONF\nTi  - Knots\nEr  -\n";
  const { papers, problems } = read(ris, text);
  assert.deepEqual(
    papers.map(({ id, title, authors, published, abstract, entry }) => [
      id,
      title,
      ...authors,
      published,
      abstract,
      entry?.type,
    ]),
    [
      ["doi:10.5555/l.1", "Looms", "Ines Holm", "2018", "One. as - is, not a tag.", "JOUR"],
      ["title:knots", "Knots", null, "", "CONF"],
    ],
  );
  assert.deepEqual(problems, []);
  assert.equal(ris.detect(text), 1);
  const { papers: mixed } = read(ris, "TY  - JOUR\nti  - Looms\npy  - 2018\nER  - \n");
  assert.equal(mixed[0]?.published, "2018");
  assert.equal(ris.detect("type - a word\nan - other one\n"), 0);
});

test("fields outside of an entry are said once; line ends and a mark at the start do not matter", () => {
  const stray = read(ris, "TY  - JOUR\nTI  - T\nER  - \nAU  - A, B\nKW  - c\n");
  assert.equal(stray.papers.length, 1);
  assert.deepEqual(stray.problems, [{ line: 4, message: "fields outside of an entry were skipped" }]);
  assert.deepEqual(read(ris, `\ufeff${whole.replaceAll("\n", "\r\n")}`), read(ris, whole));
});

test("fields before the type, other spacing, long tags and text between are read over", () => {
  const titles = (text: string) => read(ris, text).papers.map(({ title }) => title);
  const early = read(ris, "DB  - Own\nAB  - Early\nTI  - T\nTY  - JOUR\nAU  - Marsh, A. J.\nER  - \n");
  assert.deepEqual([early.papers.length, early.papers[0]?.abstract, early.problems], [1, "Early", []]);
  // Both have a title: the first is an entry that lacks its type.
  assert.deepEqual(titles("TI  - One\nAU  - A, B\nTY  - JOUR\nTI  - Two\nER  - \n"), ["One", "Two"]);
  for (const spacing of [" - ", "   - ", "\t- ", "  – ", "  -"]) {
    const text = ["TY", "TI", "ER"].map((tag, at) => `${tag}${spacing}${["JOUR", "T", ""][at]}\n`).join("");
    assert.ok(ris.detect(text) > 0.8, JSON.stringify(spacing));
    assert.deepEqual(titles(text), ["T"], JSON.stringify(spacing));
  }
  const long = "Provider: Own\nContent: x\n\nTY  - JOUR\nPMID  - 12\nID  - 1\nT1  - T\nER  - \nand so on\n";
  assert.equal(ris.detect(long), 0.9);
  assert.deepEqual(read(ris, long).papers[0]?.entry?.fields[0], ["PMID", "12"]);
});

test("authors stay in the order of the entry, and those of one name are two", () => {
  const authors = (...lines: string[]) =>
    read(ris, `TY  - JOUR\nTI  - T\n${lines.join("\n")}\nER  - \n`).papers[0];
  assert.deepEqual(authors("A1  - First, Ann", "AU  - Second, Bob")?.authors, ["Ann First", "Bob Second"]);
  assert.deepEqual(authors("AU  - A, B", "A1  - A, B")?.authors, ["B A"]);
  assert.deepEqual(authors("AU  - Wang, J.", "AU  - Wang, J.")?.authors, ["J. Wang", "J. Wang"]);
  assert.equal(authors("AU  - A, B", "AU  - et al.")?.andOthers, true);
});

test("an entry without a title is called by its citation, one that says nothing is reported", () => {
  const { papers, problems } = read(
    ris,
    "TY  - JOUR\nAU  - Holm, Ines\nPY  - 2018\nT2  - J. Pebbles\nVL  - 12\nSP  - 345\nER  - \nTY  - JOUR\nID  - x1\nAB  - a\nER  - \n",
  );
  assert.equal(papers[0]?.title, "Holm 2018, J. Pebbles 12, 345");
  const message = "the entry “x1” has no fields of a paper and was skipped";
  assert.deepEqual(problems, [{ line: 8, message, skips: 1 }]);
});

test("a line of text with a dash is no tag", () => {
  const [paper] = read(ris, "TY  - JOUR\nTI  - T\nAB  - One\nAI - driven\nER  - \n").papers;
  assert.equal(paper?.abstract, "One AI - driven");
});

test("no damage makes it throw, and it takes linear time", () => {
  assertSurvives(ris, whole);
  const open = "TY  - JOUR\nTI  - ";
  assertLinear(
    ris,
    open.repeat(sized(1e5)),
    `${open}T\n${"AU  - A, B\n".repeat(sized(2e5))}`,
    `${open}${"line\n".repeat(sized(2e5))}`,
    `${open}T\nAU  - A${" ".repeat(sized(1e6))}B${";".repeat(sized(1e6))}`,
    `${open}${"\\' ".repeat(sized(3e5))}${"<i ".repeat(sized(3e5))}`,
    `TY  - A${"\n".repeat(sized(1e6))}`,
  );
});
