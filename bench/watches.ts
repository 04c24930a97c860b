import { type Interest, interestId } from "../source/papers/interests/interest.js";
import type { Listing } from "../source/papers/listing.js";
import { buildIndex, type SearchIndex } from "../source/search/index/search-index.js";
import { indexedBy } from "../source/search/interests/indexed.js";
import { judge, watchesOf } from "../source/search/interests/judge.js";
import { finish } from "../source/search/interests/judged.js";
import { generatedListing } from "./generated.js";
import type { Table } from "./report.js";
import { summary } from "./statistics.js";

const today = "2025-01-01";

/** Typical filters that people save, made from the words and an author of a paper. */
const forms: readonly ((words: readonly string[], author: string) => string)[] = [
  ([one, two]) => `${one} ${two}`,
  ([one]) => `title:${one}`,
  ([one, two]) => `"${one} ${two}"`,
  ([one, two, three]) => `${one} OR ${two} OR ${three}`,
  (_, author) => `author:"${author}"`,
  ([one, two]) => `${one} -${two} category:cs.LG`,
  ([one, two, three]) => `${one} (${two} OR ${three}) after:2015`,
  ([one]) => `${one} upvotes:>5`,
  ([one, two]) => `${one} ${two} is:unread`,
  ([one, two]) => `abstract:${one} abstract:${two}`,
];

/** `count` watches made from the papers of a listing; the same for the same listing. */
export function generatedWatches(listing: Listing, count: number): Interest[] {
  return Array.from({ length: count }, (_, at) => {
    const paper = listing.paper((at * 7_919) % listing.size);
    const words = [...new Set(paper.title.toLowerCase().match(/\p{L}{3,}/gu) ?? ["graph"])];
    const form = forms[at % forms.length] as (typeof forms)[number];
    const wanted = [0, 1, 2].map((place) => words[(at + place) % words.length] as string);
    const filter = form(wanted, paper.authors[0] ?? "Min Xu");
    return { id: interestId("watch", `w${at}`), title: `w${at}`, filter, with: "", without: "" };
  });
}

/** The time of each watch in ms, and that of all of them together with the bits of all papers. */
export function judgeAll(
  index: SearchIndex,
  interests: readonly Interest[],
): { each: number[]; all: number } {
  const watches = watchesOf(interests);
  const indexed = indexedBy(index.listing, () => index);
  const begun = performance.now();
  const each: number[] = [];
  const findings = interests.map((one) => {
    const before = performance.now();
    const finding = judge(indexed, one, today, watches);
    each.push(performance.now() - before);
    return finding;
  });
  finish(interests, findings, new Uint8Array(index.listing.size), today, watches);
  return { each, all: performance.now() - begun };
}

/** 100 watches over listings of several sizes, after the index is built. */
export async function measureWatches(): Promise<Table> {
  const rows = [1_000, 10_000, 100_000].map((size) => {
    const listing = generatedListing(size);
    const interests = generatedWatches(listing, 100);
    const begun = performance.now();
    const index = buildIndex(listing);
    const indexed = performance.now() - begun;
    // The second listing of a visit runs on warm code.
    const first = judgeAll(index, interests);
    index.remembered.clear();
    const second = judgeAll(index, interests);
    const { median, p95, max } = summary(second.each);
    return [
      `${size.toLocaleString("en")} papers`,
      `${indexed.toFixed(0)} ms`,
      `${first.all.toFixed(0)} ms`,
      `${second.all.toFixed(0)} ms`,
      `${median.toFixed(1)} · ${p95.toFixed(1)} · ${max.toFixed(1)} ms`,
    ];
  });
  return [
    ["100 watches over", "index", "all, at first", "all, again", "one: median · p95 · longest"],
    ...rows,
  ];
}
