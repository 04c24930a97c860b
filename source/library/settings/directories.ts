import { posix, win32 } from "node:path";

/** Where the program keeps things, as absolute paths; none of them need exist yet. */
export interface Directories {
  /** What the reader did with papers: the journals. Cannot be fetched again. */
  readonly state: string;
  /** What the reader chose: settings, and where they left off. */
  readonly config: string;
  /** What was fetched and can be fetched again. */
  readonly cache: string;
}

/**
 * The program's directories, by the XDG base directory specification: `$XDG_STATE_HOME`,
 * `$XDG_CONFIG_HOME` and `$XDG_CACHE_HOME`, or `.local/state`, `.config` and `.cache` in the home
 * directory, each with `papers-tui` behind it. An XDG value that is empty or not absolute is
 * ignored, as the specification says. On Windows the defaults are in `LOCALAPPDATA` and `APPDATA`.
 *
 * @param env the environment, as in `process.env`
 * @param platform as in `process.platform`
 * @param home the home directory. Where it is unknown (`""`) the root of the file system stands in,
 *   so that nothing is ever written to whatever directory the program was started in.
 */
export function directories(
  env: Record<string, string | undefined>,
  platform: string,
  home: string,
): Directories {
  const windows = platform === "win32";
  const { isAbsolute, join, sep } = windows ? win32 : posix;
  const root = isAbsolute(home) ? home : sep;
  const given = (name: string): string | null => {
    const value = env[name];
    return value !== undefined && isAbsolute(value) ? value : null;
  };
  const choose = (xdg: string, fallback: string): string => {
    const base = given(xdg);
    return base === null ? fallback : join(base, "papers-tui");
  };
  if (!windows) {
    return {
      state: choose("XDG_STATE_HOME", join(root, ".local", "state", "papers-tui")),
      config: choose("XDG_CONFIG_HOME", join(root, ".config", "papers-tui")),
      cache: choose("XDG_CACHE_HOME", join(root, ".cache", "papers-tui")),
    };
  }
  const local = join(given("LOCALAPPDATA") ?? join(root, "AppData", "Local"), "papers-tui");
  const roaming = join(given("APPDATA") ?? join(root, "AppData", "Roaming"), "papers-tui");
  return {
    // Windows has one local folder for both; the cache must be removable without touching the marks.
    state: choose("XDG_STATE_HOME", join(local, "state")),
    config: choose("XDG_CONFIG_HOME", roaming),
    cache: choose("XDG_CACHE_HOME", join(local, "cache")),
  };
}
