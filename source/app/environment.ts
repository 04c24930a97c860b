import { homedir } from "node:os";
import { join, resolve, sep } from "node:path";
import { type Directories, directories } from "../settings/directories.js";

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

/**
 * How many colours the terminal shows: FORCE_COLOR (1, 2, 3), then COLORTERM, then the terminals that are known to
 * show all, then the ending of TERM (terminfo).
 */
export function colorDepth(environment: Readonly<Record<string, string | undefined>>): 16 | 256 | "all" {
  const { FORCE_COLOR = "", COLORTERM = "", TERM = "", TERM_PROGRAM = "", WT_SESSION } = environment;
  const forced = ({ "1": 16, "2": 256, "3": "all" } as const)[FORCE_COLOR];
  if (forced !== undefined) return forced;
  if (/^(?:truecolor|24bit)$/i.test(COLORTERM)) return "all";
  if (/-direct\d*$|^(?:alacritty|foot|xterm-kitty|xterm-ghostty|wezterm|contour|rio)/i.test(TERM))
    return "all";
  // Inside tmux or screen TERM says what these show, whatever terminal is around them.
  const isInside = /^(?:tmux|screen)/.test(TERM);
  if (!isInside && (WT_SESSION || /^(?:iTerm\.app|vscode|WezTerm|ghostty|Hyper|rio)$/i.test(TERM_PROGRAM)))
    return "all";
  return /-256(?:color)?$/i.test(TERM) || TERM_PROGRAM === "Apple_Terminal" ? 256 : 16;
}

/** Whether the terminal may be asked for its colours: the Linux console and the oldest print the question. */
export function answersQuestions({ TERM = "" }: Readonly<Record<string, string | undefined>>): boolean {
  return !/^(?:|linux|dumb|emacs|cons25|vt\d+|ansi|unknown)(?:-|$)/i.test(TERM);
}
