import { posix, win32 } from "node:path";

/** The program's folders, as absolute paths; none need exist yet. */
export interface Directories {
  /** The journals of marks. They cannot be fetched again. */
  readonly state: string;
  /** Settings and reading positions. */
  readonly config: string;
  /** Fetched data, which can be fetched again. */
  readonly cache: string;
}

/**
 * The program's directories, by the XDG base directory specification: `papers-tui` in `$XDG_STATE_HOME`,
 * `$XDG_CONFIG_HOME` and `$XDG_CACHE_HOME`, or in `.local/state`, `.config` and `.cache` of the home directory.
 * An XDG value that is empty or not absolute is ignored, as the specification says. On Windows the defaults are
 * in `LOCALAPPDATA` and `APPDATA`.
 *
 * @param env the environment, as in `process.env`
 * @param platform as in `process.platform`
 * @param home the home directory. If unknown (`""`), the root of the file system is used, so that nothing is
 *   ever written to the current directory.
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
