import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Aliases } from "../../source/library/aliases.js";
import { Registers } from "../../source/library/journal/registers.js";
import { openLibrary } from "../../source/library/library.js";
import { makeListing } from "../../source/papers/listing.js";
import { type MarkField, markBits } from "../../source/papers/marks.js";
import { makePaper, type Paper } from "../../source/papers/paper.js";
import { bitsOf, fresh, line, linesOf, now, open, shown, temporaryDirectory } from "./support.js";

const title = "Learning More with Less: A Dynamic Framework";
const onPage = makePaper({ title, published: "2025-10-29" });
const onArxiv = makePaper({ id: "2510.22543", title, authors: ["Min Xu"], published: "2025-10-26" });
const byOthers = makePaper({ id: "1203.00001", title, authors: ["Ada Poe"], published: "2012-03-01" });

const listingOf = (...papers: Paper[]) => makeListing("Some", { papers, day: null, problems: [] });
const set = ({ id, title }: Paper, field: MarkField, on: boolean) => ({ paper: id, title, [field]: on });

for (const [marked, seen] of [
  [onPage, onArxiv],
  [onArxiv, onPage],
] as const) {
  test(`a star given to ${marked.id} is seen on ${seen.id}, and taken from both`, (t) => {
    const state = temporaryDirectory(t);
    const first = open(state);
    first.attachListing(listingOf(marked));
    first.record("starred", [set(marked, "starred", true)]);

    const library = open(state);
    assert.equal(library.bits(seen.id), 0, "before its listing is known");
    library.attachListing(listingOf(byOthers, seen));
    assert.deepEqual(bitsOf(library, seen.id, byOthers.id), [markBits.starred, 0]);
    library.record("read", [set(seen, "read", true)]);
    library.record("unstarred", [set(seen, "starred", false)]);
    assert.equal(library.bits(seen.id), markBits.read);
    assert.ok(shown(first.refresh()).includes(`${marked.id} read`));
    assert.equal(open(state).bits(marked.id), markBits.read);
    for (const starred of [true, false, true]) {
      const [undone] = starred ? library.undo() : library.redo();
      assert.deepEqual(undone?.papers[0], { paper: seen.id, title, starred });
    }
    assert.equal(library.bits(seen.id), markBits.read | markBits.starred);
    assert.equal(open(state).bits(marked.id), markBits.read | markBits.starred);
    first.record("later", [set(marked, "later", true)]);
    assert.ok(shown(library.refresh()).includes(`${seen.id} read starred later`));
    assert.equal(library.bits(seen.id), markBits.read | markBits.starred | markBits.later);
  });
}

test("a star of a thesis is seen on the thesis alone, and not on the article of its title", (t) => {
  const [thesis, article] = (["phdthesis", "article"] as const).map((type) =>
    makePaper({ ...onArxiv, id: "", entry: { format: "bibtex", type, key: type, fields: [], needs: [] } }),
  ) as [Paper, Paper];
  const { library } = fresh(t);
  const both = listingOf(thesis, article);
  library.attachListing(both);
  library.record("starred", [set(both.paper(0), "starred", true)]);
  const seen = [both, listingOf(article), listingOf(thesis)].map((listing) => {
    library.attachListing(listing);
    return [...library.bitsOf(listing)];
  });
  assert.deepEqual(seen, [[markBits.starred, 0], [0], [markBits.starred]]);
});

test("a title that two papers have, listed or marked, gives no marks unless an author decides", (t) => {
  const { state, library } = fresh(t);
  const unsigned = makePaper({ id: "doi:10.1/x", title, published: "2025" });
  library.attachListing(listingOf(onPage));
  library.record("starred", [set(onPage, "starred", true)]);
  library.attachListing(listingOf(onArxiv, unsigned));
  assert.deepEqual(bitsOf(library, onArxiv.id, unsigned.id), [0, 0]);
  library.attachListing(listingOf(onArxiv, byOthers));
  assert.equal(library.bits(onArxiv.id), markBits.starred);
  // The journal says who made a paper where the listing does.
  library.record("read", [set(onArxiv, "read", true)]);
  const [paper] = JSON.parse(linesOf(join(state, "marks-laptop.jsonl")).at(-1) ?? "").papers;
  assert.deepEqual(paper, { paper: onArxiv.id, title, by: "Xu 2025", read: true });
  const other = fresh(t).library;
  for (const paper of ["2510.22543", "2510.99999"])
    other.record("starred", [{ paper, title, starred: true }]);
  other.attachListing(listingOf(onPage));
  assert.equal(other.bits(onPage.id), 0);
});

test("a paper marked by its title identity is found by it, whatever title is recorded", (t) => {
  const { state, library } = fresh(t);
  const marked = line("desk:r-1", "2026-11-23T07:00:00.000Z", onPage.id, "starred", true);
  writeFileSync(join(state, "marks-desk.jsonl"), marked);
  library.refresh();
  library.attachListing(listingOf(onArxiv));
  assert.equal(library.bits(onArxiv.id), markBits.starred);
});

test("a mark under another identity is found from a snapshot and what came after it", (t) => {
  const [state, cache] = [temporaryDirectory(t), temporaryDirectory(t)];
  const place = { cache, codeHash: "1" };
  const splices = makePaper({ id: "doi:10.1/splices", title: "Splices and eyes", authors: ["Ines Holm"] });
  const onSplices = makePaper({ title: splices.title, authors: splices.authors });
  const first = openLibrary(state, "laptop", now, place).library;
  first.record("starred", [set(onArxiv, "starred", true)]);
  first.keepSnapshot(1);
  first.attachListing(listingOf(splices));
  first.record("starred", [set(splices, "starred", true)]);
  const { library } = openLibrary(state, "laptop", now, place);
  assert.ok(library.bytesInSnapshot > 0);
  library.attachListing(listingOf(onPage, onSplices));
  assert.deepEqual(bitsOf(library, onPage.id, onSplices.id), [markBits.starred, markBits.starred]);
});

test("journals are read again only where a listing has the title of a marked paper that it lacks", () => {
  const marks = new Registers();
  const byDoi = makePaper({ id: "doi:10.1/own", title: "On Knots", authors: ["Otto Reed"] });
  for (const paper of [byDoi, byOthers])
    marks.apply({ id: "desk:r-1", at: "", label: "read", papers: [set(paper, "read", true)] });
  const readFor = (...papers: Paper[]) => {
    let reads = 0;
    const changesOf = () => {
      reads += 1;
      return [];
    };
    new Aliases({ registers: marks, changesOf }, "/nowhere").setListing(listingOf(...papers));
    return reads;
  };
  const unmarked = makePaper({ id: "doi:10.1/other", title: "Splices and eyes" });
  assert.equal(readFor(byDoi, unmarked, byOthers), 0);
  assert.equal(readFor(byDoi, unmarked, onPage), 1);
});
