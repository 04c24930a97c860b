import { accessSync, constants, existsSync, lstatSync, readdirSync, renameSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { readText } from "../files/regular.js";

/** The path of the file with settings and reading positions. */
export function configPath(configDirectory: string): string {
  return join(configDirectory, "config.json");
}

/** The values of a config file; `damage` says why it could not be understood. */
export type ConfigContent =
  | { readonly values: Record<string, unknown>; readonly damage: null }
  | { readonly values: null; readonly damage: string };

/** Reads a config file. A missing file counts as empty. Throws if it cannot be read. */
export function readConfigFile(path: string): ConfigContent {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return { values: {}, damage: null };
    throw error;
  }
  return parseConfig(text);
}

/** The values of a config file's text. Ignores a byte order mark, which some editors write. */
export function parseConfig(text: string): ConfigContent {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    return { values: null, damage: mistakeIn(text, error instanceof Error ? error.message : String(error)) };
  }
  if (isRecord(value)) return { values: value, damage: null };
  return { values: null, damage: "it has no settings" };
}

/** What is wrong with a text that is no JSON, by the line, as editors count; else in the words of `JSON.parse`. */
function mistakeIn(text: string, message: string): string {
  if (text.trim() === "") return "the file is empty";
  const position = / at position (\d+)/.exec(message)?.[1] ?? positionQuoted(text, message);
  if (position !== null) return `a mistake in line ${text.slice(0, Number(position)).split("\n").length}`;
  return /end of JSON/.test(message) ? "the file ends too early" : message;
}

/** How many characters V8 quotes before the wrong one. */
const quotedBefore = 10;

/**
 * Where the mistake is that V8 names by the text around it (Unexpected token 'T', "…" is not valid JSON), and not by
 * its position; `null` if it does not. Without dots before it the text is quoted from its start.
 */
function positionQuoted(text: string, message: string): number | null {
  const quoted = /^Unexpected token '(.{1,2})', (\.\.\.)?"(.+?)"(\.\.\.)? is not valid JSON$/su.exec(message);
  if (quoted === null) return null;
  const [, token = "", before, part = "", after] = quoted;
  const start = text.indexOf(part);
  if (start < 0) return null;
  if (before !== undefined) return start + quotedBefore;
  // A short text is quoted as a whole.
  return start + (after === undefined ? Math.max(0, part.indexOf(token)) : 0);
}

/** Copies that `setAside` has kept. */
export function keptAside(configDirectory: string): string[] {
  try {
    return readdirSync(configDirectory).filter((name) => name.startsWith("config.json.broken-"));
  } catch {
    return [];
  }
}

/** Whether a file exists and its owner made it read-only; root could still write to it. */
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
 * Renames a config file that cannot be understood, and says so: it may be a week of settings with one comma too
 * many. Leaves a read-only file or a link in place.
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
    // The footer may have room for no more than the first sentence.
    const said = `The settings could not be read (${damage}): they were kept as ${basename(aside)}`;
    return `${said}, and the defaults are used. Correct that file in ${dirname(path)} and name it config.json again.`;
  } catch (error) {
    return `${left}: ${describeFsError(error, path)}.`;
  }
}
