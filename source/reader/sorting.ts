import type { Listing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { inOrder } from "../search/word-order.js";
import type { Sort, SortKey } from "./model.js";

/** Made when text is first sorted: it takes longer than the whole of many a start. */
const collators = new Map<string, Intl.Collator>();

function textOrder(locale: string): Intl.Collator {
  let collator = collators.get(locale);
  if (collator === undefined) {
    const options = { sensitivity: "base", numeric: true, ignorePunctuation: true } as const;
    collator = new Intl.Collator(locale, options);
    collators.set(locale, collator);
  }
  return collator;
}

/** What papers are sorted by that is not how they stand: text or a number, or nothing. */
type SortedBy = Exclude<SortKey, "relevance" | "order">;

/**
 * Rows (indices into the listing) in an order. Equal ones stay as they stood, and what has nothing to be
 * sorted by comes last either way. Newest and most voted for come first; `reversed`, last. Text is in the
 * order of the `locale`, a language tag of BCP 47.
 */
export function sortRows(
  listing: Listing,
  rows: number[],
  { key, reversed }: Sort,
  locale: string,
): number[] {
  if (key === "relevance") return reversed ? rows.reverse() : rows;
  if (key === "order") return rows.sort((a, b) => (reversed ? b - a : a - b));
  // A few rows of very many are soon compared; all of them are not, and it is asked for with every letter.
  const isFew = rows.length * 20 < listing.size && known.get(listing)?.get(`${key} ${locale}`) === undefined;
  return isFew
    ? sortFew(listing, rows, key, reversed, locale)
    : sortByPlaces(rows, placesOf(listing, key, locale), reversed);
}

function sortFew(
  listing: Listing,
  rows: readonly number[],
  key: SortedBy,
  reversed: boolean,
  locale: string,
): number[] {
  const compare = comparison(key, locale);
  const keyed = rows.map((at) => ({ at, key: keyOf(listing.paper(at), key) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return reversed ? -compare(a.key, b.key) : compare(a.key, b.key);
  });
  return keyed.map(({ at }) => at);
}

/** The place of each paper in an order, the same for equal ones, from 0; what has no place has `count`. */
interface Places {
  readonly places: Uint32Array;
  readonly count: number;
}

const known = new WeakMap<Listing, Map<string, Places>>();

function placesOf(listing: Listing, key: SortedBy, locale: string): Places {
  const ofListing = known.get(listing) ?? new Map<string, Places>();
  known.set(listing, ofListing);
  const name = `${key} ${locale}`;
  const made = ofListing.get(name) ?? makePlaces(listing, key, locale);
  ofListing.set(name, made);
  return made;
}

function makePlaces(listing: Listing, key: SortedBy, locale: string): Places {
  const keys = Array.from({ length: listing.size }, (_, at) => keyOf(listing.paper(at), key));
  const compare = comparison(key, locale);
  const isText = key === "title" || key === "author";
  return isText ? placesOfTexts(keys as (string | null)[], compare) : placesOfValues(keys, compare);
}

type Compare = (a: string | number, b: string | number) => number;

/** Days and numbers: few are different. */
function placesOfValues(keys: readonly (string | number | null)[], compare: Compare): Places {
  const different = [...new Set(keys)].filter((one) => one !== null).sort(compare);
  const placeOf = new Map<string | number | null, number>(different.map((one, place) => [one, place]));
  const count = different.length;
  return {
    places: Uint32Array.from(keys, (one) => (one === null ? count : (placeOf.get(one) as number))),
    count,
  };
}

/**
 * Texts: nearly all are different. Comparing them by a language costs much, and costs least where they are
 * in order already: they are first sorted as English has them, as far as the first letters and digits tell.
 */
function placesOfTexts(keys: readonly (string | null)[], compare: Compare): Places {
  const rough = keys.map((one) => (one === null ? "" : lettersOf(one)));
  const papers = Array.from(inOrder(rough, (at) => keys[at] !== null));
  papers.sort((a, b) => compare(keys[a] as string, keys[b] as string));
  const places = new Uint32Array(keys.length);
  let count = 0;
  papers.forEach((at, place) => {
    const before = place === 0 ? null : (keys[papers[place - 1] as number] as string);
    if (before === null || compare(before, keys[at] as string) !== 0) count += 1;
    places[at] = count - 1;
  });
  keys.forEach((one, at) => {
    if (one === null) places[at] = count;
  });
  return { places, count };
}

function lettersOf(text: string): string {
  const beginning = text.slice(0, 32).toLowerCase();
  return /[^\x00-\x7f]/.test(beginning)
    ? beginning.replace(/[^\p{L}\p{N}]+/gu, "")
    : beginning.replace(/[^a-z0-9]+/g, "");
}

const digit = 2 ** 11;

/** Rows by the places of their papers, a digit after the other from the last on: in time linear in the rows. */
function sortByPlaces(rows: readonly number[], { places, count }: Places, reversed: boolean): number[] {
  const placed = (at: number) => {
    const place = places[at] as number;
    return reversed && place < count ? count - 1 - place : place;
  };
  let from = rows as number[];
  for (let unit = 1; unit <= count; unit *= digit) {
    const next = new Uint32Array(digit + 1);
    for (const at of from) {
      const after = (Math.floor(placed(at) / unit) % digit) + 1;
      next[after] = (next[after] as number) + 1;
    }
    for (let value = 0; value < digit; value += 1) {
      next[value + 1] = (next[value + 1] as number) + (next[value] as number);
    }
    const to = new Array<number>(from.length);
    for (const at of from) {
      const value = Math.floor(placed(at) / unit) % digit;
      const slot = next[value] as number;
      to[slot] = at;
      next[value] = slot + 1;
    }
    from = to;
  }
  return from;
}

function keyOf(paper: Paper, key: SortedBy): string | number | null {
  switch (key) {
    case "date":
      return paper.published;
    case "upvotes":
      return paper.upvotes;
    case "title":
      return paper.title;
    case "author":
      return firstAuthor(paper);
  }
}

/** How two keys of an order compare, of which both are there. */
function comparison(key: SortedBy, locale: string): Compare {
  if (key === "title" || key === "author") {
    const { compare } = textOrder(locale);
    return (a, b) => compare(a as string, b as string);
  }
  return (a, b) => (a === b ? 0 : a < b ? 1 : -1);
}

const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * The first author as names are sorted, the last word before the others: "Hinton Geoffrey E.". "van der
 * Berg" stands under B, as in most bibliographies.
 */
function firstAuthor({ authors }: Paper): string | null {
  const name = authors[0];
  if (name === undefined) return null;
  const words = name.split(" ").filter((word) => word !== "");
  const last = words.findLastIndex((word) => !suffix.test(word));
  if (last <= 0) return name;
  return [words[last], ...words.slice(0, last), ...words.slice(last + 1)].join(" ");
}
