import { join } from "node:path";
import { journalPath } from "../library/journal/read.js";
import { thisMachine } from "../library/settings/machine.js";
import { userDirectories } from "./environment.js";

/** Where the program keeps what is the reader's, one line a kind, tab between name and path. */
export function pathsText(): string {
  const { state, config, cache } = userDirectories();
  const paths: readonly (readonly [string, string])[] = [
    ["marks", journalPath(state, thisMachine())],
    ["settings", join(config, "config.json")],
    ["cache", cache],
  ];
  return paths.map(([name, path]) => `${name}\t${path}\n`).join("");
}
