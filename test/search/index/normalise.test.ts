import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { normalize, units, words } from "../../../source/search/text/normalize.js";
import { seeded } from "../papers.js";

const shown = (text: string) => words(text).map((word) => `${word.text}=${text.slice(word.start, word.end)}`);

describe("normalize", () => {
  const rows: readonly [string, string][] = [
    ["Müller", "muller"],
    ["Mu\u0308ller", "muller"],
    ['H\\"older', "holder"],
    ['H{\\"o}lder', "holder"],
    ['H\\"{o}lder', "holder"],
    ["Erd\\H{o}s", "erdos"],
    ["Fran\\c{c}ois, Fran\\c cois", "francois, francois"],
    ["\\'{\\i}", "i"],
    ["{\\L}ukasz \\O rsted \\aa", "lukasz o rsted a"],
    ["Stra\\ss e", "strass e"],
    ["Łukasz Ørsted Straße Æsir", "lukasz orsted strasse aesir"],
    ["ﬁne ℝ İ ΣΑΣ", "fine r i σασ"],
    ["\\lambda \\textbf{L}", "\\lambda \\textbf{l}"],
  ];
  for (const [text, normalized] of rows)
    it(`${text} is compared as ${normalized}`, () => assert.equal(normalize(text), normalized));

  it("keeps case when asked", () => assert.equal(normalize('M\\"uLLer Ø', true), "MuLLer O"));
});

describe("words", () => {
  it("split at hyphens and also form a compound", () => {
    assert.deepEqual(shown("GPT-4 and L2R-GNN"), [
      "gpt=GPT",
      "4=4",
      "gpt4=GPT-4",
      "and=and",
      "l2r=L2R",
      "gnn=GNN",
      "l2rgnn=L2R-GNN",
    ]);
  });

  it("keep the decimal point and drop the thousands comma", () => {
    assert.deepEqual(shown("2.78x 10,000 (1,2)"), [
      "2=2",
      "78x=78x",
      "2.78x=2.78x",
      "10=10",
      "000=000",
      "10000=10,000",
      "1=1",
      "2=2",
    ]);
  });

  it("have their positions in the original, marks and TeX included", () => {
    assert.deepEqual(shown('a Mu\u0308ller, H{\\"o}lder!'), [
      "a=a",
      "muller=Mu\u0308ller",
      'holder=H{\\"o}lder',
    ]);
    assert.deepEqual(shown("深度学习 Привет 𝐀𝐁"), ["深度学习=深度学习", "привет=Привет", "ab=𝐀𝐁"]);
  });

  it("are never empty", () => assert.deepEqual(shown("ﾞ a"), ["a=a"]));

  it("form no compound beyond the limit", () => {
    const long = Array(100_000).fill("a").join("-");
    assert.ok(words(long).every((word) => word.text.length < 100));
  });
});

describe("units", () => {
  it("cover the text without gaps, and their normalized forms concatenate to the normalized text", () => {
    const next = seeded(7);
    const pieces = [
      "a",
      "B",
      "é",
      "e\u0301",
      '\\"o',
      "{\\'e}",
      "\\c c",
      "\\",
      "{",
      "}",
      "ß",
      "İ",
      "Σ",
      " ",
      "학",
      "ᆨ",
      "😀",
      "\ud83d",
      "ﬁ",
      "\u00ad",
      "…",
      "´",
    ];
    for (let round = 0; round < 3000; round += 1) {
      const text = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join("");
      const found = units(text);
      assert.equal(found.map((unit) => unit.normalized).join(""), normalize(text), JSON.stringify(text));
      assert.equal(found.map((unit) => text.slice(unit.start, unit.end)).join(""), text);
    }
  });
});
