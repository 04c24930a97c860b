import { homedir } from "node:os";
import { join, resolve, sep } from "node:path";
import { type Directories, directories } from "../library/settings/directories.js";

/** Where this user's files are. */
export function userDirectories(): Directories {
  return directories(process.env, process.platform, home());
}

/** The folders that hold this user's marks, settings and cache. */
export function ownFolders(): readonly string[] {
  const { state, config, cache } = userDirectories();
  return [state, config, cache];
}

/** The home directory; nothing where this user has none, for which `directories` has an answer. */
function home(): string {
  try {
    return homedir();
  } catch {
    return "";
  }
}

/**
 * The language whose order text is sorted in, as a tag of BCP 47: what LC_ALL, else LC_COLLATE, else LANG
 * says (POSIX.1-2017, 8.2), `sv_SE.UTF-8` being `sv-SE`. English where they say nothing or no language.
 */
export function sortingLocale(environment: Readonly<Record<string, string | undefined>>): string {
  const { LC_ALL, LC_COLLATE, LANG } = environment;
  const [, language, region] =
    /^([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@]|$)/.exec(LC_ALL || LC_COLLATE || LANG || "") ?? [];
  if (language === undefined) return "en";
  return region === undefined ? language : `${language}-${region}`;
}

/** A path as it is written by hand where no shell reads it: `~/papers.bib`. */
export function fromHome(path: string): string {
  return /^~[/\\]/.test(path) ? join(home(), path.slice(2)) : path;
}

/** The whole path, as people write it: `~/papers.bib`, `/data/papers.bib`. */
export function toHome(path: string): string {
  const whole = resolve(path);
  const folder = home();
  return folder !== "" && whole.startsWith(`${folder}${sep}`) ? `~${whole.slice(folder.length)}` : whole;
}

/** Today where the reader is, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * Whether to use colour: the option, then NO_COLOR (no-color.org) and FORCE_COLOR, then the
 * setting, then whether the output is a terminal that has any.
 */
export function wantsColor(
  option: boolean | null,
  setting: "auto" | "always" | "never",
  isTerminal: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (option !== null) return option;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (setting !== "auto") return setting === "always";
  return isTerminal && TERM !== "dumb";
}
