import { fields } from "./fields.js";
import { type Ready, ready } from "./found.js";
import { withGreekNames } from "./greek.js";
import type { SearchIndex } from "./index.js";
import { type Word, words } from "./normalise.js";
import { glueMark } from "./pattern.js";
import { phraseRanges } from "./phrase.js";
import { merged, placeInWord, type Range } from "./place.js";
import type { Query } from "./query.js";
import { matchKey, placesFor, sequenceRanges } from "./word.js";

export type { Range } from "./place.js";

/**
 * Parts of a shown text that a query matched, sorted, not overlapping. The words are held against the
 * terms by the same rules as in the search, so what was found in that field is what is shown; the text
 * need not be the one searched (math may be rendered, or only some of the authors named). Cheap: what
 * each term makes of each word is remembered.
 */
export function highlights(
  index: SearchIndex,
  query: Query,
  text: string,
  field: "title" | "authors" | "abstract",
): Range[] {
  const plain = rangesIn(index, query, text, fields[field]);
  const named = field === "authors" ? null : withGreekNames(text);
  if (named === null) return plain;
  // What was found in a letter's name is the letter.
  const byName = rangesIn(index, query, named.text, fields[field]).map(({ start, end }) => ({
    start: named.from[start] as number,
    end: (named.from[end - 1] as number) + 1,
  }));
  return merged([...plain, ...byName]);
}

function rangesIn(index: SearchIndex, query: Query, text: string, place: number): Range[] {
  const ranges: Range[] = [];
  let found: Word[] | null = null;
  for (const made of readyTerms(index, query)) {
    if (made.kind === "phrase") {
      if (made.phrase.fields & place) ranges.push(...phraseRanges(made.phrase, text));
    } else if (made.word.fields & place) {
      found ??= words(text);
      ranges.push(...wordRanges(made, text, found, place));
    }
  }
  return merged(ranges);
}

/** The query's terms that can be seen in a text, made ready once and not for every row. */
function readyTerms(index: SearchIndex, query: Query): readonly Ready[] {
  let made = index.readied.get(query) as Ready[] | undefined;
  if (made === undefined) {
    made = [];
    for (const term of query.terms) {
      if ((term.kind === "word" || term.kind === "phrase") && !term.negated) made.push(ready(index, term));
    }
    index.readied.set(query, made);
  }
  return made;
}

function wordRanges(
  { word }: Extract<Ready, { kind: "word" }>,
  text: string,
  found: readonly Word[],
  place: number,
): Range[] {
  const ranges: Range[] = [];
  for (const one of found) {
    const match = matchKey(word, one.compound ? one.text + glueMark : one.text);
    if (match === null || (placesFor(word, match.tier) & place) === 0) continue;
    ranges.push(placeInWord(text, one, match.start, match.end));
  }
  for (const sequence of word.sequences) {
    for (const { range } of sequenceRanges(sequence, text, found)) ranges.push(range);
  }
  return ranges;
}
