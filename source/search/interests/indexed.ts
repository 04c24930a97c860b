import { nameOf } from "../../papers/interests/interest.js";
import { personKey } from "../../papers/interests/people.js";
import type { SearchIndex } from "../index/search-index.js";
import type { Searched, SearchedPaper } from "../text/fields.js";

/** A listing with its search index and name index, each built on first use. */
export interface Indexed {
  readonly listing: Searched;
  index(): SearchIndex;
  /**
   * The papers with a name, as ascending indices into the listing. The names of a field are collected in one
   * pass, so that thousands of follows and mutes do not each scan all papers.
   * @param name as spelled by `namesOf`
   */
  named(field: NamedField, name: string): readonly number[];
}

/** The fields whose names can be followed or muted. */
export type NamedField = "author" | "org" | "keyword" | "category";

/** A paper's names in each field, spelled as in the identities of follows and mutes. */
export const namesOf: Readonly<Record<NamedField, (paper: SearchedPaper) => readonly string[]>> = {
  author: ({ authors }) => authors.map(personKey),
  org: ({ organization }) => (organization === null ? [] : [nameOf(organization)]),
  keyword: ({ keywords }) => keywords.map(nameOf),
  // The first category is the primary one; the others are cross-lists.
  category: ({ categories }) => categories.slice(0, 1).map(nameOf),
};

/** Wraps a listing. `index` is called only when the index is needed. */
export function indexedBy(listing: Searched, index: () => SearchIndex): Indexed {
  const collected = new Map<NamedField, ReadonlyMap<string, readonly number[]>>();
  return {
    listing,
    index,
    named(field, name) {
      const papers = collected.get(field) ?? collectNames(listing, namesOf[field]);
      collected.set(field, papers);
      return papers.get(name) ?? [];
    },
  };
}

function collectNames(
  listing: Searched,
  names: (paper: SearchedPaper) => readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const papers = new Map<string, number[]>();
  for (let at = 0; at < listing.size; at += 1) {
    for (const name of new Set(names(listing.paper(at)))) {
      const known = papers.get(name);
      if (known === undefined) papers.set(name, [at]);
      else known.push(at);
    }
  }
  return papers;
}
