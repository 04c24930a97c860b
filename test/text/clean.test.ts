import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { clean, shellWord } from "../../source/text/clean.js";

const cases: readonly (readonly [string, string, string])[] = [
  ["ordinary text stays as it is", "Gradient is All You Need?", "Gradient is All You Need?"],
  ["TeX stays as it is", '$\\mathcal{O}(n^{2})$ \\% H\\"older ~x', '$\\mathcal{O}(n^{2})$ \\% H\\"older ~x'],
  ["line ends and tabs become one space", "a\r\n  b\tc\n\nd", "a b c d"],
  ["white space at the ends goes", "  a b  ", "a b"],
  ["colours go", "\x1b[1;31mred\x1b[0m", "red"],
  ["cursor movements and clearing go", "a\x1b[2J\x1b[Hb\x1b[10Cc", "abc"],
  ["a window title goes with its text", "a\x1b]0;owned\x07b", "ab"],
  ["a clipboard write goes with its text", "a\x1b]52;c;cHduZWQ=\x1b\\b", "ab"],
  ["a false link goes, its text stays", "\x1b]8;;https://evil.example\x1b\\arXiv\x1b]8;;\x1b\\", "arXiv"],
  ["C1 forms go as well", "a\x9b31mb\x9d0;t\x9cc", "abc"],
  ["a DCS goes with its text", "a\x1bPq#0;2;0;0;0\x1b\\b", "ab"],
  ["an escape sequence without an end takes no other line along", "a\x1b]0;never ended\nb", "a b"],
  ["DEL and NUL become nothing visible", "a\x7fb\0c", "a b c"],
  ["bidi overrides and isolates go", "user\u202egnp.exe \u2066x\u2069", "usergnp.exe x"],
  ["zero-width spaces, marks and tags go", "a\u200bb\u2060c\ufeffd\u{e0041}e\u00adf", "abcdef"],
  ["fillers that show nothing go", "a\u115fb\u3164c\u034fd\uffa0e", "abcde"],
  ["what is smuggled in variation selectors goes", "a\u{e0100}\u{e01ef}b", "ab"],
  ["heaps of marks are cut down", `a${"\u0301".repeat(500)}b`, `a${"\u0301".repeat(8)}b`],
  ["joined emoji stay whole", "👩‍🔬 ❤️ 🇩🇪", "👩‍🔬 ❤️ 🇩🇪"],
  ["combining, CJK and right-to-left text stays", "e\u0301 深度 עברית", "e\u0301 深度 עברית"],
  ["half a surrogate pair becomes a replacement character", "a\ud83db", "a\ufffdb"],
  ["line and paragraph separators become a space", "a\u2028b\u2029c", "a b c"],
];

for (const [name, dirty, cleaned] of cases) {
  test(name, () => assert.equal(clean(dirty), cleaned));
}

test("no byte soup leaves a control or an escape in the text, and cleaning twice changes nothing", () => {
  const parts = [
    "\x1b",
    "[",
    "]",
    "0;",
    "m",
    "\x07",
    "\\",
    "\x9b",
    "\x9d",
    "\x9c",
    "a",
    " ",
    "\n",
    "\x1bP",
    "31",
    "\u202e",
    "é",
  ];
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
  for (let round = 0; round < 5_000; round += 1) {
    const soup = Array.from({ length: next() % 24 }, () => parts[next() % parts.length]).join("");
    const text = clean(soup);
    assert.doesNotMatch(text, /[\x00-\x1f\x7f-\x9f\u202e]/, JSON.stringify(soup));
    assert.equal(clean(text), text, JSON.stringify(soup));
  }
});

test("texts of any length are cleaned", () => {
  const long = "word ".repeat(4_000_000).trim();
  assert.equal(clean(long).length, long.length);
  assert.equal(clean(`${long}\n`).length, long.length);
});

test("the fast paths give the same result as all rules, for every character", () => {
  // A character the rules look into keeps the text off the quick ways.
  const slowly = (text: string) => clean(`${text}\u0007`);
  for (let code = 0; code <= 0xffff; code += 1) {
    const one = String.fromCharCode(code);
    for (const text of [one, `a${one}b`, `a ${one} b`, `${one}\n`, `  ${one}${one}`]) {
      if (clean(text) !== slowly(text)) assert.equal(clean(text), slowly(text), code.toString(16));
    }
  }
});

test("a word for a shell is what a shell reads", { skip: process.platform === "win32" }, () => {
  for (const plain of ["refs.bib", "~/a-b_c.bib", "arxiv:cs.LG", "Müller.bib"])
    assert.equal(shellWord(plain), plain);
  const odd = [
    "my refs.bib",
    "Ann's refs.bib",
    "''",
    "$HOME",
    "`id`",
    "a;b",
    "https://example.org/f?a=1&b=2#c",
    "*",
  ];
  for (const word of [...odd, "\\", "!x", ""]) {
    const read = execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" });
    assert.equal(read, word);
  }
});
