import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { problemText } from "../../source/app/loading/listing-problems.js";
import { arxivSnapshot } from "../../source/formats/arxiv/snapshot.js";
import type { Listing } from "../../source/papers/listing.js";
import { joinDoubles } from "../../source/papers/same/join-doubles.js";
import { panelEntries } from "../../source/reader/panels/panel.js";
import { openSources, type Supplies } from "../../source/sources/open.js";
import { defaultEndpoints } from "../../source/sources/remote/addresses.js";
import { FetchError } from "../../source/sources/remote/fetch-error.js";
import { toSource } from "../../source/sources/source.js";
import { Reader } from "../reader/reader.js";

const nothing: Supplies = {
  options: { today: "2026-11-23" },
  papers: 100,
  stdin: async function* () {},
  answer: async () => null,
  marked: () => [],
};

const source = (text: string) => toSource(text, defaultEndpoints);

/** A page of Hugging Face's interface. */
function page(from: number, count: number): Buffer {
  const entries = Array.from({ length: count }, (_, at) => {
    const id = `2510.${String(from + at).padStart(5, "0")}`;
    return { paper: { id, title: `Paper ${from + at}`, summary: "Text.", authors: [], upvotes: 1 } };
  });
  return Buffer.from(JSON.stringify(entries));
}

/** Answers pages of a listing of so many papers, and notes which were asked for. */
function server(size: number, asked: number[] = []): Supplies["answer"] {
  return async ({ address }) => {
    const number = Number(new URL(address).searchParams.get("p") ?? 0);
    asked.push(number);
    const from = number * 100;
    return { body: page(from, Math.max(0, Math.min(100, size - from))), checked: 0, failure: null };
  };
}

test("a month is read page after page, to its end", async () => {
  for (const [size, pages] of [
    [37, 1],
    [100, 2],
    [250, 3],
  ] as const) {
    const asked: number[] = [];
    const listing = await openSources([source("daily:2025-10")], { ...nothing, answer: server(size, asked) });
    assert.equal(listing.size, size);
    assert.deepEqual(
      asked,
      Array.from({ length: pages }, (_, at) => at),
    );
    assert.equal(listing.hasMore, false);
  }
});

test("entries that are one paper are a remark, after what is wrong, and no failure", async () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-entries-"));
  try {
    const path = join(folder, "two.bib");
    const entry = (key: string) => `@misc{${key}, title={On Knots}, doi={10.1000/a}, note={${key}}}\n`;
    writeFileSync(path, `${entry("one")}${entry("two")}@misc{three, x={y}}`);
    const { size, problems } = await openSources([source(path)], nothing);
    assert.equal(size, 1);
    assert.deepEqual(
      problems.map(({ message, isRemark = false }) => [message, isRemark]),
      [
        ["the entry “three” has no fields of a paper and was skipped", false],
        ["2 entries, 1 paper: “one” and “two” are one paper", true],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a problem of one of several files names the file before the line, also in the panel", async () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-problems-"));
  try {
    const paths = ["one.bib", "two.bib"].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, "@misc{a, title={Knots}}\n@misc{b, x={y}}\n");
    const said = "the entry “b” has no fields of a paper and was skipped";
    const joined = await openSources(paths.map(source), nothing);
    const texts = ["one.bib", "two.bib"].map((name) => `${name}, line 2: ${said}`);
    assert.deepEqual(joined.problems.slice(0, 2).map(problemText), texts);
    const entries = panelEntries(new Reader(joined).type("!").model).slice(0, 2);
    assert.deepEqual(
      entries.map(({ label, text }) => label + text),
      texts,
    );
    const alone = await openSources(paths.slice(0, 1).map(source), nothing);
    assert.deepEqual(alone.problems.map(problemText), [`line 2: ${said}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("where a later page fails, those before it are there and it is said", async () => {
  const answer: Supplies["answer"] = async (listing, watched) => {
    if (listing.address.endsWith("p=1"))
      throw new FetchError("status", "it has a problem of its own (HTTP 500)");
    return server(250)(listing, watched);
  };
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer });
  assert.equal(listing.size, 100);
  assert.equal(listing.hasMore, true);
  assert.equal(listing.stale, "failed");
  assert.match(
    listing.problems[0]?.message ?? "",
    /HTTP 500\): these are the first 100 papers · r reads all/,
  );
});

test("a page that is not one costs only itself", async () => {
  const answer: Supplies["answer"] = async (listing, watched) =>
    listing.address.endsWith("p=1")
      ? { body: Buffer.from("<html>Bad gateway</html>"), checked: 0, failure: null }
      : server(250)(listing, watched);
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer });
  assert.equal(listing.size, 100);
  assert.match(listing.problems[0]?.message ?? "", /page 2 cannot be read/);
});

/** A page of arXiv's interface, of a search that finds `total` papers. */
function atom(from: number, count: number, total: number): Buffer {
  const entries = Array.from({ length: count }, (_, at) => {
    const id = `2510.${String(from + at).padStart(5, "0")}`;
    return `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Paper ${from + at}</title><summary>Text.</summary></entry>`;
  });
  return Buffer.from(
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><id>http://arxiv.org/api/x</id><opensearch:totalResults>${total}</opensearch:totalResults>${entries.join("")}</feed>`,
  );
}

test("of arXiv's thousands only as many pages are read as are wanted", async () => {
  const asked: string[] = [];
  const answer: Supplies["answer"] = async ({ address }) => {
    const start = Number(new URL(address).searchParams.get("start"));
    asked.push(String(start));
    return { body: atom(start, Math.min(100, 230 - start), 230), checked: 0, failure: null };
  };
  const open = (papers: number) => openSources([source("arxiv:cs.LG")], { ...nothing, answer, papers });
  const first = await open(100);
  assert.deepEqual([first.size, first.total, first.hasMore, asked.splice(0)], [100, 230, true, ["0"]]);
  const second = await open(200);
  assert.deepEqual([second.size, second.hasMore, asked.splice(0)], [200, true, ["0", "100"]]);
  const all = await open(1_000);
  assert.deepEqual([all.size, all.hasMore, asked.splice(0)], [230, false, ["0", "100", "200"]]);
});

test("a server that sends the same page again and again is asked once more, and not for ever", async () => {
  for (const [named, body] of [
    ["arxiv:cs.LG", atom(0, 100, 230_000)],
    ["daily:2025-10", page(0, 100)],
  ] as const) {
    let asked = 0;
    const answer: Supplies["answer"] = async () => {
      asked += 1;
      return { body, checked: 0, failure: null };
    };
    const listing = await openSources([source(named)], { ...nothing, answer, papers: 1_000 });
    assert.deepEqual([listing.size, listing.hasMore, asked], [100, false, 2], named);
  }
});

test("of several sources that are not there, what a source is is said once", async () => {
  const named = ["nowhere a", "nowhere b", "nowhere c"];
  const failing = openSources(named.map(source), nothing);
  await assert.rejects(failing, ({ message }: Error) => {
    assert.equal(message.split("A SOURCE is").length, 2, message);
    for (const one of named)
      assert.ok(message.includes(`cannot read ${one}: there is no such file`), message);
    return true;
  });
});

test("a missing file is named with what it may have been meant to be", async () => {
  for (const [name, after] of [
    ["/nowhere/library.bib", ""],
    ["library.bib", ""],
    ["sarch:diffusion models", "; did you mean search:diffusion models?"],
    ["arxive:cs.LG", "; did you mean arxiv:cs.LG?"],
  ] as const)
    await assert.rejects(openSources([source(name)], nothing), {
      message: `cannot read ${name}: there is no such file${after}`,
    });
  await assert.rejects(
    openSources([source("nowhere")], nothing),
    /there is no such file\. A SOURCE is a file/,
  );
});

test("what is kept ends where it ends, without a word", async () => {
  const answer: Supplies["answer"] = async (listing, watched) =>
    listing.address.includes("p=") ? null : server(250)(listing, watched);
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer });
  assert.deepEqual([listing.size, listing.problems, listing.hasMore], [100, [], true]);
});

test("cancelled between two pages, the pages before stay", async () => {
  const controller = new AbortController();
  const reported: string[] = [];
  const answer: Supplies["answer"] = async (listing, watched) => {
    if (watched.signal?.aborted) throw new FetchError("cancelled", "cancelled");
    return server(900)(listing, watched);
  };
  const progress = (text: string) => {
    reported.push(text);
    if (reported.length === 2) controller.abort();
  };
  const watched = { signal: controller.signal, progress };
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer }, watched);
  assert.equal(listing.size, 200);
  assert.deepEqual(reported, ["100 papers", "200 papers"]);
  assert.match(listing.problems[0]?.message ?? "", /^cancelled: these are the first 200 papers/);
  assert.equal(listing.stale, null);
});

/** One line of arXiv's snapshot. */
function snapshotLine(at: number, abstract = "Text. ".repeat(120)): string {
  const id = `2510.${String(at).padStart(5, "0")}`;
  return `${JSON.stringify({ id, submitter: "A", authors: "Ada Löve", title: `Paper ${at}`, categories: "cs.LG", abstract, update_date: "2025-10-29" })}\n`;
}

async function withFile(content: string | Buffer, work: (path: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "papers-tui-"));
  try {
    const path = join(directory, "papers.jsonl");
    writeFileSync(path, content);
    await work(path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test("a long snapshot is read as it comes: every paper once, problems at their lines, letters whole", async () => {
  const lines = Array.from({ length: 6_000 }, (_, at) => snapshotLine(at));
  lines[4_321] = "{not json}\n";
  await withFile(`${lines.join("")}{"id":"2510.9`, async (path) => {
    const reported: string[] = [];
    const listing = await openSources([source(path)], nothing, { progress: (text) => reported.push(text) });
    assert.equal(listing.size, 5_999);
    assert.deepEqual(listing.paper(5_998).authors, ["Ada Löve"]);
    assert.deepEqual(
      listing.problems.map(({ line }) => line),
      [4_322, 6_001],
    );
    assert.match(listing.problems[1]?.message ?? "", /ends in the middle of a paper/);
    assert.match(reported.at(-1) ?? "", /^[\d,]+ papers · 99 %$/);
  });
});

test("a long file of another format is read whole, as a short one is", async () => {
  const entries = Array.from(
    { length: 4_000 },
    (_, at) => `@article{k${at}, title={Paper ${at}}, abstract={${"Text. ".repeat(60)}}}\n`,
  );
  await withFile(entries.join(""), async (path) => {
    assert.equal((await openSources([source(path)], nothing)).size, 4_000);
  });
});

test("cancelled in the middle, a snapshot gives what was read, and says so", async () => {
  await withFile(Array.from({ length: 9_000 }, (_, at) => snapshotLine(at)).join(""), async (path) => {
    const controller = new AbortController();
    const watched = { signal: controller.signal, progress: () => controller.abort() };
    const listing = await openSources([source(path)], nothing, watched).catch(() => null);
    // Before its format is known there is nothing to show.
    assert.equal(listing, null);
    const later = new AbortController();
    const progress = (text: string) => {
      if (/^[34],\d{3} papers/.test(text)) later.abort();
    };
    const part = await openSources([source(path)], nothing, { signal: later.signal, progress });
    assert.ok(part.size > 100 && part.size < 9_000, String(part.size));
    assert.match(part.problems[0]?.message ?? "", /cancelled: these are the first [\d,]+ papers/);
    assert.equal(part.problems.length, 1);
  });
});

test("a long snapshot is reported as it grows, and earlier reports do not change", async () => {
  await withFile(Array.from({ length: 9_000 }, (_, at) => snapshotLine(at)).join(""), async (path) => {
    const reported: Listing[] = [];
    const grown = (size: number, soFar: () => Listing) => {
      reported.push(soFar());
      assert.equal(reported.at(-1)?.size, size);
    };
    const listing = await openSources([source(path)], nothing, { progress: () => {}, grown });
    assert.equal(listing.size, 9_000);
    assert.ok(reported.length > 5);
    for (const { size, name, paper, indexOf, packed } of reported) {
      assert.ok(size > 0 && size <= 9_000);
      assert.equal(name, listing.name);
      assert.deepEqual(paper(size - 1), listing.paper(size - 1));
      assert.equal(indexOf(listing.id(size - 1)), size - 1);
      if (size < 9_000) assert.equal(indexOf(listing.id(size)), -1);
      assert.equal(packed, listing.packed);
    }
  });
});

test("a snapshot in which papers come twice, or without an identifier, is as if it were read whole", async () => {
  const lines = Array.from({ length: 7_000 }, (_, at) => {
    const { id, ...fields } = JSON.parse(snapshotLine(at % 6_000, `Text ${at}. `.repeat(20)));
    const rest = at % 2 === 0 ? { ...fields, authors: "" } : { ...fields, comments: `Remark ${at}` };
    return `${JSON.stringify(at % 100 === 50 ? { ...rest, id: "" } : { id, ...rest })}\n`;
  });
  // Papers with only a title before and after those that are the same.
  lines.unshift(...[5, 17].map((at) => snapshotLine(at).replace(/"id":"[^"]*"/, '"id":""')));
  const text = lines.join("");
  await withFile(text, async (path) => {
    const listing = await openSources([source(path)], nothing);
    const whole = joinDoubles(arxivSnapshot.parse(text, nothing.options).papers);
    assert.ok(whole.length < 6_100);
    assert.deepEqual(
      Array.from({ length: listing.size }, (_, at) => listing.paper(at)),
      whole,
    );
    for (const [at, { id }] of whole.entries()) assert.equal(listing.indexOf(id), at);
  });
});

test("read anew, a long snapshot takes the memory of what is other in it", async () => {
  const lines = Array.from({ length: 12_000 }, (_, at) => snapshotLine(at));
  await withFile(lines.join(""), async (path) => {
    const first = await openSources([source(path)], nothing);
    writeFileSync(path, [snapshotLine(99_999), ...lines.slice(10)].join(""));
    const second = await openSources([source(path)], { ...nothing, before: first.packed });
    assert.equal(second.size, 11_991);
    assert.equal(second.paper(0).title, "Paper 99999");
    assert.deepEqual(second.paper(1), first.paper(10));
    assert.equal(second.indexOf(first.id(0)), -1);
    const [before, after] = [first.packed?.bytes ?? 0, second.packed?.bytes ?? 0];
    // All of the second are in chunks that the first has, but for one paper.
    assert.ok(before > 8_000_000 && after <= before + 5_000_000, `${before}, then ${after}`);
    const shared = second.packed?.shared(second.size).chunks.filter((one) => one !== null) ?? [];
    const theirs = new Set(first.packed?.shared(first.size).chunks);
    assert.equal(shared.filter((one) => !theirs.has(one)).length, 1);
  });
});

test("what is too long to be a text is not read to its end", async () => {
  const piece = Buffer.alloc(16 * 1024 * 1024, " ");
  piece.write("[");
  let given = 0;
  const stdin = async function* () {
    for (; given < 100; given += 1) yield piece;
  };
  await assert.rejects(
    openSources([source("-")], { ...nothing, stdin }),
    /larger than 512 MB; only formats with one paper per line may be larger/,
  );
  // The 32nd is one too many.
  assert.equal(given, 31);
});

test("a long snapshot that grows, and one that is cut, while it is read gives what is there", async () => {
  const lines = Array.from({ length: 8_000 }, (_, at) => snapshotLine(at));
  await withFile(lines.join(""), async (path) => {
    let isGrown = false;
    const progress = () => {
      if (!isGrown) appendFileSync(path, snapshotLine(8_000) + snapshotLine(8_001));
      isGrown = true;
    };
    const grown = await openSources([source(path)], nothing, { progress });
    assert.deepEqual([grown.size, grown.problems], [8_002, []]);
    let isCut = false;
    const cut = await openSources([source(path)], nothing, {
      progress: () => {
        if (!isCut) truncateSync(path, 4_000_000);
        isCut = true;
      },
    });
    assert.ok(cut.size > 3_000 && cut.size < 8_000, String(cut.size));
    assert.match(cut.problems[0]?.message ?? "", /^the file ends in the middle of a paper$/);
  });
});

test("of endless invalid lines the first thousand are reported and the rest counted", async () => {
  const lines = Array.from({ length: 4_000 }, (_, at) =>
    at < 1_500 || at > 3_999 ? snapshotLine(at) : "{no}\n",
  );
  await withFile(`${lines.join("")}{"id":"2510.9`, async (path) => {
    const { size, problems } = await openSources([source(path)], nothing);
    assert.equal(size, 1_500);
    assert.equal(problems.length, 1_002);
    assert.deepEqual(problems.slice(-2), [
      { line: 4_001, message: "the file ends in the middle of a paper", skips: 1 },
      { line: null, message: "1,500 more lines that cannot be read were skipped", skips: 1_500 },
    ]);
    assert.equal(
      problems.reduce((sum, { skips = 0 }) => sum + skips, 0),
      2_501,
    );
  });
});

test("several sources that are many papers together are one listing, doubles joined", async () => {
  await withFile(Array.from({ length: 4_000 }, (_, at) => snapshotLine(at)).join(""), async (first) => {
    const entries = Array.from(
      { length: 3_000 },
      (_, at) => `@article{k${at}, title={Paper ${at + 2_000}}, author={Löve, A.}, year=2025, note={N}}\n`,
    );
    await withFile(entries.join(""), async (second) => {
      const listing = await openSources([source(second), source(first)], nothing);
      assert.notEqual(listing.packed, null);
      assert.equal(listing.size, 5_000);
      assert.equal(listing.id(0), "2510.02000");
      assert.deepEqual(listing.paper(0).categories, ["cs.LG"]);
      assert.equal(listing.id(2_000), "title:paper-4000/love/2025");
      assert.equal(listing.id(3_000), "2510.00000");
    });
  });
});

test("what is marked is a listing, of what was kept or of the little that is known", async () => {
  const marked: Supplies["marked"] = (field) =>
    field === "starred"
      ? [
          {
            id: "2510.22543",
            title: "Then",
            kept: { id: "x", title: "Kept \u001b[31mred", abstract: "Text." },
          },
          { id: "hep-th/9901001", title: "", kept: null },
          { id: "doi:10.1000/xyz", title: "By its DOI", kept: { title: 7 } },
        ]
      : [];
  const listing = await openSources([source("starred")], { ...nothing, marked });
  assert.equal(listing.name, "Starred");
  assert.deepEqual(
    [0, 1, 2].map((at) => [listing.paper(at).id, listing.paper(at).title]),
    [
      ["2510.22543", "Kept red"],
      ["hep-th/9901001", "hep-th/9901001"],
      ["doi:10.1000/xyz", "By its DOI"],
    ],
  );
  assert.equal(listing.paper(1).url, "https://arxiv.org/abs/hep-th/9901001");
  assert.equal(listing.paper(2).doi, "10.1000/xyz");
  const later = await openSources([source("later")], { ...nothing, marked });
  assert.deepEqual([later.size, later.name], [0, "Read later"]);
});
