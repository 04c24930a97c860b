import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { citationKeys, exportPaper, exportPapers } from "../../../source/exports/index.js";
import { makePaper, type Paper } from "../../../source/papers/paper.js";
import { hostileText } from "../support.js";

const key = (title: string, author?: string, published: string | null = "2017-06-12", id = "") =>
  citationKeys([makePaper({ id, title, authors: author === undefined ? [] : [author], published })])[0];

test("a key is author, year and the first word that says something", () => {
  assert.equal(key("Attention Is All You Need", "Ashish Vaswani"), "vaswani2017attention");
  assert.equal(key("Towards the End of a Word", "Ada Example"), "example2017end");
  assert.equal(key("GPT-4 Technical Report", "OpenAI", "2023"), "openai2023gpt4");
  assert.equal(key("Self-Attention", "Ada Example", "2019-04"), "example2019self");
  assert.equal(key("Don't Stop", "Ada Example"), "example2017dont");
  assert.equal(key("50% of All", "Ada Example"), "example2017all");
  assert.equal(key("1984", "Ada Example"), "example20171984");
  assert.equal(key("On the", "Ada Example"), "example2017on");
  assert.equal(key("A Title", "Ada Example", null), "exampletitle");
});

test("a key's author is in small ASCII letters, particles with it", () => {
  assert.equal(key("Word", "Jürgen Müller"), "muller2017word");
  assert.equal(key("Word", "Anna van der Berg"), "vanderberg2017word");
  assert.equal(key("Word", "Luc Van Gool"), "vangool2017word");
  assert.equal(key("Word", "Søren Ægidius Strauß"), "strauss2017word");
  assert.equal(key("Word", "Łukasz Kaiser Jr."), "kaiser2017word");
  assert.equal(key("Word", "Miles O'Brien"), "obrien2017word");
  assert.equal(key("Word", "Ana Garcia-Lopez"), "garcialopez2017word");
  assert.equal(key("Word", "The Example Team"), "example2017word");
  assert.equal(key("Word", 'J\\"urgen M\\"uller'), "muller2017word");
});

test("without an author in Latin letters the title's words are the key", () => {
  assert.equal(key("Reading the Terminal"), "reading2017terminal");
  assert.equal(key("Reading Terminals", "李明"), "reading2017terminals");
  assert.equal(key("Reading", "Иван Петров"), "reading2017");
  assert.equal(key("深度学习", "李明", "2020", "2001.00001"), "paper2020200100001");
  assert.equal(key("深度学习", "Wei Li", "2020", "2001.00001"), "li2020");
});

test("formulas, commands and tags are no words", () => {
  assert.equal(key("$\\mathcal{O}(n)$ Sorting", "Ada Example"), "example2017sorting");
  assert.equal(key("\\emph{Weights} and Measures", "Ada Example"), "example2017weights");
  assert.equal(key("<i>In vitro</i> Reading", "Ada Example"), "example2017vitro");
  assert.equal(key('H\\"older Spaces', "Ada Example"), "example2017holder");
});

const namesakes = ["2001.00003", "2001.00001", "2001.00002"].map((id) =>
  makePaper({ id, title: "Word", authors: ["Wei Li"], published: "2020" }),
);

test("namesakes get letters by their identity, in any order", () => {
  assert.deepEqual(citationKeys(namesakes), ["li2020wordc", "li2020worda", "li2020wordb"]);
  assert.deepEqual(citationKeys([...namesakes].reverse()), ["li2020wordb", "li2020worda", "li2020wordc"]);
  const many = Array.from({ length: 30 }, (_, at) => ({ ...(namesakes[0] as Paper), id: String(100 + at) }));
  assert.deepEqual(citationKeys(many).slice(24), [
    "li2020wordy",
    "li2020wordz",
    "li2020wordaa",
    "li2020wordab",
    "li2020wordac",
    "li2020wordad",
  ]);
});

test("a letter that would make another paper's key is passed over", () => {
  const other = makePaper({ id: "9", title: "Worda", authors: ["Wei Li"], published: "2020" });
  assert.deepEqual(citationKeys([...namesakes, other]), [
    "li2020wordd",
    "li2020wordb",
    "li2020wordc",
    "li2020worda",
  ]);
});

test("alone a paper has its key without a letter", () => {
  const [first] = namesakes.map((paper) => ({ paper, bits: 0 }));
  assert.ok(first);
  assert.match(exportPaper(first, "bibtex"), /^@misc\{li2020word,\n/);
  assert.match(
    exportPapers(
      namesakes.map((paper) => ({ paper, bits: 0 })),
      "bibtex",
    ),
    /^@misc\{li2020wordc,\n[\s\S]*^@misc\{li2020worda,\n[\s\S]*^@misc\{li2020wordb,\n/m,
  );
});

test("keys are unique, plain, and the same in any order; who has no namesake is called as alone", () => {
  const word = fc.constantFrom("Data", "Dat", "Da", "Word", "Worda", "深");
  const paper = fc
    .record({
      title: fc.oneof(word, hostileText),
      authors: fc.array(fc.constantFrom("Wei Li", "Lia", "李明", "Ada van Li"), { maxLength: 1 }),
      published: fc.constantFrom(null, "2020", "2021-01"),
      id: fc.uuid(),
    })
    .map(makePaper);
  const list = fc.uniqueArray(paper, { selector: ({ id }) => id, maxLength: 40 });
  fc.assert(
    fc.property(list, (papers) => {
      const keys = citationKeys(papers);
      assert.equal(new Set(keys).size, papers.length);
      for (const one of keys) assert.match(one, /^[a-z][a-z0-9]*$|^[0-9][a-z0-9]*[a-z][a-z0-9]*$/);
      const turned = citationKeys([...papers].reverse());
      assert.deepEqual([...turned].reverse(), keys);
      const alone = papers.map((one) => citationKeys([one])[0]);
      for (const [at, own] of alone.entries()) {
        if (alone.indexOf(own) === alone.lastIndexOf(own)) assert.equal(keys[at], own);
      }
    }),
  );
});
