import { accessSync, constants, existsSync, lstatSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { describeFsError, fsErrorCode } from "../../files/fs-errors.js";
import { readRegular } from "../../files/regular.js";

/** The file that settings and reading positions are kept in. */
export function configPath(configDirectory: string): string {
  return join(configDirectory, "config.json");
}

/** What a config file holds; `damage` says why it is none, where it can be read but not understood. */
export type ConfigContent =
  | { readonly values: Record<string, unknown>; readonly damage: null }
  | { readonly values: null; readonly damage: string };

/** Reads a config file. A file that is not there is an empty one. Throws where it cannot be read. */
export function readConfigFile(path: string): ConfigContent {
  let text: string;
  try {
    text = readRegular(path).toString();
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return { values: {}, damage: null };
    throw error;
  }
  return parseConfig(text);
}

/** The values of a config file's text; a byte order mark, which some editors leave, means nothing. */
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

/** Whether a file is there and its owner has made it read-only; root could write to it all the same. */
export function isReadOnly(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if ((stats.mode & 0o222) === 0) return true;
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/**
 * Moves a config file that cannot be understood out of the way, with its content untouched, and
 * says so: it may be a week of settings with one comma too many. A file that is read-only, and a link to one
 * that is kept elsewhere, stay where they are.
 *
 * @param now milliseconds since 1970, for the new name (UTC)
 */
export function setAside(path: string, damage: string, now: number): string {
  const what = `The settings in ${path} could not be read (${damage})`;
  const left = `${what}; the defaults are used and nothing is saved over them`;
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false || isReadOnly(path)) return `${left}.`;
  const stamp = new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);
  let aside = `${path}.broken-${stamp}`;
  for (let number = 2; existsSync(aside); number++) aside = `${path}.broken-${stamp}-${number}`;
  try {
    renameSync(path, aside);
    return `${what}; they were kept as ${aside}, and the defaults are used.`;
  } catch (error) {
    return `${left}: ${describeFsError(error, path)}.`;
  }
}
