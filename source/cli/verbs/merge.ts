import { fromHome, userDirectories } from "../../app/environment.js";
import { thisMachine } from "../../settings/machine.js";
import { type Merged, mergeable, mergeFile } from "../../sync/merge.js";
import { clean, shellWord } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import type { Invocation } from "../arguments/arguments.js";

/**
 * Merges copies of journals, or folders of them. Prints a line for each file once it is on disk. Returns the
 * exit code: 2 if one could not be merged.
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
    for (const path of found) {
      const merged = mergeFile(state, machine, path);
      if (printMerged(path, merged)) continue;
      code = 2;
      if (merged.hasNoMarks) process.stderr.write(`papers-tui: ${clean(openInstead("merge", file))}\n`);
    }
  }
  return code;
}

/** What to do with a file of papers that was given to a verb which takes marks. */
export function openInstead(verb: string, file: string): string {
  const takes = verb === "merge" ? "journals (marks-MACHINE.jsonl)" : "what “papers-tui state export” wrote";
  const name = shellWord(file);
  return `${verb} takes ${takes}; “papers-tui ${name}” opens a file of papers, “papers-tui learn ${name}” ranks by it`;
}

/** Prints the result of a file; returns whether it was merged. */
export function printMerged(name: string, { isDone, added, path, problems }: Merged): boolean {
  for (const problem of problems) {
    const said = problem.includes(name) ? problem : `${name}: ${problem}`;
    process.stderr.write(`papers-tui: ${clean(said)}\n`);
  }
  if (!isDone) return false;
  const what = added === 1 ? "1 new" : `${thousands(added)} new`;
  const result = path === null ? "nothing new in it" : `${what}, kept in ${path}`;
  process.stdout.write(`${clean(name)}\t${clean(result)}\n`);
  return true;
}
