import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Undoing } from "../../source/app/undoing.js";
import { openLibrary } from "../../source/library/library.js";
import { clockFrom, mark, temporaryDirectory } from "../library/support.js";

test("u names a change of an earlier visit, and undoes it when pressed again by who has read that", async (context) => {
  const directory = temporaryDirectory(context);
  const before = openLibrary(directory, "m", clockFrom("2026-11-20T08:00:00.000Z")).library;
  before.record("starred", [{ ...mark("2401.00001", "starred", true), title: "Counting Pebbles" }]);
  before.record("to read later", [mark("2401.00002", "later", true)]);

  const { library } = openLibrary(directory, "m", Date.now);
  const said: string[] = [];
  const undoing = new Undoing(
    library,
    (message) => {
      if (message.type === "reverted") said.push(`${message.verb}: ${message.label}`);
      if (message.type === "noticed") said.push(message.notice.text);
    },
    (text) => said.push(text),
    () => {},
  );
  const take = () => said.splice(0);

  // A change of this visit is undone at once.
  library.record("starred", [mark("2401.00003", "starred", true)]);
  undoing.undo(false);
  assert.deepEqual(take(), ["undid: starred"]);

  // As who scrolls in less.
  for (let times = 0; times < 5; times += 1) undoing.undo(false, times > 0);
  assert.match(
    take().join("\n"),
    /^(?:u again undoes what you did on 20 Nov \d\d:\d\d: to read later: Paper 2401\.00002\n?){5}$/,
  );
  await setTimeout(450);
  // Another key came between: the name is no longer on the screen.
  undoing.undo(false);
  assert.match(take()[0] ?? "", /^u again/);
  await setTimeout(450);
  undoing.undo(false, true);
  assert.deepEqual(take(), ["undid: to read later"]);

  // The one before it is asked for too.
  undoing.undo(false);
  assert.match(take()[0] ?? "", /starred: Counting Pebbles$/);
  assert.equal(library.bits("2401.00001"), 2);
  await setTimeout(450);
  undoing.undo(false, true);
  assert.equal(library.bits("2401.00001"), 0);
  undoing.redo();
  assert.equal(library.bits("2401.00001"), 2);
});

test("u names a change that another window made meanwhile", async (context) => {
  const directory = temporaryDirectory(context);
  const { library } = openLibrary(directory, "m", Date.now);
  const said: string[] = [];
  const undoing = new Undoing(
    library,
    (message) => void said.push(message.type === "noticed" ? message.notice.text : message.type),
    () => {},
    () => {},
  );
  openLibrary(directory, "m", Date.now).library.record("starred", [mark("2401.00001", "starred", true)]);
  library.refresh();
  undoing.undo(false);
  assert.deepEqual(said.splice(0), ["u again undoes what another window did: starred: Paper 2401.00001"]);
  assert.equal(library.bits("2401.00001"), 2);
  await setTimeout(450);
  undoing.undo(false, true);
  assert.deepEqual(said, ["reverted"]);
  assert.equal(library.bits("2401.00001"), 0);
});

test("Ctrl-R redoes all that one u undid", (context) => {
  const { library } = openLibrary(temporaryDirectory(context), "m", Date.now);
  const said: string[] = [];
  const undoing = new Undoing(
    library,
    () => {},
    (text) => said.push(text),
    () => {},
  );
  const papers = Array.from({ length: 16 }, (_, at) => `2401.000${10 + at}`);
  for (const paper of papers) library.record("marked read", [mark(paper, "read", true)], [], false, 1);
  undoing.undo(false);
  undoing.redo();
  assert.deepEqual(said, ["undid 16 changes · Ctrl-R redoes them", "redid 16 changes"]);
  assert.ok(papers.every((paper) => library.bits(paper) === 1));
});
