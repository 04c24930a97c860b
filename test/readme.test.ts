import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { searchTable, withGenerated } from "../scripts/readme.js";
import { helpText } from "../source/commands/help.js";

const readme = readFileSync("README.md", "utf8");

test("the keys in the README are those of the keymap, its figures those of the bench (npm run readme)", () => {
  assert.ok(withGenerated(readme, readFileSync("bench/RESULTS.md", "utf8")) === readme);
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

test("the two commands stand before every other, the picture before them", () => {
  const commands = [...readme.matchAll(/npm ci && npm \w+/g)].map(([command]) => command);
  assert.deepEqual(commands.slice(0, 2), ["npm ci && npm start", "npm ci && npm test"]);
  assert.ok(readme.indexOf("docs/browse.svg") < readme.indexOf("npm ci"));
});

test("what the documents link to exists", () => {
  for (const name of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]) {
    for (const [, target] of readFileSync(name, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(target as string), `${name} links to ${target}`);
    }
  }
});

test("every option of --help that the README names exists, and its exit codes are those of --help", () => {
  const options = new Set([...helpText().matchAll(/--[a-z-]+/g)].map(([option]) => option));
  for (const [, option] of readme.matchAll(/`(--[a-z-]+)/g)) {
    assert.ok(options.has(option as string), `${option} is in the README and not in --help`);
  }
});
