import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, completed, folderOf } from "../../../source/reader/panels/files.js";
import { panelEntries } from "../../../source/reader/panels/panel.js";
import { panelLines } from "../../../source/screen/panel.js";
import { Reader } from "../reader.js";

const folder = (path: string, ...names: string[]) => ({
  path,
  files: names.map((name) => ({ name: name.replace(/\/$/, ""), isFolder: name.endsWith("/") })),
});

test("what is typed is looked for in its folder, what is no path nowhere", () => {
  for (const [typed, path] of [
    ["", null],
    ["reading.bib", ""],
    ["~/pap", "~/"],
    ["/a/b/c", "/a/b/"],
    ["arxiv:cs.LG", null],
    ["https://example.org/x", null],
    ["daily:2025-10-29", null],
  ] as const) {
    assert.equal(folderOf(typed), path, typed);
  }
});

test("files that begin as typed come first, hidden ones only after a dot", () => {
  const here = folder("~/", "other-reading.bib", "Reading.bib", "reading/", ".readings", "x\x1b[31m.ris");
  const labels = (typed: string) => candidates(here, typed).map(({ label }) => label);
  assert.deepEqual(labels("~/read"), ["~/Reading.bib", "~/reading/", "~/other-reading.bib"]);
  assert.deepEqual(labels("~/.r"), ["~/.readings", "~/x.ris"]);
  assert.deepEqual(labels("read"), []);
  assert.deepEqual(labels("~/x"), ["~/x.ris"]);
});

test("a file that is called as a source is opened as a file", () => {
  const [daily, option, plain] = ["daily", "-x", "a.bib"].map(
    (name) => candidates(folder("", name), name)[0],
  );
  assert.deepEqual([daily?.path, option?.path, plain?.path], ["./daily", "./-x", "a.bib"]);
});

test("Tab goes as far as the names are alike, then to the chosen one", () => {
  const all = candidates(folder("p/", "paper-a.bib", "paper-b.bib", "paper-😀.bib", "paper-😁.bib"), "p/");
  assert.equal(completed("p/", all, all[1]), "p/paper-");
  assert.equal(completed("p/paper-", all, all[1]), "p/paper-b.bib");
  const emoji = all.slice(2);
  assert.equal(completed("p/p", emoji, emoji[0]), "p/paper-");
  assert.equal(completed("p/zzz", [], undefined), "p/zzz");
});

test("Tab takes none of several files, unless the person has moved to it", () => {
  const open = () => {
    const reader = new Reader(3).type("ap/");
    return reader.send({ type: "folder", folder: folder("p/", "a.bib", "b.bib", "sub/") });
  };
  assert.equal(open().type("\t").model.panel.line.text, "p/");
  assert.equal(open().type("\tb\t").model.panel.line.text, "p/b.bib");
  assert.equal(open().type("\x1b[B\t").model.panel.line.text, "p/b.bib");
  assert.equal(open().type("s\t").model.panel.line.text, "p/sub/");
  // Nothing that is typed is a file: the chosen source is what can be meant.
  assert.equal(new Reader(3).type("adail\t").model.panel.line.text, "daily");
});

test("a path that is longer than its column has the room that its text leaves, or a row of its own", () => {
  const path = `/tmp/newcomer/w/bibtex/${"x".repeat(30)}.bib`;
  const shown = (reader: Reader) =>
    panelLines(reader.model)
      .map((line) => line.map(({ text }) => text).join(""))
      .slice(1, 3)
      .join("\n");
  const reader = new Reader(3).type("a");
  reader.send({ type: "home", subscriptions: [path] });
  reader.send({ type: "home", known: { name: path, total: 9, unread: 7, fresh: 2, read: "08:24" } });
  assert.match(shown(reader), new RegExp(`${path}  7 unread, 2 new · read 08:24`));
  reader.send({ type: "resized", size: { columns: 80, rows: 24 } });
  assert.match(shown(reader), new RegExp(`${path} +\n +7 unread, 2 new · read 08:24 *$`));
});

test("in the sources a path is completed and opened by Tab and Enter, through folders", () => {
  const reader = new Reader(3).type("a");
  reader.take();
  reader.type("~");
  assert.deepEqual(reader.take(), [{ type: "folder", path: "" }]);
  reader.type("/");
  assert.deepEqual(reader.take(), [{ type: "folder", path: "~/" }]);
  reader.send({ type: "folder", folder: folder("~/", "papers/", "notes.txt") });
  reader.type("pa");
  // The folder is the same: it is not looked into for every letter.
  assert.deepEqual(reader.take(), []);
  assert.equal(panelEntries(reader.model)[0]?.label, "~/papers/");
  reader.type("\r");
  assert.equal(reader.model.panel.line.text, "~/papers/");
  assert.deepEqual(reader.take(), [{ type: "folder", path: "~/papers/" }]);
  reader.send({ type: "folder", folder: folder("~/papers/", "a.bib", "b.bib") });
  reader.type("b\t\r");
  assert.equal(reader.model.mode, "browse");
  const path = "~/papers/b.bib";
  assert.deepEqual(reader.take()[0], { type: "open-source", name: path, typed: path });
});

test("the beginning of a file's name is not taken for a host, whenever the files are listed", () => {
  const address = { type: "source", name: "https://my.bi" };
  const early = new Reader(3).type("amy.bi\t");
  assert.equal(early.model.panel.line.text, "my.bi");
  early.send({ type: "folder", folder: folder("", "my.bib", "my.bis.txt") });
  const chosen = panelEntries(early.model).map((one) => one.chosen);
  const [first, second] = ["my.bib", "my.bis.txt"].map((name) => ({ type: "source", name }));
  assert.deepEqual(chosen.slice(0, 3), [first, second, address]);
  assert.equal(early.type("b\t").model.panel.line.text, "my.bib");
  const none = new Reader(3).type("amy.bi");
  none.send({ type: "folder", folder: folder("", "notes.txt") });
  assert.deepEqual(panelEntries(none.model)[0]?.chosen, address);
  assert.equal(none.type("\t").model.panel.line.text, "https://my.bi");
});

test("an answer on a folder that is no longer typed offers nothing", () => {
  const reader = new Reader(3).type("ax/");
  reader.type("\x15arxiv:cs");
  reader.send({ type: "folder", folder: folder("x/", "arxiv:cs") });
  assert.ok(panelEntries(reader.model).every(({ group }) => group !== "Files"));
});

test("the answer on a folder that was passed through on the way is left aside, whenever it comes", () => {
  const reader = new Reader(3).type("a/tmp/u/");
  reader.send({ type: "folder", folder: folder("/tmp/u/", "a.bib") });
  reader.send({ type: "folder", folder: folder("/tmp/", "u/", "x.bib") });
  assert.deepEqual(
    panelEntries(reader.model)
      .filter(({ group }) => group === "Files")
      .map(({ label }) => label),
    ["/tmp/u/a.bib"],
  );
});

test("what is typed to its end comes before what has it somewhere", () => {
  const reader = new Reader(3).type("a");
  const names = () => panelEntries(reader.model).map(({ chosen }) => chosen);
  reader.type("odd");
  reader.send({ type: "folder", folder: folder("", "an odd file.bib", "odd/", "oddity.bib") });
  assert.deepEqual(names()[0], { type: "folder", path: "odd/" });
  reader.type("\x15-");
  assert.deepEqual(names()[0], { type: "source", name: "-" });
  reader.type("\x15later");
  assert.deepEqual(names()[0], { type: "source", name: "later" });
});

test("a path is taken as file managers and shells hand it over", () => {
  for (const [typed, name] of [
    ["'/tmp/a b.bib'", "/tmp/a b.bib"],
    ['"~/a b.bib"', "~/a b.bib"],
    ["file:///tmp/a%20b.bib", "/tmp/a b.bib"],
    ["file://localhost/tmp/100%", "/tmp/100%"],
    ["/tmp/a\\ \\(b\\).bib", "/tmp/a (b).bib"],
    ["C:\\papers\\ a.bib", "C:\\papers\\ a.bib"],
    ["arxiv:cs.LG", "arxiv:cs.LG"],
  ] as const) {
    const reader = new Reader(3).type(`a${typed}\r`);
    const opened = reader.take().find(({ type }) => type === "open-source");
    assert.deepEqual(opened, { type: "open-source", name, typed }, typed);
  }
});
