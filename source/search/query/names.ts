import type { SearchIndex } from "../index/search-index.js";
import { idOf } from "../index/vocabulary.js";
import { fields, placeBits } from "../text/fields.js";
import { words } from "../text/normalize.js";
import type { PhraseTerm, WordTerm } from "./types.js";

/** The most papers to check: names that occur in more are too common to be useful and slow to check. */
const most = 4_000;

/**
 * The papers with an author whose name has all the words of a query, in any order; a single letter stands for
 * a name: "li wei" is Wei Li, but not a limit of weights. In listing order; empty if there are fewer than two
 * words or they cannot be a name.
 */
export function namedBy(index: SearchIndex, terms: readonly (WordTerm | PhraseTerm)[]): readonly number[] {
  const wanted: string[] = [];
  for (const term of terms) {
    if (term.kind !== "word" || (term.field !== null && term.field !== "author")) return [];
    const [word, ...others] = words(term.text);
    if (word === undefined || others.length > 0) return [];
    wanted.push(word.text);
  }
  const whole = wanted.filter((word) => word.length > 1);
  if (wanted.length < 2 || whole.length === 0) return [];
  const isCalled = (name: string) => {
    const parts = words(name).map(({ text }) => text);
    return wanted.every((word) =>
      word.length > 1 ? parts.includes(word) : parts.some((part) => part.startsWith(word)),
    );
  };
  return withAll(index, whole).filter((paper) => index.listing.paper(paper).authors.some(isCalled));
}

/**
 * The papers that may be by an author of this name: those whose authors include all its words of two or more
 * letters. `null` if the name has no such word, so that any paper may match.
 */
export function papersNamed(index: SearchIndex, name: string): readonly number[] | null {
  const whole = words(name)
    .map(({ text }) => text)
    .filter((word) => word.length > 1);
  return whole.length === 0 ? null : withAll(index, whole, Number.POSITIVE_INFINITY);
}

/** The papers whose authors include all the words; empty if there are more than `atMost`. */
function withAll({ vocabulary, heads }: SearchIndex, wanted: readonly string[], atMost = most): number[] {
  const lists: Uint32Array[] = [];
  for (const word of new Set(wanted)) {
    const id = idOf(vocabulary, word);
    if (id < 0) return [];
    lists.push(heads.papers.subarray(heads.offsets[id], heads.offsets[id + 1]));
  }
  const [shortest, ...others] = lists.sort((one, other) => one.length - other.length);
  let papers: number[] = [];
  for (const posting of shortest ?? []) if (posting & fields.authors) papers.push(posting >>> placeBits);
  for (const list of others) {
    if (papers.length === 0) break;
    const there = new Set<number>();
    for (const posting of list) if (posting & fields.authors) there.add(posting >>> placeBits);
    papers = papers.filter((paper) => there.has(paper));
  }
  return papers.length > atMost ? [] : papers;
}
