import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { plugins } from "@citation-js/core";
import "@citation-js/plugin-ris";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";
import { readListing } from "../../source/formats/index.js";
import { isLong } from "../support/long.js";
import { samples } from "./line-formats.js";

const options = { today: "2026-11-28" };
const fixtures = new URL("../../fixtures/", import.meta.url);

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** How many entries a text of each format has, counted without any of our readers; `null` where nobody can say. */
const counters: Readonly<Record<string, (text: string) => number | null>> = {
  "Daily Papers page (text)": (text) => count(text, /^.{350,}$/gm),
  "Daily Papers API response (JSON)": ofJson,
  "arXiv API response or feed (Atom)": (text) => count(text, /<entry\b/g),
  "arXiv feed (RSS)": (text) => count(text, /<item\b/g),
  "arXiv feed of before 2024 (RDF)": (text) => count(text, /<item\b/g),
  "arXiv e-mail digest": (text) => count(text, /^\\\\\r?\n(?:arXiv:|Paper: )\S/gm),
  "arXiv metadata snapshot (JSON Lines)": (text) => count(text, /^\{"id":/gm),
  "CSL-JSON bibliography": ofJson,
  "Semantic Scholar API response (JSON)": ofJson,
  "OpenAlex API response (JSON)": ofJson,
  "DBLP API response (JSON)": ofJson,
  "OpenReview API response (JSON)": ofJson,
  "bioRxiv or medRxiv API response (JSON)": ofJson,
  "NASA ADS API response (JSON)": ofJson,
  "INSPIRE API response (JSON)": ofJson,
  "DataCite API response (JSON)": ofJson,
  "Europe PMC API response (JSON)": ofJson,
  "JSON Feed": ofJson,
  "bookmarks (HTML)": (text) => count(text, /<A HREF=/g),
  "page with references (HTML, COinS)": (text) => count(text, /Z3988/g),
  "Zotero items (JSON)": ofJson,
  "zbMATH API response (JSON)": ofJson,
  "MathSciNet response (JSON)": ofJson,
  "Google Scholar results (JSON)": ofJson,
  "works of schema.org (JSON-LD)": (text) =>
    count(text.replace(/"citation": \[[^\]]*\]/g, ""), /"@type": "(?:ScholarlyArticle|Dataset)"/g),
  "BibTeX file": (text) =>
    count(
      text.replace(/@comment\{\s*@\w+\{.*/g, ""),
      /^[ \t]*@[ \t]*(?!(?:comment|string|preamble)\b)[\w-]+[ \t]*[{(]/gim,
    ),
  "RIS file": (text) =>
    (plugins.input.chain(text, { generateGraph: false, forceType: "@ris/file" }) as unknown[]).length,
  "feed (RSS or Atom)": (text) => count(text, /<(?:entry|item)\b/g),
  "PubMed file (nbib)": (text) => count(text, /^PMID-/gm) || count(text, /^OWN {1,2}-/gm),
  "Ovid file (tagged)": (text) => count(text, /^<\d+/gm),
  "Web of Science file (tagged)": (text) => count(text, /^(?:\ufeff)?PT /gm),
  "EndNote file (enw)": (text) => count(text, /^%0 /gm),
  "RefWorks file (tagged)": (text) => count(text, /^RT /gm),
  "PubMed response (XML)": (text) => count(text, /<Pubmed(?:Book)?Article>/g),
  "article (JATS XML)": (text) => count(text, /<front>/g),
  "EndNote file (XML)": (text) => count(text, /<record>/g),
  "Europe PMC API response (XML)": (text) => count(text, /<result>/g),
  "Dublin Core (RDF)": (text) => count(text, /<rdf:Description\b/g),
  "DBLP response (XML)": (text) => count(text, /<hit /g) || count(text, / mdate="/g),
  "OAI-PMH response (XML)": (text) => count(text, /<record>/g) - count(text, /status="deleted"/g),
  "ACL Anthology collection (XML)": (text) => count(text, /<paper\b/g),
  "table (CSV or TSV)": (text) =>
    (
      parseCsv(text, {
        bom: true,
        relax_quotes: true,
        relax_column_count: true,
        skip_empty_lines: true,
        delimiter: text.includes("\t") ? "\t" : ",",
      }) as unknown[]
    ).filter((cells) => (cells as string[]).some((cell) => cell !== "")).length - 1,
  "citation file (CFF)": (text) => {
    const root = parseYaml(text) as Record<string, unknown>;
    return 1 + (root["preferred-citation"] ? 1 : 0) + ((root.references as unknown[])?.length ?? 0);
  },
  "papers in Org": (text) => count(text, /:BTYPE:/g),
  "CSL-YAML bibliography": (text) => count(text, /^ {0,2}- (?:id|type|title):/gm),
  "Hayagriva bibliography (YAML)": (text) => count(text, /^\w+:/gm),
  "bibliography set by BibTeX (bbl)": (text) => count(text, /\\bibitem\b/g),
  "bibliography of BibLaTeX (bbl)": (text) => count(text, /\\endentry\b/g),
};

const lists =
  /^(?:data|results|items|message|docs|hits|hit|notes|collection|resultList|result|response|papers|matches|references|works|recommendedPapers|organic_results)$/;

/** The entries of the first array below names that answers have; a whole object is one. */
function ofJson(text: string): number | null {
  const plain = text.replace(/^\ufeff/, "");
  let root: unknown;
  try {
    root = JSON.parse(plain);
  } catch {
    const lines = plain.split("\n").filter((line) => line.trim() !== "");
    const areObjects = lines.every((line) => line.startsWith("{") && line.endsWith("}"));
    return areObjects ? lines.reduce((sum, line) => sum + entriesOf(JSON.parse(line)), 0) : null;
  }
  return entriesOf(root);
}

function entriesOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.entries(value).find(
    ([name, one]) => lists.test(name) && typeof one === "object" && one !== null,
  );
  // An author's or a paper's own lists are no answer's.
  if (Array.isArray(inner?.[1]) && (inner[0] === "items" || !("title" in value))) return inner[1].length;
  return inner === undefined || "title" in value || "titles" in value ? 1 : entriesOf(inner[1]);
}

test("papers read and entries reported are the entries that another parser counts", async () => {
  const counted = new Set<string>();
  for (const folder of [fixtures, samples]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      // Damaged files end within an entry, which counts for nobody alike.
      if (/expected\.json$|README|^broken|^fulltext/.test(name)) continue;
      const path = new URL(name.replaceAll("\\", "/"), folder);
      const file = statSync(path);
      // The gate leaves the large ones out, which are a format's only samples here and there.
      if (!file.isFile() || (!isLong && file.size > 100_000)) continue;
      const bytes = readFileSync(path);
      const result = await readListing(bytes, options);
      if (!result.ok) continue;
      const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
      const expected = counters[result.format.name]?.(text) ?? null;
      if (expected === null) continue;
      counted.add(result.format.name);
      const reported = result.listing.problems.reduce((sum, { skips }) => sum + (skips ?? 0), 0);
      assert.equal(
        result.listing.papers.length + reported,
        expected,
        `${name} (${result.format.name}): ${result.listing.papers.length} + ${reported}`,
      );
    }
  }
  const uncounted = Object.keys(counters).filter((name) => !counted.has(name));
  if (isLong && existsSync(samples)) assert.deepEqual(uncounted, []);
  assert.ok(counted.size > 0);
});
