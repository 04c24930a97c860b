import { cpSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The variables a program in a pty sees, and the home they point into. */
export interface CleanEnvironment {
  readonly variables: Record<string, string>;
  readonly home: string;
  /** Whether `home` was made for this and is to be removed afterwards. */
  readonly isTemporary: boolean;
}

/** Where a program may look for its files, below the home; so that no test reads or writes the person's own. */
const below = {
  XDG_CONFIG_HOME: ".config",
  XDG_STATE_HOME: ".local/state",
  XDG_DATA_HOME: ".local/share",
  XDG_CACHE_HOME: ".cache",
  XDG_RUNTIME_DIR: ".run",
} as const;

/**
 * Puts compiled code into a new cache folder where `scripts/test.mjs` has some, as it would be there after the
 * first start: hundreds of starts take a third less. For a test of that code itself, make the folder first.
 */
function giveCompiledCode(cacheHome: string): void {
  const from = process.env.PAPERS_TUI_TEST_COMPILED;
  const cache = join(cacheHome, "papers-tui");
  if (from === undefined || !existsSync(from) || existsSync(cache)) return;
  mkdirSync(cache, { recursive: true });
  cpSync(from, join(cache, "compiled"), { recursive: true });
}

/**
 * The environment of a terminal on a machine where the program was never run: a modern terminal, UTF-8,
 * an empty home, and nothing else of what is set around the test (no `CI`, `NO_COLOR`, `NODE_OPTIONS`).
 *
 * @param wanted replaces or adds variables; one that is `undefined` is not set at all. A given `HOME`
 *   is used as it is, so that two starts can share what the program keeps.
 */
export function cleanEnvironment(wanted: Record<string, string | undefined> = {}): CleanEnvironment {
  const given = wanted.HOME;
  const home = given ?? mkdtempSync(join(tmpdir(), "terminal-"));
  const all: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    LANG: "C.UTF-8",
    HOME: home,
    ...Object.fromEntries(Object.entries(below).map(([name, path]) => [name, join(home, path)])),
    ...wanted,
  };
  if (wanted.XDG_CACHE_HOME === undefined) giveCompiledCode(all.XDG_CACHE_HOME as string);
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== undefined) variables[name] = value;
  return { variables, home, isTemporary: given === undefined };
}
