import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compactJournal } from "../../../source/library/journal/compact.js";
import { type Library, openLibrary } from "../../../source/library/library.js";
import { markedPapers } from "../../../source/library/marked-papers.js";
import { interestId } from "../../../source/papers/interests/interest.js";
import { makeListing } from "../../../source/papers/listing.js";
import { markFields, type PaperChange } from "../../../source/papers/marks.js";
import { makePaper } from "../../../source/papers/paper.js";
import { exportState } from "../../../source/sync/state-file.js";
import { bitsOf, fresh, linesOf, mark, now, open, temporaryDirectory } from "../support.js";

function watch(name: string, filter: string, on = true): PaperChange {
  return { paper: interestId("watch", name), title: name, on, filter };
}

const filters = (library: Library) => library.interests().map(({ title, filter }) => `${title}: ${filter}`);

test("a watch is saved, edited, removed, and each is undone and redone, also after a restart", (t) => {
  const { state, library } = fresh(t);
  library.record("watch saved", [watch("Theory of LLMs", "theory")]);
  library.record("watch changed", [watch("Theory of LLMs", "theory language")]);
  library.record("watch removed", [{ paper: "watch:theory of llms", title: "Theory of LLMs", on: false }]);
  assert.deepEqual(filters(library), []);
  const later = open(state);
  for (const expected of [["Theory of LLMs: theory language"], ["Theory of LLMs: theory"], []]) {
    assert.equal(later.undo().length, 1);
    assert.deepEqual(filters(later), expected);
    assert.deepEqual(filters(open(state)), expected);
  }
  assert.deepEqual(later.undo(), []);
  for (const expected of [["Theory of LLMs: theory"], ["Theory of LLMs: theory language"], []]) {
    assert.equal(later.redo().length, 1);
    assert.deepEqual(filters(open(state)), expected);
  }
});

test("an edit is undone to what was before it, and what changes nothing is not written", (t) => {
  const { state, library } = fresh(t);
  for (let times = 0; times < 2; times += 1) library.record("saved", [watch("a", "one")]);
  assert.equal(linesOf(join(state, "marks-laptop.jsonl")).length, 1);
  const middle = library.record("changed", [watch("a", "two")]).change;
  library.record("changed", [watch("a", "three")]);
  library.undoTo(middle.id);
  assert.deepEqual(filters(library), ["a: one"]);
});

test("a watch is edited here while it is removed there: the later one wins, whole", (t) => {
  const [one, two] = [temporaryDirectory(t), temporaryDirectory(t)];
  const [laptop, desktop] = [open(one), open(two, "desktop")];
  laptop.record("saved", [watch("a", "one")]);
  cpSync(one, two, { recursive: true });
  desktop.refresh();
  laptop.record("removed", [{ paper: "watch:a", title: "a", on: false }]);
  desktop.record("changed", [watch("a", "two")]);
  cpSync(one, two, { recursive: true });
  cpSync(two, one, { recursive: true });
  for (const library of [open(one), open(two, "desktop")]) assert.deepEqual(filters(library), ["a: two"]);
});

test("watches, follows, mutes and reasons are never papers", (t) => {
  const { state, library } = fresh(t);
  const title = "Langevin Flows for Modelling Neural Latent Dynamics";
  const ids = ["watch:x", "follow:author/min xu", "follow:org/mit", "mute:keyword/x", "reason:y"];
  for (const paper of ids) {
    library.record("x", [{ paper, title, on: true }]);
    // A listing or another program may have said that.
    library.record("x", [{ paper, title, starred: true, later: true, read: true } as PaperChange]);
  }
  const paper = makePaper({ id: "2510.00001", title, authors: ["Min Xu"], published: "2025-10-01" });
  const named = makePaper({ title, authors: ["Min Xu"], published: "2025-10-01" });
  for (const one of [library, open(state)]) {
    one.attachListing(makeListing("x", { papers: [paper, named], day: null, problems: [] }));
    assert.deepEqual([one.size, ...bitsOf(one, paper.id, named.id)], [0, 0, 0]);
  }
  for (const field of markFields) assert.deepEqual(markedPapers(state, field), []);
  assert.equal(library.interests().length, ids.length);
  assert.equal(makePaper({ id: "watch:x", title: "On knots" }).id, "title:on-knots");
});

test("compaction keeps what is in force, and that what was removed is removed", (t) => {
  const { state, library } = fresh(t);
  for (let time = 0; time < 300; time += 1) library.record("changed", [watch("a", `filter ${time}`)]);
  library.record("saved", [watch("b", "gone")]);
  library.record("removed", [{ paper: "watch:b", title: "b", on: false }]);
  for (let time = 0; time < 700; time += 1) library.record("read", [mark("1", "read", time % 2 === 0)]);
  const done = compactJournal(state, "laptop");
  assert.ok((done?.changesAfter ?? 0) < 510, String(done?.changesAfter));
  assert.deepEqual(filters(open(state)), ["a: filter 299"]);
  while (library.undo().length > 0);
  assert.deepEqual(filters(library), ["a: filter 299"]);
});

test("a snapshot has them, and the exported state too", (t) => {
  const state = temporaryDirectory(t);
  const place = { cache: temporaryDirectory(t), codeHash: "x" };
  const { library } = openLibrary(state, "laptop", now, place);
  library.record("saved", [watch("a\nb", "one\ntwo")]);
  library.record("followed", [{ paper: "follow:author/xu", title: "Xu", on: true, with: "poe\nroe" }]);
  library.keepSnapshot(1);
  const again = openLibrary(state, "laptop", now, place).library;
  assert.ok(again.bytesInSnapshot > 0);
  assert.deepEqual(again.interests(), library.interests());
  assert.match(exportState(state, temporaryDirectory(t), now).text, /follow:author\/xu/);
});

test("names from a foreign journal have no escape sequences, and entries without a name are left out", (t) => {
  const { state, library } = fresh(t);
  const entries = [
    { paper: "watch:evil", title: "ev\x1b]52;c;aGVsbG8=\x07il", filter: "a\x1b[2J\u202eb\nc" },
    { paper: "watch:\x1b[31mred", title: "" },
    { paper: "follow:author/", title: "" },
    { paper: "mute:filter/", title: "\x1b[2J", filter: "" },
    { paper: "watch:\u200b", title: "" },
    { paper: "watch:", title: "x" },
    { paper: "mute: ", title: "x" },
    { paper: "watch:lines", title: "a\n\tb", filter: " one\ntwo\u0007 " },
    { paper: "follow:author/min xu", title: "" },
  ];
  const papers = entries.map((one) => ({ ...one, on: true }));
  const entry = { v: 1, id: "else:r-1", at: "2026-11-23T08:00:00.000Z", label: "saved", papers };
  writeFileSync(join(state, "marks-else.jsonl"), `${JSON.stringify(entry)}\n`);
  library.refresh();
  assert.deepEqual(filters(library), ["author/min xu: ", "red: ", "evil: ab c", "a b: one two"]);
});
