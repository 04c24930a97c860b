import type { SearchIndex } from "../index/search-index.js";
import { isText, type Query, type TextTerm } from "../query/types.js";
import { acronymRanges } from "../text/acronym.js";
import { type FieldName, fields } from "../text/fields.js";
import { otherForms } from "../text/greek.js";
import { type Word, words } from "../text/normalize.js";
import { merged, placeInWord, type Range } from "../text/ranges.js";
import { glueMark } from "../words/pattern.js";
import { runsOf } from "../words/runs.js";
import { matchKey, placesFor, plainSpelling, type Spelling, sequenceRanges } from "../words/word.js";
import { makeReady, type Ready, spelling } from "./found.js";
import { phraseRanges } from "./phrase.js";

export type { Range } from "../text/ranges.js";

/** The text terms of a query, prepared for highlighting many texts. */
export type Matcher = readonly Ready[];

/** A query's matcher for the texts of a listing, cached so that it is not made for each row. */
export function matcherFor(index: SearchIndex, query: Query): Matcher {
  let made = index.readied.get(query) as Matcher | undefined;
  if (made === undefined) {
    const meant = index.meant.get(query) ?? query;
    made = matcherOf(meant, spellingsOf(index, meant));
    index.readied.set(query, made);
  }
  return made;
}

/** Makes a matcher without the index, from the spellings of the visible terms in order (`spellingsOf`). */
export function matcherOf(query: Query, spellings: readonly Spelling[]): Matcher {
  return visibleTerms(query).map((term, place) => makeReady(term, spellings[place] ?? plainSpelling));
}

/** The spelling of each visible term of a query, for `matcherOf`. */
export function spellingsOf(index: SearchIndex, query: Query): Spelling[] {
  const runs = runsOf(index, query.parts);
  return visibleTerms(query).map((term) => {
    const own = spelling(index, term);
    const at = query.parts.indexOf(term);
    const meant = runs.filter(({ from, to }) => at >= from && at < to).flatMap(({ words }) => words);
    return meant.length === 0 ? own : { ...own, also: [...own.also, ...meant] };
  });
}

function visibleTerms(query: Query): readonly TextTerm[] {
  return query.terms.filter((term): term is TextTerm => isText(term) && !term.negated);
}

/**
 * The ranges of a displayed text that a query matches, sorted and disjoint. Words match by the same rules as
 * in the search, so a text that was found is highlighted; it need not be the searched text (TeX may be
 * rendered, or only some authors named). The match of each term and word is cached.
 */
export function highlights(matcher: Matcher, text: string, field: FieldName): Range[] {
  const ranges = rangesIn(matcher, text, fields[field]);
  if (field === "authors") return ranges;
  const forms = otherForms(text);
  if (forms.length === 0) return ranges;
  // If a Greek letter matches by its name, highlight the letter.
  const byForms = forms.flatMap((form) =>
    rangesIn(matcher, form.text, fields[field]).map(({ start, end }) => {
      const last = form.from[end - 1] as number;
      // A mathematical letter is two UTF-16 code units long.
      const length = (text.codePointAt(last) as number) > 0xffff ? 2 : 1;
      return { start: form.from[start] as number, end: last + length };
    }),
  );
  return merged([...ranges, ...byForms]);
}

function rangesIn(matcher: Matcher, text: string, place: number): Range[] {
  const ranges: Range[] = [];
  let found: Word[] | null = null;
  for (const made of matcher) {
    if (made.kind === "phrase") {
      if (made.phrase.fields & place) ranges.push(...phraseRanges(made.phrase, text));
    } else if (made.word.fields & place) {
      found ??= words(text);
      ranges.push(...wordRanges(made, text, found, place));
    }
  }
  return merged(ranges);
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
    const isName = place === fields.authors;
    for (const { range } of sequenceRanges(sequence, text, found, isName)) ranges.push(range);
  }
  // A match of the word itself takes precedence over initials that happen to spell it.
  if (word.acronym === null || place !== fields.title || ranges.length > 0) return ranges;
  return acronymRanges(word.acronym, text);
}
