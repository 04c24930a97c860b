import { spawnSync } from "node:child_process";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import uFuzzy from "@leeoniya/ufuzzy";
import Fuse from "fuse.js";
import fuzzysort from "fuzzysort";
import { Searching } from "../source/app/search-client.js";
import type { Listing } from "../source/papers/listing.js";
import type { Paper } from "../source/papers/paper.js";
import { Caches } from "../source/reader/caches.js";
import { indexOf, isSearchedInWorker, prepareIndex } from "../source/reader/filter/search-index.js";
import type { Message } from "../source/reader/messages.js";
import { buildIndex, IndexBuilder, type SearchIndex } from "../source/search/index/search-index.js";
import { Remembered } from "../source/search/match/remember.js";
import { answerTo, firstOf, search } from "../source/search/query/did-you-mean.js";
import { parseQuery } from "../source/search/query/query.js";
import { generatedListing } from "./generated.js";
import type { Table } from "./report.js";
import { summary } from "./statistics.js";

/** Numbers of papers: of a day, of a conference or month, and of a large part of arXiv. */
const sizes = [40, 10_000, 100_000] as const;

/** Typed letter by letter: frequent and rare words, names, typos, a phrase, a field, nothing at all. */
const typed = [
  "learning",
  "gradient descent",
  "contrastive lear",
  "müller",
  "g. hinton",
  "hesian netwrok",
  '"neural network"',
  "title:outliers",
  "self supervised",
  "zebra xylophone",
];

/** The queries for other programs: one word, two, a name, a typo. */
const whole = ["contrastive", "gradient descent", "hinton", "hesian"];

interface Subject {
  readonly name: string;
  /** Prepares the papers; the returned function searches them. */
  ready(papers: readonly Paper[]): (query: string) => unknown;
}

const textOf = ({ title, authors, abstract }: Paper) => `${title}\n${authors.join("\n")}\n${abstract}`;

/** Other ways to search the same fields, by their documentation. */
const others: readonly Subject[] = [
  {
    name: "Fuse.js",
    ready(papers) {
      const fuse = new Fuse(papers, {
        keys: ["title", "authors", "abstract"],
        threshold: 0.3,
        ignoreLocation: true,
      });
      return (query) => fuse.search(query);
    },
  },
  {
    name: "uFuzzy",
    ready(papers) {
      const texts = papers.map(textOf);
      // One typo a word, words in any order.
      const fuzzy = new uFuzzy({ intraMode: 1 });
      return (query) => fuzzy.search(texts, query, 1);
    },
  },
  {
    name: "fuzzysort",
    ready(papers) {
      const texts = papers.map((paper) => ({
        title: fuzzysort.prepare(paper.title),
        authors: fuzzysort.prepare(paper.authors.join(" ")),
        abstract: fuzzysort.prepare(paper.abstract),
      }));
      return (query) => fuzzysort.go(query, texts, { keys: ["title", "authors", "abstract"] });
    },
  },
];

/** The filter at several sizes, compared with others. */
export async function measureSearch(): Promise<Table[]> {
  const ours: string[][] = [];
  const beside: string[][] = [];
  for (const size of sizes) {
    process.stderr.write(`searching ${size} papers …\n`);
    const listing = generatedListing(size);
    const papers = Array.from({ length: size }, (_, at) => listing.paper(at));
    ours.push(await measureOurs(listing, papers));
    beside.push(...measureBeside(listing, papers));
  }
  return [
    [
      [
        "the filter at",
        "index: titles and authors, all",
        "a letter's first answer",
        "its whole answer",
        "from key to first answer, whole answer, through the thread",
        "longest wait of the screen",
        "memory over the text",
      ],
      ...ours,
    ],
    [["the same papers with", "papers", "made ready in", "a query", "beside ours"], ...beside],
  ];
}

async function measureOurs(listing: Listing, papers: readonly Paper[]): Promise<string[]> {
  // First, while the garbage collector has only the papers to scan.
  const thread = isSearchedInWorker(listing) ? await throughThread(listing) : null;
  const pieces = thread === null ? prepare(listing) : [];
  const before = heap();
  const index = buildIndex(listing);
  const kept = heap() - before;
  const text = papers.reduce((sum, paper) => sum + Buffer.byteLength(textOf(paper)), 0);
  const heads = best(() => {
    const builder = new IndexBuilder(listing);
    builder.addHeads(listing.size);
    builder.heads();
  });
  const all = best(() => buildIndex(listing));
  const [first, last] = letters(thread === null ? indexOf(new Caches(), listing) : index);
  return [
    `${listing.size.toLocaleString("en")} papers (${mega(text)})`,
    `${ms(heads)}, ${ms(all)}`,
    spread(first),
    spread(last),
    thread === null ? "with the key" : `${spread(thread.first)}, ${spread(thread.last)}`,
    thread === null
      ? `${ms(Math.max(...pieces))}, before anything is typed (ready after ${ms(pieces.reduce((sum, one) => sum + one, 0))})`
      : `${ms(thread.stall)} (ready after ${ms(thread.ready)})`,
    // The thread copies the text of a listing of objects; of a packed one it reads the same bytes.
    `index ${(kept / text).toFixed(1)} ×${thread === null || listing.packed !== null ? "" : `, with the thread's text ${(kept / text + 1).toFixed(1)} ×`}`,
  ];
}

/** The pieces of work that build a short listing's index in the background, in ms each. */
function prepare(listing: Listing): number[] {
  const pieces: number[] = [];
  const caches = new Caches();
  for (let isMore = true; isMore; ) {
    const start = performance.now();
    isMore = prepareIndex(caches, listing);
    pieces.push(performance.now() - start);
  }
  return pieces;
}

/** The time to the first and to the complete result of each typed letter, in ms. */
function letters(index: SearchIndex): [number[], number[]] {
  const first: number[] = [];
  const last: number[] = [];
  for (const words of typed) {
    for (let length = 1; length <= words.length; length += 1) {
      const start = performance.now();
      const query = parseQuery(words.slice(0, length));
      const heads = firstOf(index, query);
      first.push(performance.now() - start);
      answerTo(index, query, heads);
      last.push(performance.now() - start);
    }
  }
  return [first, last];
}

/** The same through the thread, as on the screen, and how long the drawing loop was blocked meanwhile. */
async function throughThread(listing: Listing) {
  let arrived: (message: Extract<Message, { type: "found" }>) => void = () => {};
  const searching = new Searching(
    (message) => message.type === "found" && arrived(message),
    (error) => {
      throw error;
    },
  );
  const first: number[] = [];
  const last: number[] = [];
  const ask = (text: string) =>
    new Promise<void>((resolve) => {
      const start = performance.now();
      let hasAny = false;
      arrived = ({ isAll }) => {
        if (!hasAny) first.push(performance.now() - start);
        hasAny = true;
        if (!isAll) return;
        last.push(performance.now() - start);
        resolve();
      };
      searching.search(listing, text);
    });
  // An unreferenced thread does not keep the process alive, but the timer does.
  const kept = setInterval(() => {}, 1_000);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await ask("learning");
  const ready = performance.now() - start;
  first.length = 0;
  last.length = 0;
  for (const words of typed) {
    for (let length = 1; length <= words.length; length += 1) await ask(words.slice(0, length));
  }
  delay.disable();
  clearInterval(kept);
  searching.close();
  return { first, last, ready, stall: delay.max / 1e6 };
}

function measureBeside(listing: Listing, papers: readonly Paper[]): string[][] {
  const rows: string[][] = [];
  const count = listing.size.toLocaleString("en");
  const index = buildIndex(listing);
  // Each word alone, typed at once, without results of the letter before.
  const ours = median(
    whole.map((query) =>
      time(() => search({ ...index, remembered: new Remembered() }, parseQuery(query), () => 0)),
    ),
  );
  rows.push(["papers-tui", count, ms(best(() => buildIndex(listing), 1)), ms(ours), "1 ×"]);
  for (const { name, ready } of others) {
    let run: (query: string) => unknown = () => null;
    const made = time(() => {
      run = ready(papers);
    });
    const took = median(whole.map((query) => time(() => run(query))));
    rows.push([name, count, ms(made), ms(took), `${(took / ours).toFixed(took > 10 * ours ? 0 : 1)} ×`]);
  }
  return [...rows, fzf(papers, ours)];
}

/** Debian's fzf over the titles alone: a complete run of `fzf --filter`, including reading the titles. */
function fzf(papers: readonly Paper[], ours: number): string[] {
  const count = papers.length.toLocaleString("en");
  const input = papers.map(({ title }) => title).join("\n");
  const { error } = spawnSync("fzf", ["--version"]);
  if (error) return ["fzf --filter, titles", count, "–", "not installed", "–"];
  const took = median(
    whole.map((query) => time(() => spawnSync("fzf", ["--filter", query], { input, maxBuffer: 2 ** 30 }))),
  );
  return ["fzf --filter, titles", count, "–", ms(took), `${(took / ours).toFixed(1)} ×`];
}

/** Bytes in use, on and off the heap, after garbage collection. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function best(work: () => unknown, times = 2): number {
  return Math.min(...Array.from({ length: times }, () => time(work)));
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return summary(values).median;
}

function spread(values: readonly number[]): string {
  const { median, p95, max } = summary(values);
  return `${round(median)} · ${round(p95)} · ${round(max)} ms`;
}

function ms(value: number): string {
  return `${round(value)} ms`;
}

function round(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
