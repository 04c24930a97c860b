import { fromHome, userDirectories } from "../../app/environment.js";
import { thisMachine } from "../../library/settings/machine.js";
import { type Merged, mergeable, mergeFile } from "../../library/sync/merge.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import type { Invocation } from "../arguments/arguments.js";

/**
 * Takes in copies of journals, and folders of them; a line is printed for each file when it is on
 * disk. Returns the exit code: 2 where one could not be taken in.
 */
export function merge({ files }: Extract<Invocation, { verb: "merge" }>): number {
  const { state } = userDirectories();
  const machine = thisMachine();
  let code = 0;
  for (const file of files) {
    const found = mergeable(fromHome(file));
    if (found.length === 0) {
      process.stderr.write(`papers-tui: there are no journals in ${clean(file)}\n`);
      code = 2;
    }
    for (const path of found) if (!tellMerged(path, mergeFile(state, machine, path))) code = 2;
  }
  return code;
}

/** Prints what came of a file; returns whether it could be taken in. */
export function tellMerged(name: string, { isDone, added, path, problems }: Merged): boolean {
  for (const problem of problems) process.stderr.write(`papers-tui: ${clean(`${name}: ${problem}`)}\n`);
  if (!isDone) return false;
  const what = added === 1 ? "1 new" : `${thousands(added)} new`;
  const told = path === null ? "nothing new in it" : `${what}, kept in ${path}`;
  process.stdout.write(`${clean(name)}\t${clean(told)}\n`);
  return true;
}
