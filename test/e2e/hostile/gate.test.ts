import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { someOf } from "../../support/long.js";
import { Terminal } from "../../support/terminal.js";
import { cli, run, start, using, withHome } from "../program.js";

const folder = mkdtempSync(join(tmpdir(), "papers-tui-gate-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What must come out nowhere: a title by ESC and by C1, a cleared screen, a turned text, tags, breaks. */
const marker =
  "\x1b]0;owned\x07\u009d0;owned\u009c\x1b[2J\u009b2J\u202eQ\u2066\u200f\u061c\u2028\u2029\u0085\u{e0041}\x7f\r\n";

/** What a terminal acts on, but for line feeds and tabs; and the sequences that the screen itself is made of. */
const acting =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;
const ours =
  /\x1b\[[\d;]*[mHKCrJ]|\x1b\[\?(?:1049|1007|25|2004|7|2026|2031)[hlsr]|\x1b\]11;\?\x1b\\|\x1b\[c|\x1b[DM]|\r(?=\n)/g;

const listing = (text: string) =>
  JSON.stringify([
    {
      id: `k${text}`,
      type: "article",
      title: `T ${text} end`,
      DOI: `10.1000/x${text}`,
      author: [{ family: text }],
      URL: `https://e.example/${text}`,
    },
  ]);

/** A home in which everything that has a name or a text has the marker in it. */
async function withHostileHome(work: (home: string, file: string) => Promise<void>): Promise<void> {
  await withHome(async (home) => {
    const file = join(folder, `n${marker.replaceAll("\0", "")}.json`);
    writeFileSync(file, listing(marker));
    const state = join(home, ".local/state/papers-tui");
    const config = join(home, ".config/papers-tui");
    mkdirSync(state, { recursive: true });
    mkdirSync(config, { recursive: true });
    writeFileSync(join(state, `marks-x${marker}.jsonl`), `broken ${marker}\n`);
    run(["list", file], { home });
    await using(start([file], { home }), async (terminal) => {
      await terminal.until("1/1");
      terminal.write("/zzz\x1b");
      await terminal.until("? help");
      terminal.write("q");
      await terminal.exit();
    });
    for (const name of readdirSync(config).filter((one) => one.endsWith(".json"))) {
      const path = join(config, name);
      const values = JSON.parse(readFileSync(path, "utf8"));
      values[`unknown${marker}`] = marker;
      values.color = marker;
      for (const place of Object.values(values.places ?? {}) as Record<string, unknown>[])
        Object.assign(place, { history: [marker], filter: marker, name: marker });
      writeFileSync(path, JSON.stringify(values));
    }
    await work(home, file);
  });
}

test("nothing that any verb prints acts on the terminal, on standard output or error", async () => {
  await withHostileHome(async (home, file) => {
    const env = {
      LANG: `x${marker.replaceAll("\0", "")}`,
      HTTPS_PROXY: marker,
      EDITOR: marker,
      TERM: marker,
    };
    const runs: readonly (readonly string[])[] = [
      ["list", file],
      ["list", file, "--json"],
      ["list", "--filter", marker, file],
      ["list", "--sort", marker, file],
      ["list", `${file}x`],
      ["export", file, "--format", "csl"],
      ["export", file, "--format", "json"],
      ["export", file, "--format", marker],
      ["export", file, "-o", join(folder, `missing${marker}`, "x.bib")],
      ["show", marker, file],
      ["mark", "star", marker],
      [`verb${marker}`],
      [`--option${marker}`],
      ["--date", marker],
      ["merge", `${file}x`],
      ["merge", file],
      ["state", "export"],
      ["state", "import", file],
      ["state", "import", `${file}x`],
      ["sync", join(file, marker)],
      ["list", "starred"],
      ["completions", marker],
      ["paths"],
      ["doctor"],
      ["keys"],
    ];
    for (const args of someOf(runs, 6)) {
      const { out, err } = run(args, { home, env });
      for (const text of [out, err]) assert.doesNotMatch(text, acting, JSON.stringify([args, text]));
      const lines = err.split("\n").filter((line) => line !== "" && !line.startsWith("papers-tui: "));
      assert.deepEqual(lines, [], `${args}: a message is one line`);
    }
  });
});

test("nor on a terminal, where an export is printed too", async () => {
  await withHostileHome(async (home, file) => {
    for (const args of someOf(
      [
        ["list", file],
        ["export", file, "--format", "bibtex"],
        ["doctor"],
        ["show", `10.1000/x${marker}`, file],
      ],
      1,
    )) {
      const options = { command: process.execPath, args: [cli, ...args], env: { HOME: home } };
      await using(Terminal.start(options), async (terminal) => {
        await terminal.exit();
        assert.doesNotMatch(terminal.raw().replace(ours, ""), acting, JSON.stringify([args, terminal.raw()]));
        assert.equal(terminal.title(), null);
      });
    }
  });
});

test("nor anything on the screen: rows, panels, the prompt, notices, what is said on leaving", async () => {
  await withHostileHome(async (home, file) => {
    await using(start([file], { home, env: { FORCE_HYPERLINK: "1" } }), async (terminal) => {
      // The filter that was left on finds nothing, and is only brought back by ↑.
      await terminal.until("1/1");
      for (const keys of [
        "\r",
        "\x1b",
        "?",
        "\x1b",
        "!",
        "\x1b",
        "s",
        "U",
        "\x1b",
        "O",
        "\x1b",
        "o",
        "/\x1b[A",
        `\x1b[200~${marker}\x1b[201~`,
        "\x1b",
        "e",
        "\x1b",
      ]) {
        terminal.write(keys);
        await terminal.settled(200);
      }
      terminal.write("q");
      terminal.write("q");
      await terminal.exit();
      // An address that is copied is base64.
      const copies = /\x1b\]52;c;[A-Za-z0-9+/=]*\x07/g;
      const links = /\x1b\]8;;[!-~]*\x1b\\/g;
      const raw = terminal.raw().replace(links, "").replace(copies, "").replace(ours, "");
      assert.doesNotMatch(
        raw,
        acting,
        JSON.stringify(/.{0,60}(?:[\x00-\x08\x0b-\x1f\x7f-\x9f]).{0,60}/su.exec(raw)?.[0]),
      );
      assert.equal(terminal.title(), null);
      assert.doesNotMatch(terminal.raw(), /owned\x07|\u202e/);
    });
  });
});
