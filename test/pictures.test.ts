import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rowsOf } from "../source/screen/regions.js";
import { Reader } from "./reader/reader.js";

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
