import { sameWords, verbForms } from "../forms/forms.js";
import type { RelevantText } from "../index/search-index.js";
import { mayBeIdentifier } from "../match/identifiers.js";
import { makePhrase } from "../match/phrase.js";
import { isText, type PhraseTerm, type Query, type Term, type WordTerm } from "../query/types.js";
import { acronymOf } from "../text/acronym.js";
import { neverAcronyms } from "../words/meanings.js";
import { makePattern } from "../words/pattern.js";
import { wordsOfRuns } from "../words/runs.js";
import { nearPattern, take, umlautsOf } from "../words/word.js";
import { NearWords } from "./near-words.js";
import { Sieve } from "./sieve.js";
import { TitleInitials } from "./title-initials.js";

/**
 * Returns what a search for a query consults of papers. Of abstracts and other long texts: the words that its terms
 * match or may be another form of, the halves of its words, and the acronyms of adjacent ones. Of the fields that the
 * list shows, also similar words, in which typos are corrected, and titles with these initials. An index of nothing
 * else of them gives the same answer.
 */
export function relevantText(query: Query): RelevantText {
  const wanted = new Wanted();
  for (const term of query.terms) {
    if (!isText(term)) continue;
    if (term.kind === "word") addWord(wanted, term);
    else addPhrase(wanted, term);
  }
  addRuns(wanted, wordsOfRuns(query.parts));
  return wanted.finish(query.terms);
}

/** Collects the words, normalized. */
class Wanted {
  /** Words that matter with whatever follows them. */
  readonly begun = new Set<string>();
  readonly whole = new Set<string>();
  /** Words that matter within other words. */
  readonly inside = new Set<string>();
  /** The same in the fields that the list shows. */
  readonly insideHeads = new Set<string>();
  /** Adjacent words that may have an acronym. */
  readonly runs: (readonly string[])[] = [];
  /** Acronyms of which titles may have the initials. */
  readonly initials: string[] = [];
  /** Words that may be misspelt, with the most edits. */
  readonly typed: (readonly [word: string, edits: number])[] = [];
  /** Whether any text may matter. */
  isAny = false;

  finish(terms: readonly Term[]): RelevantText {
    const rest = {
      identifiers: terms.some((term) => isText(term) && mayBeIdentifier(term)),
      conditions: terms.some((term) => !isText(term)),
    };
    if (this.isAny || this.begun.size === 0)
      return { ...rest, sieve: null, mayBeInHead: () => true, mayBeIn: () => true, excerpt: (text) => text };
    // Other letters may be written in many ways, so all texts are read for them: ü also as ue, and μ as mu.
    const isPlain = terms.every((term) => !isText(term) || asciiOrEastAsian.test(term.text));
    const sifted = {
      begun: [...this.begun, ...this.whole],
      acronyms: this.runs.map((run) => [(run[0] as string).charAt(0), new Set(run.join(""))] as const),
    };
    const heads = new Sieve({ ...sifted, inside: this.insideHeads });
    const near = new NearWords(this.typed);
    const initials = new TitleInitials(this.initials);
    const inside = [...this.inside].map((word) => [...word].map(escaped).join(joint));
    const words = [
      treeOf(this.begun, this.whole),
      ...this.runs.map((run) => `${notFrequent}${lettersOfRun(run)}s?${notBefore}`),
    ];
    const relevant = [`(?:\\b|_|${lostSign})(?:${words.join("|")})`, ...inside].join("|");
    const inText = new RegExp(`${oddSign}|${relevant}`, "gi");
    const inSource = new RegExp(relevant, "i");
    return {
      ...rest,
      sieve: new Sieve({ ...sifted, inside: this.inside }),
      mayBeInHead: (text, isTitle) =>
        !isPlain ||
        this.typed.length > mostTyped ||
        heads.mayHave(text) !== false ||
        near.areIn(heads.bytes, heads.length) ||
        (isTitle && initials.mayBeOf(text)),
      mayBeIn: (source) =>
        !isPlain ||
        (beyondWords.test(source) && mayHide.test(source)) ||
        inSource.test(source) ||
        (commands.test(source) && inSource.test(source.replaceAll(allCommands, ""))),
      excerpt: (text) => excerptOf(text, inText),
    };
  }
}

const asciiOrEastAsian = /^[\x00-\x7f\u2e80-\ud7ff\uf900-\uffff]*$/;
/** Each word is compared with each word of a title. */
const mostTyped = 12;

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

function addPhrase(wanted: Wanted, term: PhraseTerm): void {
  const { parts, turned } = makePhrase(term);
  for (const part of [...parts, ...(turned?.parts ?? [])]) wanted.begun.add(part);
  if (parts.length === 0) wanted.isAny = true;
}

function addWord(wanted: Wanted, term: WordTerm): void {
  const { parts, pattern, apart } = take(term);
  for (const part of [...parts, ...apart.flat()]) addBegun(wanted, part);
  if (pattern === null) return;
  const { word } = pattern;
  addBegun(wanted, word);
  if (pattern.inMiddle || pattern.isNumber) wanted.insideHeads.add(word);
  // Three or four letters within a word count only in the fields that the list shows.
  if (word.length >= 5 || pattern.isNumber) wanted.inside.add(word);
  if (/^[a-z]+s$/.test(word)) wanted.begun.add(word.slice(0, -1));
  if (term.negated) return;
  const edits = Math.max(pattern.edits, nearPattern(pattern).edits);
  if (edits > 0 && term.strict !== true) wanted.typed.push([word, edits]);
  if (parts.length !== 1) return;
  const acronym = acronymOf(word);
  if (acronym !== null && term.strict !== true) wanted.initials.push(...acronym.forms);
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

/** Adds the names that adjacent words form, and the acronyms they may have. */
function addRuns(wanted: Wanted, words: readonly (string | null)[]): void {
  for (let from = 0; from + 1 < words.length; from += 1) {
    const run: string[] = [];
    for (const word of words.slice(from, from + 5)) {
      if (word === null) break;
      run.push(word);
      if (run.length < 2) continue;
      wanted.begun.add(run.join(""));
      if (run.every((one) => /^[a-z0-9]+$/.test(one))) wanted.runs.push([...run]);
    }
  }
}

/** The acronyms that adjacent words may have (`fits` in meanings.ts), as a regular expression. */
function lettersOfRun(run: readonly string[]): string {
  return run.map((word, at) => lettersOf(word, at === 0)).join("");
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
