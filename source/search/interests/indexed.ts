import { nameOf } from "../../papers/interests/interest.js";
import { personKey } from "../../papers/interests/people.js";
import type { SearchIndex } from "../index/search-index.js";
import type { Searched, SearchedPaper } from "../text/fields.js";

/** A listing, and what is looked up in it; each is made when it is first asked for. */
export interface Indexed {
  readonly listing: Searched;
  index(): SearchIndex;
  /**
   * The papers that have a name, as indices into the listing, ascending. All names of a field are collected at
   * once, so that thousands of follows and mutes do not each go through the papers.
   * @param name in the spelling of `namesOf`
   */
  named(field: NamedField, name: string): readonly number[];
}

/** The fields whose names can be followed or muted. */
export type NamedField = "author" | "org" | "keyword" | "category";

/** The names that a paper has in each of these fields, as identities of follows and mutes have them. */
export const namesOf: Readonly<Record<NamedField, (paper: SearchedPaper) => readonly string[]>> = {
  author: ({ authors }) => authors.map(personKey),
  org: ({ organization }) => (organization === null ? [] : [nameOf(organization)]),
  keyword: ({ keywords }) => keywords.map(nameOf),
  // A paper is listed under others too; the first is what it is about.
  category: ({ categories }) => categories.slice(0, 1).map(nameOf),
};

/** A listing with what is looked up in it. */
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
