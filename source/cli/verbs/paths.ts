import { join } from "node:path";
import { userDirectories } from "../../app/environment.js";
import { segments } from "../../library/journal/compact.js";
import { journalPath } from "../../library/journal/read.js";
import { thisMachine } from "../../settings/machine.js";

/** Every file and folder that the program writes, one line for each, tab between name and path. */
export function pathsText(): string {
  const { state, config, cache } = userDirectories();
  const machine = thisMachine();
  const paths: readonly (readonly [string, string])[] = [
    ["marks", journalPath(state, machine)],
    // Where compaction has put the marks; the journal above may not be there until the next mark.
    ...compacted(state, machine).map((path) => ["compacted", path] as const),
    ["papers", join(state, `papers-${machine}.jsonl`)],
    ["seen", join(state, `seen-${machine}.jsonl`)],
    ["settings", join(config, "config.json")],
    ["cache", cache],
    // Each folder in the cache may be deleted at any time.
    ["answers", join(cache, "answers")],
    ["snapshots", join(cache, "marks")],
    ["pictures", join(cache, "pictures")],
    ["turns", join(cache, "turns")],
    ["compiled", join(cache, "compiled")],
  ];
  return paths.map(([name, path]) => `${name}\t${path}\n`).join("");
}

function compacted(state: string, machine: string): readonly string[] {
  try {
    return segments(state, machine);
  } catch {
    // A folder that cannot be listed, which `doctor` reports.
    return [];
  }
}
