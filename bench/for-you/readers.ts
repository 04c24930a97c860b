import type { Paper } from "../../source/papers/paper.js";
import type { Day } from "./days.js";

/** A simulated reader. The ranking does not know what they want; it only sees what they star. */
export interface Reader {
  readonly keywords: ReadonlySet<string>;
  readonly author: string;
}

/** Keywords of an interest. */
const interestSize = 40;
/** How many papers a reader must want in all: 20 to star, and others to rank. */
const leastWanted = 40;

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether a reader wants a paper: it shares two keywords with their interest, or is by their author. */
export function wants({ keywords, author }: Reader, paper: Paper): boolean {
  if (paper.authors.includes(author)) return true;
  let shared = 0;
  for (const keyword of new Set(paper.keywords.map((one) => one.toLowerCase()))) {
    if (keywords.has(keyword)) shared += 1;
  }
  return shared >= 2;
}

/**
 * `count` readers. An interest is a random keyword of the days together with the keywords that co-occur
 * most often; the author wrote at least four of the papers.
 */
export function makeReaders(days: readonly Day[], count: number, seed: number): Reader[] {
  const random = randomFrom(seed);
  const papers = days.flatMap((day) => day.papers);
  const keywordsOf = papers.map((paper) => [...new Set(paper.keywords.map((one) => one.toLowerCase()))]);
  const common = [...countOf(keywordsOf.flat())].filter(([, times]) => times >= 8).map(([name]) => name);
  const writing = [...countOf(papers.flatMap((paper) => paper.authors))];
  const authors = writing.filter(([, times]) => times >= 4).map(([name]) => name);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] as string;
  const readers: Reader[] = [];
  for (let tries = 0; readers.length < count && tries < count * 200; tries += 1) {
    const first = pick(common);
    const beside = countOf(keywordsOf.filter((all) => all.includes(first)).flat());
    const nearest = [...beside].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, interestSize);
    const reader = { keywords: new Set(nearest.map(([name]) => name)), author: pick(authors) };
    const wanted = papers.filter((paper) => wants(reader, paper)).length;
    if (wanted >= leastWanted && wanted <= papers.length / 4) readers.push(reader);
  }
  return readers;
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
