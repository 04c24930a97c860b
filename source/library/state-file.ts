import { basename } from "node:path";
import { configPath, isValues, parseConfig, readConfigFile } from "./config-file.js";
import { type JournalBytes, readJournal, readJournals } from "./journal-reader.js";
import { keptFiles } from "./kept-papers.js";
import { type Merged, mergeBytes } from "./merge.js";
import { addToConfig } from "./save-place.js";

/**
 * All that is the reader's own, as one JSON object:
 *
 *     {"format":"papers-tui state","version":1,"exportedAt":"2026-11-23T08:24:15.123Z",
 *      "journals":{"marks-laptop-3fa9c1.jsonl":[…]},"kept":{"papers-laptop-3fa9c1.jsonl":[…]},
 *      "settings":{…},"places":[…]}
 *
 * `journals` and `kept` have the lines of each file as they are, so that times, undoing and what a
 * later version wrote come through; `settings` and `places` are those of `config.json`.
 */
export const stateFormat = "papers-tui state";
const stateVersion = 1;

/** The text of such a file, and sentences about what could not be put into it. Never throws. */
export function exportState(
  stateDirectory: string,
  configDirectory: string,
  now: () => number,
): { readonly text: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const linesOf = (path: string, { bytes, length }: Pick<JournalBytes, "bytes" | "length">): unknown[] => {
    const lines = bytes
      .toString("utf8", 0, length)
      .split("\n")
      .filter((line) => line.trim() !== "");
    const values = lines.flatMap((line) => parsed(line) ?? []);
    const left = lines.length - values.length;
    if (left > 0) problems.push(`${left} damaged ${left === 1 ? "line" : "lines"} of ${path} left out.`);
    return values;
  };
  const journals: Record<string, unknown[]> = {};
  attempt(problems, stateDirectory, () => {
    for (const journal of readJournals(stateDirectory)) {
      attempt(problems, journal.path, () => {
        if ("error" in journal) throw journal.error;
        journals[basename(journal.path)] = linesOf(journal.path, journal);
      });
    }
  });
  const kept: Record<string, unknown[]> = {};
  for (const path of keptFiles(stateDirectory)) {
    attempt(problems, path, () => {
      kept[basename(path)] = linesOf(path, readJournal(path));
    });
  }
  let config: Record<string, unknown> = {};
  attempt(problems, configPath(configDirectory), () => {
    const { values, damage } = readConfigFile(configPath(configDirectory));
    if (damage === null) config = values;
    else problems.push(`The settings were left out: ${damage}.`);
  });
  const { places = [], ...settings } = config;
  const exportedAt = new Date(now()).toISOString();
  const state = { format: stateFormat, version: stateVersion, exportedAt, journals, kept, settings, places };
  return { text: `${JSON.stringify(state)}\n`, problems };
}

/** What an import came to. */
export interface Imported {
  /** Of each file in the export what came of it. */
  readonly merged: readonly (Merged & { readonly name: string })[];
  /** The settings, and the listings whose places, were taken over, because there were none here. */
  readonly settings: readonly string[];
  readonly places: number;
  readonly problems: readonly string[];
}

/**
 * Adds what an exported file has: changes not known here, each in its place in time, so that a newer
 * one here stays; settings that are not set; places of listings that have none. Nothing that is here
 * is rewritten. Never throws.
 *
 * @returns `null`, with a sentence, where the text is no such file
 */
export async function importState(
  text: string,
  stateDirectory: string,
  configDirectory: string,
  machine: string,
): Promise<Imported | { readonly refused: string }> {
  const { values, damage } = parseConfig(text);
  if (values === null) return { refused: `it is not JSON (${damage})` };
  if (values.format !== stateFormat) return { refused: "it was not written by papers-tui state export" };
  if (values.version !== stateVersion) return { refused: "it was written by a newer papers-tui: update" };
  const problems: string[] = [];
  const merged: (Merged & { name: string })[] = [];
  for (const files of [values.journals, values.kept]) {
    for (const [name, lines] of Object.entries(isValues(files) ? files : {})) {
      if (!Array.isArray(lines) || lines.length === 0) continue;
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
      attempt(problems, name, () => {
        merged.push({ name, ...mergeBytes(stateDirectory, machine, name, bytes) });
      });
    }
  }
  const settings = isValues(values.settings) ? values.settings : {};
  const places = Array.isArray(values.places) ? values.places : [];
  const added = await addToConfig(configDirectory, settings, places);
  if (added.error !== null) problems.push(added.error);
  return { merged, settings: added.settings, places: added.places, problems };
}

function attempt(problems: string[], path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    problems.push(`${path} could not be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The value of a line; `null` where it is no object, and so nothing of ours. */
function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isValues(value) ? value : null;
  } catch {
    return null;
  }
}
