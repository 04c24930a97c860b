import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { leftOut, whyLeftOut } from "../../../scripts/left-out.js";
import { longOnly } from "../../support/long.js";
import { fieldsOf, isKept, papersOf, type SampleField } from "./fields.js";

const samples = new URL("../../../../shared/samples/", import.meta.url);
/** Folders without listings. */
const noListings = /^(?:fulltext|broken)/;

/** Fields of which the samples have no value, only the names of fields: "PY  - Year". */
const templates = new Set(["RIS file: PY"]);

/** More of a text with a paper a line is not compared, in characters: a field has a change of the text each. */
const enough = 300_000;

function beginning(text: string): string {
  return text.length <= enough ? text : text.slice(0, text.lastIndexOf("\n", enough));
}

/** Names under which services say what a paper has a field for: no line may leave them out. */
const wanted = new RegExp(
  [
    "ai_summary",
    "tldr(?:\\.text)?",
    "TL;DR(?:\\.value)?",
    "ai_summary_model",
    "project_?page",
    "project",
    "submittedOnDailyAt",
    "submittedOnDailyBy\\.fullname",
    "submittedBy\\.fullname",
    "submitter",
    "isAuthorParticipating",
    "thumbnail",
    "image",
    "mediaUrls?(?:\\[\\])?",
    "citationCount",
    "citation_count",
    "cited_by_count",
    "citedByCount",
    "is-referenced-by-count",
    "influentialCitationCount",
    "discussionId",
    "TC|Z9",
    "cited by",
    "article citation count",
    "times cited.*",
    "upvotes",
    "numComments",
    "githubRepo",
    "githubStars",
    "organization\\.fullname",
  ]
    .map((name) => `(?:${name})`)
    .join("|"),
);
const isWanted = new RegExp(
  `^(?:paper|results\\[\\]|\\[\\]|\\.|data\\[\\]|citingPaper|citedPaper|message|items\\[\\]|notes\\[\\]|content)*(?:${wanted.source})$`,
  "i",
);

describe("the fields of real listings", { skip: !existsSync(samples) && "no samples here" }, () => {
  it("are kept, or a line says why not", { timeout: 120_000, ...longOnly }, async () => {
    const formats = new Set<string>();
    const kept = new Set<string>();
    const missing = new Set<string>();
    for (const folder of readdirSync(samples, { withFileTypes: true })) {
      if (!folder.isDirectory() || noListings.test(folder.name)) continue;
      const here = new URL(`${folder.name}/`, samples);
      for (const name of readdirSync(here)) {
        if (name === "README.md") continue;
        const bytes = readFileSync(new URL(name, here));
        const text = beginning((name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
        const read = await papersOf(text);
        if (read === null) continue;
        formats.add(read.format);
        const all = fieldsOf(text, read.format);
        for (const field of all) {
          const named = `${read.format}: ${field.path}`;
          if (kept.has(named) || (whyLeftOut(read.format, field.path) !== null && !isWanted.test(field.path)))
            continue;
          if (await isKept(field, all, read.papers, read.format)) kept.add(named);
          else missing.add(named);
        }
      }
    }
    assert.ok(kept.size > 250, `${kept.size}`);
    for (const format of ["table (CSV or TSV)", "BibTeX file", "list of papers (Markdown)"])
      assert.ok(formats.has(format), format);
    // One listing may say the same elsewhere, where another has it there alone.
    assert.deepEqual(
      [...missing].filter((named) => !kept.has(named) && !templates.has(named)),
      [],
    );
  });
});

describe("the lines that say what is left out", () => {
  it("have a reason, and never excuse a field that papers have", () => {
    for (const { format, fields, why } of leftOut) {
      assert.ok(why.length > 10 && fields.length > 0, format ?? "");
      for (const field of fields) assert.doesNotMatch(field, isWanted, `${format}: ${field}`);
    }
  });
});

describe("whether a field is kept", () => {
  const entry = {
    paper: {
      id: "2401.00001",
      title: "Ropes",
      summary: "A knot holds.",
      authors: [{ name: "Ines Holm", _id: "1" }],
      publishedAt: "2024-01-01T00:00:00Z",
      ai_summary: "Knots in one sentence.",
      projectPage: "https://example.org/ropes",
      submittedOnDailyAt: "2024-01-02T00:00:00Z",
      discussionId: "65a000000000000000000001",
    },
    isAuthorParticipating: true,
    numComments: 2,
  };
  const text = JSON.stringify([entry]);
  const named = (path: string) => fieldsOf(text, "").find((field) => field.path === path) as SampleField;

  it("is seen by leaving it out", async () => {
    const read = await papersOf(text);
    assert.ok(read);
    for (const [path, kept] of [
      ["[].paper.ai_summary", true],
      ["[].paper.projectPage", true],
      ["[].paper.submittedOnDailyAt", true],
      ["[].paper.discussionId", true],
      ["[].isAuthorParticipating", true],
      ["[].numComments", true],
      ["[].paper.authors[]._id", false],
    ] as const) {
      assert.equal(await isKept(named(path), fieldsOf(text, ""), read.papers, read.format), kept, path);
    }
  });
});
