import { withAll } from "../index/common.js";
import type { SearchIndex } from "../index/search-index.js";
import { idOf, prefixed } from "../index/vocabulary.js";
import { remember } from "../match/remember.js";
import { fields, placeBits } from "../text/fields.js";
import { words } from "../text/normalize.js";

/**
 * Acronyms are expanded with the definitions in papers: "mixture of experts (MoE)". At most this many papers
 * with the acronym are read, spread evenly over the listing.
 */
const mostRead = 60;
/**
 * The most characters before the bracket that are read for the definition, and the most letters of an
 * acronym.
 */
const mostBefore = 120;
const longestAcronym = 8;
/** In a listing with more papers, a single paper's definition is not enough. */
const fewPapers = 1_000;

/** Stop words that an acronym may skip. */
const small = new Set("a an and as at by for from in is of on or the to via with".split(" "));

/** Frequent words, which are no acronyms even where one is in brackets. */
export const neverAcronyms: ReadonlySet<string> = new Set([
  ...small,
  ..."are be but can do had has have his if into is it its no not our so than that these this up was we were when which".split(
    " ",
  ),
]);

/**
 * The phrases that papers define an acronym (a normalized word) as, each as its words, most frequent first.
 */
export function meaningsOf(index: SearchIndex, acronym: string): readonly (readonly string[])[] {
  if (acronym.length < 2 || acronym.length > longestAcronym || !/^[a-z0-9]*[a-z][a-z0-9]*$/.test(acronym))
    return [];
  const bare = acronym.length > 3 && acronym.endsWith("s") ? acronym.slice(0, -1) : acronym;
  return remember(index, `meanings ${bare}`, () => readMeanings(index, bare));
}

/** The acronyms that papers define as a run of words. The last word may be a plural. */
export function acronymsFor(index: SearchIndex, run: readonly string[]): readonly string[] {
  const first = (run[0] as string)[0] as string;
  const found: string[] = [];
  const wanted = singular(run.join(" "));
  const least = run.filter((word) => !small.has(word)).length;
  // Only letters, or only stop words, define nothing.
  if (run.filter((word) => word.length > 1 && !small.has(word)).length === 0) return found;
  for (const acronym of explainedFrom(index, first)) {
    if (acronym.length < least || !fits(acronym, run) || !isBeside(index, acronym, run)) continue;
    if (meaningsOf(index, acronym).some((words) => singular(words.join(" ")) === wanted)) found.push(acronym);
  }
  const initials = run.map((word) => word[0]).join("");
  if (run.length >= 3 && !found.includes(initials) && isInTitles(index, initials)) found.push(initials);
  return found;
}

/**
 * Whether any text contains both the acronym and the words of the run except the last, whose number may
 * differ.
 */
function isBeside(index: SearchIndex, acronym: string, run: readonly string[]): boolean {
  const parts = run.slice(0, -1);
  return [acronym, `${acronym}s`].some(
    (form) => withAll(index, index.all, [...parts, form], fields.title | fields.abstract).length > 0,
  );
}

/**
 * Whether a title contains the acronym with at least two capitals (MoE). Only for short listings, where few
 * papers define it.
 */
function isInTitles({ vocabulary, heads, listing }: SearchIndex, acronym: string): boolean {
  const id = idOf(vocabulary, acronym);
  if (id < 0 || listing.size > fewPapers) return false;
  const papers = heads.papers.subarray(heads.offsets[id], heads.offsets[id + 1]);
  return papers.some((posting) =>
    listing
      .paper(posting >>> placeBits)
      .title.split(/[^A-Za-z0-9]+/)
      .some((word) => word.toLowerCase() === acronym && /[A-Z].*[A-Z]/.test(word)),
  );
}

/** The words that begin with a letter and appear in brackets somewhere, as acronyms do. */
function explainedFrom(index: SearchIndex, letter: string): readonly string[] {
  return remember(index, `explained ${letter}`, () => {
    const { vocabulary, bracketed } = index;
    const [first, end] = prefixed(vocabulary, letter);
    const found: string[] = [];
    for (let id = first; id < end; id += 1) {
      if (bracketed[id] === 0) continue;
      const word = vocabulary.words[id] as string;
      if (word.length < 2 || word.length > longestAcronym || !/^[a-z0-9]+$/.test(word)) continue;
      if (!neverAcronyms.has(word)) found.push(word);
    }
    return found;
  });
}

function readMeanings(index: SearchIndex, acronym: string): readonly (readonly string[])[] {
  const { vocabulary, all, bracketed, listing } = index;
  const ids = [acronym, `${acronym}s`].map((word) => idOf(vocabulary, word)).filter((id) => id >= 0);
  if (!ids.some((id) => (bracketed[id] as number) > 0)) return [];
  const votes = new Map<string, number>();
  const explained = new RegExp(`\\(${acronym}s?\\)`, "i");
  for (const id of ids) {
    const start = all.offsets[id] as number;
    const count = (all.offsets[id + 1] as number) - start;
    const step = Math.max(1, count / mostRead);
    for (let at = 0; at < count; at += step) {
      const paper = listing.paper((all.papers[start + Math.floor(at)] as number) >>> placeBits);
      for (const text of [paper.title, paper.abstract]) {
        const found = explained.exec(text);
        const phrase = found === null ? null : phraseBefore(acronym, text.slice(0, found.index));
        if (phrase !== null) votes.set(phrase, (votes.get(phrase) ?? 0) + 1);
      }
    }
  }
  const sorted = [...votes].sort((one, other) => other[1] - one[1]);
  const most = sorted[0]?.[1] ?? 0;
  const enough = Math.max(listing.size > fewPapers ? 2 : 1, most / 5);
  return sorted
    .filter(([, count]) => count >= enough)
    .slice(0, 3)
    .map(([phrase]) => phrase.split(" "));
}

/** The shortest run of words at the end of a text that fits the acronym; `null` if none does. */
function phraseBefore(acronym: string, text: string): string | null {
  const found = words(text.slice(-mostBefore))
    .filter((word) => !word.compound)
    .map((word) => word.text);
  for (let count = 1; count <= Math.min(found.length, acronym.length + 3); count += 1) {
    const run = found.slice(-count);
    if (fits(acronym, run)) return singular(run.join(" "));
  }
  return null;
}

/**
 * Whether an acronym takes one or more letters, in order, from each of the words (stop words are optional),
 * starting with each word's first letter.
 */
export function fits(acronym: string, run: readonly string[]): boolean {
  if (acronym[0] !== run[0]?.[0] || run.length < 1) return false;
  if (run.length === 1 && run[0] === acronym) return false;
  const from = (at: number, word: number): boolean => {
    if (word === run.length) return at === acronym.length;
    const letters = run[word] as string;
    if (small.has(letters) && from(at, word + 1)) return true;
    if (acronym[at] !== letters[0]) return false;
    let next = at + 1;
    let place = 1;
    for (;;) {
      if (from(next, word + 1)) return true;
      place = letters.indexOf(acronym[next] ?? "\n", place);
      if (place < 0) return false;
      place += 1;
      next += 1;
    }
  };
  return from(0, 0);
}

function singular(phrase: string): string {
  return phrase.length > 4 && /[^s]s$/.test(phrase) ? phrase.slice(0, -1) : phrase;
}
