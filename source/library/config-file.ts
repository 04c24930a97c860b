import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";

/** The file conf keeps settings and places in. */
export function configPath(configDirectory: string): string {
  return join(configDirectory, "config.json");
}

/** What a config file holds; `damage` says why it is none, where it can be read but not understood. */
export type ConfigContent =
  | { readonly values: Record<string, unknown>; readonly damage: null }
  | { readonly values: null; readonly damage: string };

/**
 * Reads a config file without conf, whose schema validator alone costs more than the first screen.
 * A file that is not there is an empty one. Throws where it cannot be read.
 */
export function readConfigFile(path: string): ConfigContent {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return { values: {}, damage: null };
    throw error;
  }
  return parseConfig(text);
}

/** The values of a config file's text; a byte order mark, which some editors leave, says nothing. */
export function parseConfig(text: string): ConfigContent {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    return { values: null, damage: error instanceof Error ? error.message : String(error) };
  }
  if (isValues(value)) return { values: value, damage: null };
  return { values: null, damage: "it holds no settings" };
}

/** Whether a JSON value is an object with keys. */
export function isValues(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Moves a config file that cannot be understood out of the way, with its content untouched, and
 * says so: it may be a week of settings with one comma too many.
 *
 * @param now milliseconds since 1970, which the new name tells (UTC)
 */
export function setAside(path: string, damage: string, now: number): string {
  const what = `The settings in ${path} could not be read (${damage})`;
  const stamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  let aside = `${path}.broken-${stamp}`;
  for (let number = 2; existsSync(aside); number++) aside = `${path}.broken-${stamp}-${number}`;
  try {
    renameSync(path, aside);
    return `${what}; they were kept as ${aside}, and the defaults are used.`;
  } catch (error) {
    return `${what}; the defaults are used and nothing is saved over them: ${describeFsError(error, path)}.`;
  }
}
