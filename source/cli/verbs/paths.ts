import { join } from "node:path";
import { userDirectories } from "../../app/environment.js";
import { journalPath } from "../../library/journal/read.js";
import { thisMachine } from "../../library/settings/machine.js";

/** Every file and folder that the program writes, one line per kind, tab between name and path. */
export function pathsText(): string {
  const { state, config, cache } = userDirectories();
  const machine = thisMachine();
  const paths: readonly (readonly [string, string])[] = [
    ["marks", journalPath(state, machine)],
    ["papers", join(state, `papers-${machine}.jsonl`)],
    ["seen", join(state, `seen-${machine}.jsonl`)],
    ["settings", join(config, "config.json")],
    ["cache", cache],
    // Each folder in the cache may be deleted at any time.
    ["answers", join(cache, "answers")],
    ["snapshots", join(cache, "marks")],
    ["turns", join(cache, "turns")],
    ["compiled", join(cache, "compiled")],
  ];
  return paths.map(([name, path]) => `${name}\t${path}\n`).join("");
}
