import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader } from "../reader.js";

const papers = ["Zebras", "ärlig", "Ostrich", "Öre", "apes"].map((title) => ({
  title,
  authors: [`Ann ${title}`],
}));

test("titles and names are sorted in the order of the reader's language", () => {
  for (const keys of ["St", "Sa"]) {
    assert.deepEqual(new Reader(papers).type(keys).rows, ["apes", "ärlig", "Öre", "Ostrich", "Zebras"], keys);
    const swedish = new Reader(papers, { locale: "sv-SE" });
    assert.deepEqual(swedish.type(keys).rows, ["apes", "Ostrich", "Zebras", "ärlig", "Öre"], keys);
  }
});
