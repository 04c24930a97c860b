import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { run, withHome } from "../program.js";

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly starred: boolean;
  readonly read: boolean;
}

/** Two papers of one title, and another of the second author's. */
const papers = [
  { title: "Editorial", given: "Ann", family: "Quill", year: 2018 },
  { title: "Editorial", given: "Ben", family: "Brook", year: 2021 },
  { title: "On Lists", given: "Ben", family: "Brook", year: 2021 },
];

const formats: Readonly<Record<string, (from: typeof papers) => string>> = {
  "lib.bib": (from) =>
    from
      .map(
        ({ title, given, family, year }, at) =>
          `@article{k${at}, title={${title}}, author={${family}, ${given}}, year=${year}}\n`,
      )
      .join(""),
  "lib.ris": (from) =>
    from
      .map(
        ({ title, given, family, year }) =>
          `TY  - JOUR\nTI  - ${title}\nAU  - ${family}, ${given}\nPY  - ${year}\nER  - \n`,
      )
      .join("\n"),
  "lib.json": (from) =>
    JSON.stringify(
      from.map(({ title, given, family, year }, at) => ({
        id: `k${at}`,
        type: "article-journal",
        title,
        author: [{ given, family }],
        issued: { "date-parts": [[year]] },
      })),
    ),
  "feed.xml": (from) =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>${from
      .map(
        ({ title, given, family, year }, at) =>
          `<item><title>${title}</title><link>http://example.org/${year}/${at}</link><dc:creator>${given} ${family}</dc:creator><pubDate>1 Mar ${year} 00:00:00 GMT</pubDate></item>`,
      )
      .join("")}</channel></rss>`,
};

function listed(home: string, ...files: string[]): readonly Listed[] {
  const { code, out, err } = run(["list", ...files, "--json"], { home });
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

function starredIn(home: string, ...files: string[]): string[] {
  return listed(home, ...files)
    .filter(({ starred }) => starred)
    .map(({ title, authors }) => `${title} by ${authors[0] ?? "nobody"}`);
}

for (const [name, write] of someOf(Object.entries(formats), 1)) {
  test(`a star on one of two papers of one title is not on the other, also from another file: ${name}`, async () => {
    await withHome(async (home) => {
      const both = join(home, name);
      writeFileSync(both, write(papers));
      const rows = listed(home, both);
      assert.equal(rows.length, 3);
      assert.deepEqual(new Set(rows.map(({ id }) => id)).size, 3);
      const { code } = run(["mark", "star", (rows[1] as Listed).id], { home });
      assert.equal(code, 0);
      assert.deepEqual(starredIn(home, both), ["Editorial by Ben Brook"]);
      const names = Object.keys(formats);
      const other = names[(names.indexOf(name) + 1) % names.length] as string;
      const writeOther = formats[other] as typeof write;
      const [quills, brooks] = [join(home, `quill-${other}`), join(home, `brook-${other}`)];
      writeFileSync(quills, writeOther(papers.slice(0, 1)));
      writeFileSync(brooks, writeOther(papers.slice(1)));
      assert.deepEqual(starredIn(home, quills), [], other);
      assert.deepEqual(starredIn(home, brooks), ["Editorial by Ben Brook"], other);
      assert.equal(listed(home, both, brooks, quills).length, 3, "in two files they are the same papers");
    });
  });
}

test("more than 5,000 papers of few titles are as many rows, and a star is on one", longOnly, async () => {
  await withHome(async (home) => {
    const many = Array.from({ length: 5_400 }, (_, at) => ({
      title: at % 2 === 0 ? "Editorial" : `Introduction ${at % 7}`,
      given: "A",
      family: `Name${String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26))}`,
      year: 1900 + (at % 100),
    }));
    const file = join(home, "many.bib");
    writeFileSync(file, (formats["lib.bib"] as (from: typeof many) => string)(many));
    const different = new Set(many.map((one) => JSON.stringify(one))).size;
    assert.ok(different > 5_000, String(different));
    const { out } = run(["list", file], { home });
    assert.equal(out.trimEnd().split("\n").length, different);
    const [, , third] = JSON.parse(run(["list", file, "--json", "--limit", "3"], { home }).out);
    run(["mark", "star", third.id], { home });
    const stars = JSON.parse(run(["list", file, "--filter", "is:starred", "--json"], { home }).out);
    assert.deepEqual(
      stars.map(({ id }: Listed) => id),
      [third.id],
    );
  });
});

test("a star of an earlier version shows on the paper whose author and year it has", async () => {
  await withHome(async (home) => {
    const state = join(home, ".local/state/papers-tui");
    mkdirSync(state, { recursive: true });
    writeFileSync(
      join(state, "marks-desk.jsonl"),
      '{"v":1,"id":"desk:r-1","at":"2026-11-22T07:00:00.000Z","label":"starred","papers":[{"paper":"title:editorial","title":"Editorial","by":"Brook 2021","starred":true}]}\n',
    );
    for (const [name, write] of someOf(Object.entries(formats), 1)) {
      writeFileSync(join(home, name), write(papers));
      assert.deepEqual(starredIn(home, join(home, name)), ["Editorial by Ben Brook"], name);
    }
    const shown = run(["show", "title:on-lists", join(home, "lib.bib")], { home });
    assert.match(shown.out, /On Lists/, "the identity of an earlier version names it");
    const { code, err } = run(["show", "title:editorial", join(home, "lib.bib")], { home });
    assert.deepEqual([code, /is not in/.test(err)], [1, true], "two papers have it");
  });
});

test("a star by title, author and year is on the paper with its DOI in another file", longOnly, async () => {
  await withHome(async (home) => {
    const [plain, withDoi] = [join(home, "plain.bib"), join(home, "doi.bib")];
    const write = formats["lib.bib"] as (from: typeof papers) => string;
    writeFileSync(plain, write(papers));
    writeFileSync(
      withDoi,
      write(papers).replaceAll(/@article\{k(\d),/g, "@article{k$1, doi={10.1000/k.$1},"),
    );
    run(["mark", "star", (listed(home, plain)[0] as Listed).id], { home });
    assert.deepEqual(starredIn(home, withDoi), ["Editorial by Ann Quill"]);
  });
});

test("two chapters under their book's DOI have marks of their own, together and alone", async () => {
  await withHome(async (home) => {
    const chapter = (author: string, title: string) =>
      `@incollection{k, author={${author}}, title={${title}}, booktitle={The rope book}, doi={10.5555/rope.book}, year=2015}\n`;
    const [both, first, second] = ["both.bib", "first.bib", "second.bib"].map((name) => join(home, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(
      both,
      chapter("Otto Reed", "Knots for beginners") + chapter("Ines Holm", "Splices and eyes"),
    );
    writeFileSync(first, chapter("Otto Reed", "Knots for beginners"));
    writeFileSync(second, chapter("Ines Holm", "Splices and eyes"));
    const rows = listed(home, both);
    assert.equal(rows.length, 2);
    const { code, out } = run(["mark", "star", (rows[1] as Listed).id], { home });
    assert.deepEqual([code, out], [0, `${(rows[1] as Listed).id}\tstarred\n`]);
    assert.deepEqual(starredIn(home, both), ["Splices and eyes by Ines Holm"]);
    assert.deepEqual(starredIn(home, second), ["Splices and eyes by Ines Holm"]);
    assert.deepEqual(starredIn(home, first), []);
    assert.equal(listed(home, first, second).length, 2, "from two files");
    assert.match(run(["show", (rows[0] as Listed).id, both], { home }).out, /Knots for beginners/);
  });
});

const cases = "../shared/cases";
test("the cases of papers with one title are as many rows", { skip: !existsSync(cases) }, async () => {
  await withHome(async (home) => {
    for (const [file, count] of someOf<readonly [string, number]>(
      [
        ["same-title.bib", 6],
        ["same-title.xml", 2],
        ["formats/03-same-doi-chapters.bib", 2],
      ],
      1,
    )) {
      const path = join(cases, file);
      const rows = listed(home, path);
      assert.equal(rows.length, count, file);
      const { id } = rows.at(-1) as Listed;
      run(["mark", "star", id], { home });
      const stars = listed(home, path).filter(({ starred }) => starred);
      assert.deepEqual(
        stars.map((row) => row.id),
        [id],
      );
    }
  });
});
