import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { generatedDocuments, searchTable, withGenerated } from "../scripts/readme.js";
import { helpText } from "../source/cli/arguments/help.js";
import { sortKeys } from "../source/reader/keys/keymap.js";
import { defaultSettings } from "../source/settings/settings.js";

const readme = readFileSync("README.md", "utf8");
/** What people read who use the program. */
const guides = [
  "README.md",
  ...["guide", "sources", "scripts", "files", "troubleshooting"].map((name) => `docs/${name}.md`),
];
const documents = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("the documents show the keys of the keymap and the figures of the bench (npm run readme)", () => {
  for (const path of generatedDocuments) assert.ok(withGenerated(path) === readFileSync(path, "utf8"), path);
});

test("the README is short enough to be read", () => {
  assert.ok(readme.split(/\s+/).length < 1_500);
});

test("the table of searches has a row a program and a column a size, and says what is not there", () => {
  const results = `| other | table |
| --- | --- |
| a | b |

| the same papers with | papers | made ready in | a query | beside ours |
| --- | --- | --- | --- | --- |
| ours | 40 | 1 ms | 2 ms | 1 × |
| ours | 1,000 | 1 ms | 3 ms | 1 × |
| theirs | 40 | – | 4 ms | 2 × |

more`;
  const wanted = `| a query in | 40 papers | 1,000 papers |
| --- | --- | --- |
| ours | 2 ms | 3 ms |
| theirs | 4 ms | – |
`;
  assert.equal(searchTable(results), wanted);
  assert.throws(() => searchTable("nothing"), /no table/);
});

test("the two commands come before every other, the picture before them", () => {
  const commands = [...readme.matchAll(/npm ci && npm \w+/g)].map(([command]) => command);
  assert.deepEqual(commands.slice(0, 2), ["npm ci && npm start", "npm ci && npm test"]);
  assert.ok(readme.indexOf("docs/browse.svg") < readme.indexOf("npm ci"));
});

test("what the documents link to exists", () => {
  for (const name of documents) {
    for (const [, target] of readFileSync(name, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(dirname(name), target as string)), `${name} links to ${target}`);
    }
  }
});

test("every setting is in the table of settings, with nothing that is none", () => {
  const [, table = ""] = readFileSync("docs/files.md", "utf8").split("## Settings");
  const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name as string);
  assert.deepEqual(named.sort(), Object.keys(defaultSettings).sort());
});

test("the guide lists every order that S offers, with its key", () => {
  const guide = readFileSync("docs/guide.md", "utf8");
  const line = guide.split("\n").find((one) => one.startsWith("- `S` sorts")) ?? "";
  const keys = [...line.matchAll(/`(\w)` /g)].map(([, key]) => key);
  assert.deepEqual(keys.slice(1).sort(), sortKeys.map(({ key }) => key).sort());
});

test("every option that the documents name is in --help", () => {
  const options = new Set([...helpText().matchAll(/--[a-z-]+/g)].map(([option]) => option));
  for (const name of guides) {
    for (const [, option] of readFileSync(name, "utf8").matchAll(/`(--[a-z-]+)/g)) {
      assert.ok(options.has(option as string), `${option} is in ${name} and not in --help`);
    }
  }
});
