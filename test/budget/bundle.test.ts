import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { cli } from "../e2e/program.js";
import { budget } from "./budget.js";

test("the program's files are no larger than they need to be", () => {
  const dist = dirname(cli);
  const sizes = new Map(readdirSync(dist).map((name) => [name, statSync(join(dist, name)).size]));
  const sizeOf = (wanted: RegExp) => {
    const found = [...sizes].filter(([name]) => wanted.test(name));
    assert.equal(found.length, 1, `${wanted}: ${found.map(([name]) => name)}`);
    return found[0]?.[1] ?? 0;
  };
  const within = (what: string, size: number, most: number) =>
    assert.ok(size <= most, `${what} has ${size} bytes, ${most} at most: see test/budget/budget.ts`);
  within("main.js", sizeOf(/^main\.js$/), budget.bundle.core);
  within("Ink's file", sizeOf(/^ui\.mjs$/), budget.bundle.ink);
  within(
    "dist",
    [...sizes.values()].reduce((sum, size) => sum + size, 0),
    budget.bundle.all,
  );
});
