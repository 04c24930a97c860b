import type { CountField } from "../../papers/sort-and-column-names.js";
import { dayNumber, IndexBuilder, identifiersOf } from "../index/search-index.js";
import { anchorOf, makePhrase, mayBeAccented, roughPattern, roughText } from "../match/phrase.js";
import { hasSaidMark } from "../match/truths.js";
import { search } from "../query/did-you-mean.js";
import { isGroup, isText, type Node, type PhraseTerm, type Query, type Term } from "../query/types.js";
import {
  hasPart,
  numberColumns,
  numberOf,
  rawTexts,
  type Searched,
  type SearchedPaper,
  sourcesOf,
} from "../text/fields.js";
import { wholeIdentifier } from "../text/identifiers.js";
import { normalize, words } from "../text/normalize.js";
import { relevantText } from "./relevant-text.js";

/** Papers with some fields that can be read without building the whole paper. */
export interface Scanned extends Searched {
  id(index: number): string;
  published(index: number): string | null;
  count(index: number, field: CountField): number | null;
  /** The same papers, packed; `null` or absent if they are objects. */
  readonly packed?: Iterable<SearchedPaper> | null;
}

/**
 * Returns what `search` finds without indexing the whole listing: conditions and whole arXiv numbers need one
 * pass over the listing; for phrases only the papers that may contain one are indexed; for words only what the
 * answer depends on (relevant-text.ts).
 */
export function scan(listing: Scanned, query: Query, marks: (index: number) => number): readonly number[] {
  if (query.parts.every(isScannable)) {
    const holds = query.parts.map((part) => predicateOf(listing, part, marks));
    const found: number[] = [];
    for (let paper = 0; paper < listing.size; paper += 1) {
      if (holds.every((one) => one(paper))) found.push(paper);
    }
    return found;
  }
  return phrasesOnly(query) ? searchAmong(listing, query, marks) : searchRelevant(listing, query, marks);
}

/** Searches with an index of only the words on which the answer depends. */
function searchRelevant(listing: Scanned, query: Query, marks: (index: number) => number): readonly number[] {
  const builder = new IndexBuilder(listing, relevantText(query));
  for (const paper of papersOf(listing)) builder.add(paper);
  return search(builder.finish(), query, marks);
}

/**
 * All papers in turn. Those of a packed listing are made without being kept: the last 500 of them would be copied by
 * each garbage collection.
 */
function* papersOf(listing: Scanned): Generator<SearchedPaper, void, undefined> {
  if (listing.packed) yield* listing.packed;
  else for (let at = 0; at < listing.size; at += 1) yield listing.paper(at);
}

/** Whether a node needs no text search. If all nodes are like that, the result is in listing order. */
function isScannable(node: Node): boolean {
  if (isGroup(node)) return node.parts.every((part) => !isText(part) && isScannable(part));
  return !isText(node) || wantedNumber(node) !== null;
}

/** The arXiv number that an `id:` term asks for; `null` for any other term. */
function wantedNumber(term: Term): string | null {
  if (term.kind !== "word" || term.field !== "id") return null;
  const whole = wholeIdentifier(normalize(term.text));
  return whole !== null && /^\d{4}\./.test(whole.text) ? whole.text : null;
}

function predicateOf(
  listing: Scanned,
  node: Node,
  marks: (index: number) => number,
): (paper: number) => boolean {
  if (isGroup(node)) {
    const parts = node.parts.map((part) => predicateOf(listing, part, marks));
    return node.kind === "all"
      ? (paper) => parts.every((part) => part(paper))
      : (paper) => parts.some((part) => part(paper));
  }
  const holds = termHolds(listing, node, marks);
  return (paper) => holds(paper) !== node.negated;
}

function termHolds(
  listing: Scanned,
  term: Term,
  marks: (index: number) => number,
): (paper: number) => boolean {
  switch (term.kind) {
    case "is":
      return (paper) => hasSaidMark(term.mark, marks(paper));
    case "date": {
      const from = term.from === null ? 0 : dayNumber(term.from);
      const before = term.before === null ? Number.POSITIVE_INFINITY : dayNumber(term.before);
      return (paper) => {
        const day = dayNumber(listing.published(paper));
        return day !== 0 && day >= from && day < before;
      };
    }
    case "from":
      return (paper) => sourcesOf(listing.paper(paper)).includes(term.text);
    case "has":
      return (paper) => hasPart(listing.paper(paper), term.part);
    case "number": {
      const { field, min, max } = term;
      const column = numberColumns[field];
      const numberAt =
        column === null
          ? (paper: number) => numberOf(listing.paper(paper), field)
          : (paper: number) => listing.count(paper, column);
      return (paper) => {
        const number = numberAt(paper);
        return number !== null && (min === null || number >= min) && (max === null || number <= max);
      };
    }
    default: {
      const text = wantedNumber(term) ?? "";
      return (paper) => {
        const id = listing.id(paper);
        // An arXiv paper never has another paper's number in its DOI.
        if (/^\d{4}\.\d{4,5}$/.test(id)) return id === text;
        return identifiersOf(listing.paper(paper)).includes(text);
      };
    }
  }
}

/** Whether the only text searched for is phrases. They match the same way in any listing. */
function phrasesOnly({ parts }: Query): boolean {
  const asked = parts.filter((part) => isGroup(part) || (isText(part) && !part.negated));
  return asked.length > 0 && asked.every((part) => part.kind === "phrase" && words(part.text).length > 0);
}

/** Searches only the papers that may contain one of the query's phrases. */
function searchAmong(listing: Scanned, query: Query, marks: (index: number) => number): readonly number[] {
  const patterns = query.parts
    .filter((part): part is PhraseTerm => part.kind === "phrase" && !part.negated)
    .flatMap((term) => {
      const phrase = makePhrase(term);
      if (!phrase.isName) return [phrase.rough];
      // In a name, initials may replace all parts but one.
      return [phrase, ...(phrase.turned === null ? [] : [phrase.turned])].map(({ parts }) =>
        roughPattern([parts[anchorOf(parts)] as string], true),
      );
    });
  const kept: number[] = [];
  let at = 0;
  for (const paper of papersOf(listing)) {
    const text = textOf(paper);
    if (patterns.some((pattern) => pattern.test(text))) kept.push(at);
    at += 1;
  }
  const among: Searched = { size: kept.length, paper: (at) => listing.paper(kept[at] as number) };
  const builder = new IndexBuilder(among, relevantText(query));
  builder.addHeads(among.size);
  builder.addAbstracts(among.size);
  const index = { ...builder.finish(), total: listing.size };
  return search(index, query, (at) => marks(kept[at] as number)).map((at) => kept[at] as number);
}

/** All searched text of a paper, prepared for `roughPattern`. */
function textOf(paper: SearchedPaper): string {
  const text = rawTexts(paper).join("\n");
  return mayBeAccented(text) ? roughText(text) : text;
}
