import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { someOf } from "../../support/long.js";
import { cli, type Run, withHome } from "../program.js";

/** Runs a shell line in which `$P` is the program. */
function shell(line: string, home: string): Run {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    env: { PATH: process.env.PATH, HOME: home, P: `${process.execPath} ${cli}` },
    encoding: "utf8",
    timeout: 30_000,
  });
  return { code: status, out: stdout, err: stderr };
}

const verbs = [
  "list sample",
  "list sample --json",
  "export sample --format bibtex",
  "show 2510.22543 reading.bib",
  "keys",
  "paths",
  "doctor",
  "completions bash",
  "state export",
  "--help",
  "--version",
];

test("every verb says why its output could not be written", { skip: !existsSync("/dev/full") }, async () => {
  await withHome(async (home) => {
    const bib = join(home, "reading.bib");
    writeFileSync(bib, "@misc{a, title={One}, eprint={2510.22543}, archiveprefix={arXiv}}\n");
    for (const verb of someOf(verbs, 3)) {
      const { code, err } = shell(`$P ${verb.replace("reading.bib", bib)} > /dev/full`, home);
      assert.equal(code, 2, verb);
      assert.match(err, /^(papers-tui: cannot write the output: the disk is full; free some space\n)$/, verb);
    }
    const readOnly = shell(`$P keys 1< ${bib}`, home);
    assert.deepEqual(
      [readOnly.code, readOnly.err],
      [2, "papers-tui: cannot write the output: standard output is closed or open for reading only\n"],
    );
  });
});

test("a file that may not grow further is named as the reason", async () => {
  await withHome(async (home) => {
    const { code, err } = shell(`ulimit -f 4; $P list sample --json > ${join(home, "out.json")}`, home);
    assert.equal(code, 2);
    assert.match(err, /cannot write the output: the file would grow past the file size limit/);
  });
});

test("a reader that goes away early is no error", async () => {
  await withHome(async (home) => {
    const json = join(home, "many.json");
    const papers = Array.from({ length: 4_000 }, (_, at) => ({
      id: `2510.${String(at).padStart(5, "0")}`,
      title: `Paper ${at}`,
      abstract: "Text. ".repeat(60),
      authors: ["Ada Lovelace"],
      authorCount: 1,
      starred: false,
    }));
    writeFileSync(json, JSON.stringify(papers));
    for (const verb of someOf(
      [`list ${json}`, `list ${json} --json`, `export ${json} --format ris`, "keys"],
      1,
    )) {
      const { err } = shell(`set -o pipefail; $P ${verb} | head -1 > /dev/null; echo "$?" >&2`, home);
      assert.equal(err, "0\n", verb);
      assert.equal(shell(`$P ${verb} > >(true); sleep 0.3`, home).err, "", verb);
    }
  });
});

test("standard error that is closed or full changes nothing", async () => {
  await withHome(async (home) => {
    const missing = join(home, "nothing.bib");
    for (const where of someOf(["2>&-", existsSync("/dev/full") ? "2> /dev/full" : "2>&-"], 1)) {
      const wrong = shell(`$P list ${missing} ${where}`, home);
      assert.deepEqual([wrong.code, wrong.out], [2, ""], where);
      const right = shell(`$P list sample ${where}`, home);
      assert.equal(right.code, 0, where);
      assert.equal(right.out.trimEnd().split("\n").length, 40, where);
    }
    // Nor is it an error that nobody listens at all.
    mkdirSync(join(home, "x"));
    assert.equal(shell(`$P keys >&- 2>&-`, home).code, 0);
  });
});
