import { type Interest, interestKind, nameOf } from "../../papers/interests/interest.js";
import { type Person, personKey, personOf, verdictsOn, type Written } from "../../papers/interests/people.js";
import type { SearchIndex } from "../index/search-index.js";
import { findTerm } from "../match/found.js";
import { members } from "../match/members.js";
import { beginReads } from "../match/reads.js";
import { truthsOf } from "../match/search.js";
import { papersNamed } from "../query/names.js";
import { parseQuery, type Query, strictly, termsOf, type Watches } from "../query/query.js";
import type { Searched, SearchedPaper, TextField } from "../text/fields.js";

/**
 * What watches, follows and mutes find in a listing. The papers of each, whatever their marks; `finish`
 * (`judged.ts`) then asks for the marks.
 */
export interface Finding {
  /** Indices into the listing, ascending. */
  readonly papers: Uint32Array;
  /** As in `truthsOf`, for a filter with conditions on marks. */
  readonly truths: Uint16Array | null;
  /** Of an author: papers by somebody of that name, who may be somebody else. */
  readonly unsure: Uint32Array;
}

const none = new Uint32Array();
/** What is found where nothing was looked for. */
export const nothing: Finding = { papers: none, truths: null, unsure: none };

/** In a listing of up to so many papers each is looked at; in a longer one those that the index names. */
const eachLookedAt = 2_000;

/** The filters of watches, for `watch:NAME`. */
export function watchesOf(interests: readonly Interest[]): Watches {
  const watches = interests.filter(({ id }) => interestKind(id) === "watch");
  return new Map(watches.map(({ id, filter }) => [id.slice("watch:".length), filter]));
}

/** The filter of a watch or of a muted filter; `null` of anything else. */
export function filterOf({ id, title, filter }: Interest): string | null {
  if (interestKind(id) === "watch") return filter;
  return id.startsWith("mute:filter/") ? title : null;
}

/** The query of a watch or of a muted filter; `null` of anything else, or where it asks for nothing. */
export function queryOf(interest: Interest, today: string | null, watches: Watches): Query | null {
  const filter = filterOf(interest);
  if (filter === null) return null;
  const query = parseQuery(filter, today, watches);
  if (query.isEmpty) return null;
  const parts = query.parts.map(strictly);
  return { ...query, parts, terms: parts.flatMap(termsOf) };
}

/** A listing, and its index where one is needed: to look at each of a few papers takes none. */
export interface Indexed {
  readonly listing: Searched;
  index(): SearchIndex;
}

/** What one watch, follow or mute finds. */
export function judge(indexed: Indexed, interest: Interest, today: string | null, watches: Watches): Finding {
  const [, what = "", name = ""] = /^(?:follow|mute):([a-z]+)\/(.*)$/s.exec(interest.id) ?? [];
  switch (what) {
    case "author":
      return findPerson(indexed, personOf(interest), interest.title);
    case "org":
      return found(indexed, interest.title, "org", ({ organization }) => isCalled(organization, name));
    case "keyword":
      return found(indexed, interest.title, "keyword", ({ keywords }) =>
        keywords.some((one) => isCalled(one, name)),
      );
    case "category":
      // A paper is listed under others too; the first is what it is about.
      return found(indexed, interest.title, "category", ({ categories }) => isCalled(categories[0], name));
  }
  const query = queryOf(interest, today, watches);
  if (query === null) return nothing;
  const index = indexed.index();
  const papers = members(index, query);
  return { papers, truths: truthsOf(index, query, papers), unsure: none };
}

/** Whether a text is a name as identities have it. */
function isCalled(text: string | null | undefined, name: string): boolean {
  return text !== null && text !== undefined && nameOf(text) === name;
}

/** The papers that hold what `holds` asks of them, of those that have the text in a field. */
function found(
  indexed: Indexed,
  text: string,
  field: TextField,
  holds: (paper: SearchedPaper) => boolean,
): Finding {
  const { listing } = indexed;
  const papers = candidates(indexed, text, field).filter((at) => holds(listing.paper(at)));
  return { papers, truths: null, unsure: none };
}

function candidates(
  { listing: { size }, index: indexOf }: Indexed,
  text: string,
  field: TextField,
): Uint32Array {
  if (size <= eachLookedAt) return Uint32Array.from({ length: size }, (_, at) => at);
  const index = indexOf();
  beginReads(index);
  const term = { kind: "phrase", text, field, negated: false, caseSensitive: false, open: false } as const;
  return findTerm(index, term, "heads").papers;
}

function findPerson({ listing, index }: Indexed, person: Person, name: string): Finding {
  const written: Written[] = [];
  const at: number[] = [];
  const look = (paper: number) => {
    const { id, authors } = listing.paper(paper);
    if (!authors.some((one) => personKey(one) === person.name)) return;
    at.push(paper);
    written.push({ id, authors });
  };
  const named = listing.size <= eachLookedAt ? null : papersNamed(index(), name);
  if (named !== null) named.forEach(look);
  else for (let paper = 0; paper < listing.size; paper += 1) look(paper);
  const verdicts = verdictsOn(person, written);
  const those = (verdict: "yes" | "unsure") =>
    Uint32Array.from(at.filter((_, place) => verdicts[place] === verdict));
  return { papers: those("yes"), truths: null, unsure: those("unsure") };
}
