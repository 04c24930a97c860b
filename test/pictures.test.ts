import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { rowsOf } from "../source/screen/regions.js";
import { listingOf, Reader } from "./reader/reader.js";

/** The rows of text in a picture, without blanks. */
function rowsInPicture(name: string): readonly string[] {
  const picture = readFileSync(`docs/${name}.svg`, "utf8");
  return [...picture.matchAll(/<text y="[^>]*>(.*?)<\/text>/g)].map(([, row]) =>
    bare(
      (row as string)
        .replace(/<[^>]+>/g, "")
        .replace(/&(lt|gt|amp|quot|#39);/g, (sign) => signs[sign] ?? sign),
    ),
  );
}

const signs: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
};

/** A row without what is drawn as lines and blocks. */
function bare(row: string): string {
  return row.replace(/[\s─│┬┴▌]/g, "");
}

test("the help on the picture is the help of the program (npm run screenshots)", () => {
  const reader = new Reader(40, { columns: 100, rows: 30 }).type("?");
  const shown = rowsOf(reader.model)
    .map((line) => bare(line.map(({ text }) => text).join("")))
    .filter((row) => row !== "");
  assert.deepEqual(
    rowsInPicture("help").filter((row) => row !== ""),
    shown,
  );
});

/** The last row that a program shows in that state, without blanks. */
function footerOf(papers: number, columns: number, rows: number, keys: string): string {
  const day = { ...listingOf(papers), hasDays: true };
  const lines = rowsOf(new Reader(day, { columns, rows }).type(keys).model);
  return bare((lines.at(-1) ?? []).map(({ text }) => text).join(""));
}

test("the keys at the foot of the pictures are those of the program (npm run screenshots)", () => {
  const footers: readonly (readonly [picture: string, footer: string])[] = [
    ["browse", footerOf(14, 120, 36, "")],
    ["skim", footerOf(14, 120, 30, "")],
    ["triage", footerOf(12, 120, 30, "T")],
    ["narrow", footerOf(14, 80, 24, "")],
  ];
  for (const [picture, footer] of footers) assert.equal(rowsInPicture(picture).at(-1), footer, picture);
});

test("there is a picture of each scene, and every picture that a document shows is one of them", () => {
  const scenes = [...readFileSync("scripts/screenshots.ts", "utf8").matchAll(/^ {4}name: "(\w+)",$/gm)].map(
    ([, name]) => name as string,
  );
  assert.ok(scenes.length >= 7, scenes.join(" "));
  for (const name of scenes) assert.ok(existsSync(`docs/${name}.svg`), name);
  const documents = [
    "README.md",
    ...readdirSync("docs")
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  for (const path of documents)
    for (const [, name] of readFileSync(path, "utf8").matchAll(/!\[[^\]]*\]\((?:docs\/)?([\w-]+)\.svg\)/g))
      assert.ok(scenes.includes(name as string), `${path}: ${name}`);
});

test("the picture of the list has votes, a formula and the papers that are new", () => {
  const rows = rowsInPicture("browse");
  assert.ok(rows.some((row) => /new/.test(row)));
  assert.ok(rows.some((row) => /^●?214Tidewater/.test(row)));
  assert.ok(rows.some((row) => row.includes("𝒪(nlogn)")));
});
