import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { compactJournal } from "../../source/library/journal/compact.js";
import { openLibrary } from "../../source/library/library.js";

function withFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "papers-place-"));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const open = (folder: string, machine = "one") => openLibrary(folder, machine, Date.now).library;

test("a place in a text is kept, also for other machines, the last one counts", () => {
  withFolder((folder) => {
    const one = open(folder);
    assert.equal(one.place("2401.00001"), "");
    assert.equal(one.keepPlace("2401.00001", "Pebbles", "S2.p4"), null);
    assert.equal(open(folder, "two").place("2401.00001"), "S2.p4");
    const two = open(folder, "two");
    two.keepPlace("2401.00001", "Pebbles", "S3");
    assert.equal(open(folder).place("2401.00001"), "S3");
    two.keepPlace("2401.00001", "Pebbles", "");
    assert.equal(open(folder).place("2401.00001"), "");
  });
});

test("a place is no mark: it is not counted, not listed, and not undone", () => {
  withFolder((folder) => {
    const library = open(folder);
    library.record("starred", [{ paper: "2401.00001", title: "Pebbles", starred: true }]);
    library.keepPlace("2401.00001", "Pebbles", "S2");
    library.keepPlace("2401.00002", "Ropes", "S1");
    assert.equal(library.bits("2401.00002"), 0);
    assert.equal(library.size, 1);
    assert.equal(library.history().length, 1);
    assert.equal(library.undo()[0]?.change.label, "starred");
    assert.deepEqual(library.undo(), []);
    assert.equal(library.place("2401.00001"), "S2");
    assert.equal(open(folder).place("2401.00001"), "S2");
  });
});

test("a place survives compaction", () => {
  withFolder((folder) => {
    const library = open(folder);
    for (let at = 0; at < 40; at += 1) library.keepPlace("2401.00001", "Pebbles", `S${at}`);
    compactJournal(folder, "one");
    assert.equal(open(folder).place("2401.00001"), "S39");
  });
});
