import type { SearchIndex } from "../index/search-index.js";
import { idOf, prefixed } from "../index/vocabulary.js";
import { remember } from "../match/remember.js";
import type { Node, WordTerm } from "../query/types.js";
import { type Tier, tiers } from "../rank/ranking.js";
import { words } from "../text/normalize.js";
import { acronymsFor } from "./meanings.js";

/**
 * Adjacent query words that a paper may write as one: as a name ("mind drive" is MindDrive) or as an acronym
 * ("mixture of experts" is MoE).
 */
export interface Run {
  /** The range of query parts it covers: `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly words: readonly (readonly [word: string, tier: Tier])[];
}

/** The most words that may form a name, and an acronym. */
const longestName = 3;
const longestRun = 5;
/** A longer query is a pasted title, which needs no such matching. */
const mostParts = 10;
/** The most names for which an unfinished word may be a prefix. */
const mostNames = 20;

/** The runs of a query in a listing. The result is cached per index. */
export function runsOf(index: SearchIndex, parts: readonly Node[]): readonly Run[] {
  const texts = wordsOfRuns(parts);
  if (texts.length === 0) return [];
  return remember(index, `runs ${JSON.stringify(texts)}`, () => runsIn(index, texts));
}

/** The words of each part that may form runs, `null` for others; empty if there are none. */
export function wordsOfRuns(parts: readonly Node[]): readonly (string | null)[] {
  return parts.length < 2 || parts.length > mostParts ? [] : parts.map(wordOf);
}

function runsIn(index: SearchIndex, texts: readonly (string | null)[]): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < texts.length; from += 1) {
    const run: string[] = [];
    for (let to = from; to < Math.min(texts.length, from + longestRun); to += 1) {
      const word = texts[to];
      if (word === null || word === undefined) break;
      run.push(word);
      if (run.length < 2) continue;
      const found: (readonly [string, Tier])[] = [];
      if (run.length <= longestName) {
        const isLast = to === texts.length - 1;
        for (const name of namesOf(index, run.join(""), isLast)) found.push([name, tiers.plural]);
      }
      for (const acronym of acronymsFor(index, run)) {
        found.push([acronym, tiers.meaning], [`${acronym}s`, tiers.meaning]);
      }
      if (found.length > 0) runs.push({ from, to: to + 1, words: found });
    }
  }
  return runs;
}

/** The normalized word of a term that may be part of a run; `null` if it may not. */
function wordOf(node: Node): string | null {
  if (node.kind !== "word" || node.negated || node.strict || (node.field !== null && node.field !== "title"))
    return null;
  return onlyWord(node);
}

/** The normalized word of a term; `null` if it has several words, or signs. */
export function onlyWord({ text }: WordTerm): string | null {
  const [only, ...others] = words(text);
  return only !== undefined && others.length === 0 ? only.text : null;
}

/** The words of the listing equal to a name or its plural. If `goesOn`, also those that begin with it. */
function namesOf({ vocabulary }: SearchIndex, name: string, goesOn: boolean): readonly string[] {
  const found = [name, `${name}s`].filter((word) => idOf(vocabulary, word) >= 0);
  if (!goesOn || name.length < 4) return found;
  const [first, end] = prefixed(vocabulary, name);
  for (let id = first; id < Math.min(end, first + mostNames); id += 1) {
    const word = vocabulary.words[id] as string;
    if (/[\p{L}\p{N}]$/u.test(word) && !found.includes(word)) found.push(word);
  }
  return found;
}
