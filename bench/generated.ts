import { readFileSync } from "node:fs";
import { dailyPage } from "../source/formats/web/daily-page.js";
import { type Listing, makeListing } from "../source/papers/listing.js";
import { makePaper, type Paper } from "../source/papers/paper.js";

/** Different words of running text, and different family names. */
const wordCount = 400_000;
const familyCount = 40_000;
/** Characters of an abstract: between the first and the sum of both, 1,200 on average. */
const abstractLength = [700, 1000] as const;

/**
 * A listing of invented papers, the same for the same count and seed: words with the frequencies of Zipf's law
 * (the frequent ones from the bundled page, in their order; the rest made of syllables), titles of 5 to 13
 * words, 1 to 8 authors, abstracts of about 1,200 characters.
 */
export function generatedListing(count: number, seed = 1): Listing {
  return makeListing(`${count} papers`, { papers: generatedPapers(count, seed), day: null, problems: [] });
}

/** The papers of `generatedListing`. */
export function generatedPapers(count: number, seed = 1): Paper[] {
  const random = fractions(seed);
  const words = zipf(vocabulary(), random);
  const families = zipf(familyNames(), random);
  const givens = zipf(givenNames(), random);
  return Array.from({ length: count }, (_, at) => {
    const authors = Array.from({ length: 1 + Math.floor(random() * 8) }, () =>
      name(givens, families, random),
    );
    const year = 2007 + Math.floor((at * 18) / count);
    const month = String(1 + Math.floor(random() * 12)).padStart(2, "0");
    const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
    return makePaper({
      id: `${String(year).slice(2)}${month}.${String(at % 100_000).padStart(5, "0")}${at >= 100_000 ? `x${Math.floor(at / 100_000)}` : ""}`,
      title: capitalised(sentence(5 + Math.floor(random() * 9), words)),
      abstract: abstractOf(words, random),
      authors,
      published: `${year}-${month}-${day}`,
      categories: ["cs.LG"],
      upvotes: Math.floor(1 / (random() + 0.002)),
    });
  });
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Above this rank words become rare faster: the limit of the common vocabulary. */
const kernel = 6_000;

/**
 * Draws items by their rank n, with frequency 1 / (n + 2.7) and, outside the kernel, n ** -1.9, as Ferrer i
 * Cancho and Solé (Journal of Quantitative Linguistics, 2001) found in a large corpus.
 */
function zipf(things: readonly string[], random: () => number): () => string {
  const sums = new Float64Array(things.length);
  let sum = 0;
  for (let rank = 0; rank < things.length; rank += 1) {
    const falls = rank > kernel ? (kernel / rank) ** 0.9 : 1;
    sum += falls / (rank + 2.7);
    sums[rank] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = things.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return things[low] as string;
  };
}

function sentence(length: number, words: () => string): string {
  return Array.from({ length }, words).join(" ");
}

function abstractOf(words: () => string, random: () => number): string {
  const length = abstractLength[0] + random() * abstractLength[1];
  const sentences: string[] = [];
  let reached = 0;
  while (reached < length) {
    const one = `${capitalised(sentence(8 + Math.floor(random() * 20), words))}.`;
    sentences.push(one);
    reached += one.length + 1;
  }
  return sentences.join(" ");
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function name(givens: () => string, families: () => string, random: () => number): string {
  const given = givens();
  const middle = random() < 0.2 ? ` ${givens().slice(0, 1)}.` : "";
  return `${random() < 0.15 ? `${given.slice(0, 1)}.` : given}${middle} ${families()}`;
}

/** The words of the bundled page, the most frequent first, and after them words made of syllables. */
function vocabulary(): string[] {
  const page = readFileSync(new URL("../fixtures/daily-papers.txt", import.meta.url), "utf8");
  const counts = new Map<string, number>();
  for (const { title, abstract } of dailyPage.parse(page, { today: "2026-11-23" }).papers) {
    for (const [word] of `${title} ${abstract}`.matchAll(/[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*/g)) {
      const key = /^[A-Z][a-z]*$/.test(word) ? word.toLowerCase() : word;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const known = [...counts.keys()].sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number));
  return madeUp(known, wordCount, 11);
}

function familyNames(): string[] {
  const known =
    "Wang Li Zhang Chen Liu Kim Lee Müller Smith Kumar Nguyen García Ivanov Łukasik Hölder Hinton O'Brien";
  return madeUp(known.split(" "), familyCount, 12).map(capitalised);
}

function givenNames(): string[] {
  const known = "Wei Yi Jun Anna Michael David Jing Geoffrey Klaus-Robert José Zoë Priya Omar Ines Yuki Jan";
  return madeUp(known.split(" "), 3_000, 13).map(capitalised);
}

const beginnings =
  "b br c ch cl d dr f fl g gr h j k l m n p ph pl pr qu r s sc sh sp st str t th tr v w z".split(" ");
const middles = "a e i o u ai ea io ou y a e i o".split(" ");
const endings = "n r l s t m nt st ng ck x ll rm nd ct p d th ss ble ne te".split(" ");

/** The known words and, after them, enough others of two to four syllables to reach `count`. */
function madeUp(known: readonly string[], count: number, seed: number): string[] {
  const random = fractions(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] as string;
  const made = new Set(known);
  while (made.size < count) {
    const syllables = 1 + Math.floor(random() * 3);
    let word = "";
    for (let one = 0; one < syllables; one += 1) word += pick(beginnings) + pick(middles);
    made.add(word + pick(endings));
  }
  return [...made].slice(0, count);
}
