import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Format } from "../../../source/formats/format.js";
import { readListing } from "../../../source/formats/index.js";
import { anyJson } from "../../../source/formats/json/any/any-json.js";
import { archiveFormats } from "../../../source/formats/json/archives/archives.js";
import { jsonFormats } from "../../../source/formats/json/json-formats.js";
import { isJsonLines } from "../../../source/formats/json/json-lines.js";
import { serviceFormats } from "../../../source/formats/json/services/services.js";
import { googleScholar } from "../../../source/formats/json/web/google-scholar.js";
import { jsonLd } from "../../../source/formats/json/web/json-ld.js";
import { filledFields } from "../line-formats.js";
import { fixture, read, samples, testJsonFormat } from "./json-support.js";

const options = { today: "2026-11-23" };
const golden = (name: string) => JSON.parse(fixture(`formats/${name}.expected.json`));
/** Each format with its fixture. */
const fixtures: readonly (readonly [string, Format])[] = [
  ...["dblp", "openreview", "biorxiv", "ads", "inspire", "datacite", "zotero", "europe-pmc", "json-feed"].map(
    (name, at) => [name, serviceFormats[at] as Format] as const,
  ),
  ...["orcid", "osf", "hal", "lens", "collection", "zbmath", "mathscinet"].map(
    (name, at) => [name, archiveFormats[at] as Format] as const,
  ),
  ["google-scholar", googleScholar],
  ["json-ld", jsonLd],
  ["any", anyJson],
];

for (const [name, format] of fixtures) {
  const whole = fixture(`formats/${name}.json`);

  test(`${format.name}: every field of the fixture is read`, () => {
    const { papers, problems } = read(format, whole);
    assert.deepEqual({ papers: papers.map(filledFields), problems }, golden(name));
  });

  test(`${format.name}: it is detected, and by no format before it`, async () => {
    const result = await readListing(Buffer.from(whole), options);
    assert.equal(result.ok && result.format.name, format.name);
  });

  // Only an array of entries can be cut anywhere and read up to there by the shared checks. MathSciNet’s entries
  // have no fields but their BibTeX.
  if (Array.isArray(JSON.parse(whole)) && name !== "mathscinet") testJsonFormat(format, whole);
  else {
    test(`${format.name}: cut off anywhere it gives the papers before the cut, and says so`, () => {
      const full = read(format, whole).papers;
      for (let cut = 1; cut < whole.trimEnd().length; cut += 17) {
        const { papers, problems } = read(format, whole.slice(0, cut));
        assert.deepEqual(papers, full.slice(0, papers.length), `cut at ${cut}`);
        assert.ok(problems.length > 0, `cut at ${cut}`);
      }
    });
  }
}

test("every format in JSON is read as lines, as an array and as a single object alike", async () => {
  const entries: Record<string, unknown[]> = {};
  for (const name of ["any", "zotero", "csl", "semantic-scholar", "openalex", "hugging-face"]) {
    const file =
      name === "csl"
        ? "csl-json.json"
        : name === "any" || name === "zotero"
          ? `formats/${name}.json`
          : `${name}.json`;
    const root = JSON.parse(fixture(file));
    entries[name] = Array.isArray(root) ? root : (Object.values(root).find(Array.isArray) as unknown[]);
  }
  for (const [name, list] of Object.entries(entries)) {
    const papersOf = async (text: string) => {
      const result = await readListing(Buffer.from(text), options);
      assert.ok(result.ok, `${name}: ${result.ok ? "" : result.reason}`);
      return result.listing.papers;
    };
    const whole = await papersOf(JSON.stringify(list));
    const lines = list.map((entry) => JSON.stringify(entry)).join("\n");
    assert.deepEqual(await papersOf(`${lines}\n`), whole, `${name} as lines`);
    assert.deepEqual(
      await papersOf(`\ufeff${lines.replaceAll("\n", "\r\n\r\n")}`),
      whole,
      `${name} as lines of Windows`,
    );
    assert.deepEqual(
      await papersOf(JSON.stringify(list[0])),
      whole.slice(0, 1),
      `${name} as a single object`,
    );
  }
});

test("a line of JSON Lines that cannot be read costs only its paper", () => {
  const line = (id: string) =>
    JSON.stringify({ id, title: `Paper ${id}`, authors: ["Ines Holm"], abstract: "x" });
  const text = `${line("2501.00001")}\n{"id": broken\n${line("2501.00002")}\n{"authors": []}\n${line("2501.00003")}\n{"id": "2501.0`;
  const { papers, problems } = read(anyJson, text);
  assert.deepEqual(
    papers.map(({ id }) => id),
    ["2501.00001", "2501.00002", "2501.00003"],
  );
  assert.deepEqual(
    problems.map(({ line: at, skips }) => [at, skips]),
    [
      [2, 1],
      [4, 1],
      [6, 1],
    ],
  );
  assert.match(problems[2]?.message ?? "", /ends in the middle/);
});

test("JSON that goes on over lines is not JSON Lines", () => {
  assert.ok(isJsonLines('{"a":1}\n\n{"a":2}\n'));
  for (const text of ['{"a":1}', '{\n"a":1}\n{"a":2}', '[{"a":1},\n{"a":2}]', "", "a\nb"])
    assert.ok(!isJsonLines(text), text);
});

test("papers are found however they are grouped in an object", () => {
  const paper = { title: "One kettle", authors: ["Ines Holm"] };
  for (const root of [
    { papers: [paper] },
    { data: { results: [paper] } },
    { "2024-01-01": [paper] },
    { ICML: { "2024": [paper] } },
    { "2401.00001": paper },
    { conference: "KETTLE", accepted: [[paper]] },
  ]) {
    const { papers } = read(anyJson, JSON.stringify(root));
    assert.deepEqual(
      papers.map(({ title, authors }) => [title, authors]),
      [["One kettle", ["Ines Holm"]]],
      JSON.stringify(root),
    );
  }
  assert.equal(read(anyJson, JSON.stringify({ "2401.00001": paper })).papers[0]?.id, "2401.00001");
});

test("authors come as texts, as objects and all in one text", () => {
  for (const authors of [
    ["Ines Holm", "Otto Reed"],
    [{ name: "Ines Holm" }, { full_name: "Otto Reed" }],
    [
      { given: "Ines", family: "Holm" },
      { firstName: "Otto", lastName: "Reed" },
    ],
    "Ines Holm; Otto Reed",
    "Ines Holm, Otto Reed",
    "Ines Holm and Otto Reed",
    "Holm, Ines and Reed, Otto",
    ["Ines Holm;Otto Reed"],
    [
      ["Holm", "Ines", ""],
      ["Reed", "Otto", ""],
    ],
  ]) {
    const [paper] = read(anyJson, JSON.stringify([{ title: "T", authors, abstract: "x" }])).papers;
    assert.deepEqual(paper?.authors, ["Ines Holm", "Otto Reed"], JSON.stringify(authors));
  }
});

test("an entry without a title is a row where author, journal, year or identifier are known", () => {
  for (const [entry, title] of [
    [
      { authors: ["Ines Holm", "Otto Reed"], year: 2018, journal: "J. Kettles", abstract: "" },
      "Holm & Reed 2018, J. Kettles",
    ],
    [{ arxiv_id: "2401.00001", abstract: "x" }, "2401.00001"],
    [{ doi: "10.5555/X", abstract: "x" }, "10.5555/x"],
  ] as const)
    assert.equal(read(anyJson, JSON.stringify([entry])).papers[0]?.title, title);
  assert.match(
    read(anyJson, '[{"abstract":"x"}]').problems[0]?.message ?? "",
    /entry 1 has no title, author/,
  );
});

test("of the two titles of the Daily Papers API the one with its TeX is taken, and links keep their address", async () => {
  const entry = (inner: string, outer: string) => ({
    paper: {
      id: "2401.00001",
      authors: [{ name: "Ines Holm" }],
      title: inner,
      summary: 'at <a href="https://k.example/">this https URL.</a>',
      githubRepo: "https://github.com/example/\nkettle",
    },
    title: outer,
  });
  for (const [inner, outer, title] of [
    ["nabla^2Kettles", "$\\nabla^2$Kettles", "$\\nabla^2$Kettles"],
    ["RopetimesSail", "Rope$\\times$Sail", "Rope$\\times$Sail"],
    ["$\\pi$", "$\\pi$ cut", "$\\pi$"],
    ["A\n  title", "A title", "A title"],
  ] as const) {
    const result = await readListing(Buffer.from(JSON.stringify([entry(inner, outer)])), options);
    const [paper] = result.ok ? result.listing.papers : [];
    assert.equal(paper?.title, title);
    assert.equal(paper?.abstract, "at https://k.example/.");
    assert.equal(paper?.code, "https://github.com/example/kettle");
  }
});

test("every real answer is read whole: papers and reported entries are as many as its entries", {
  skip: !existsSync(samples),
}, async () => {
  const at = (value: unknown, ...names: string[]): unknown =>
    names.reduce<unknown>((outer, name) => (outer as Record<string, unknown> | undefined)?.[name], value);
  const countIn = (root: unknown): number | null => {
    if (Array.isArray(root)) return root.length;
    for (const name of ["notes", "collection", "items", "data", "results", "papers", "recommendedPapers"]) {
      const list = at(root, name);
      if (Array.isArray(list)) return list.length;
    }
    const list = at(root, "result", "hits", "hit") ?? at(root, "message", "items");
    return Array.isArray(list) ? list.length : null;
  };
  let files = 0;
  for (const folder of [
    "openreview",
    "biorxiv",
    "dblp",
    "zotero-api",
    "json-feed",
    "crossref",
    "openalex-works",
    "openalex-cites",
    "semantic-scholar-graph",
  ]) {
    for (const name of readdirSync(new URL(folder, samples)).filter((file) =>
      /^(?!error|author-search|empty).*\.json$/.test(file),
    )) {
      const bytes = readFileSync(new URL(`${folder}/${name}`, samples));
      const expected = countIn(JSON.parse(bytes.toString()));
      const result = await readListing(bytes, options);
      assert.ok(result.ok, `${name}: ${result.ok ? "" : result.reason}`);
      const { papers, problems } = result.listing;
      const reported = problems.reduce((sum, { skips }) => sum + (skips ?? 0), 0);
      if (expected !== null) assert.equal(papers.length + reported, expected, name);
      else assert.equal(papers.length, 1, name);
      files += 1;
    }
  }
  assert.ok(files > 25);
});

test("what is no paper is taken by no format in JSON", () => {
  for (const text of [
    '{"name": "package", "version": "1.0.0", "type": "module"}',
    '{"$schema": "x", "title": "A schema", "description": "y", "properties": {}}',
    '{"openapi": "3.0.0", "info": {"title": "An API"}, "paths": {"/x": {"get": {"operationId": "x"}}}}',
    '[{"name": "a song", "artist": "b"}]',
  ])
    for (const format of jsonFormats) assert.equal(format.detect(text), 0, `${format.name}: ${text}`);
});

test("bioRxiv's names of signs in braces are read", async () => {
  const read = await readListing(
    Buffer.from(
      JSON.stringify({
        messages: [{ status: "ok" }],
        collection: [
          { doi: "10.1101/1", title: "At 180{degrees}", abstract: "3 {+/-} 1, {beta}-actin, {a b}" },
        ],
      }),
    ),
    { today: "2026-11-28" },
  );
  assert.ok(read.ok);
  const [paper] = read.listing.papers;
  assert.deepEqual([paper?.title, paper?.abstract], ["At 180°", "3 ± 1, {beta}-actin, {a b}"]);
});
