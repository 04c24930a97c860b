import { basename, join } from "node:path";
import { describeFsError } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { readText } from "../files/regular.js";
import { filesCalled } from "../library/journal/read.js";
import { namesOf } from "../library/record-lines.js";
import { configPath, parseConfig, readConfigFile } from "../settings/config-file.js";
import type { ConfigWriter } from "../settings/config-writer.js";
import { addToConfig } from "../settings/save.js";
import { type Merged, mergeBytes } from "./merge.js";

/**
 * All data of the reader, as one JSON object:
 *
 *     {"format":"papers-tui state","version":1,"exportedAt":"2026-11-23T08:24:15.123Z",
 *      "journals":{"marks-laptop-3fa9c1.jsonl":[…]},"kept":{"papers-laptop-3fa9c1.jsonl":[…]},
 *      "settings":{…},"places":[…]}
 *
 * `journals` and `kept` have the lines of each file unchanged, so that times, undo and the keys of later
 * versions survive; `settings` and `places` are those of `config.json`.
 */
const stateFormat = "papers-tui state";
const stateVersion = 1;

/** The result of an export. */
export interface Exported {
  readonly text: string;
  /** Sentences about data that is not in it. */
  readonly problems: readonly string[];
  /** Whether all files could be read, if not all of their lines. */
  readonly isWhole: boolean;
}

/**
 * The text of such a file.
 * @throws the system's error if the state directory cannot be listed: a backup without marks would be none
 */
export function exportState(stateDirectory: string, configDirectory: string, now: () => number): Exported {
  const problems: string[] = [];
  let isWhole = true;
  const linesOf = (path: string): unknown[] => {
    const lines = readText(path)
      .split("\n")
      .filter((line) => line.trim() !== "");
    const values = lines.flatMap((line) => parseConfig(line).values ?? []);
    const left = lines.length - values.length;
    if (left > 0) problems.push(`${left} damaged ${left === 1 ? "line" : "lines"} of ${path} skipped.`);
    return values;
  };
  const linesByName = (paths: readonly string[]) => {
    const files: Record<string, unknown[]> = {};
    for (const path of paths) {
      isWhole =
        attempt(problems, path, () => {
          files[basename(path)] = linesOf(path);
        }) && isWhole;
    }
    return files;
  };
  const journals = linesByName(filesCalled("marks", stateDirectory));
  const kept = linesByName(namesOf("papers", stateDirectory));
  let config: Record<string, unknown> = {};
  attempt(problems, configPath(configDirectory), () => {
    const { values, damage } = readConfigFile(configPath(configDirectory));
    if (damage === null) config = values;
    else problems.push(`The settings were skipped: ${damage}.`);
  });
  const { places = [], ...settings } = config;
  const exportedAt = new Date(now()).toISOString();
  const state = { format: stateFormat, version: stateVersion, exportedAt, journals, kept, settings, places };
  return { text: `${JSON.stringify(state)}\n`, problems, isWhole };
}

/** The result of an import. */
export interface Imported {
  /** The result for each file in the export. */
  readonly merged: readonly (Merged & { readonly name: string })[];
  /** Its settings that are not set here, by name; added only if asked for. `null` if the write failed. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  /** How many reading positions were added, for listings that had none. */
  readonly places: number;
  readonly problems: readonly string[];
}

/**
 * Adds the data of an exported file: new changes, each at its time, so that newer ones here win; reading
 * positions of listings that have none. Changes no existing data. Never throws.
 *
 * @param withSettings whether to add settings that are not set here. Settings decide which servers are used,
 *   and the file may be somebody else's
 * @returns `refused`, a clause, if the text is not such a file; `isOther` if no version writes such files
 */
export async function importState(
  write: ConfigWriter,
  text: string,
  stateDirectory: string,
  configDirectory: string,
  machine: string,
  withSettings: boolean,
): Promise<Imported | { readonly refused: string; readonly isOther: boolean }> {
  const { values, damage } = parseConfig(text);
  if (values === null) return { refused: `it is not JSON (${damage})`, isOther: true };
  if (values.format !== stateFormat) {
    return { refused: "it was not written by papers-tui state export", isOther: true };
  }
  if (values.version !== stateVersion) {
    return { refused: "it was written by a newer papers-tui: update", isOther: false };
  }
  const problems: string[] = [];
  const merged: (Merged & { name: string })[] = [];
  for (const files of [values.journals, values.kept]) {
    for (const [name, lines] of Object.entries(isRecord(files) ? files : {})) {
      if (!Array.isArray(lines) || lines.length === 0) continue;
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      attempt(problems, join(stateDirectory, name), () => {
        merged.push({ name, ...mergeBytes(stateDirectory, machine, name, bytes) });
      });
    }
  }
  const settings = isRecord(values.settings) ? values.settings : {};
  const places = Array.isArray(values.places) ? values.places : [];
  const added = await addToConfig(write, configDirectory, settings, places, withSettings);
  if (added.error !== null) {
    problems.push(added.error);
    return { merged, settings: null, places: 0, problems };
  }
  const named = Object.fromEntries(added.settings.map((name) => [name, settings[name]]));
  return { merged, settings: named, places: added.places, problems };
}

/** Whether the work was done; if not, `problems` gets a sentence. */
function attempt(problems: string[], path: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    problems.push(`${basename(path)} was skipped: ${describeFsError(error, path)}.`);
    return false;
  }
}
