import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isGroup, type Node, parseQuery, type Term } from "../../../source/search/query/query.js";

/** A short form of a term, for comparison in the tables. */
function brief(term: Term): string {
  const not = term.negated ? "not " : "";
  switch (term.kind) {
    case "word":
      return `${not}${term.field === null ? "" : `${term.field} `}word ${term.text}`;
    case "phrase": {
      const how = `${term.caseSensitive ? " Aa" : ""}${term.open ? " …" : ""}`;
      return `${not}${term.field === null ? "" : `${term.field} `}phrase <${term.text}>${how}`;
    }
    case "is":
      return `${not}is ${term.mark}`;
    case "date":
      return `${not}date ${term.from ?? ""}–${term.before ?? ""}`;
    case "from":
      return `${not}from ${term.text}`;
    case "has":
      return `${not}has ${term.part}`;
    case "number":
      return `${not}${term.field} ${term.min ?? ""}–${term.max ?? ""}`;
  }
}

type Row = readonly [typed: string, terms: readonly string[], notes?: readonly string[]];

function holds(rows: readonly Row[]): void {
  for (const [typed, terms, notes = []] of rows) {
    it(typed === "" ? "(nothing)" : typed, () => {
      const query = parseQuery(typed);
      assert.deepEqual(query.terms.map(brief), terms);
      assert.deepEqual(query.notes, notes);
      assert.equal(query.text, typed);
      assert.equal(query.isEmpty, terms.length === 0);
    });
  }
}

describe("words and phrases", () => {
  holds([
    ["", []],
    ["   \t ", []],
    ["hessian", ["word hessian"]],
    ["  hessian   spectrum ", ["word hessian", "word spectrum"]],
    ["L2R-GNN 2.78x", ["word L2R-GNN", "word 2.78x"]],
    ['"neural network"', ["phrase <neural network>"]],
    ['"RAG"', ["phrase <RAG> Aa"]],
    ['"Ångström"', ["phrase <Ångström> Aa"]],
    ['"  neural   network "', ["phrase <neural network>"]],
    ['"neural net', ["phrase <neural net> …"]],
    ['"neural ', ["phrase <neural>"]],
    ['"a b"c', ["phrase <a b>", "word c"]],
    ["“curly quotes”", ["phrase <curly quotes>"]],
    ['"H\\"older space"', ['phrase <H\\"older space> Aa']],
    ['H\\"older', ['word H\\"older']],
    ["-diffusion", ["not word diffusion"]],
    ['-"diffusion model"', ["not phrase <diffusion model>"]],
    ["low-rank", ["word low-rank"]],
    ["--help", ["word --help"]],
    ["∇", ["phrase <∇>"]],
    ["🤗 models", ["phrase <🤗>", "word models"]],
    ["学习", ["word 学习"]],
  ]);
});

describe("fields", () => {
  holds([
    ["title:hessian", ["title word hessian"]],
    ["author:müller", ["author word müller"]],
    ['author:"g. hinton"', ["author phrase <g. hinton>"]],
    ["author: müller", ["author word müller"]],
    ['author:  "g. hinton"', ["author phrase <g. hinton>"]],
    ["upvotes > 30 graph", ["upvotes 31–", "word graph"]],
    ["upvotes>= 30", ["upvotes 30–"]],
    ["year >= 2024", ["date 2024-01-01–"]],
    ["year = 2025", ["date 2025-01-01–2026-01-01"]],
    // Not fields: a pasted title, a word before a number, a name without a value.
    ["From: pixels", ["word pixels"]],
    ["year 2025", ["word year", "word 2025"]],
    ["model > 3", ["word model", "word 3"]],
    ["author: title:graph", ["title word graph"]],
    ["author: OR graph", ["word graph"]],
    ["abstract:margin", ["abstract word margin"]],
    ["id:2510.22543", ["id word 2510.22543"]],
    ["arXiv:2510.22543v2", ["id word 2510.22543v2"]],
    ["category:cs.LG", ["category word cs.LG"]],
    ["TITLE:x", ["title word x"]],
    ["-title:x", ["not title word x"]],
    ['-title:"x y', ["not title phrase <x y> …"]],
    ["authors:hinton", ["author word hinton"]],
    ["title: hessian", ["title word hessian"]],
    ["title:a:b", ["title word a:b"]],
    ["title=x", ["title word x"]],
    ['title="x y"', ["title phrase <x y>"]],
    ["ti:x au:y abs:z", ["title word x", "author word y", "abstract word z"]],
    ["cat:cs.LG co:icml jr:nature", ["category word cs.LG", "comment word icml", "venue word nature"]],
    ["all:electron", ["word electron"]],
    ["venue:icml", ["venue word icml"]],
  ]);
});

describe("conditions", () => {
  holds([
    ["is:unread", ["is unread"]],
    ["is:read -is:starred", ["is read", "not is starred"]],
    ["IS:Later", ["is later"]],
    ["is:new", ["is new"]],
    ["year:2023", ["date 2023-01-01–2024-01-01"]],
    ["year:2020..2023", ["date 2020-01-01–2024-01-01"]],
    ["year:2023..2020", ["date 2020-01-01–2024-01-01"]],
    ["year:2020..", ["date 2020-01-01–"]],
    ["year:..2020", ["date –2021-01-01"]],
    ["year:2020..20", ["date 2020-01-01–"]],
    ["year:>2020", ["date 2021-01-01–"]],
    ["year:>=2020", ["date 2020-01-01–"]],
    ["year:<2020", ["date –2020-01-01"]],
    ["year:<=2020", ["date –2021-01-01"]],
    ["-year:=2020", ["not date 2020-01-01–2021-01-01"]],
    ["after:2024", ["date 2024-01-01–"]],
    ["after:2024-06", ["date 2024-06-01–"]],
    ["after:2024-6", ["date 2024-06-01–"]],
    ["before:2024-06", ["date –2024-06-01"]],
    ["before:2024-06-15", ["date –2024-06-15"]],
    ["upvotes:>20", ["upvotes 21–"]],
    ["upvotes:>=20", ["upvotes 20–"]],
    ["upvotes:<20", ["upvotes –19"]],
    ["upvotes:≤20", ["upvotes –20"]],
    ["upvotes:=20", ["upvotes 20–20"]],
    ["upvotes:20", ["upvotes 20–20"]],
    ["authors:5..10", ["authors 5–10"]],
    ["authors:>5", ["authors 6–"]],
    ["-authors:>5", ["not authors 6–"]],
    ["year>2025", ["date 2026-01-01–"]],
    ["year=2025", ["date 2025-01-01–2026-01-01"]],
    ["year:2025-2026", ["date 2025-01-01–2027-01-01"]],
    ["upvotes>=20", ["upvotes 20–"]],
    ["upvotes:5-20", ["upvotes 5–20"]],
  ]);
});

describe("a term that is only begun is ignored silently", () => {
  holds([
    ["-", []],
    ['"', []],
    ['-"', []],
    ['""', []],
    ["title:", []],
    ["-title:", []],
    ['title:"', []],
    ["is:", []],
    ["year:", []],
    ["year:20", []],
    ["year:>", []],
    ["year:..", []],
    ["after:202", []],
    ["after:2024-", ["date 2024-01-01–"]],
    ["after:2024-0", ["date 2024-01-01–"]],
    ["after:2024-06-", ["date 2024-06-01–"]],
    ["upvotes:>", []],
    ["upvotes:20.", ["upvotes 20–"]],
    ["hessian -", ["word hessian"]],
    ["a – b , …", ["word a", "word b"]],
  ]);
});

describe("what is not understood is searched as words, with a note", () => {
  holds([
    ["is:foo", ["word foo"], ["is:foo is not known; searched as words"]],
    ["is:st", []],
    ["is:sturdy", ["word sturdy"], ["is:sturdy is not known; searched as words"]],
    ["-is:foo", ["not word foo"], ["is:foo is not known; searched as words"]],
    ["year:20x", ["word 20x"], ["year:20x is not a year; searched as words"]],
    ["year:20234", ["word 20234"], ["year:20234 is not a year; searched as words"]],
    ["after:2024-13", ["word 2024-13"], ["after:2024-13 is not a date; searched as words"]],
    ["before:soon", ["word soon"], ["before:soon is not a date; searched as words"]],
    ["upvotes:many", ["word many"], ["upvotes:many is not a number; searched as words"]],
    ["foo:bar", ["word bar"], ["foo: is not a field; searched as words"]],
    ["constructor:x", ["word x"], ["constructor: is not a field; searched as words"]],
  ]);
});

describe("a colon in plain text is plain text", () => {
  holds([
    ["2:1", ["word 2:1"]],
    ["https://arxiv.org/abs/1", ["word https://arxiv.org/abs/1"]],
    ["CLIP: a", ["word CLIP:", "word a"]],
    ["deep learning: a survey", ["word deep", "word learning:", "word a", "word survey"]],
    ["std::vector", ["word std::vector"]],
  ]);
});

describe("unfinished conditions have no effect and are reported separately", () => {
  for (const [typed, unfinished] of [
    ["year:20", ["year:20"]],
    ["year:2023..24", ["year:2023..24"]],
    ["year:2023..", []],
    ["year:2020..2023", []],
    ["after:2 hessian", ["after:2"]],
    ["authors:> upvotes:", ["authors:>", "upvotes:"]],
    ["is:sta title:", ["is:sta", "title:"]],
    ["is:starred", []],
    ["hessian", []],
  ] as const) {
    it(typed, () => {
      const notices = unfinished.map((one) => `${one} is unfinished and ignored`);
      assert.deepEqual(parseQuery(typed).unfinished, notices);
    });
  }
});

/** A query's structure: `&` and `|`, and a dash for negation. */
function shape(node: Node): string {
  if (!isGroup(node)) return `${node.negated ? "-" : ""}${"text" in node ? node.text : brief(node)}`;
  return `(${node.parts.map(shape).join(node.kind === "all" ? " & " : " | ")})`;
}

describe("OR, NOT and parentheses", () => {
  for (const [typed, wanted] of [
    ["a OR b", "((a | b))"],
    ["a | b", "((a | b))"],
    ["a|b", "((a | b))"],
    ["a b OR c", "(((a & b) | c))"],
    ["(a OR b) c", "((a | b) & c)"],
    ["a (b | c d)", "(a & (b | (c & d)))"],
    ["NOT a", "(-a)"],
    ["!a", "(-a)"],
    ["!-a", "(a)"],
    ["NOT (a OR b)", "(-a & -b)"],
    ["-(a b)", "((-a | -b))"],
    ["a AND b", "(a & b)"],
    ["a ANDNOT b", "(a & -b)"],
    ["title:(a OR b)", "((a | b))"],
    ["a OR", "(a)"],
    ["OR a", "(a)"],
    ["(a OR b", "((a | b))"],
    ["a OR OR b", "((a | b))"],
    ["()", "()"],
    ["a or b not c", "(a & or & b & not & c)"],
    ["TO BE OR NOT TO BE", "(TO & BE & OR & NOT & TO & BE)"],
    ["RAG OR LLM", "((RAG | LLM))"],
    ["(MGS)^2-Net", "((MGS)^2-Net)"],
    ["o(n^2) attention", "(o(n^2) & attention)"],
    ["p(x|y)", "(p(x|y))"],
    ["Attention!", "(Attention!)"],
    ["a ! b", "(a & b)"],
  ] as const) {
    it(typed, () => assert.equal(shape({ kind: "all", parts: parseQuery(typed).parts }), wanted));
  }

  it("an unclosed or incomplete group is unfinished", () => {
    for (const typed of ["a OR", "a |", "(a", "NOT", "a NOT", "(a OR b"]) {
      assert.ok(parseQuery(typed).unfinished.length > 0, typed);
    }
    for (const typed of ["a OR b", "(a)", "NOT a", "TO BE OR NOT TO BE"]) {
      assert.deepEqual(parseQuery(typed).mistakes, [], typed);
    }
  });
});

describe("relative dates", () => {
  for (const [typed, wanted] of [
    ["after:7d", "date 2026-11-21–"],
    ["after:2w", "date 2026-11-14–"],
    ["after:1m", "date 2026-10-28–"],
    ["before:1y", "date –2025-11-28"],
    ["after:today", "date 2026-11-28–"],
    ["after:yesterday", "date 2026-11-27–"],
    ["-after:7D", "not date 2026-11-21–"],
  ] as const) {
    it(typed, () => assert.deepEqual(parseQuery(typed, "2026-11-28").terms.map(brief), [wanted]));
  }
  it("31 May less three months is the end of February", () =>
    assert.deepEqual(parseQuery("after:3m", "2026-05-31").terms.map(brief), ["date 2026-02-28–"]));
  it("are not available without today's date", () =>
    assert.match(parseQuery("after:7d").notes.join(), /not a date/));
});

describe("a mistake suggests the nearest correct spelling", () => {
  for (const [typed, nearest] of [
    ["is:star", "is:starred"],
    ["is:starrd", "is:starred"],
    ["is:undread", "is:unread"],
    ["year:20", "year:2025"],
    ["year:19", "year:1999"],
    ["year:206", "year:2006"],
    ["year:201", "year:2015"],
    ["year:07", "year:2007"],
    ["year:99", "year:1999"],
    ["in:my.bib", "from:my.bib"],
    ["source:daily", "from:daily"],
    ["titel:mamba", "title:mamba"],
    ["venu:icml", "venue:icml"],
    ["autor:wang", "author:wang"],
    ["title:", "title:word"],
    ["upvotes:many", "upvotes:>20"],
    ["qqqqqqqq:x", null],
  ] as const) {
    it(typed, () => assert.equal(parseQuery(typed).mistakes[0]?.nearest, nearest));
  }
});
