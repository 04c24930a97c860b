import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
// @ts-expect-error: a script of the build, without types.
import { noticesOf } from "../../scripts/notices.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");

interface Package {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** The package that a bundled file belongs to, found by the nearest package.json that has a name and a version. */
function packageOf(path: string): Package {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    const { name, version } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    if (name && version) return { name, version, folder };
  }
}

test("the notices that ship name every package that is in the bundles, and no other", () => {
  const inputs: string[] = JSON.parse(readFileSync(join(root, "build", "inputs.json"), "utf8"));
  const foreign = inputs.filter((path) => path.startsWith("node_modules/"));
  const packages = foreign.map((path) => packageOf(join(root, path)));
  const expected = new Set(packages.map(({ name, version }) => `${name} ${version}`));
  assert.ok(expected.size > 30);
  const parts = readFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), "utf8").split(`${"=".repeat(80)}\n\n`);
  assert.deepEqual(new Set(parts.slice(1).map((part) => part.split("\n")[0])), expected);
  for (const part of parts.slice(1)) {
    assert.match(part, /copyright/i, part.slice(0, 60));
    assert.match(part, /without restriction|with or without|Apache License/, part.slice(0, 60));
  }
  // What a package says itself of its licence is there word for word.
  for (const { name, folder } of packages) {
    const text = ["LICENSE", "license", "LICENSE.md", "LICENSE.txt"]
      .map((file) => join(folder, file))
      .filter(existsSync)
      .map((file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim())[0];
    if (text !== undefined)
      assert.ok(
        parts.some((part) => part.includes(text)),
        name,
      );
  }
});

test("code of the bundles that names a package is of a package in the notices", () => {
  // Independent of what esbuild reports: sentences that only these packages write.
  const notices = readFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const [file, sign, name] of [
    ["ui.mjs", "react.transitional.element", "react"],
    ["ui.mjs", "setMeasureFunc", "yoga-layout"],
    ["undici.js", "UND_ERR_CONNECT_TIMEOUT", "undici"],
    ["undici.js", "llhttp", "llhttp"],
  ] as const) {
    assert.ok(readFileSync(join(dist, file), "latin1").includes(sign), sign);
    assert.ok(notices.includes(name), name);
  }
});

test("nested copies, scoped packages, other names of licence files, packages that bring no text", () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-notices-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const packageAt = (path: string, fields: object) => {
    put(`${path}/package.json`, JSON.stringify(fields));
    return `${path}/lib/index.js`;
  };
  try {
    const inputs = [
      "source/cli.ts",
      packageAt("node_modules/a", { name: "a", version: "1.0.0", license: "MIT", author: "Ann Own <a@b>" }),
      packageAt("node_modules/a/node_modules/b", { name: "b", version: "1.0.0", license: "BSD-2-Clause" }),
      packageAt("node_modules/b", { name: "b", version: "2.0.0", licenses: [{ type: "MIT" }] }),
      packageAt("node_modules/@scope/c", { name: "@scope/c", version: "3.0.0", license: "Apache-2.0" }),
      packageAt("node_modules/d", { name: "d", version: "4.0.0", license: "ISC", author: { name: "Dee" } }),
      "lazy:d",
    ];
    put("node_modules/a/node_modules/b/LICENCE.md", "Terms of the nested b\r\nin two lines");
    put("node_modules/b/COPYING", "Terms of b");
    put("node_modules/@scope/c/LICENSE-APACHE", "Terms of c");
    put("node_modules/@scope/c/NOTICE", "Notice of c");
    put("node_modules/@scope/c/vendor/x/LICENSE", "Terms of x in c");
    put("node_modules/@scope/c/license.js", "not a text");
    const text: string = noticesOf(inputs, folder);
    const parts = text.split(`${"=".repeat(80)}\n\n`);
    assert.deepEqual(
      parts.slice(1).map((part) => part.split("\n")[0]),
      ["@scope/c 3.0.0", "a 1.0.0", "b 1.0.0", "b 2.0.0", "d 4.0.0"],
    );
    const [, c = "", a = "", b1 = "", b2 = "", d = ""] = parts;
    for (const terms of ["Terms of c", "Notice of c", "Terms of x in c"]) assert.ok(c.includes(terms), terms);
    assert.ok(!text.includes("not a text"));
    assert.match(a, /Copyright \(c\) Ann Own[\s\S]*without restriction/);
    assert.doesNotMatch(a, /nested b/);
    assert.match(b1, /Licence: BSD-2-Clause[\s\S]*nested b\nin two/);
    assert.match(b2, /Licence: MIT[\s\S]*Terms of b/);
    assert.match(d, /Copyright \(c\) Dee[\s\S]*with or without fee/);
    // Neither a text nor a licence whose text is known: it may not be shipped.
    const unknown = packageAt("node_modules/e", { name: "e", version: "5.0.0", license: "SEE LICENSE" });
    assert.throws(() => noticesOf([unknown], folder), /e 5\.0\.0 \(SEE LICENSE\) has no licence text/);
    const silent = packageAt("node_modules/f", { name: "f", version: "6.0.0" });
    assert.throws(() => noticesOf([silent], folder), /f 6\.0\.0 \(\) has no licence text/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
