import { spawnSync } from "node:child_process";
import uFuzzy from "@leeoniya/ufuzzy";
import MiniSearch from "minisearch";
import type { Listing } from "../source/papers/listing.js";
import type { Paper } from "../source/papers/paper.js";
import { buildIndex } from "../source/search/index/search-index.js";
import { nastyQueries } from "./nasty-queries.js";
import { type Finder, judge, judgedQueries, ourFinder, percent, type Score, total } from "./quality.js";
import type { Table } from "./report.js";
import { summary } from "./statistics.js";

/** A program that searches the same papers; `ready` is null if it is not installed. */
interface Peer {
  readonly name: string;
  ready(papers: readonly Paper[]): Promise<Finder | null>;
}

const textOf = ({ title, authors, abstract }: Paper) => `${title}\n${authors.join("\n")}\n${abstract}`;

const peers: readonly Peer[] = [
  {
    name: "MiniSearch",
    async ready(papers) {
      const index = new MiniSearch({ fields: ["title", "authors", "abstract"] });
      index.addAll(
        papers.map(({ title, authors, abstract }, id) => ({
          id,
          title,
          authors: authors.join(" "),
          abstract,
        })),
      );
      const options = {
        boost: { title: 3, authors: 2 },
        prefix: true,
        fuzzy: 0.2,
        combineWith: "AND",
      } as const;
      return (query) => index.search(query, options).map(({ id }) => id as number);
    },
  },
  {
    name: "uFuzzy",
    async ready(papers) {
      const texts = papers.map(textOf);
      const fuzzy = new uFuzzy({ intraMode: 1 });
      return (query) => {
        const [ids, info, order] = fuzzy.search(texts, query, 1, 1_000);
        return order === null || info === null ? (ids ?? []) : order.map((at) => info.idx[at] as number);
      };
    },
  },
  {
    name: "fzf --filter, titles and authors",
    async ready(papers) {
      if (spawnSync("fzf", ["--version"]).error) return null;
      const input = papers.map(({ title, authors }, at) => `${at}\t${title} ${authors.join(" ")}`).join("\n");
      return (query) => {
        const { stdout } = spawnSync("fzf", ["--filter", query, "--nth", "2..", "--delimiter", "\t"], {
          input,
          maxBuffer: 2 ** 30,
        });
        return String(stdout)
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => Number.parseInt(line, 10));
      };
    },
  },
  {
    name: "SQLite FTS5",
    async ready(papers) {
      const name = "node:sqlite";
      const sqlite = await import(name).catch(() => null);
      if (sqlite === null) return null;
      const database = new sqlite.DatabaseSync(":memory:");
      database.exec(
        "CREATE VIRTUAL TABLE papers USING fts5(title, authors, abstract, tokenize='porter unicode61 remove_diacritics 2')",
      );
      const insert = database.prepare(
        "INSERT INTO papers (rowid, title, authors, abstract) VALUES (?, ?, ?, ?)",
      );
      database.exec("BEGIN");
      for (const [at, { title, authors, abstract }] of papers.entries())
        insert.run(at + 1, title, authors.join(", "), abstract);
      database.exec("COMMIT");
      const select = database.prepare(
        "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY bm25(papers, 5, 3, 1) LIMIT 1000",
      );
      return (query) => {
        const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
        if (words.length === 0) return [];
        const ftsQuery = words.map((word) => `"${word}"*`).join(" ");
        return select.all(ftsQuery).map(({ rowid }: { rowid: number }) => rowid - 1);
      };
    },
  },
];

/** Queries with a single letter or sign next to a hyphen, a power or a bracket. */
const hard = [
  "q-learning",
  "o(n^2) attention",
  "o(√t) static regret",
  "o(n log n)",
  "a-b-c-d",
  "x^2",
  "a",
  "√",
  "of-the",
  '"of the"',
  "a'b",
  "学习",
  "t-sne",
  "(a OR b) c",
  "a-a-a-a-a-a-a-a-a-a",
];

/** The quality of the filter, compared with others over the same papers, and the time of queries. */
export async function measureQuality(): Promise<Table[]> {
  const judged = await judgedQueries();
  if (judged === null) return [[["what was meant"], ["the judged queries are not on this machine"]]];
  const { listing, queries } = judged;
  const papers = Array.from({ length: listing.size }, (_, at) => listing.paper(at));
  const rows: string[][] = [];
  const ours = ourFinder(buildIndex(listing));
  for (const { query } of queries.slice(0, 200)) ours(query);
  const own = judge(ours, listing, queries);
  rows.push(rowOf("papers-tui", own));
  // Before the others fill the heap: its collections would be counted as time of ours.
  const hardOnes = hardRows(ours, own, listing);
  for (const { name, ready } of peers) {
    process.stderr.write(`what was meant: ${name} …\n`);
    const find = await ready(papers);
    rows.push(
      find === null
        ? [name, "not installed", ...Array(5).fill("–")]
        : rowOf(name, judge(find, listing, queries)),
    );
  }
  return [
    [
      ["of 20,000 papers", "queries", "top 1", "top 3", "noise", "nothing where nothing is", "a query"],
      ...rows,
    ],
    hardOnes,
  ];
}

function rowOf(name: string, scores: ReadonlyMap<string, Score>): string[] {
  const found = total(scores, true);
  const none = total(scores, false);
  const { median, p95, max } = summary(found.times);
  return [
    name,
    String(found.count + none.count),
    `${percent(found.top1, found.count)} %`,
    `${percent(found.top3, found.count)} %`,
    `${percent(found.noise, found.rows)} %`,
    `${percent(none.top1, none.count)} %`,
    `${median.toFixed(1)} · ${p95.toFixed(1)} · ${max.toFixed(1)} ms`,
  ];
}

/** The queries that once hung, compared with the median of ordinary ones: at most ten times that. */
function hardRows(find: Finder, own: ReadonlyMap<string, Score>, listing: Listing): Table {
  const ordinary = summary(total(own, true).times).median;
  const rows = hard.map((query) => {
    find(query);
    const start = performance.now();
    const { length } = find(query);
    const took = performance.now() - start;
    return [query, String(length), `${took.toFixed(1)} ms`, `${(took / ordinary).toFixed(1)} ×`];
  });
  const slowest = slowestOf(find, listing);
  rows.push([
    `the slowest of ${slowest.count} nasty queries: ${slowest.kind}`,
    String(slowest.length),
    `${slowest.took.toFixed(1)} ms`,
    `${(slowest.took / ordinary).toFixed(1)} ×`,
  ]);
  return [
    [
      `a letter or sign alone, of ${listing.size.toLocaleString("en")} papers`,
      "found",
      "took",
      "ordinary ones",
    ],
    ...rows,
  ];
}

/** The slowest query among all nasty kinds; each time is the best of three. */
function slowestOf(find: Finder, listing: Listing) {
  const queries = nastyQueries(listing, 4);
  let slowest = { count: queries.length, kind: "", length: 0, took: 0 };
  for (const { kind, query } of queries) {
    let took = Number.POSITIVE_INFINITY;
    let length = 0;
    for (let round = 0; round < 3 && took > slowest.took; round += 1) {
      const start = performance.now();
      length = find(query).length;
      took = Math.min(took, performance.now() - start);
    }
    if (took > slowest.took) slowest = { count: queries.length, kind, length, took };
  }
  return slowest;
}
