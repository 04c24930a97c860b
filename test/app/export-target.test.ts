import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { freeName, whyProtected } from "../../source/app/output/export-target.js";
import { writeFile } from "../../source/app/output/write-file.js";
import { cli } from "../e2e/program.js";
import { asNobody } from "../faults/attacks.js";
import { temporaryDirectory } from "../library/support.js";
import { someOf } from "../support/long.js";

const onPosix = { skip: process.platform === "win32" };
const library = "@article{a, title={One}, year=2001}\n@article{b, title={Two}, year=2002}\n";

test("a file that is read is protected under every name it has", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const source = join(folder, "lib.bib");
  writeFileSync(source, library);
  mkdirSync(join(folder, "sub"));
  symlinkSync("lib.bib", join(folder, "soft.bib"));
  symlinkSync("soft.bib", join(folder, "soft-of-soft.bib"));
  linkSync(source, join(folder, "hard.bib"));
  symlinkSync(folder, join(folder, "sub", "up"));
  const sources = { sources: [source], ownFolders: [] };
  for (const name of [
    "lib.bib",
    "./lib.bib",
    "sub/../lib.bib",
    "soft.bib",
    "soft-of-soft.bib",
    "hard.bib",
    "sub/up/lib.bib",
    "sub/up/soft.bib",
  ]) {
    assert.match(whyProtected(`${folder}/${name}`, sources) ?? "", /is open here; choose another name/, name);
  }
  assert.ok(whyProtected(relative(process.cwd(), source), sources));
  for (const name of ["other.bib", "lib.bib.bak", "sub/lib.bib", "Lib2.bib"]) {
    assert.equal(whyProtected(join(folder, name), sources), null, name);
  }
  // Opened by a link, written by the name of the file.
  assert.ok(whyProtected(source, { sources: [join(folder, "soft.bib")], ownFolders: [] }));
  assert.ok(whyProtected(source, { sources: ["/nowhere.bib", source], ownFolders: [] }));
  // While an editor has moved it away, its name is still its own.
  rmSync(source);
  assert.ok(whyProtected(source, sources));
  assert.ok(whyProtected(join(folder, "soft.bib"), sources));
});

test("the program's own files are protected, new files beside them are not", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const state = join(folder, "state");
  mkdirSync(state);
  writeFileSync(join(state, "marks-abc.jsonl"), "{}");
  symlinkSync(state, join(folder, "link"));
  const own = { sources: [], ownFolders: [join(folder, "link"), join(folder, "not-there")] };
  assert.match(
    whyProtected(join(state, "marks-abc.jsonl"), own) ?? "",
    /a file of papers-tui itself; choose another folder/,
  );
  assert.equal(whyProtected(join(state, "backup.json"), own), null);
  assert.equal(whyProtected(join(folder, "state.json"), own), null);
});

test("a proposed name is no file that is there", (t) => {
  const folder = temporaryDirectory(t);
  const isProtected = { sources: [join(folder, "read.bib")], ownFolders: [] };
  const free = (stem: string) => freeName(join(folder, stem), ".bib", isProtected);
  assert.equal(free("lib-starred"), join(folder, "lib-starred.bib"));
  writeFileSync(join(folder, "lib-starred.bib"), "");
  assert.equal(free("lib-starred"), join(folder, "lib-starred-export.bib"));
  writeFileSync(join(folder, "lib-export.bib"), "");
  assert.equal(free("lib-export"), join(folder, "lib-export-2.bib"));
  writeFileSync(join(folder, "lib-export-2.bib"), "");
  assert.equal(free("lib-export"), join(folder, "lib-export-3.bib"));
  assert.equal(free("read"), join(folder, "read-export.bib"));
});

test(
  "export never writes over what it reads: by name, by link, among several, from standard input",
  onPosix,
  (t) => {
    const folder = temporaryDirectory(t);
    const [path, other] = [join(folder, "lib.bib"), join(folder, "other.bib")];
    writeFileSync(path, library);
    writeFileSync(other, "@article{c, title={Three}}\n");
    symlinkSync("lib.bib", join(folder, "link.bib"));
    linkSync(path, join(folder, "hard.bib"));
    mkdirSync(join(folder, "home"));
    symlinkSync(folder, join(folder, "home", "f"));
    const run = (
      args: readonly string[],
      stdin: "ignore" | number = "ignore",
      stdout: "pipe" | number = "pipe",
    ) =>
      spawnSync(process.execPath, [cli, ...args], {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          HOME: join(folder, "home"),
          XDG_STATE_HOME: "",
          XDG_CONFIG_HOME: "",
          XDG_CACHE_HOME: "",
        },
        stdio: [stdin, stdout, "pipe"],
      });
    for (const [args, stdin] of someOf<readonly [readonly string[], "ignore" | number]>(
      [
        [["export", "lib.bib", "-o", "lib.bib"], "ignore"],
        [["export", "lib.bib", "-o", "./lib.bib"], "ignore"],
        [["export", "lib.bib", "-o", path], "ignore"],
        [["export", "lib.bib", "-o", "~/f/lib.bib"], "ignore"],
        [["export", "lib.bib", "-o", "link.bib"], "ignore"],
        [["export", "link.bib", "-o", "lib.bib"], "ignore"],
        [["export", "lib.bib", "-o", "hard.bib"], "ignore"],
        [["export", "other.bib", "lib.bib", "-o", "lib.bib"], "ignore"],
        [["export", "-", "-o", "lib.bib"], openSync(path, "r")],
        [["export", "-o", "lib.bib"], openSync(path, "r")],
        [["export", "/dev/stdin", "-o", "lib.bib"], openSync(path, "r")],
      ],
      3,
    )) {
      const { status, stderr } = run([...args, "-n", "1", "--force"], stdin);
      assert.equal(status, 2, args.join(" "));
      assert.match(
        stderr,
        /^papers-tui: not exported: .* is open here; choose another name\n$/,
        args.join(" "),
      );
      assert.equal(readFileSync(path, "utf8"), library);
    }
    const appended = run(["export", "lib.bib", "--format", "bibtex"], "ignore", openSync(path, "a"));
    assert.equal(appended.status, 2);
    assert.match(appended.stderr, /goes to a file that is being read/);
    assert.equal(readFileSync(path, "utf8"), library);
    assert.equal(run(["export", "lib.bib", "-o", "other.bib", "--force"]).status, 0);
    assert.match(readFileSync(other, "utf8"), /One[\s\S]*Two/);
  },
);

test("a name that cannot be a file's is answered with why, and ends nothing", onPosix, (t) => {
  const folder = temporaryDirectory(t);
  const closed = join(folder, "closed");
  mkdirSync(closed);
  symlinkSync("loop", join(folder, "loop"));
  const long = "lorem ipsum ".repeat(100);
  chmodSync(closed, 0);
  asNobody(() => {
    for (const path of [
      long,
      join(folder, `${long}.bib`),
      join(folder, long, "a.bib"),
      join(folder, "loop", "a.bib"),
      join(folder, "loop"),
      join(closed, "inside", "a.bib"),
    ]) {
      assert.equal(whyProtected(path, { sources: [path], ownFolders: [] })?.includes("open here"), true);
      assert.equal(whyProtected(path, { sources: [], ownFolders: [] }), null, path);
      assert.equal(typeof writeFile(path, "text", { overwrite: true }), "string", path);
    }
  });
  chmodSync(closed, 0o700);
  assert.doesNotThrow(() => freeName(long, ".bib", { sources: [], ownFolders: [] }));
});
