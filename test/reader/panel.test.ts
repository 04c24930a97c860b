import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, keymap } from "../../source/reader/keymap.js";
import type { Model } from "../../source/reader/model.js";
import { panelEntries } from "../../source/reader/panel.js";
import { Reader } from "./reader.js";

/** The commands of a panel's lines. */
function commandsIn(model: Model): unknown[] {
  return panelEntries(model).map(({ chosen }) => (chosen?.type === "command" ? chosen.command : null));
}

test("no key stands for two things, and every binding is reached by its keys", () => {
  const seen = new Set<string>();
  for (const { keys, command } of keymap) {
    for (const key of keys) {
      assert.ok(!seen.has(key), key);
      seen.add(key);
      assert.equal(commandOf("browse", key), command);
    }
  }
});

test("the help lists every binding and is filtered by typing", () => {
  const reader = new Reader(5).type("?");
  assert.equal(panelEntries(reader.model).length, keymap.length);
  reader.type("unread");
  const commands = commandsIn(reader.model);
  assert.ok(commands.includes("next-unread") && commands.includes("read") && !commands.includes("quit"));
});

test("one sign typed in the help looks up that key, case and all", () => {
  const upper = new Reader(5).type("?M");
  assert.deepEqual(commandsIn(upper.model), ["mark-all-read"]);
});

test("Enter runs the chosen line: the help is another way to every command", () => {
  const reader = new Reader(5).type("?star\r");
  assert.equal(reader.model.mode, "browse");
  assert.equal(reader.model.counts.starred, 1);
});

test("Esc and ? leave the help", () => {
  for (const key of ["\x1b", "?"]) {
    const reader = new Reader(5).type(`?${key}`);
    assert.equal(reader.model.mode, "browse", key);
    assert.deepEqual(
      reader.take().filter(({ type }) => type === "quit"),
      [],
    );
  }
});

test("Ctrl-C quits and Ctrl-Z suspends from anywhere", () => {
  for (const before of ["", "/abc", "?", "S"]) {
    const reader = new Reader(5).type(`${before}\x1a\x03`);
    assert.deepEqual(
      reader
        .take()
        .map(({ type }) => type)
        .filter((type) => type === "suspend" || type === "quit"),
      ["suspend", "quit"],
      before,
    );
  }
});

test("no letter typed in the help is taken for a key, whatever is typed first", () => {
  const reader = new Reader(5).type("?quit");
  assert.equal(reader.model.mode, "panel");
  assert.equal(reader.model.panel.line.text, "quit");
  assert.deepEqual(reader.take(), []);
  assert.deepEqual(commandsIn(reader.model), ["quit"]);
});

test("the help knows the words that people look for", () => {
  for (const [word, command] of [
    ["exit", "quit"],
    ["search", "filter"],
    ["reload", "refresh"],
    ["bookmark", "star"],
  ]) {
    assert.ok(commandsIn(new Reader(5).type(`?${word}`).model).includes(command), word);
  }
});

test("a panel that is resized keeps its chosen line on the screen", () => {
  const reader = new Reader(5, { columns: 120, rows: 50 }).type(`?${"\x1b[B".repeat(32)}`);
  reader.send({ type: "resized", size: { columns: 120, rows: 12 } });
  const { cursor, top } = reader.model.panel;
  assert.equal(cursor, 32);
  assert.ok(cursor >= top && cursor < top + 8, `${cursor} from ${top}`);
});

test("only the file that was asked about is overwritten, and a failed export can be corrected", () => {
  const reader = new Reader(2).type("e\x15a.bib\r\x01x");
  reader.send({ type: "exported", path: "a.bib", count: 2, failure: "exists" });
  assert.deepEqual(
    [reader.model.mode, reader.model.file.line.text, reader.model.file.isThere],
    ["export", "xa.bib", false],
  );
  reader.type("\x1b").send({ type: "exported", path: "a.bib", count: 2, failure: "exists" });
  assert.equal(reader.model.mode, "browse");
  reader
    .type("e\x15/no/x.bib\r")
    .send({ type: "exported", path: "/no/x.bib", count: 2, failure: "there is no folder" });
  assert.deepEqual([reader.model.mode, reader.model.file.line.text], ["export", "/no/x.bib"]);
});
