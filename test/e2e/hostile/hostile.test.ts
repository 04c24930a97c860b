import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { someOf } from "../../support/long.js";
import { run, start, using } from "../program.js";

const folder = mkdtempSync(join(tmpdir(), "papers-tui-hostile-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a listing must not be able to do to the terminal it is read in. */
const attacks = {
  title: "\x1b]0;owned\x07",
  clipboard: "\x1b]52;c;b3duZWQ=\x07",
  link: "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
  screen: "\x1b[2J\x1b[?1049l\x1b[1;1H",
  c1: "\u009b2J\u009d0;owned\u009c",
  dcs: "\x1bP$q\x1b\\",
  bidi: "\u202egnp.exe\u2066\u2069",
  invisible: "a\u200b\u{e0041}b",
  cursor: "\r\x08\x08\x08over",
};

const listing = `Daily Papers

Oct 29

${Object.entries(attacks)
  .map(
    ([name, attack]) =>
      `Paper of the ${name} attack ${attack} with a tail\n\nIts abstract ${attack} goes on ${attack}.\n\n  • 3 authors\n·\nSep 26, 2024\n`,
  )
  .join("\n")}`;
const path = join(folder, "li\x1b]0;owned\x07sting.txt");
writeFileSync(path, listing);

test("no listing and no file name can write to the terminal", async () => {
  for (const args of someOf([[path], [path, join(folder, "li\x1b]0;owned\x07sting.txt")]], 1)) {
    await using(start(args), async (terminal) => {
      await terminal.until("? help");
      for (const name of Object.keys(attacks)) {
        await terminal.until(new RegExp(`^▌.{4}Paper of the ${name} attack`, "m"));
        await terminal.until(/Its abstract .*goes/);
        terminal.write("j");
      }
      terminal.write("g\r");
      await terminal.until("Esc");
      terminal.write("\x1b/attack");
      await terminal.until("of 9");
      assert.equal(terminal.title(), null);
      assert.deepEqual(terminal.clipboardWrites(), []);
      assert.ok(terminal.modes().alternate);
      // The program itself asks for the background.
      const bytes = terminal.raw().replaceAll("\x1b]11;?\x1b\\", "");
      assert.doesNotMatch(bytes, /\x1b\]|\x1bP|[\u0080-\u009f\u202a-\u202e\u2066-\u2069\u200b]|\u{e0041}/u);
      assert.equal(terminal.screen().length, 36);
    });
  }
});

test("links lead to web addresses only, and where they say", async () => {
  const abstract = [
    "\\href{https://evil.example/x}{https://bank.example} is a lie",
    "\\href{javascript:alert(1)}{a script}",
    "\\href{https://good.example/\x1b]8;;https://evil.example\x07}{an escape}",
    "\\href{https://good.example/b}{an honest one}. See https://good.example/c.",
  ];
  const paper = (at: number, more: object) =>
    JSON.stringify({
      id: `2510.0000${at}`,
      submitter: "A",
      title: `Paper ${at}`,
      categories: "cs.LG",
      ...more,
    });
  const file = join(folder, "links.jsonl");
  writeFileSync(
    file,
    `${paper(1, { abstract: abstract.join(" and "), doi: "10.1000/a\x1bb" })}\n${paper(2, {})}\n`,
  );
  await using(start([file], { env: { FORCE_HYPERLINK: "1" } }), async (terminal) => {
    await terminal.until("1/2");
    await terminal.until("an honest one");
    terminal.write("j");
    await terminal.until("2/2");
    const links = new Set(terminal.links());
    for (const wanted of [
      "https://good.example/b",
      "https://good.example/c",
      "https://arxiv.org/abs/2510.00001",
    ]) {
      assert.ok(links.has(wanted), [...links].join());
    }
    for (const link of links) assert.match(link, /^https:\/\/(?:good\.example|arxiv\.org|doi\.org)\/[!-~]*$/);
  });
});

test("nor by list, on a terminal, in a pipe, or in an error", () => {
  const piped = run(["list", path]);
  assert.equal(piped.code, 0);
  const json = run(["list", path, "--json"]);
  const missing = run(["\x1b]0;owned\x07no-such-file"]);
  for (const text of [piped.out, json.out, piped.err, missing.err, run(["--x\x1b[2Jy"]).err]) {
    assert.doesNotMatch(text, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  }
  assert.equal(piped.out.trimEnd().split("\n").length, Object.keys(attacks).length);
});

test("emoji, CJK, right-to-left and combining text stay and keep the columns straight", async () => {
  const titles = [
    "深層学習による自然言語処理の研究：大規模言語モデルのための新しい評価手法とその応用可能性について",
    "Emoji 👩‍🔬👨‍👩‍👧‍👦🏳️‍🌈 in a title that is longer than the list is wide, so that it must be cut somewhere",
    "שלום עולם: מאמר בעברית",
    "Å e\u0301cole with combining marks a\u0308o\u0308u\u0308 all along the way to the very end of the row",
  ];
  const text = `Daily Papers\n\nOct 29\n\n${titles.map((title) => `${title}\n\nAn abstract of it.\n\n  • 3 authors\n·\nSep 26, 2024\n`).join("\n")}`;
  const file = join(folder, "wide.txt");
  writeFileSync(file, text);
  await using(start([file]), async (terminal) => {
    await terminal.until("1/4");
    await terminal.until("? help");
    for (const row of terminal.styled().slice(2, 6)) {
      let column = 0;
      const bars: number[] = [];
      for (const cell of row) {
        if (cell.char === "│") bars.push(column);
        column += cell.width;
      }
      assert.equal(bars.length, 1);
      const first = terminal.styled()[1]?.findIndex((cell) => cell.char === "┬");
      assert.deepEqual(bars, [first], "the divider is one straight line");
    }
    assert.match(terminal.text(), /深層学習による[^ ]*…/);
  });
});
