import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { openLibrary } from "../../source/library/library.js";
import { moveState } from "../../source/sync/move.js";

/*
 * Moves marks and is killed before one of the calls that change names. Another terminal marks before each of them, as
 * long as there is something to mark in.
 */
const [state = "", directory = "", call = "", nth = "1"] = process.argv.slice(2);
const { library } = openLibrary(state, "laptop", Date.now);
const patched = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
const original = patched[call] as (...args: unknown[]) => unknown;
let calls = 0;
let marks = 0;

function mark(): void {
  marks += 1;
  const paper = `paper-${marks}`;
  const { error } = library.record("starred", [{ paper, title: "One", starred: true }]);
  if (error === null) fs.writeSync(1, `${paper}\n`);
}

mark();
patched[call] = (...args) => {
  calls += 1;
  if (fs.existsSync(state)) mark();
  if (calls === Number(nth)) process.kill(process.pid, "SIGKILL");
  return original(...args);
};
syncBuiltinESMExports();
const moved = moveState(state, directory, Date.now);
fs.writeSync(1, `= ${JSON.stringify(moved)}\n`);
