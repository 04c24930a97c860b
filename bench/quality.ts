import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { readListing } from "../source/formats/index.js";
import { type Listing, makeListing } from "../source/papers/listing.js";
import type { Paper } from "../source/papers/paper.js";
import { buildIndex, type SearchIndex } from "../source/search/index/search-index.js";
import { search } from "../source/search/query/did-you-mean.js";
import { parseQuery } from "../source/search/query/query.js";

/**
 * The quality of the filter: real queries over 20,000 real papers, each with its right papers. `npx tsx
 * bench/quality.ts [--misses CLASS]` prints a row for each class.
 */

/** A query and its expected first result; `wanted` is `null` if nothing must be found. */
export interface Judged {
  readonly class: string;
  readonly query: string;
  readonly wanted: string | null;
  readonly equallyRight?: readonly string[];
  /** The words that a relevant row must have. */
  readonly words?: readonly string[];
}

/** The results of a program for a query, best first, as indices into the papers. */
export type Finder = (query: string) => readonly number[];

/** The results for the queries of one class. */
export interface Score {
  count: number;
  top1: number;
  top3: number;
  /** Rows among the first ten, and those of them that are not relevant. */
  rows: number;
  noise: number;
  /** Milliseconds of each query. */
  times: number[];
  misses: string[];
}

const shared = new URL("../../shared/", import.meta.url);
const corpus = new URL("samples/arxiv-metadata/cs-20000.jsonl.gz", shared);
const cases = new URL("cases/filter-queries.json", shared);

/** The papers and queries; `null` if they are not on this machine. */
export async function judgedQueries(): Promise<{ listing: Listing; queries: Judged[] } | null> {
  if (!existsSync(corpus) || !existsSync(cases)) return null;
  const read = await readListing(readFileSync(corpus), { today: "2026-11-28" });
  if (!read.ok) throw new Error(read.reason);
  const queries = JSON.parse(readFileSync(cases, "utf8")) as Judged[];
  return { listing: makeListing("20,000 papers", read.listing), queries };
}

/** The program's own filter, without state between queries. */
export function ourFinder(index: SearchIndex): Finder {
  return (query) => {
    index.remembered.clear();
    return search(index, parseQuery(query), () => 0);
  };
}

/** Scores by class, in the order of the queries. */
export function judge(find: Finder, listing: Listing, queries: readonly Judged[]): Map<string, Score> {
  const scores = new Map<string, Score>();
  for (const judged of queries) {
    const score = scores.get(judged.class) ?? emptyScore();
    scores.set(judged.class, score);
    const start = performance.now();
    const found = find(judged.query);
    score.times.push(performance.now() - start);
    score.count += 1;
    const papers = found.slice(0, 10).map((at) => listing.paper(at));
    addVerdict(score, judged, papers);
  }
  return scores;
}

function addVerdict(score: Score, judged: Judged, papers: readonly Paper[]): void {
  const { wanted, query, words = [] } = judged;
  if (wanted === null) {
    if (papers.length === 0) {
      score.top1 += 1;
      score.top3 += 1;
    } else score.misses.push(`${query} → ${titleOf(papers[0])}`);
    return;
  }
  const right = new Set(judged.equallyRight ?? [wanted]).add(wanted);
  const place = papers.findIndex(({ id }) => right.has(id));
  if (place === 0) score.top1 += 1;
  else score.misses.push(`${query} → ${place} ${titleOf(papers[0])} (${wanted})`);
  if (place >= 0 && place < 3) score.top3 += 1;
  for (const paper of papers) {
    score.rows += 1;
    if (words.some((word) => !hasWord(paper, word))) score.noise += 1;
  }
}

function hasWord({ title, authors, abstract }: Paper, word: string): boolean {
  return squashed(`${title} ${authors.join(" ")} ${abstract}`).includes(squashed(word));
}

function squashed(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function titleOf(paper: Paper | undefined): string {
  return paper === undefined ? "nothing" : paper.title.slice(0, 70);
}

function emptyScore(): Score {
  return { count: 0, top1: 0, top3: 0, rows: 0, noise: 0, times: [], misses: [] };
}

/** The sum of scores: of queries with an expected result, or of those without. */
export function total(scores: ReadonlyMap<string, Score>, mustFind: boolean): Score {
  const sum = emptyScore();
  for (const [name, score] of scores) {
    if (name.startsWith("NOTHING") === mustFind) continue;
    sum.count += score.count;
    sum.top1 += score.top1;
    sum.top3 += score.top3;
    sum.rows += score.rows;
    sum.noise += score.noise;
    for (const time of score.times) sum.times.push(time);
  }
  return sum;
}

export const percent = (part: number, whole: number) =>
  whole === 0 ? "–" : ((100 * part) / whole).toFixed(1);

function row(name: string, { count, top1, top3, rows, noise, times }: Score): string {
  const sorted = [...times].sort((a, b) => a - b);
  const median = (sorted[sorted.length >> 1] ?? 0).toFixed(1);
  const most = (sorted.at(-1) ?? 0).toFixed(0);
  return [name, count, percent(top1, count), percent(top3, count), percent(noise, rows), median, most].join(
    "\t",
  );
}

async function main(args: readonly string[]): Promise<void> {
  const judged = await judgedQueries();
  if (judged === null) {
    process.stderr.write("the judged queries are not on this machine\n");
    return;
  }
  const { listing, queries } = judged;
  const start = performance.now();
  const index = buildIndex(listing);
  const built = performance.now() - start;
  const find = ourFinder(index);
  for (const { query } of queries.slice(0, 200)) find(query);
  const scores = judge(find, listing, queries);
  const lines = ["class\tqueries\ttop 1\ttop 3\tnoise\tms median\tmost"];
  for (const [name, score] of scores) lines.push(row(name, score));
  lines.push(row("ALL that must find", total(scores, true)), row("ALL that must not", total(scores, false)));
  lines.push(`index ${built.toFixed(0)} ms`);
  const wanted = args[0] === "--misses" ? (args[1] ?? "") : null;
  if (wanted !== null) {
    for (const [name, { misses }] of scores)
      if (name.includes(wanted)) lines.push(`## ${name}`, ...misses.map((miss) => `  ${miss}`));
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
