import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Listing, makeListing } from "../../source/papers/listing.js";
import { makePaper } from "../../source/papers/paper.js";
import { buildIndex, type SearchIndex } from "../../source/search/index/search-index.js";
import { eachBeginning, eachInside, eachMisspelt } from "../../source/search/index/vocabulary.js";
import { highlights, matcherFor } from "../../source/search/match/highlight.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery, type Query, type WordTerm } from "../../source/search/query/query.js";
import { tiers } from "../../source/search/rank/ranking.js";
import { allFields } from "../../source/search/text/fields.js";
import { matchKey, readyWord, spellingOf } from "../../source/search/words/word.js";
import { plainTex } from "../../source/text/tex/render.js";
import { isLong } from "../support/long.js";
import { bundledListing, index, listing, lit, seeded } from "./papers.js";

describe("highlighting", () => {
  const rows: readonly [
    typed: string,
    text: string,
    lit: string,
    field?: "title" | "authors" | "abstract",
  ][] = [
    ["hess", "The Hessian of hessian-free", "The [Hess]ian of [hess]ian-free"],
    ["hesian", "The Hessians", "The [Hessian]s"],
    ["networks", "A network of Networks", "A [network] of [Networks]"],
    ["muller", "Klaus-Robert Mu\u0308ller", "Klaus-Robert [Mu\u0308ller]", "authors"],
    ["mu", "Klaus-Robert Mu\u0308ller", "Klaus-Robert [Mu\u0308]ller", "authors"],
    ["hold", 'H\\"older', '[H\\"old]er'],
    ["f", "ﬁne", "[ﬁ]ne"],
    ["selfsup", "Self-Supervised", "[Self-Sup]ervised"],
    ["selfsupervised", "self  supervised", "[self  supervised]"],
    ["gpt-4", "GPT 4, GPT-4o and GPT4", "[GPT 4], [GPT-4]o and [GPT4]"],
    ["graph neural", "Graph Neural Network", "[Graph] [Neural] Network"],
    ['"graph neural"', "Graph\u00a0Neural Network", "[Graph\u00a0Neural] Network"],
    ['"graph neu', "Graph Neural Network", "[Graph Neu]ral Network"],
    ['"RAG"', "RAG and rag", "[RAG] and rag"],
    ["coder", "autoencoders", "autoen[coder]s"],
    ["code", "autoencoders", "autoencoders", "abstract"],
    ["学习", "深度学习", "深度[学习]"],
    ["-graph neural", "Graph Neural", "Graph [Neural]"],
    ["author:graph", "Graph", "Graph"],
    ["title:graph", "Graph", "Graph", "abstract"],
    ['author:"g. hinton"', "Yann LeCun, Geoffrey E. Hinton", "Yann LeCun, [G]eoffrey E. [Hinton]", "authors"],
    ['author:"Hinton GE"', "Yann LeCun, G. E. Hinton", "Yann LeCun, [G]. [E]. [Hinton]", "authors"],
    ['author:"hinton g"', "Hinton G, LeCun Y", "[Hinton] [G], LeCun Y", "authors"],
    ['author:"Malcolm X"', "Malcolm X, Weinan E", "[Malcolm] [X], Weinan E", "authors"],
    ['author:"Weinan E"', "E Weinan, Weinan E", "[E] [Weinan], [Weinan] [E]", "authors"],
    ['author:"yann hinton"', "Yann LeCun, Geoffrey Hinton", "Yann LeCun, Geoffrey Hinton", "authors"],
    ["is:unread year:2020", "unread 2020", "unread 2020"],
    ["∇", "the ∇ operator", "the [∇] operator"],
    ["", "nothing", "nothing"],
  ];
  for (const [typed, text, expected, field] of rows) {
    it(`${typed} in ${text}`, () => assert.equal(lit(typed, text, field), expected));
  }
});

const fieldsShown = ["title", "authors", "abstract"] as const;

/** Queries as people type them, built from words of the listing, signs and filter syntax. */
function* randomQueries(within: SearchIndex, seed: number, count: number): Generator<string> {
  const next = seeded(seed);
  const { words } = within.vocabulary;
  const signs = [
    '"',
    "-",
    ":",
    "title:",
    "author:",
    "is:",
    "year:",
    "\\",
    '\\"',
    "(",
    "\ud83d",
    "\ude00",
    "é",
    "\u0301",
    " ",
    "  ",
    "..",
    ">",
    "🤗",
    "ﬁ",
    "学",
    "\n",
    "\u0000",
    "constructor",
    "__proto__",
  ];
  for (let number = 0; number < count; number += 1) {
    let text = "";
    for (let piece = 0; piece <= next(6); piece += 1) {
      const word = words[next(words.length)] ?? "word";
      const kind = next(5);
      if (kind === 0) text += signs[next(signs.length)];
      else if (kind === 1) text += `${word.slice(0, 1 + next(6))} `;
      else if (kind === 2) text += word.slice(next(4), 4 + next(8));
      else if (kind === 3) text += ` ${word.slice(0, next(word.length))}${word.slice(next(word.length))} `;
      else text += String.fromCharCode(32 + next(96));
    }
    yield text;
  }
}

/**
 * Each term highlighted in each text: ranges are inside it, sorted and disjoint, and never split a character.
 */
function checkRanges(
  within: SearchIndex,
  query: Query,
  text: string,
  field: (typeof fieldsShown)[number],
): number {
  let reached = -1;
  const ranges = highlights(matcherFor(within, query), text, field);
  for (const { start, end } of ranges) {
    const message = `${JSON.stringify(query.text)} in ${JSON.stringify(text)}: ${start}–${end}`;
    assert.ok(start > reached && end > start && end <= text.length, message);
    for (const edge of [start, end]) {
      const halves =
        /[\ud800-\udbff]$/.test(text.slice(0, edge)) && /^[\udc00-\udfff]/.test(text.slice(edge));
      assert.ok(!halves && !/^\p{M}/u.test(text.slice(edge)), message);
    }
    reached = end;
  }
  return ranges.length;
}

function holdsFor(name: string, within: SearchIndex, papersOf: Listing): void {
  describe(name, () => {
    it("random queries never throw and highlight valid ranges of every text", () => {
      for (const typed of randomQueries(within, 1, isLong ? 2_000 : 300)) {
        const query = parseQuery(typed);
        const found = search(within, query, () => 0);
        assert.equal(new Set(found).size, found.length);
        for (const place of found.slice(0, 2)) {
          const paper = papersOf.paper(place);
          checkRanges(within, query, plainTex(paper.title), "title");
          checkRanges(within, query, paper.authors.join(", "), "authors");
          checkRanges(within, query, plainTex(paper.abstract), "abstract");
        }
      }
    });

    it("every paper found by one word highlights a match, and every paper that would is found", () => {
      const next = seeded(3);
      const { words } = within.vocabulary;
      for (let round = 0; round < (isLong ? 150 : 40); round += 1) {
        const word = (words[next(words.length)] as string).replace("-", "");
        const from = next(3) === 0 ? next(3) : 0;
        const typed =
          round % 3 === 0 ? word.slice(0, 5) + word.slice(6) : word.slice(from, from + 3 + next(8));
        if (!/^[\p{L}\p{N}]{2,}$/u.test(typed)) continue;
        const query = parseQuery(typed);
        const found = new Set(search(within, query, () => 0));
        for (let place = 0; place < papersOf.size; place += 1) {
          const paper = papersOf.paper(place);
          const shown =
            checkRanges(within, query, plainTex(paper.title), "title") +
            paper.authors.reduce((sum, name) => sum + checkRanges(within, query, name, "authors"), 0) +
            checkRanges(within, query, plainTex(paper.abstract), "abstract");
          const unseen = [
            ...paper.keywords,
            ...paper.categories,
            paper.organization ?? "",
            paper.id,
            paper.doi ?? "",
          ];
          // A corrected query requires its words in the title.
          if (shown > 0)
            assert.ok(
              found.has(place) || within.meant.has(query),
              `${typed} is shown in ${paper.title} but not found`,
            );
          else if (found.has(place)) {
            const elsewhere = unseen.some((text) => checkRanges(within, query, text, "title") > 0);
            assert.ok(elsewhere, `${typed} found ${paper.title} and shows nothing`);
          }
        }
      }
    });

    it("candidates from Fuse give the same words as comparing every word with the term", () => {
      const next = seeded(5);
      const { vocabulary } = within;
      for (let round = 0; round < (isLong ? 200 : 60); round += 1) {
        const letters = [...(vocabulary.words[next(vocabulary.words.length)] as string).replace("-", "")];
        for (let edits = next(3); edits > 0; edits -= 1) {
          const spot = next(letters.length + 1);
          letters.splice(spot, next(2), ...(next(2) ? [String.fromCharCode(97 + next(26))] : []));
        }
        if (round % 4 === 0 && letters.length > 3)
          letters.splice(1, 2, letters[2] as string, letters[1] as string);
        const text = letters.join("");
        if (!/^[\p{L}\p{N}]+$/u.test(text)) continue;
        const term: WordTerm = { kind: "word", text, field: null, negated: false };
        const spelt = readyWord(term, spellingOf(within, term));
        const ready = { ...spelt, misspelt: true, also: new Map(), fields: allFields };
        if (ready.pattern === null) continue;
        const narrowed = new Set<number>();
        const once = (id: number) => {
          assert.ok(!narrowed.has(id), `${text}: ${vocabulary.words[id]} twice`);
          narrowed.add(id);
        };
        eachBeginning(vocabulary, ready.pattern, once);
        eachInside(vocabulary, ready.pattern, null, once);
        eachMisspelt(vocabulary, ready.pattern, (id) => narrowed.add(id));
        const typoWords = new Set(vocabulary.typos.ids);
        vocabulary.words.forEach((word, id) => {
          const match = matchKey(ready, word);
          const isTypo = match !== null && match.tier >= tiers.typo && match.tier <= tiers.begunTypo;
          const expected = match !== null && (!isTypo || typoWords.has(id));
          assert.equal(narrowed.has(id), expected, `${text} and ${word}`);
        });
      }
    });
  });
}

holdsFor("over a dozen odd papers", index, listing);
const bundled = bundledListing();
if (bundled !== null) {
  const bundledIndex = buildIndex(bundled);
  holdsFor("over the bundled listing", bundledIndex, bundled);

  describe("in the bundled listing", () => {
    const titles = (typed: string) =>
      search(bundledIndex, parseQuery(typed), () => 0).map((place) => bundled.paper(place).title);
    const some =
      bundled.size > 0 ? Array.from({ length: bundled.size }, (_, place) => bundled.paper(place).title) : [];
    for (const title of some) {
      it(`a pasted title finds its paper first: ${title}`, () => assert.equal(titles(title)[0], title));
    }
    for (const typed of ["hes", "hess", "hessi", "hessian", "hesian", "hessan"]) {
      it(`${typed} finds a paper with Hessian in its title first`, () =>
        assert.match(titles(typed)[0] ?? "", /Hessian/));
    }
    it("a word that no paper has finds nothing", () => {
      for (const typed of ["zzzqq", "xylophone", "qwertyuiop", "bratwurst"])
        assert.deepEqual(titles(typed), [], typed);
    });
  });
}

it("a word corrected because nothing else was found is highlighted in the results", () => {
  const titles = ["Dark Matter", "Materials", "Material Views", "Materialism", "A Material", "Materialised"];
  const index = buildIndex(
    makeListing("t", { papers: titles.map((title) => makePaper({ title })), day: null, problems: [] }),
  );
  const query = parseQuery("dark mater");
  assert.deepEqual(
    search(index, query, () => 0),
    [0],
  );
  assert.deepEqual(highlights(matcherFor(index, query), "Dark Matter", "title"), [
    { start: 0, end: 4 },
    { start: 5, end: 11 },
  ]);
});
