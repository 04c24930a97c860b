import assert from "node:assert/strict";
import { test } from "node:test";
import { writeDigest } from "../../source/exports/digest/index.js";
import { linkOf } from "../../source/reader/detail/links.js";
import { markedListing } from "../../source/sources/marked.js";

const envelope = { from: "ada@host.example", to: "me@example.org", unique: "a1b2c3" };

test("papers that a foreign journal marks by odd identities have pages, and a digest can be made of them", () => {
  const ids = [
    "doi:10.1234/\ud800",
    "\udc00",
    "title:\ud800",
    "doi:10.1234/\u001b[2J",
    "doi:10.1101/../../x",
  ];
  const marks = ids.map((id) => ({ id, title: "", kept: null }));
  const { papers } = markedListing("starred", marks);
  assert.deepEqual(papers.map(linkOf), [null, null, null, null, "https://doi.org/10.1101/../../x"]);
  const items = [...papers].map((paper) => ({ paper, why: null }));
  const sections = [{ title: "Starred", isBrief: false, items }];
  for (const format of ["text", "md", "html", "atom"] as const) {
    const text = writeDigest({ title: "T", at: 0, sections, problems: [] }, format, envelope);
    assert.ok(!/[\p{Cs}\u001b]/u.test(text), format);
  }
});
