import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openLibrary } from "../../source/library/library.js";
import { markBits } from "../../source/papers/marks.js";
import { mark, temporaryDirectory } from "../library/support.js";

const child = fileURLToPath(new URL("../library/marking-child.js", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const windows = process.platform === "win32";

/** Whole lines that the child printed; `onLine` is called for each as it arrives. */
async function linesUntilEnd(running: ChildProcess, onLine: (count: number) => void): Promise<string[]> {
  let text = "";
  let lines: string[] = [];
  running.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    lines = text.split("\n").slice(0, -1);
    onLine(lines.length);
  });
  await once(running, "close");
  return lines;
}

test("on a disk that fills up no acknowledged mark is lost, and the others are said", {
  skip: windows,
}, async (t) => {
  const state = temporaryDirectory(t);
  const path = join(state, "marks-laptop.jsonl");
  const limited = 'ulimit -f 16; exec "$0" --import tsx "$@"';
  // A limit of 16 KiB a file, which a line of 5,000 characters meets in its middle.
  const marking = [child, state, "laptop", "6", "5000"];
  const running = spawn("bash", ["-c", limited, process.execPath, ...marking], {
    cwd: root,
    // The loader's own files fall under the limit too.
    env: { ...process.env, TSX_DISABLE_CACHE: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = await linesUntilEnd(running, () => {});
  assert.equal(running.exitCode, 0);
  const saved = lines.filter((one) => !one.startsWith("!"));
  const failed = lines.filter((one) => one.startsWith("!"));
  assert.deepEqual([saved.length, failed.length], [3, 3]);
  assert.match(failed[0] ?? "", /1 change is not saved: .*(full|limit)/);
  assert.match(failed[2] ?? "", /3 changes are not saved: .*(full|limit)/);
  assert.equal(statSync(path).size, 16 * 1024, "the fourth line was cut short");

  const { library, problems } = openLibrary(state, "laptop", Date.now);
  for (const paper of saved) assert.equal(library.bits(paper), markBits.read);
  assert.equal(problems.length, 1);
  assert.equal(library.record("starred", [mark("after", "starred", true)]).error, null);
  assert.equal(openLibrary(state, "laptop", Date.now).library.size, saved.length + 1);
});
