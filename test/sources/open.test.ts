import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { FetchError } from "../../source/sources/fetch-error.js";
import { openSources, type Supplies } from "../../source/sources/open.js";
import { defaultEndpoints } from "../../source/sources/remote.js";
import { toSource } from "../../source/sources/source.js";

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

test("what is kept ends where it ends, without a word", async () => {
  const answer: Supplies["answer"] = async (listing, watched) =>
    listing.address.includes("p=") ? null : server(250)(listing, watched);
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer });
  assert.deepEqual([listing.size, listing.problems, listing.hasMore], [100, [], true]);
});

test("called off between two pages, the pages before stay", async () => {
  const controller = new AbortController();
  const told: string[] = [];
  const answer: Supplies["answer"] = async (listing, watched) => {
    if (watched.signal?.aborted) throw new FetchError("cancelled", "called off");
    return server(900)(listing, watched);
  };
  const progress = (text: string) => {
    told.push(text);
    if (told.length === 2) controller.abort();
  };
  const watched = { signal: controller.signal, progress };
  const listing = await openSources([source("daily:2025-10")], { ...nothing, answer }, watched);
  assert.equal(listing.size, 200);
  assert.deepEqual(told, ["100 papers", "200 papers"]);
  assert.match(listing.problems[0]?.message ?? "", /^called off: these are the first 200 papers/);
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
    const told: string[] = [];
    const listing = await openSources([source(path)], nothing, { progress: (text) => told.push(text) });
    assert.equal(listing.size, 5_999);
    assert.deepEqual(listing.paper(5_998).authors, ["Ada Löve"]);
    assert.deepEqual(
      listing.problems.map(({ line }) => line),
      [4_322, 6_001],
    );
    assert.match(listing.problems[1]?.message ?? "", /ends in the middle of a paper/);
    assert.match(told.at(-1) ?? "", /^[\d,]+ papers · 99 %$/);
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

test("called off in the middle, a snapshot gives what was read, and says so", async () => {
  await withFile(Array.from({ length: 9_000 }, (_, at) => snapshotLine(at)).join(""), async (path) => {
    const controller = new AbortController();
    const watched = { signal: controller.signal, progress: () => controller.abort() };
    const listing = await openSources([source(path)], nothing, watched).catch(() => null);
    // Before its format is told there is nothing to show.
    assert.equal(listing, null);
    let calls = 0;
    const later = new AbortController();
    const progress = () => {
      calls += 1;
      if (calls === 3) later.abort();
    };
    const part = await openSources([source(path)], nothing, { signal: later.signal, progress });
    assert.ok(part.size > 100 && part.size < 9_000, String(part.size));
    assert.match(part.problems[0]?.message ?? "", /called off: these are the first [\d,]+ papers/);
    assert.equal(part.problems.length, 1);
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
