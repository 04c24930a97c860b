import { sameWords, verbForms } from "../forms/forms.js";
import type { RelevantText } from "../index/search-index.js";
import { makePhrase } from "../match/phrase.js";
import { isText, type Query, type WordTerm } from "../query/types.js";
import { neverAcronyms } from "../words/meanings.js";
import { makePattern } from "../words/pattern.js";
import { wordsOfRuns } from "../words/runs.js";
import { take, umlautsOf } from "../words/word.js";

/**
 * Returns what a search for a query consults of abstracts and other long texts: the words that its terms match
 * or may be another form of, the halves of its words, and the acronyms of adjacent ones. An index of nothing
 * else of these texts gives the same answer. Similar words are only corrected in the other fields.
 */
export function relevantText(query: Query): RelevantText {
  const wanted = new Wanted();
  for (const term of query.terms) {
    if (!isText(term)) continue;
    if (term.kind === "word") addWord(wanted, term);
    else for (const part of makePhrase(term).parts) wanted.begun.add(part);
  }
  addRuns(wanted, wordsOfRuns(query.parts));
  // A word beyond ASCII may be written in many ways, so all texts are read for it.
  return wanted.finish(query.terms.every((term) => !isText(term) || /^[\x00-\x7f]*$/.test(term.text)));
}

/** Collects the words, normalized. */
class Wanted {
  /** Words that matter with whatever follows them. */
  readonly begun = new Set<string>();
  readonly whole = new Set<string>();
  /** Words that matter within other words. */
  readonly inside = new Set<string>();
  /** Regular expressions of the acronyms of adjacent words. */
  readonly acronyms: string[] = [];

  finish(isAscii: boolean): RelevantText {
    if (this.begun.size === 0) return { mayBeIn: () => true, excerpt: (text) => text };
    const inside = [...this.inside].map((word) => [...word].map(escaped).join(joint));
    const words = [
      treeOf(this.begun, this.whole),
      ...this.acronyms.map((one) => `${notFrequent}${one}${notBefore}`),
    ];
    const relevant = [`(?:\\b|_|${lostSign})(?:${words.join("|")})`, ...inside].join("|");
    const inText = new RegExp(`${oddSign}|${relevant}`, "gi");
    const inSource = new RegExp(relevant, "i");
    return {
      mayBeIn: (source) =>
        !isAscii ||
        (beyondWords.test(source) && mayHide.test(source)) ||
        inSource.test(source) ||
        (commands.test(source) && inSource.test(source.replaceAll(allCommands, ""))),
      excerpt: (text) => excerptOf(text, inText),
    };
  }
}

const notBefore = "(?![A-Za-z0-9])";
const notFrequent = `(?!(?:${[...neverAcronyms].join("|")})${notBefore})`;
/** What may join the letters of a compound word. */
const joint = "[-'_^/&.,‐-―−’]?";
/** Words with these are tokenized in other ways. */
const oddSign = String.raw`[^\x00-\x7f]|[\\{}]`;
/** TeX commands and brackets, also within a word. */
const commands = /[\\{}]/;
const allCommands = /\\[A-Za-z]+\s?|[\\{}$]/g;
const beyondWords = /[^\x00-\x7f]|\\/;
/** What may make a word that is not written as it is rendered: letters beyond ASCII, TeX accents and letters. */
const mayHide =
  /[^\x00-\x7f‐-―‘-„…]|\\[^A-Za-z %&$#_{}]|\\[cvuHkrbdt][ {\\]|\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])/;
/** A TeX sign that lost its backslash, after a number: it hides where the next word begins. */
const lostSign = String.raw`\d(?:times|sim|pm|approx|circ|leq?|geq?|neq|cdot|to)`;

function escaped(letter: string): string {
  return letter.replace(/[^A-Za-z0-9]/, "\\$&");
}

/** A node of a tree of words, one letter a step. */
interface Node {
  readonly next: Map<string, Node>;
  end: "begun" | "whole" | null;
}

/** A regular expression of many words that tries each common beginning once. */
function treeOf(begun: Iterable<string>, whole: Iterable<string>): string {
  const root: Node = { next: new Map(), end: null };
  const add = (word: string, end: "begun" | "whole") => {
    let node = root;
    for (const letter of word) {
      const next = node.next.get(letter) ?? { next: new Map(), end: null };
      node.next.set(letter, next);
      node = next;
    }
    node.end = end;
  };
  for (const word of whole) add(word, "whole");
  for (const word of begun) if (word !== "") add(word, "begun");
  const written = ({ next, end }: Node, between: string): string => {
    if (end === "begun") return "";
    const ways = [...next].map(([letter, node]) => `${between}${escaped(letter)}${written(node, joint)}`);
    if (end === "whole") ways.push(notBefore);
    return ways.length === 1 ? (ways[0] as string) : `(?:${ways.join("|")})`;
  };
  return written(root, "");
}

function addWord(wanted: Wanted, term: WordTerm): void {
  const { parts, pattern, apart } = take(term);
  for (const part of [...parts, ...apart.flat()]) addBegun(wanted, part);
  if (pattern === null) return;
  const { word } = pattern;
  addBegun(wanted, word);
  // Three or four letters within a word count only in the fields that the list shows.
  if (word.length >= 5 || pattern.isNumber) wanted.inside.add(word);
  if (/^[a-z]+s$/.test(word)) wanted.begun.add(word.slice(0, -1));
  if (term.negated || parts.length !== 1) return;
  const asked = new Set(umlautsOf(term.text, word));
  const lexicon = {
    has: (one: string) => asked.add(one) !== undefined,
    hasBeginning: () => true,
  };
  sameWords(word, lexicon);
  if (term.strict !== true) verbForms(word, lexicon);
  for (const one of asked) wanted.begun.add(one);
  if (term.strict === true || word.length > 40) return;
  for (let at = 3; at <= word.length - 3; at += 1) {
    wanted.whole.add(word.slice(0, at));
    addBegun(wanted, word.slice(at));
  }
}

/** Adds a word with its plural and singular. */
function addBegun(wanted: Wanted, word: string): void {
  for (const one of [word, ...makePattern(word).otherNumbers]) wanted.begun.add(one);
}

/** Adds the names that adjacent words form, and the acronyms they may have (`fits` in meanings.ts). */
function addRuns(wanted: Wanted, words: readonly (string | null)[]): void {
  for (let from = 0; from + 1 < words.length; from += 1) {
    const run: string[] = [];
    for (const word of words.slice(from, from + 5)) {
      if (word === null) break;
      run.push(word);
      if (run.length < 2) continue;
      wanted.begun.add(run.join(""));
      if (run.every((one) => /^[a-z0-9]+$/.test(one)))
        wanted.acronyms.push(`${run.map((one, at) => lettersOf(one, at === 0)).join("")}s?`);
    }
  }
}

/** The letters that an acronym may take of a word, in order. A small word may give none, unless it is the first. */
function lettersOf(word: string, isFirst: boolean): string {
  const [first = "", ...rest] = word;
  const letters = first + rest.map((letter) => `${letter}?`).join("");
  return /^(?:an?|and|as|at|by|for|from|in|is|of|on|or|the|to|via|with)$/.test(word) && !isFirst
    ? `(?:${letters})?`
    : letters;
}

function excerptOf(text: string, relevant: RegExp): string {
  let excerpt = "";
  let end = 0;
  relevant.lastIndex = 0;
  for (let match = relevant.exec(text); match !== null; match = relevant.exec(text)) {
    if (match[0] === "") {
      relevant.lastIndex += 1;
      continue;
    }
    let start = match.index;
    while (start > end && text.charCodeAt(start - 1) > 32) start -= 1;
    end = relevant.lastIndex;
    while (end < text.length && text.charCodeAt(end) > 32) end += 1;
    excerpt += `${text.slice(start, end)}\n`;
    relevant.lastIndex = end;
  }
  return excerpt;
}
