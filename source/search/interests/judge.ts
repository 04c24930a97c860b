import { type Interest, interestKind } from "../../papers/interests/interest.js";
import { type Person, personOf, type Verdict, verdictsOn } from "../../papers/interests/people.js";
import type { SearchIndex } from "../index/search-index.js";
import { findTerm } from "../match/found.js";
import { members } from "../match/members.js";
import { beginReads } from "../match/reads.js";
import { truthsOf } from "../match/truths.js";
import { papersNamed as papersByAuthor } from "../query/names.js";
import { parseQuery, type Query, strictly, termsOf, type Watches } from "../query/query.js";
import { type Indexed, type NamedField, namesOf } from "./indexed.js";

/**
 * What a watch, follow or mute finds in a listing, whatever the marks of the papers. `finish` (`judged.ts`)
 * then applies the marks.
 */
export interface Finding {
  /** Indices into the listing, ascending. */
  readonly papers: Uint32Array;
  /** As returned by `truthsOf`, if the filter has conditions on marks; otherwise `null`. */
  readonly truths: Uint16Array | null;
  /** For an author: papers by someone of the same name, possibly another person. */
  readonly unsure: Uint32Array;
}

const none = new Uint32Array();
/** A finding without papers. */
export const nothing: Finding = { papers: none, truths: null, unsure: none };

/**
 * In listings of up to this size names are collected from all papers; in longer ones the search index narrows
 * them down first.
 */
const eachLookedAt = 2_000;

/** The filters of all watches by name, for `watch:NAME`. */
export function watchesOf(interests: readonly Interest[]): Watches {
  const watches = interests.filter(({ id }) => interestKind(id) === "watch");
  return new Map(watches.map(({ id, filter }) => [id.slice("watch:".length), filter]));
}

/** The filter of a watch or of a muted filter; `null` for any other interest. */
export function filterOf({ id, title, filter }: Interest): string | null {
  if (interestKind(id) === "watch") return filter;
  return id.startsWith("mute:filter/") ? title : null;
}

/** The query of a watch or of a muted filter; `null` for any other interest, or if the filter is empty. */
export function queryOf(interest: Interest, today: string | null, watches: Watches): Query | null {
  const filter = filterOf(interest);
  if (filter === null) return null;
  const query = parseQuery(filter, today, watches);
  if (query.isEmpty) return null;
  const parts = query.parts.map(strictly);
  return { ...query, parts, terms: parts.flatMap(termsOf) };
}

/** Finds the papers of one watch, follow or mute. */
export function judge(indexed: Indexed, interest: Interest, today: string | null, watches: Watches): Finding {
  const [, what = "", name = ""] = /^(?:follow|mute):([a-z]+)\/(.*)$/s.exec(interest.id) ?? [];
  switch (what) {
    case "author":
      return findPerson(indexed, personOf(interest), interest.title);
    case "org":
    case "keyword":
    case "category": {
      const papers = Uint32Array.from(papersNamed(indexed, what, name, interest.title));
      return { papers, truths: null, unsure: none };
    }
  }
  const query = queryOf(interest, today, watches);
  if (query === null) return nothing;
  const index = indexed.index();
  const papers = members(index, query);
  return { papers, truths: truthsOf(index, query, papers), unsure: none };
}

/**
 * The papers with a name in a field, as ascending indices.
 * @param name as spelled by `namesOf`
 * @param written the same name as the user wrote it
 */
function papersNamed(indexed: Indexed, field: NamedField, name: string, written: string): readonly number[] {
  const { listing } = indexed;
  const candidates = listing.size <= eachLookedAt ? null : candidatesFor(indexed.index(), field, written);
  return (
    candidates?.filter((at) => namesOf[field](listing.paper(at)).includes(name)) ?? indexed.named(field, name)
  );
}

/** The papers that may have a name, found by its words; `null` if the words cannot narrow them down. */
function candidatesFor(index: SearchIndex, field: NamedField, written: string): readonly number[] | null {
  if (field === "author") return papersByAuthor(index, written);
  beginReads(index);
  const term = {
    kind: "phrase",
    text: written,
    field,
    negated: false,
    caseSensitive: false,
    open: false,
  } as const;
  return Array.from(findTerm(index, term, "heads").papers);
}

function findPerson(indexed: Indexed, person: Person, written: string): Finding {
  const papers = papersNamed(indexed, "author", person.name, written);
  const verdicts = verdictsOn(
    person,
    papers.map((at) => indexed.listing.paper(at)),
  );
  const those = (verdict: Verdict) =>
    Uint32Array.from(papers.filter((_, place) => verdicts[place] === verdict));
  return { papers: those("yes"), truths: null, unsure: those("unsure") };
}
