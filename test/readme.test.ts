import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { withKeys } from "../scripts/readme.js";
import { helpText } from "../source/commands/help.js";

const readme = readFileSync("README.md", "utf8");

test("the keys in the README are those of the keymap (npm run readme)", () => {
  assert.ok(withKeys(readme) === readme);
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
  const options = new Set([...helpText.matchAll(/--[a-z-]+/g)].map(([option]) => option));
  for (const [, option] of readme.matchAll(/`(--[a-z-]+)/g)) {
    assert.ok(options.has(option as string), `${option} is in the README and not in --help`);
  }
});
