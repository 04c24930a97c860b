import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { linkToDevice } from "../support/device.js";

export const isWindows = process.platform === "win32";
const nobody = 65_534;

/** Does something without the rights of root, where this is root; only calls that do not wait. */
export function asNobody<T>(act: () => T): T {
  if (process.getuid?.() !== 0) return act();
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/** What may have the name of a file that the program reads, by what it is called. */
export const intruders: Readonly<Record<string, (path: string) => void | Promise<void>>> = {
  "a link to itself": (path) => symlinkSync(path, path),
  "two links to each other": (path) => {
    symlinkSync(`${path}.other`, path);
    symlinkSync(path, `${path}.other`);
  },
  "a link to nothing": (path) => symlinkSync(join(path, "..", "no-folder", "nothing"), path),
  "a folder": (path) => mkdirSync(path),
  "a link to a folder": (path) => symlinkSync(join(path, ".."), path),
  "a pipe": (path) => void execFileSync("mkfifo", [path]),
  "a device": (path) => {
    // Only root can make one; others cannot harm that of the system.
    if (process.getuid?.() === 0) execFileSync("mknod", ["-m", "666", path, "c", "1", "5"]);
    else symlinkSync("/dev/zero", path);
  },
  "a link to a device": linkToDevice,
  "a socket": async (path) => {
    const server = createServer().listen(path).unref();
    await new Promise((resolve) => server.once("listening", resolve));
  },
  "a file that nobody may read": (path) => writeFileSync(path, "secret\n", { mode: 0 }),
  "a link through a folder that nobody may enter": (path) => {
    const closed = `${path}.closed`;
    mkdirSync(closed);
    writeFileSync(join(closed, "file"), "secret\n");
    symlinkSync(join(closed, "file"), path);
    execFileSync("chmod", ["000", closed]);
  },
};

/** Everything under a folder, to be compared: names, links, contents and numbers of files. */
export function treeOf(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  return names
    .map((one) => {
      const path = join(one.parentPath, one.name);
      if (one.isSymbolicLink()) return `${path} -> ${readlinkSync(path)}`;
      return one.isFile() ? `${path} ${statSync(path).ino} ${readFileSync(path, "utf8")}` : `${path}/`;
    })
    .sort();
}
