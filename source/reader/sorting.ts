import type { Listing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import type { Sort } from "./model.js";

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

/** A row with what it is sorted by; `null` where its paper has none of that. */
interface Keyed<Key> {
  readonly at: number;
  readonly key: Key | null;
}

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
  const by = <Key>(keyOf: (paper: Paper) => Key | null, compare: (a: Key, b: Key) => number) =>
    sortBy(listing, rows, keyOf, reversed ? (a, b) => -compare(a, b) : compare);
  switch (key) {
    case "relevance":
      return reversed ? rows.reverse() : rows;
    case "order":
      return rows.sort((a, b) => (reversed ? b - a : a - b));
    case "date":
      return by(
        (paper) => paper.published,
        (a, b) => (a === b ? 0 : a < b ? 1 : -1),
      );
    case "upvotes":
      return by(
        (paper) => paper.upvotes,
        (a, b) => b - a,
      );
    case "title":
      return by((paper) => paper.title, textOrder(locale).compare);
    case "author":
      return by(firstAuthor, textOrder(locale).compare);
  }
}

function sortBy<Key>(
  listing: Listing,
  rows: readonly number[],
  keyOf: (paper: Paper) => Key | null,
  compare: (a: Key, b: Key) => number,
): number[] {
  const keyed: Keyed<Key>[] = rows.map((at) => ({ at, key: keyOf(listing.paper(at)) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return compare(a.key, b.key);
  });
  return keyed.map(({ at }) => at);
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
