import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeListing } from "../../source/papers/listing.js";
import { markBits, newBit } from "../../source/papers/marks.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { buildIndex } from "../../source/search/index/search-index.js";
import { search } from "../../source/search/query/did-you-mean.js";
import { parseQuery } from "../../source/search/query/query.js";
import { longOnly } from "../support/long.js";
import { at, find, index, papers } from "./papers.js";

const everything = papers.map((_, place) => place);
const sorted = (found: readonly number[]) => [...found].sort((a, b) => a - b);

/** Exactly these papers are found, in any order. */
function finds(typed: string, ...expected: number[]): void {
  it(`${typed} finds ${expected.length === 0 ? "nothing" : expected.join(", ")}`, () =>
    assert.deepEqual(sorted(find(typed)), sorted(expected)));
}

/** These papers are found first, in this order. */
function findsFirst(typed: string, ...expected: number[]): void {
  it(`${typed} finds ${expected.join(", ")} first`, () =>
    assert.deepEqual(find(typed).slice(0, expected.length), expected));
}

describe("words", () => {
  for (const typed of ["hes", "hess", "hessi", "hessian", "hesian", "hessan", "hessain", "Hessians"]) {
    findsFirst(typed, at.hessian);
  }
  finds("zzzqq");
  finds("xylophone");
  finds("graph network", at.reweight);
  finds("network graph", at.reweight);
  finds("graph zzzqq");
  finds("deepmind", at.speech);
  finds("prompting", at.prompt);
  finds("brien", at.robots);
  finds("obrien", at.robots);
  finds("學");
  finds("学习", at.chinese);
  finds("∇", at.chinese);
  finds("🤗", at.chinese);
  finds("2510.22543");
  finds("2405.0", at.holder);
  finds("arXiv:2405.", at.holder);
  finds("2405.9");
  finds("https://arxiv.org/abs/1706.04454v3", at.hessian);
});

describe("accents, in Unicode or TeX, are forgiven", () => {
  for (const typed of ["muller", "Müller", "Mu\u0308ller", 'M\\"uller', "mueller"]) {
    it(typed, () => assert.ok(find(typed).includes(at.speech) && find(typed).includes(at.loss)));
  }
  finds("holder", at.holder);
  finds("hölder", at.holder);
  finds("schrodinger", at.holder);
  finds("lukasz", at.chinese);
});

describe("hyphens are forgiven both ways", () => {
  for (const typed of ["self-supervised", "selfsupervised", "self supervised"]) {
    finds(typed, at.reweight, at.prompt, at.speech);
  }
  finds("L2R-GNN", at.reweight);
  finds("l2rgnn", at.reweight);
  finds("gnn", at.reweight);
  finds("gpt4", at.prompt);
  finds("gpt-4", at.prompt);
  finds("2.78x", at.reweight);
  finds("2.78", at.reweight);
  finds("278x");
  finds("state-of-the-art", at.prompt);
  finds("qwen 2.5", at.prompt);
  finds("llama 3", at.prompt);
  finds("language-action", at.robots);
  finds("10000", at.chinese);
});

describe("plurals are forgiven both ways", () => {
  finds("autoencoder", at.loss);
  finds("title:models", at.robots);
  finds("matrices", at.matrix, at.chinese);
  finds("hypothesis", at.matrix, at.chinese);
  findsFirst("networks", at.hessian, at.reweight);
});

describe("typos", () => {
  finds("reweihgt", at.reweight);
  finds("tuning", at.prompt);
  finds("tunning", at.prompt);
  finds("graff");
  finds("hinten", at.prompt, at.speech);
  // Short words, numbers and abstracts are not corrected.
  finds("rgg");
  finds("gpt5");
  finds("contrastve");
  it("are not corrected if the word exists somewhere", () => {
    assert.deepEqual(sorted(find("title:loss")), [at.loss]);
    assert.ok(!find("loss").includes(at.attention), "loss is not less");
    assert.ok(!find("attention").includes(at.reweight));
  });
});

describe("abstracts match only without typos", () => {
  finds("kernel", at.chinese);
  finds("kernal");
  finds("trastive", at.speech);
  // Up to four letters match only at the start of a word: "labels" does not match "abel".
  finds("abel");
  finds("labe", at.speech);
});

describe("compound words have no infix matches", () => {
  // "Self-Supervised" in a title is a compound; "selfsupervised" in the abstract matches longer infixes
  // ("elfsup").
  finds("fsup");
  finds("elfsup", at.prompt);
});

describe("phrases", () => {
  finds('"graph neural"', at.reweight);
  finds('"neural graph"');
  finds('"graph neur', at.reweight);
  finds('"graph neur"');
  finds('"RAG"', at.rag);
  finds('"Rag"');
  finds('"rag"', at.rag);
  finds('"self-supervised"', at.speech);
  finds('"self supervised"', at.reweight, at.speech);
  finds('"Hölder spaces"');
  finds('"hölder spaces"', at.holder);
  finds('"vision-language"', at.robots);
  finds('"paper\'s abstract"', at.chinese);
  finds('title:"hessian"', at.hessian);
  finds('abstract:"the hessian"', at.hessian, at.robots);
});

describe("fields", () => {
  finds("title:hessian", at.hessian);
  finds("abstract:outliers", at.hessian);
  finds("title:outliers");
  finds("author:hinton", at.prompt, at.speech);
  finds("author:muller", at.speech, at.loss);
  finds("author:g. hinton", at.speech, at.prompt);
  finds('author:"g. hinton"', at.prompt, at.speech);
  finds('author:"geoffrey hinton"', at.prompt, at.speech);
  finds('author:"geoffrey hin', at.prompt, at.speech);
  finds('author:"yann hinton"');
  finds('author:"Hinton, Geoffrey"', at.prompt, at.speech);
  finds('author:"hinton, g."', at.prompt, at.speech);
  finds('author:"hinton, yann"');
  finds('author:"Hinton G"', at.prompt, at.speech);
  finds('author:"hinton g."', at.prompt, at.speech);
  finds('author:"Hinton GE"', at.prompt);
  finds('author:"Hinton Y"');
  finds("category:cs", at.hessian, at.reweight);
  finds("category:cs.AI", at.reweight);
  finds("id:2405", at.holder);
  finds("id:9901001", at.matrix);
  finds("doi:10.1000/xyz", at.robots);
  for (const pasted of [
    "10.1000/xyz-123",
    "10.1000/XYZ-123.",
    "10.1000/xyz",
    "https://doi.org/10.1000/xyz-123",
    "doi:10.1000/xyz-123",
    "doi: 10.1000/xyz-123",
    "(10.1000/xyz-123)",
    "id:10.1000/xyz-123",
  ])
    finds(pasted, at.robots);
  finds("10.1000/xyz-124");
  // No paper has two identifiers, so several ask for any of these papers.
  finds("1706.04454 2402.10380v2", at.hessian, at.prompt);
  finds("1706.04454,10.1000/xyz-123; 2510.99999", at.hessian, at.robots);
  finds("https://arxiv.org/abs/1706.04454 and hep-th/9901001", at.hessian, at.matrix);
  finds("1706.04454 AND 2402.10380");
  finds("id:title:深度学习", at.chinese);
});

describe("citations as texts have them", () => {
  finds("Hinton et al.", at.prompt, at.speech);
  finds("Hinton et al., 2024", at.prompt);
  finds("(Hinton et al., 2024)", at.prompt);
  finds("Hinton et al. (2020)", at.speech);
  finds("Hinton et al 2020a", at.speech);
  finds("Hinton et al. 2020 speech", at.speech);
  finds("Hinton et al. 1999");
});

describe("negation", () => {
  it("a negated word excludes the papers that contain it or its plural", () => {
    assert.deepEqual(
      find("-hessian"),
      everything.filter((place) => ![at.hessian, at.attention, at.robots].includes(place as 0)),
    );
  });
  it("a negated word does not exclude words that it is a prefix of", () =>
    assert.ok(find("-rag").every((place) => place !== at.rag) && find("-frag").includes(at.rag)));
  it("a phrase", () => assert.ok(!find('-"graph neural"').includes(at.reweight)));
  it("in a field", () => {
    assert.ok(find("-title:hessian").includes(at.attention));
    assert.ok(!find("-title:hessian").includes(at.hessian));
  });
  it("together with a word", () => assert.deepEqual(find("graph -prompt"), [at.reweight]));
  it("half-typed, does not empty the list", () => {
    for (const typed of ["-", "-t", "-th", "-the", "-a", "-of"]) assert.ok(find(typed).length > 4, typed);
  });
});

describe("conditions", () => {
  const marks = (place: number) =>
    place === 0 ? markBits.read | markBits.starred : place === 1 ? markBits.later : 0;
  it("on marks", () => {
    assert.deepEqual(find("is:read", marks), [0]);
    assert.deepEqual(find("is:unread", marks), everything.slice(1));
    assert.deepEqual(find("is:starred", marks), [0]);
    assert.deepEqual(find("is:later", marks), [1]);
    assert.deepEqual(find("-is:read", marks), everything.slice(1));
    assert.deepEqual(find("network is:later", marks), [1]);
    assert.deepEqual(find("is:new", marks), []);
    assert.deepEqual(
      find("is:new", (place) => (place === 2 ? newBit : 0)),
      [2],
    );
    assert.deepEqual(find("-is:new", marks), everything);
  });
  finds("year:2024", at.prompt, at.holder, at.rag, at.attention);
  finds("year:2020..2023", at.reweight, at.speech);
  finds("year:<2000", at.matrix);
  finds("after:2024-06", at.rag, at.attention, at.loss, at.robots);
  finds("after:2024-06 before:2024-07-04", at.rag);
  finds("before:2024-06 year:2024", at.prompt, at.holder);
  it("a paper without a date is in no year and not in any", () =>
    assert.deepEqual(find("-year:1000..3000"), [at.chinese, at.signs]));
  finds("upvotes:>20", at.reweight);
  finds("upvotes:>=20", at.reweight, at.speech);
  finds("upvotes:<5", at.prompt, at.loss);
  finds("upvotes:0..4", at.prompt, at.loss);
  finds("authors:>5", at.attention);
  finds("authors:5", at.hessian);
  it("keep the order of the listing", () =>
    assert.deepEqual(find("year:>2016"), [0, 1, 2, 3, 4, 5, 6, 8, 9]));
});

describe("the order", () => {
  it("is the listing's for an empty query", () => assert.deepEqual(find(""), everything));
  it("is the listing's for equal scores", () =>
    assert.deepEqual(find("author:hinton"), [at.prompt, at.speech]));
  findsFirst("hessian", at.hessian, at.robots, at.attention);
  findsFirst("rag", at.rag);

  const order = (typed: string, titles: [title: string, abstract: string][]) => {
    const made = titles.map(([title, abstract]) => makePaper({ title, abstract }));
    const small = buildIndex(makeListing("small", { papers: made, day: null, problems: [] }));
    return find(typed, () => 0, small);
  };
  it("ranks whole words before plurals, prefixes and infixes", () =>
    assert.deepEqual(
      order("coder", [
        ["Autocoder", ""],
        ["Coderization", ""],
        ["Coders", ""],
        ["Coder", ""],
      ]),
      [3, 2, 1, 0],
    ));
  it("ranks title matches before abstract matches", () =>
    assert.deepEqual(
      order("flow", [
        ["One", "flow"],
        ["Flow", ""],
      ]),
      [1, 0],
    ));
  it("ranks a paper with all words in its title before one with the words in several fields", () =>
    assert.deepEqual(
      order("sparse flow", [
        ["Sparse thing", "flow flow flow"],
        ["Flows in subsparse things", ""],
        ["Other", "sparse"],
      ]),
      [1, 0],
    ));
  it("gives a rare word more weight than a common one", () =>
    assert.deepEqual(
      order("model tangent", [
        ["A model", "a tangent"],
        ["A tangent", "a model"],
        ["Model one", ""],
        ["Model two", ""],
        ["Model three", ""],
      ]),
      [1, 0],
    ));
});

describe("an index", () => {
  it("of no papers finds nothing and does not fail", () => {
    const none = buildIndex(makeListing("none", { papers: [], day: null, problems: [] }));
    for (const typed of ["", "x", '"x', "-x", "id:1", "year:2020", "hessian"]) {
      assert.deepEqual(
        find(typed, () => 0, none),
        [],
        typed,
      );
    }
  });
  it("gives the same answer again, and after many other queries", () => {
    const before = find("hesian graph");
    for (let number = 0; number < 500; number += 1) find(`word${number}`);
    assert.deepEqual(find("hesian graph"), before);
    assert.ok(index.remembered.size <= 1_000);
  });
});

it("caches at most a few dozen megabytes for frequent terms", longOnly, () => {
  const size = 400_000;
  const papers = Array.from({ length: size }, () => makePaper({ title: "word other" }));
  const index = buildIndex({ size, paper: (at) => papers[at] as Paper });
  const bytes = () =>
    [...index.remembered.values()].reduce<number>((sum, one) => {
      const found = (one as { papers?: Uint32Array }).papers;
      return sum + (found === undefined ? 0 : 9 * found.length);
    }, 0);
  for (const typed of ["w", "wo", "wor", "word", "o", "ot", "oth", "othe", "other", "word other"]) {
    assert.equal(search(index, parseQuery(typed), () => 0).length, size, typed);
    assert.ok(bytes() < 40e6, `${typed}: ${bytes()}`);
  }
  assert.ok(bytes() > 3e6, "the last term is remembered");
});
