import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { keptAside } from "../../source/settings/config-file.js";
import { loadConfigWriter } from "../../source/settings/config-writer.js";
import { defaultPosition, type ListingPosition } from "../../source/settings/listing-position.js";
import { savePositions } from "../../source/settings/save.js";
import { defaultSettings, readConfig } from "../../source/settings/settings.js";
import { temporaryDirectory } from "../library/support.js";

const write = await loadConfigWriter();

const now = () => Date.parse("2026-11-23T08:24:15.123Z");
const savePlace = (config: string, listing: string, position: ListingPosition) =>
  savePositions(write, config, new Map([[listing, position]]));
const root = fileURLToPath(new URL("../..", import.meta.url));

function withConfig(t: TestContext, text: string): { config: string; path: string } {
  const config = temporaryDirectory(t);
  const path = join(config, "config.json");
  writeFileSync(path, text);
  return { config, path };
}

const place: ListingPosition = {
  view: "unread",
  sort: "-date",
  filter: 'hessian "low rank"',
  paper: "2510.22543",
  day: "2025-10-29",
  history: ["cat", "hessian"],
};

test("without a config file the defaults hold and nothing is written", (t) => {
  const config = join(temporaryDirectory(t), "config");
  const { settings, places, problems } = readConfig(config, now);
  assert.deepEqual(settings, {
    source: "daily",
    sources: [],
    arxivEndpoint: "https://export.arxiv.org",
    arxivSite: "https://arxiv.org",
    biorxivEndpoint: "https://api.biorxiv.org",
    europePmcEndpoint: "https://www.ebi.ac.uk/europepmc/webservices/rest",
    keepText: "starred",
    summary: "first",
    columns: null,
    rows: 1,
    markReadAfter: 2,
    ascii: false,
    color: "auto",
    theme: "terminal",
  });
  assert.deepEqual(Object.keys(places), []);
  assert.deepEqual(problems, []);
  assert.ok(!existsSync(config));
});

test("settings are read, also after a byte order mark", (t) => {
  const chosen = {
    source: "arxiv:cs.LG",
    sources: [],
    arxivEndpoint: "http://127.0.0.1:8081",
    arxivSite: "https://arxiv.org",
    biorxivEndpoint: "https://api.biorxiv.org",
    europePmcEndpoint: "https://www.ebi.ac.uk/europepmc/webservices/rest",
    keepText: "starred",
    summary: "first",
    columns: ["date", "title", "stars"],
    rows: 2,
    markReadAfter: 0,
    ascii: true,
    color: "never",
    theme: "dark",
  };
  const { config } = withConfig(t, `\uFEFF${JSON.stringify(chosen)}`);
  assert.deepEqual(readConfig(config, now), {
    settings: chosen,
    places: readConfig("/", now).places,
    problems: [],
    unknown: [],
  });
});

test("columns are a list of different known names, and rows are of one or two lines", (t) => {
  for (const columns of ["title", [], ["title", "title"], ["title", "colour"], [1], {}, true]) {
    const { config } = withConfig(t, JSON.stringify({ columns }));
    const { settings, problems } = readConfig(config, now);
    assert.equal(settings.columns, null, JSON.stringify(columns));
    assert.match(problems.join(), /"columns" in .* must be a list, without repeats, of votes, title/);
  }
  for (const rows of [0, 3, "2", null, 1.5]) {
    const { config } = withConfig(t, JSON.stringify({ rows }));
    const { settings, problems } = readConfig(config, now);
    assert.equal(settings.rows, 1);
    assert.match(problems.join(), /"rows" in .* must be 1 or 2/);
  }
});

test("a setting of a wrong type falls back to its default and is said; the others hold", (t) => {
  const wrong = { source: 7, markReadAfter: -1, ascii: "yes", color: "never", later: { unknown: true } };
  const { config } = withConfig(t, JSON.stringify(wrong));
  const { settings, problems } = readConfig(config, now);
  assert.deepEqual(settings, { ...defaultSettings, color: "never" });
  assert.equal(problems.length, 3);
  assert.match(
    problems[1] ?? "",
    /"markReadAfter" in .* must be a number of seconds, 0 or more\. Used instead: 2\./,
  );
});

test("a misspelt setting is said with the right name; what is near none is kept and said by doctor", (t) => {
  const mine = { theem: "dark", markreadafter: 0, colour: "never", notes: "mine", $schema: "x", places: [] };
  const { config, path } = withConfig(t, JSON.stringify(mine));
  const { settings, problems, unknown } = readConfig(config, now);
  assert.deepEqual(settings, defaultSettings);
  assert.deepEqual(
    problems,
    [
      ["theem", "theme"],
      ["markreadafter", "markReadAfter"],
      ["colour", "color"],
    ].map(([wrong, right]) => `There is no setting "${wrong}" in ${path}: did you mean "${right}"?`),
  );
  assert.deepEqual(unknown, ["notes", "$schema"]);
});

test("what is used in place of a wrong value is said in words", (t) => {
  const names = Object.keys(defaultSettings);
  const { config } = withConfig(t, JSON.stringify(Object.fromEntries(names.map((name) => [name, [7, 7]]))));
  const { problems } = readConfig(config, now);
  assert.equal(problems.length, names.length);
  for (const problem of problems) {
    assert.match(problem, /Used instead: ["\w]/);
    assert.doesNotMatch(problem, /null|\[\]|; /, problem);
  }
});

test("settings of any wrong shape never stop the program", (t) => {
  for (const odd of [null, [], {}, "", "x", -0.5, true, { a: 1 }]) {
    const wrong = { source: odd, markReadAfter: odd, ascii: odd, color: odd, places: odd };
    const { config } = withConfig(t, JSON.stringify(wrong));
    const { settings } = readConfig(config, now);
    for (const key of Object.keys(defaultSettings) as (keyof typeof defaultSettings)[]) {
      assert.equal(typeof settings[key], typeof defaultSettings[key]);
    }
  }
});

test("a mistake in the settings is said by its line", (t) => {
  const { config } = withConfig(t, '{\n  "source": "daily",\n  "theme": "dark",\n}\n');
  assert.match(readConfig(config, now).problems[0] ?? "", /\(a mistake in line 4\)/);
  assert.deepEqual(keptAside(config), ["config.json.broken-20261123082415"]);
});

for (const [text, line] of [
  ['// mine\n{\n  "theme": "dark"\n}\n', 1],
  ['{\n  "source": "daily",\n  // at night\n  "theme": "dark"\n}\n', 3],
  ['{\n  "source": "daily",\n  "theme": \'dark\'\n}\n', 3],
  ['{\n  "ascii": True\n}\n', 2],
] as const) {
  test(`a mistake is said by its line: ${JSON.stringify(text)}`, (t) => {
    const { config } = withConfig(t, text);
    assert.ok(readConfig(config, now).problems[0]?.includes(`(a mistake in line ${line})`));
  });
}

for (const text of ['{"source": "daily",}', "", "null", "[1]", '"x"', "\0\0\0"]) {
  test(`a config file that is no settings file is set aside, untouched, and said: ${JSON.stringify(text)}`, async (t) => {
    const { config, path } = withConfig(t, text);
    const { settings, problems } = readConfig(config, now);
    assert.deepEqual(settings, defaultSettings);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? "",
      /could not be read .* were kept as config\.json\.broken-20261123082415, and the defaults are used/,
    );
    assert.equal(readFileSync(`${path}.broken-20261123082415`, "utf8"), text);
    assert.ok(!existsSync(path));
    assert.equal(await savePlace(config, "Daily Papers", place), null);
    writeFileSync(path, "broken again");
    readConfig(config, now);
    assert.equal(readFileSync(`${path}.broken-20261123082415`, "utf8"), text);
    assert.equal(readFileSync(`${path}.broken-20261123082415-2`, "utf8"), "broken again");
  });

  test(`a config file broken while running is not written over: ${JSON.stringify(text)}`, async (t) => {
    const { config, path } = withConfig(t, text);
    assert.match(
      (await savePlace(config, "Daily Papers", place)) ?? "",
      /not saved: .*is not a settings file/,
    );
    assert.equal(readFileSync(path, "utf8"), text);
    assert.deepEqual(readdirSync(config), ["config.json"]);
  });
}

test("a config file that cannot be read is said, and left alone", (t) => {
  const config = temporaryDirectory(t);
  mkdirSync(join(config, "config.json"));
  const { settings, problems } = readConfig(config, now);
  assert.deepEqual(settings, defaultSettings);
  assert.match(problems.join(), /config\.json is a folder where a file should be/);
  assert.deepEqual(readdirSync(config), ["config.json"]);
});

test("where the reader left off is there again, listing by listing", async (t) => {
  const config = join(temporaryDirectory(t), "deep", "config");
  const other = { ...defaultPosition, filter: "other" };
  for (const name of ["Daily Papers", "2510.22543v1.bib", "__proto__", "constructor", "2024"]) {
    assert.equal(await savePlace(config, name, place), null);
  }
  assert.equal(await savePlace(config, "Daily Papers", other), null);
  const { places, problems } = readConfig(config, now);
  assert.deepEqual(problems, []);
  assert.deepEqual(places["2510.22543v1.bib"], place);
  for (const name of ["__proto__", "constructor"]) assert.deepEqual(places[name], place);
  assert.deepEqual(places["2024"], place);
  assert.deepEqual(places["Daily Papers"], { ...other, history: place.history });
  assert.equal(places.toString, undefined, "a listing called so was never opened");
});

test("saving a place keeps everything else in the file, and its permissions", async (t) => {
  const mine = { source: "arxiv:cs.LG", "a.b": { future: [1] }, places: [{ listing: "x", mood: "good" }, 7] };
  const { config, path } = withConfig(t, JSON.stringify(mine));
  assert.equal(await savePlace(config, "Daily Papers", place), null);
  const after = JSON.parse(readFileSync(path, "utf8"));
  assert.deepEqual(after, { ...mine, places: [...mine.places, { listing: "Daily Papers", ...place }] });
  assert.equal(statSync(path).mode & 0o777, process.platform === "win32" ? 0o666 : 0o644);
  assert.deepEqual(readdirSync(config), ["config.json"]);
});

test("settings after a byte order mark are kept when a position is saved", async (t) => {
  const { config } = withConfig(t, '\uFEFF{"ascii":true}');
  assert.equal(await savePlace(config, "Daily Papers", place), null);
  const { settings, places, problems } = readConfig(config, now);
  assert.deepEqual([settings.ascii, places["Daily Papers"], problems], [true, place, []]);
});

test("a config file that is a link stays one", { skip: process.platform === "win32" }, async (t) => {
  const { path: real } = withConfig(t, '{"ascii":true}');
  const config = temporaryDirectory(t);
  symlinkSync(real, join(config, "config.json"));
  assert.equal(await savePlace(config, "Daily Papers", place), null);
  assert.equal(JSON.parse(readFileSync(real, "utf8")).places.length, 1);
});

test("several places are saved in one write, and filters of two readers of one listing are joined", async (t) => {
  const config = temporaryDirectory(t);
  const names = Array.from({ length: 10 }, (_, index) => `listing ${index}`);
  assert.equal(await savePositions(write, config, new Map(names.map((name) => [name, place]))), null);
  assert.deepEqual(Object.keys(readConfig(config, now).places), names);
  await savePlace(config, "listing 0", { ...place, history: ["cat", "dog"] });
  assert.deepEqual(readConfig(config, now).places["listing 0"]?.history, ["hessian", "cat", "dog"]);
});

test("the places of 50 listings and 100 filters each are kept, the oldest go", async (t) => {
  const config = temporaryDirectory(t);
  const history = Array.from({ length: 130 }, (_, index) => `${index}`);
  for (let number = 60; number > 0; number--) {
    assert.equal(await savePlace(config, `${number}`, { ...place, history }), null);
  }
  await savePlace(config, "50", { ...place, history });
  await savePlace(config, "newest", { ...place, history });
  const { places } = readConfig(config, now);
  assert.equal(Object.keys(places).length, 50);
  assert.deepEqual([places["49"], places["51"]], [undefined, undefined]);
  assert.ok(places["50"] !== undefined && places["48"] !== undefined);
  assert.deepEqual(places.newest?.history, history.slice(30));
});

test("a place of a wrong shape falls back field by field and is said", (t) => {
  const wrong = {
    listing: "Daily Papers",
    view: "all of them",
    sort: "-title",
    filter: 3,
    history: ["a", 1],
  };
  const { config } = withConfig(t, JSON.stringify({ places: [wrong, { view: "all" }, 7] }));
  const { places, problems } = readConfig(config, now);
  assert.deepEqual(places["Daily Papers"], { ...defaultPosition, sort: "-title" });
  assert.equal(problems.length, 2);
  assert.match(problems[0] ?? "", /in Daily Papers could not be read: "view", "filter", "history"/);
});

test("places in a form this version does not know are not thrown away", async (t) => {
  const text = '{"places":{"Daily Papers":{"view":"all"}}}';
  const { config, path } = withConfig(t, text);
  assert.equal(readConfig(config, now).problems.length, 1);
  assert.match((await savePlace(config, "Daily Papers", place)) ?? "", /"places" in .* must be a list/);
  assert.equal(readFileSync(path, "utf8"), text);
});

test("where nothing can be written, saving a place says so and nothing else happens", async (t) => {
  const config = join(temporaryDirectory(t), "config");
  writeFileSync(config, "precious");
  assert.match((await savePlace(config, "Daily Papers", place)) ?? "", /not saved: a file is in the way/);
  assert.equal(readFileSync(config, "utf8"), "precious");
});

test("on a disk that fills up the settings are as they were", { skip: process.platform === "win32" }, (t) => {
  const mine = { source: "arxiv:cs.LG", notes: "x".repeat(900) };
  const { config, path } = withConfig(t, JSON.stringify(mine));
  const script = `
    import { loadConfigWriter } from "./source/settings/config-writer.ts";
    import { savePositions } from "./source/settings/save.ts";
    const place = { view: "all", sort: "order", filter: "", paper: null, history: ["${"y".repeat(900)}"] };
    process.stdout.write(String(await savePositions(await loadConfigWriter(), process.env.CONFIG, new Map([["Daily Papers", place]]))));`;
  const limited = 'ulimit -f 1; exec "$0" "$@"';
  const node = [process.execPath, "--import", "tsx", "--input-type=module", "--eval", script];
  const env = { ...process.env, CONFIG: config, TSX_DISABLE_CACHE: "1" };
  const run = spawnSync("bash", ["-c", limited, ...node], { cwd: root, env, encoding: "utf8" });
  assert.match(run.stdout, /not saved: .*(full|limit)/, run.stderr);
  assert.equal(readFileSync(path, "utf8"), JSON.stringify(mine));
  assert.deepEqual(readdirSync(config), ["config.json"]);
});
