import assert from "node:assert/strict";
import { test } from "node:test";
import { directories } from "../../source/settings/directories.js";

test("without XDG variables things are kept in the usual places of the home directory", () => {
  assert.deepEqual(directories({}, "linux", "/home/ada"), {
    state: "/home/ada/.local/state/papers-tui",
    config: "/home/ada/.config/papers-tui",
    cache: "/home/ada/.cache/papers-tui",
  });
});

test("XDG variables choose other places", () => {
  const env = { XDG_STATE_HOME: "/s", XDG_CONFIG_HOME: "/c", XDG_CACHE_HOME: "/k/" };
  assert.deepEqual(directories(env, "darwin", "/Users/ada"), {
    state: "/s/papers-tui",
    config: "/c/papers-tui",
    cache: "/k/papers-tui",
  });
});

test("an XDG variable that is empty or relative is ignored", () => {
  const env = { XDG_STATE_HOME: "", XDG_CONFIG_HOME: "conf", XDG_CACHE_HOME: "./cache" };
  assert.deepEqual(directories(env, "linux", "/home/ada"), directories({}, "linux", "/home/ada"));
});

test("on Windows things are kept in the application data folders, marks apart from the cache", () => {
  const env = { LOCALAPPDATA: "C:\\Local", APPDATA: "C:\\Roaming" };
  assert.deepEqual(directories(env, "win32", "C:\\Users\\ada"), {
    state: "C:\\Local\\papers-tui\\state",
    config: "C:\\Roaming\\papers-tui",
    cache: "C:\\Local\\papers-tui\\cache",
  });
  assert.equal(
    directories({}, "win32", "C:\\Users\\ada").state,
    "C:\\Users\\ada\\AppData\\Local\\papers-tui\\state",
  );
});

test("without a home directory nothing is kept in the directory the program was started in", () => {
  for (const path of Object.values(directories({}, "linux", ""))) assert.match(path, /^\//);
});
