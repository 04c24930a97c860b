import assert from "node:assert/strict";
import { test } from "node:test";
import { parse as parseCsv } from "csv-parse/sync";
import { citationKeys } from "../../source/exports/index.js";
import { readableText } from "../../source/exports/text/tex.js";
import { doiOf } from "../../source/papers/identity.js";
import type { Paper } from "../../source/papers/paper.js";
import {
  libraryEntries,
  libraryItems,
  libraryNames,
  listings,
  readableByLibrary,
  readBack,
  schemaItems,
  shownByLibrary,
  written,
} from "./support.js";

const asRead = await listings();
/** The papers as any other source would give them; what their entries bring is tried in entries.test.ts. */
const all = new Map(
  [...asRead].map(([name, papers]) => [name, papers.map(({ entry: _, ...paper }): Paper => paper)]),
);
const others = (paper: Paper, word: string) => (paper.andOthers ? [word] : []);
const dateParts = (paper: Paper) => (paper.published === null ? [] : paper.published.split("-").map(Number));
const arxiv = (paper: Paper) => (/^(?:title|doi):/.test(paper.id) ? undefined : paper.id);
const orNothing = (text: string | null) => (text ? readableText(text) : undefined);

/** What was read is what the source shows; where signs of TeX stay escaped in it, it shows the same. */
function assertSame(read: string, source: string, where: string): void {
  const shown = readableText(source);
  if (read !== shown) assert.equal(readableText(read), shown, where);
}

test("there is something to try it on", () => {
  assert.ok(all.size >= 13);
  assert.ok([...all.values()].flat().length >= 40);
});

test("BibTeX gives every field to another program", () => {
  let replaced = 0;
  let papersRead = 0;
  for (const [name, papers] of all) {
    const entries = libraryEntries(written(papers, "bibtex"), "bibtex") as readonly {
      label: string;
      type: string;
      properties: Record<string, string>;
    }[];
    assert.deepEqual(
      entries.map(({ label }) => label),
      citationKeys(papers),
      name,
    );
    for (const [at, original] of papers.entries()) {
      // Some formulas, as $\rm cm^3$, are sound TeX that the library cannot read.
      const { text: abstract, isReplaced } = readableByLibrary(original.abstract);
      const paper = { ...original, abstract };
      if (isReplaced) replaced += 1;
      const where = `${name}: ${paper.title}`;
      const item = libraryItems(written([paper], "bibtex"), "bibtex")[0];
      assert.ok(item, where);
      assert.equal(item.title, shownByLibrary(paper.title), where);
      const names = [...paper.authors.map(readableText), ...others(paper, "others")];
      assert.deepEqual(libraryNames(item), names, where);
      assert.deepEqual(item.issued?.["date-parts"][0] ?? [], dateParts(paper), where);
      assert.equal(item.DOI, paper.doi ?? undefined, where);
      // It encodes addresses that have a character which none may have, encoded ones once more.
      const urls = [paper.url ?? undefined, paper.url === null ? undefined : encodeURI(paper.url)];
      assert.ok(urls.includes(item.URL as string | undefined), `${where}: ${item.URL}`);
      assert.equal(item.abstract ?? "", shownByLibrary(paper.abstract), where);
      const properties = entries[at]?.properties ?? {};
      assert.equal(properties.eprint, arxiv(paper), where);
      assert.equal(properties.archiveprefix, arxiv(paper) && "arXiv", where);
      if (paper.journal !== null && entries[at]?.type !== "misc") {
        assert.equal(item["container-title"], shownByLibrary(paper.journal), where);
      }
      if (!paper.keywords.some((keyword) => /[,$]/.test(keyword))) {
        assert.equal(item.keyword ?? "", paper.keywords.map(shownByLibrary).join(","), where);
      }
      papersRead += 1;
    }
  }
  assert.ok(replaced <= papersRead / 100, `${replaced} of ${papersRead}`);
});

test("RIS gives every field to another program", () => {
  for (const [name, papers] of all) {
    const text = written(papers, "ris");
    const records = libraryEntries(text, "ris");
    const items = libraryItems(text, "ris");
    assert.equal(records.length, papers.length, name);
    for (const [at, paper] of papers.entries()) {
      const record = records[at] ?? {};
      const where = `${name}: ${paper.title}`;
      const list = (value: unknown) => [value ?? []].flat();
      assert.equal(record.TI, readableText(paper.title), where);
      assert.equal(record.DO, paper.doi ?? undefined, where);
      assert.equal(record.UR, paper.url ?? undefined, where);
      assert.equal(record.L1, paper.pdf ?? undefined, where);
      assert.equal(record.T2, orNothing(paper.journal), where);
      assert.equal(record.JO, orNothing(paper.journal), where);
      assert.equal(record.AB, orNothing(paper.abstract), where);
      assert.equal(record.AN, arxiv(paper) && `arXiv:${arxiv(paper)}`, where);
      assert.equal(record.N1, paper.comment ? `Comment: ${readableText(paper.comment)}` : undefined, where);
      assert.deepEqual(list(record.KW), paper.keywords.map(readableText), where);
      const names = list(record.AU).map((one) => {
        const [family, given, suffix] = (one as string).split(", ");
        return [given, family, suffix].filter(Boolean).join(" ");
      });
      const expected = paper.authors.map((one) =>
        readableText(one)
          .replace(/[,;]+ ?/g, " ")
          .trim(),
      );
      assert.deepEqual(names, [...expected, ...others(paper, "et al.")], where);
      assert.equal(items[at]?.title, readableText(paper.title), where);
      assert.deepEqual(items[at]?.issued?.["date-parts"][0] ?? [], dateParts(paper), where);
    }
  }
});

test("CSL-JSON gives every field to another program, in the schema's words", () => {
  for (const [name, papers] of all) {
    const text = written(papers, "csl-json");
    const items = JSON.parse(text) as Record<string, unknown>[];
    const keys = citationKeys(papers);
    assert.deepEqual(schemaItems(items), items, name);
    const read = libraryItems(text, "csl-json");
    for (const [at, paper] of papers.entries()) {
      const item = items[at] ?? {};
      const where = `${name}: ${paper.title}`;
      for (const [field, value] of Object.entries(item)) {
        assert.deepEqual(read[at]?.[field], value, `${where}: ${field}`);
      }
      assert.match(String(item.type), /^(?:article|article-journal|paper-conference)$/);
      assert.equal(item.id, keys[at], where);
      assert.equal(item.title, readableText(paper.title), where);
      const names = [...paper.authors.map(readableText), ...others(paper, "others")];
      assert.deepEqual(libraryNames(item), names, where);
      assert.deepEqual(read[at]?.issued?.["date-parts"][0] ?? [], dateParts(paper), where);
      assert.equal(item.DOI, paper.doi ?? undefined, where);
      assert.equal(item.URL, paper.url ?? undefined, where);
      assert.equal(item.abstract, orNothing(paper.abstract), where);
      assert.equal(item["container-title"], orNothing(paper.journal), where);
      assert.equal(item.keyword, orNothing(paper.keywords.map(readableText).join(", ")), where);
      assert.equal(item.number, arxiv(paper) && `arXiv:${arxiv(paper)}`, where);
    }
  }
});

test("what we write we read again, with the same identity", async () => {
  for (const [name, papers] of all) {
    for (const format of ["bibtex", "ris", "csl-json"] as const) {
      const listing = await readBack(written(papers, format));
      assert.deepEqual(listing.problems, [], `${name} ${format}`);
      assert.equal(listing.papers.length, papers.length);
      for (const [at, paper] of papers.entries()) {
        const read = listing.papers[at] as Paper;
        const where = `${name} ${format}: ${paper.title}`;
        // RIS has no commas in names, from which an identity may be made.
        const isCut = format === "ris" && /,/.test(paper.authors[0] ?? "");
        if (!isCut) assert.equal(read.id, paper.id, where);
        // In BibTeX a sign that would be taken for TeX stays escaped.
        assertSame(read.title, paper.title, where);
        assert.equal(read.published, paper.published, where);
        assert.equal(read.doi ?? "", paper.doi ?? "", where);
        assert.equal(read.journal, paper.journal && readableText(paper.journal), where);
        // A heading before an abstract in RIS is none of it.
        const abstract = format === "ris" ? paper.abstract.replace(/^ABSTRACT /, "") : paper.abstract;
        assertSame(read.abstract, abstract, where);
        // Readers of RIS and CSL-JSON give a paper that has only a DOI its address.
        if (paper.url !== null || doiOf(paper.doi ?? "") === null || format === "bibtex") {
          assert.equal(read.url, paper.url, where);
        }
        const authors = paper.authors.map(readableText);
        const commas = format === "ris" ? authors.map((one) => one.replaceAll(",", "")) : authors;
        // No name is longer; some sources run all their authors together.
        const short = (names: readonly string[]) => names.map((one) => one.slice(0, 400));
        assert.deepEqual(short(read.authors), short(commas), where);
        assert.equal(read.andOthers, paper.andOthers, where);
        // CSL-JSON has one text for all of them.
        if (format !== "csl-json" || !paper.keywords.some((one) => one.includes(","))) {
          // Each keyword is read once, as the same one often comes from two databases.
          const once = (words: readonly string[]) => [...new Set(words)];
          assert.deepEqual(once(read.keywords), once(paper.keywords.map(readableText)), where);
        }
        if (format === "bibtex") {
          // "Comments:" before a remark is how others mark one.
          const comment = readableText(paper.comment ?? "").replace(/^Comments?:\s*/i, "");
          // A note that is nothing but an identifier is no remark.
          const isIdentifier = doiOf(comment) !== null || /^(?:arxiv:|cited by)/i.test(comment);
          if (!isIdentifier) assert.equal(readableText(read.comment ?? ""), comment, where);
        }
        if (format === "ris") assert.equal(read.pdf ?? paper.pdf, read.pdf, where);
      }
    }
  }
});

test("JSON is read again as it was, all of it", async () => {
  for (const [name, papers] of asRead) {
    const text = written(papers, "json");
    assert.equal((JSON.parse(text) as unknown[]).length, papers.length);
    assert.deepEqual((await readBack(text)).papers, papers, name);
  }
});

test("CSV has every field of every paper", () => {
  for (const [name, papers] of all) {
    const rows: Record<string, string>[] = parseCsv(written(papers, "csv"), {
      columns: true,
      record_delimiter: "\r\n",
    });
    assert.equal(rows.length, papers.length, name);
    for (const [at, paper] of papers.entries()) {
      const row = rows[at] as Record<string, string>;
      for (const [field, value] of Object.entries(paper)) {
        if (field === "authorCount" || field === "andOthers") continue;
        const text = (row[field] as string).replace(/^'(?='*[=+\-@\t＝＋－＠])/, "");
        if (field === "authors" && paper.andOthers) {
          assert.equal(text, [...paper.authors, "et al."].join("; "), name);
          continue;
        }
        assert.equal(text, Array.isArray(value) ? value.join("; ") : String(value ?? ""), `${name} ${field}`);
      }
    }
  }
});
