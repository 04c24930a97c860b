import type { Listing } from "../../papers/listing.js";
import type { PackedPapers } from "../../papers/packed/packed-papers.js";
import type { CountField } from "../../papers/sort-and-column-names.js";
import type { CacheName, Caches } from "../caches.js";
import type { Rows, Sort, SortKey } from "../model.js";
import { rankTexts } from "./text-order.js";

/**
 * Sorts rows (indices into the listing). The sort is stable; papers without a value come last in both
 * directions. The default direction is newest or most upvoted first. May change `rows` in place. Text is
 * sorted by the rules of `locale`, a BCP 47 language tag.
 */
export function sortRows(
  caches: Caches,
  listing: Listing,
  rows: Rows,
  { key, reversed }: Sort,
  locale: string,
): Rows {
  switch (key) {
    case "relevance":
      return reversed ? rows.reverse() : rows;
    // `views.ts` sorts by the ranking and by momentum, which are not properties of the papers.
    case "for-you":
    case "momentum":
    case "order":
      return reversed ? rows.sort().reverse() : rows.sort();
    default:
      return inOrder(rows, ranksBy(caches, listing, rows, key, locale), reversed);
  }
}

type KeyOfPaper = Exclude<SortKey, "relevance" | "order" | "for-you" | "momentum">;

/** The number used by each sort. */
const countOf = {
  upvotes: "upvotes",
  stars: "codeStars",
  comments: "comments",
  citations: "citations",
} as const satisfies Partial<Record<SortKey, CountField>>;

/** The ranks by title or author of all papers in packed listings, from the last sort. */
const rankedPacks: CacheName<
  WeakMap<PackedPapers, { readonly key: KeyOfPaper; readonly locale: string; readonly ranks: Uint32Array }>
> = { make: () => new WeakMap() };

function ranksBy(caches: Caches, listing: Listing, rows: Rows, key: KeyOfPaper, locale: string): Uint32Array {
  switch (key) {
    case "date":
      return ranksOf(rows, listing.published, newestFirst);
    case "listed":
      return ranksOf(rows, listing.listed, newestFirst);
    case "upvotes":
    case "stars":
    case "comments":
    case "citations": {
      const field = countOf[key];
      return ranksOf(rows, (at) => listing.count(at, field), mostFirst);
    }
  }
  const keyOf = key === "title" ? listing.title : (at: number) => authorKey(listing.firstAuthor(at));
  const { packed, size } = listing;
  const rankLocally = (texts: readonly string[]) => rankTexts(caches, texts, locale);
  if (packed === null) return ranksOf(rows, keyOf, rankLocally);
  // Ranking a million texts takes seconds, so the ranks are kept and not computed for every letter of a
  // filter.
  const remembered = caches.of(rankedPacks);
  let known = remembered.get(packed);
  if (known?.key !== key || known.locale !== locale || known.ranks.length !== size) {
    const all = Uint32Array.from({ length: size }, (_, at) => at);
    known = { key, locale, ranks: ranksOf(all, keyOf, rankLocally) };
    remembered.set(packed, known);
  }
  const { ranks } = known;
  return rows.map((at) => ranks[at] as number);
}

/** The rank of a paper without a value to sort by. */
const noRank = 2 ** 25;
/** More than the number of rows, so that rank and position fit exactly into one number. */
const placeSteps = 2 ** 26;

/** Rows by rank, lowest first, or highest first if `reversed`. */
function inOrder(rows: Rows, ranks: Uint32Array, reversed: boolean): Rows {
  // Sorting rank and position combined in one number is ten times as fast as sorting with a comparison
  // function.
  const keys = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) {
    const rank = ranks[place] as number;
    keys[place] = (reversed && rank < noRank ? noRank - 1 - rank : rank) * placeSteps + place;
  }
  keys.sort();
  const sorted = new Uint32Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) {
    sorted[place] = rows[(keys[place] as number) % placeSteps] as number;
  }
  return sorted;
}

/** The rank of each row by its key. @param rank returns the rank, from 0, of each distinct key */
function ranksOf<Key>(
  rows: Rows,
  keyOf: (at: number) => Key | null,
  rank: (keys: readonly Key[]) => Uint32Array,
): Uint32Array {
  // Many rows share a day or an author, so only distinct values are compared.
  const numbers = new Map<Key, number>();
  const numberOf = rows.map((at) => {
    const key = keyOf(at);
    if (key === null) return noRank;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  const ranks = rank([...numbers.keys()]);
  return numberOf.map((number) => (number === noRank ? noRank : (ranks[number] as number)));
}

function newestFirst(days: readonly string[]): Uint32Array {
  return rankBy(days, (one, other) => (one < other ? 1 : -1));
}

function mostFirst(votes: readonly number[]): Uint32Array {
  return rankBy(votes, (one, other) => other - one);
}

function rankBy<Key>(keys: readonly Key[], compare: (one: Key, other: Key) => number): Uint32Array {
  const sorted = keys.map((_, at) => at).sort((one, other) => compare(keys[one] as Key, keys[other] as Key));
  const ranks = new Uint32Array(keys.length);
  for (const [rank, at] of sorted.entries()) ranks[at] = rank;
  return ranks;
}

const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * An author in the order used for sorting, last word first: "Hinton Geoffrey E.". "van der Berg" sorts
 * under B, as in most bibliographies.
 */
function authorKey(name: string | null): string | null {
  if (name === null) return null;
  const words = name.split(" ").filter((word) => word !== "");
  const last = words.findLastIndex((word) => !suffix.test(word));
  if (last <= 0) return name;
  return [words[last], ...words.slice(0, last), ...words.slice(last + 1)].join(" ");
}
