import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { paperRecord } from "../../../source/exports/json.js";
import { makePaper } from "../../../source/papers/paper.js";
import { longOnly, someOf } from "../../support/long.js";
import { shellPrompt, Terminal } from "../../support/terminal.js";
import { cli, currentRow, fixture, run, start, using, withHome } from "../program.js";

const folder = mkdtempSync(join(tmpdir(), "papers-tui-shell-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file of the given content, for the length of this file's tests. */
function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Record {
  id: string;
  title: string;
  read: boolean;
  starred: boolean;
}

test("list prints a line a paper: marks, date, authors and title between tabs", () => {
  const { code, out, err } = run(["list", fixture]);
  assert.equal(code, 0);
  assert.equal(err, "");
  const rows = out.trimEnd().split("\n");
  assert.equal(rows.length, 40);
  assert.ok(rows.every((row) => row.split("\t").length === 4));
  assert.deepEqual(rows[1]?.split("\t"), [
    "o--",
    "2023-12-19",
    "9 authors",
    "Learning to Reweight for Graph Neural Network",
  ]);
  assert.ok(!out.includes("\x1b"));
});

test("list filters, sorts and limits", () => {
  const { code, out } = run(["list", "sample", "--filter", "hessian", "--sort", "-date", "--limit", "2"]);
  assert.equal(code, 0);
  const dates = out
    .trimEnd()
    .split("\n")
    .map((row) => row.split("\t")[1] as string);
  assert.equal(dates.length, 2);
  assert.ok((dates[0] as string) < (dates[1] as string), `oldest first: ${dates}`);
});

test("list --json prints one array, with every field of a paper in the order promised", () => {
  const { code, out } = run(["list", "sample", "--json"]);
  assert.equal(code, 0);
  const papers = JSON.parse(out) as Record[];
  assert.equal(papers.length, 40);
  assert.deepEqual(
    Object.keys(papers[0] as Record).join(" "),
    "id title abstract authors authorCount organization published updated categories keywords upvotes comments url pdf code doi journal comment codeStars withdrawn read starred later summary summaryBy project listed submitter authorsTakePart thumbnail media citations influential discussion from",
  );
  assert.ok(papers.every(({ title, read, starred }) => title && !read && !starred));
});

test("a filter that only leaves out is no option", () => {
  const { code, out } = run(["list", "sample", "-f", "-hessian"]);
  assert.equal(code, 0);
  assert.equal(out.trimEnd().split("\n").length, 40 - 3);
});

test("list shows what was marked on the screen", async () => {
  await withHome(async (home) => {
    await using(start(["sample"], { home }), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("jsm");
      await terminal.until("marked read · u undoes");
      terminal.write("q");
      await terminal.exit();
    });
    const starred = run(["list", "sample", "--filter", "is:starred"], { home });
    assert.match(starred.out, /^-\*-\t2023-12-19\t9 authors\tLearning to Reweight[^\n]*\n$/);
    const [paper] = JSON.parse(
      run(["list", "sample", "-f", "is:starred", "--json"], { home }).out,
    ) as Record[];
    assert.ok(paper?.read && paper.starred);
  });
});

test("nothing matched is exit code 1, and still one JSON array", () => {
  assert.deepEqual(run(["list", "sample", "--filter", '"no such words at all"']), {
    code: 1,
    out: "",
    err: 'papers-tui: nothing matches “"no such words at all"”\n',
  });
  const open = run(["export", "sample", "--format", "bibtex", "--filter", '"no such words']);
  assert.deepEqual([open.code, open.out], [1, ""]);
  assert.match(open.err, /nothing matches “"no such words”; a quotation mark is not closed\n$/);
  const { code, out } = run(["list", "sample", "--filter", '"no such words at all"', "--json"]);
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(out), []);
});

test("a condition that a filter cannot mean is an error in a script, on standard error", () => {
  const { code, out, err } = run(["list", "sample", "--filter", "hessian year:soon"]);
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /^papers-tui: [^\n]*year:soon[^\n]*\n$/);
});

for (const [args, message] of someOf<readonly [readonly string[], RegExp]>(
  [
    [["--fliter", "x"], /unknown option --fliter; did you mean --filter\?/],
    [["-x"], /unknown option -x/],
    [["list", "--limit", "0"], /--limit takes a number from 1; not “0”/],
    [["list", "--limit"], /--limit needs a value/],
    [["list", "--sort", "colour"], /--sort takes .*; not “colour”/],
    [["sample", "--date", "yesterday"], /--date takes a day like/],
    [["sample", "--filter", "x"], /--filter belongs to “papers-tui list”/],
    [["list", "--json=yes"], /--json.* takes no value/],
    [["keys", "all"], /keys takes no arguments/],
    [["no-such-file.txt"], /cannot read no-such-file\.txt: there is no such file$/m],
    [["no such file"], /cannot read no such file: there is no such file\. A SOURCE is a file/],
    [["list", "/"], /cannot read \/: it is a folder/],
  ],
  4,
)) {
  test(`wrong use ends with 2 and one helpful line: ${args.join(" ")}`, () => {
    const { code, out, err } = run(args);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.match(err, message);
    assert.match(err, /^papers-tui: [^\n]+\n$/);
  });
}

test("an empty or foreign file is a clear error that names what was expected", () => {
  const paths = [
    file("empty.txt", ""),
    file("blank.txt", "\n\n  \n"),
    file("foreign.txt", "Dear diary,\ntoday I read nothing.\n"),
    file("image.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])),
  ];
  for (const path of someOf(paths, 2)) {
    for (const args of someOf([["list", path], [path]], 1)) {
      const { code, out, err } = run(args);
      assert.equal(code, 2, path);
      assert.equal(out, "");
      assert.match(
        err,
        /^papers-tui: cannot read [a-z]+\.(txt|png): (?:[^\n]*papers-tui reads bibliographies|it is a picture\n$)/,
        path,
      );
    }
  }
});

test("an unreadable file is reported before the screen starts", async () => {
  await using(start([file("foreign-too.txt", "nothing of the kind")]), async (terminal) => {
    assert.deepEqual(await terminal.exit(), { code: 2, signal: null });
    assert.match(terminal.text(), /papers-tui: cannot read foreign-too\.txt/);
    assert.doesNotMatch(terminal.raw(), /\x1b\[\?1049h/);
  });
});

test("the readable part of a damaged file is printed, the rest reported with its line", () => {
  const whole = readFileSync(fixture);
  const damaged = Buffer.concat([
    whole.subarray(0, 2_000),
    Buffer.from([0xff, 0xfe, 0]),
    whole.subarray(2_000),
  ]);
  const { code, out, err } = run(["list", file("damaged.txt", damaged)]);
  assert.equal(code, 0);
  assert.equal(out.trimEnd().split("\n").length, 40);
  assert.match(err, /^papers-tui: line \d+: /);
});

test("one unreadable file among several is reported, and the others are read", async () => {
  const { code, out, err } = run(["list", fixture, "no-such-file.txt"]);
  assert.equal(code, 2);
  assert.equal(out.trimEnd().split("\n").length, 40);
  assert.match(err, /^papers-tui: cannot read no-such-file\.txt: there is no such file[^\n]*\n$/);
  assert.equal(run(["list", "no-such-file.txt", "nor-this.txt"]).code, 2);
});

test("a filter that is only begun, or unknown, is an error with the nearest right spelling", () => {
  for (const [typed, nearest] of someOf<readonly [string, string]>(
    [
      ["year:202", "“year:2025”"],
      ["is:star", "“is:starred”"],
      ["title:", "“title:word”"],
      ["titel:hessian", "“title:hessian”"],
    ],
    2,
  )) {
    for (const verb of someOf([["list"], ["export", "--format", "ris"]], 1)) {
      const { code, out, err } = run([...verb, "sample", "-f", typed]);
      assert.deepEqual([code, out], [2, ""], typed);
      assert.match(err, /^papers-tui: --filter: [^\n]+\n$/);
      assert.ok(err.includes(`did you mean ${nearest}?`), err);
    }
  }
});

test("a pipe starts clean, whatever was filtered in the last one", longOnly, async () => {
  await withHome(async (home) => {
    const command = `cat '${fixture}' | '${process.execPath}' '${cli}' -`;
    const piped = () =>
      Terminal.start({
        command: "sh",
        args: ["-c", command],
        columns: 120,
        rows: 36,
        env: { HOME: home },
      });
    await using(piped(), async (terminal) => {
      await terminal.until("? help");
      terminal.write("/hessian\rq");
      await terminal.exit();
    });
    await using(piped(), async (terminal) => {
      await terminal.until("1/40");
      terminal.write("/\x1b[A");
      await terminal.until(/^ \/ hessian/m);
    });
  });
});

test("a listing piped in is printed where the output is no terminal", () => {
  const input = readFileSync(fixture);
  for (const args of someOf([["-"], ["list", "-"], [], ["list"]], 2)) {
    const { code, out, err } = run(args, { input });
    assert.equal(code, 0, err);
    assert.equal(out.trimEnd().split("\n").length, 40);
    assert.ok(!out.includes("\x1b"));
  }
});

test("TERM=dumb starts no screen", async () => {
  await using(start(["sample"], { env: { TERM: "dumb" }, rows: 60 }), async (terminal) => {
    assert.equal((await terminal.exit()).code, 0);
    assert.match(terminal.text(), /^o-- 2023-12-19 9 authors +Learning to Reweight/m);
    assert.doesNotMatch(terminal.raw(), /\x1b/);
  });
});

test("a listing piped in takes its keys from the terminal", async () => {
  const quote = (path: string) => `'${path}'`;
  const command = `cat ${quote(fixture)} | ${quote(process.execPath)} ${quote(cli)} -`;
  await using(
    Terminal.start({ command: "sh", args: ["-c", command], columns: 120, rows: 36 }),
    async (terminal) => {
      await terminal.until("? help");
      terminal.write("jjs");
      await terminal.until("Starred 1");
      assert.match(currentRow(terminal), /^Empirical Analysis/);
      terminal.write("q");
      assert.deepEqual(await terminal.exit(), { code: 0, signal: null });
      assert.ok(!terminal.modes().alternate);
    },
  );
});

test("head and its like end the program quietly", async () => {
  const command = `'${process.execPath}' '${cli}' list sample --json | head -c 20; echo " ended: $?"`;
  await using(
    Terminal.start({ command: "bash", args: ["-c", `set -o pipefail; ${command}`], columns: 120 }),
    async (terminal) => {
      assert.equal((await terminal.exit()).code, 0);
      const [first, second, ...rest] = terminal.screen().filter((row) => row !== "");
      assert.equal(first, "[");
      assert.match(second ?? "", /^\{"id":"title:[^ ]* ended: 0$/);
      assert.deepEqual(rest, []);
    },
  );
});

test("interrupting a list leaves the shell's prompt", async () => {
  await using(
    Terminal.start({ command: process.execPath, args: [cli, "list", "-"], shell: true, columns: 120 }),
    async (terminal) => {
      await terminal.until((one) => one.text().includes("list"));
      // An interrupt that comes before the program has the terminal is the shell's.
      while (!/node/.test(terminal.foreground)) await new Promise((resolve) => setTimeout(resolve, 20));
      terminal.write("\x03");
      await terminal.until((one) => one.screen().filter((row) => row.startsWith(shellPrompt)).length >= 2, {
        what: "the prompt",
      });
      terminal.write("echo code $?\r");
      await terminal.until("code 130");
    },
  );
});

test("help begins with examples, and everything it names works", () => {
  const { code, out, err } = run(["--help"]);
  assert.equal(code, 0);
  assert.equal(err, "");
  assert.match(out, /^papers-tui: [^\n]+\n\nExamples\n/);
  assert.ok(
    out.split("\n").every((row) => row.length <= 80),
    "fits a terminal of 80 columns",
  );
  assert.deepEqual(run(["help"]), run(["-h"]));
});

test("version, keys and paths are printed", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  assert.equal(run(["--version"]).out, `papers-tui ${version}\n`);
  assert.match(run(["keys"]).out, /^Move\n {2}j ↓ +next paper/);
  await withHome(async (home) => {
    const { out } = run(["paths"], { home });
    assert.match(out, new RegExp(`^marks\t${home}/.local/state/papers-tui/marks-.+\\.jsonl\n`));
    assert.match(out, new RegExp(`settings\t${home}/.config/papers-tui/config.json\n`));
  });
});

test("titles are sorted as the environment's language has them", longOnly, async () => {
  await withHome(async (home) => {
    const path = join(home, "papers.json");
    const papers = ["Zebras", "Ärlig", "Apes"];
    writeFileSync(path, JSON.stringify(papers.map((title) => paperRecord(makePaper({ title }), 0))));
    const titles = (env: { LC_ALL: string }) =>
      (
        JSON.parse(run(["list", path, "--sort", "title", "--json"], { home, env }).out) as { title: string }[]
      ).map(({ title }) => title);
    assert.deepEqual(titles({ LC_ALL: "sv_SE.UTF-8" }), ["Apes", "Zebras", "Ärlig"]);
    assert.deepEqual(titles({ LC_ALL: "C" }), ["Apes", "Ärlig", "Zebras"]);
  });
});
