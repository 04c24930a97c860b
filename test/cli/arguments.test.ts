import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MistypedError, readArguments, UsageError } from "../../source/cli/arguments/arguments.js";
import { optionNames, verbs } from "../../source/cli/arguments/command-table.js";
import { helpOf, helpText } from "../../source/cli/arguments/help.js";
import { editDistance, nearest } from "../../source/text/did-you-mean.js";
import { run } from "../e2e/program.js";
import { temporaryDirectory } from "../library/support.js";

test("a mistyped verb is answered with the one that was meant, whatever comes after it", () => {
  for (const [line, meant] of [
    ["lsit", "list"],
    ["lits page.txt", "list"],
    ["LIST", "list"],
    ["lst -n 3", "list"],
    ["exprot -o x", "export"],
    ["exprot --format nonsense --bogus", "export"],
    ["expotr a.bib --limit 0", "export"],
    ["-f x lsit", "list"],
    ["--json lsit", "list"],
    ["shwo 2510.22543", "show"],
    ["makr star 2510.22543", "mark"],
    ["stae export", "state"],
    ["synch ~/x", "sync"],
    ["complete bash", "completions"],
    ["keyz", "keys"],
    ["pahts", "paths"],
    ["docter", "doctor"],
    ["hlep", "help"],
    ["dialy", "daily"],
    ["stared", "starred"],
    ["trendign", "trending"],
    ["ls", "list"],
    ["lsit --help", "list"],
    ["search graph nets", "search:WORDS"],
  ] as const) {
    assert.throws(
      () => readArguments(line.split(" ")),
      (error: Error) => error instanceof MistypedError && error.message.endsWith(`did you mean ${meant}?`),
      line,
    );
  }
});

test("who wants to open or take in a file is told how", () => {
  const learn = "papers-tui learn x.bib ranks papers by those in it";
  const add = "papers-tui sources add x.bib adds it to your morning";
  for (const [line, todo] of [
    ["import x.bib", `papers-tui x.bib opens it, ${learn}, ${add}`],
    ["--ascii add x.bib", `papers-tui x.bib opens it, ${learn}, ${add}`],
    ["import b.json", /papers-tui state import b\.json takes a backup$/],
    ["open x.bib", "papers-tui x.bib opens it"],
    ["load arxiv:cs.LG", "papers-tui arxiv:cs.LG opens it"],
    [
      "add arxiv:cs.LG",
      "papers-tui arxiv:cs.LG opens it, papers-tui sources add arxiv:cs.LG adds it to your morning",
    ],
  ] as const) {
    assert.throws(
      () => readArguments(line.split(" ")),
      (error: Error) =>
        error instanceof MistypedError &&
        (typeof todo === "string"
          ? error.message.endsWith(`is not a command; ${todo}`)
          : todo.test(error.message)),
      line,
    );
  }
  assert.throws(() => readArguments(["open", "my refs.bib"]), /papers-tui 'my refs\.bib' opens it$/);
  assert.throws(
    () => readArguments(["open", "Ann's $HOME.bib"]),
    /papers-tui 'Ann'\\''s \$HOME\.bib' opens it$/,
  );
  assert.throws(() => readArguments(["import", "-"]), /papers-tui - opens it$/);
  assert.throws(() => readArguments(["import", ""]), /did you mean state import\?/);
  assert.throws(() => readArguments(["import"]), /did you mean state import\?/);
});

test("a file, a source or a word that is near nothing is not a mistyped verb", (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, "lsit"), "@article{a, title={One}}\n");
  const before = process.cwd();
  process.chdir(folder);
  t.after(() => process.chdir(before));
  for (const line of ["lsit", "daily", "trending", "later", "-", "lsit.bib", "./lsti", "cs.LG", "papers"]) {
    assert.equal(readArguments(line.split(" ")).verb, "browse", line);
  }
  assert.equal(readArguments(["--", "lsti"]).verb, "browse");
  assert.equal(readArguments(["list", "lsti"]).verb, "list");
  assert.deepEqual(readArguments(["state", "export", "-"]), {
    verb: "state",
    act: "export",
    file: null,
    force: false,
    settings: false,
  });
});

test("a mistyped verb prints that one line and nothing else", () => {
  const { code, out, err } = run(["exprot", "-o", "x"], { input: "@article{a, title={One}}\n" });
  assert.deepEqual(
    [code, out, err],
    [2, "", "papers-tui: “exprot” is not a command or a file; did you mean export?\n"],
  );
});

test("words after a verb, options and formats are corrected as well", () => {
  for (const [line, message] of [
    ["mark satr x", /mark takes .*; not “satr”; did you mean star\?/],
    ["state exprot", /did you mean export\?/],
    ["completions bsh", /did you mean bash\?/],
    ["export x --format bibtxe", /did you mean bibtex\?/],
    ["list --sort dtae", /did you mean date\?/],
    ["list --fliter x", /unknown option --fliter; did you mean --filter\?/],
    ["--export", /unknown option --export; did you mean export\?/],
    ["help exprot", /there is no command “exprot”; did you mean export\?/],
    ["list --qqqq", /^unknown option --qqqq$/],
  ] as const) {
    assert.throws(() => readArguments(line.split(" ")), { message }, line);
  }
  assert.throws(() => readArguments(["list", "--qqqq"]), UsageError);
});

test("--help after a verb, and help before it, print that verb's help", () => {
  for (const verb of verbs) {
    for (const argv of [
      [verb, "--help"],
      [verb, "-h"],
      ["--help", verb],
      ["help", verb],
    ]) {
      assert.deepEqual(readArguments(argv), { verb: "help", topic: verb });
    }
    const help = helpOf(verb);
    assert.match(help, new RegExp(`^papers-tui ${verb}: [^\\n]+\\n\\nUsage\\n  papers-tui ${verb}`));
    assert.ok(help.split("\n").every((line) => line.length <= 80 && line === line.trimEnd()));
    assert.ok(helpText().includes(`papers-tui ${verb}`), verb);
  }
  assert.match(helpOf("export"), /-o, --output FILE/);
  assert.doesNotMatch(helpOf("list"), /--output/);
  assert.doesNotMatch(helpOf("keys"), /--filter|--ascii/);
  assert.deepEqual(readArguments(["help"]), { verb: "help", topic: null });
  assert.deepEqual(readArguments(["--help"]), { verb: "help", topic: null });
  for (const option of optionNames) assert.ok(helpText().includes(`--${option}`), option);
});

test("an example of the help is one that can be typed", () => {
  const examples = [
    ...verbs
      .map(helpOf)
      .join("")
      .matchAll(/^ {2}papers-tui (.+)$/gm),
  ]
    .map(([, line]) => (line as string).replace(/ [|>].*$/, ""))
    .filter((line) => !/[[…]|[A-Z]{2}|\w\|\w| {3}/.test(line));
  assert.ok(examples.length >= 10);
  for (const line of examples) {
    const argv = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? "");
    assert.doesNotThrow(() => readArguments(argv), line);
  }
});

test("an exchange of neighbours is one slip, and short words are forgiven one", () => {
  assert.equal(editDistance("lsit", "list"), 1);
  assert.equal(editDistance("kitten", "sitting"), 3);
  assert.equal(editDistance("", "abc"), 3);
  assert.equal(nearest("x", ["list", "export"]), null);
  assert.equal(nearest("test", ["list", "export"]), null);
  assert.equal(nearest("exp", ["list", "export"]), "export");
});
