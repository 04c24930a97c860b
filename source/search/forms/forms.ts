import { irregularNumbers, irregularVerbs } from "./irregular.js";
import { spellingsOfWord } from "./spellings.js";

/** The vocabulary in which forms of a word are looked up. */
export interface Lexicon {
  has(word: string): boolean;
  /** Whether any word has this prefix. */
  hasBeginning(beginning: string): boolean;
}

/**
 * Suffixes of the forms of a verb and of the nouns derived from it. Before a noun suffix the stem must be
 * long enough (Porter's measure above 1, as in his stemmer): "adapter" derives from "adapt", but "layer" does
 * not derive from "lay".
 */
const verbEndings = ["", "e", "s", "es", "ed", "d", "ing", "ings", "y", "ies", "ied", "ying"] as const;
const nounEndings =
  "er ers or ors r rs ion ions ation ations ement ements ment ments able ability ance ances ence ences al als ly".split(
    " ",
  );
const endings: readonly string[] = [...verbEndings, ...nounEndings];
const nouns = new Set(nounEndings);

/** The spelling variants and the plural or singular of a normalized word that occur in a listing. */
export function sameWords(word: string, lexicon: Lexicon): readonly string[] {
  if (!isEnglish(word)) return [];
  const same = new Set(irregularNumbers(word));
  for (const spelt of spellingsOfWord(word)) {
    if (lexicon.has(spelt)) same.add(spelt);
    if (lexicon.has(otherNumber(spelt))) same.add(otherNumber(spelt));
  }
  same.delete(word);
  return [...same].filter((one) => lexicon.has(one));
}

/**
 * The other forms of a verb and the nouns derived from it; for a noun, `nouns` holds the forms of its verb.
 */
export interface VerbForms {
  readonly verbs: readonly string[];
  readonly nouns: readonly string[];
}

/**
 * The words of a listing that share a stem with a normalized word, as verb forms and derived nouns: a light
 * stemmer for English. "general" and "generalization" stay separate.
 */
export function verbForms(word: string, lexicon: Lexicon): VerbForms {
  if (!isEnglish(word)) return { verbs: [], nouns: [] };
  const forms = new Set(irregularVerbs(word).filter((one) => lexicon.has(one)));
  for (const spelt of [word, ...spellingsOfWord(word)]) {
    for (const base of basesOf(spelt)) {
      if (!lexicon.hasBeginning(base)) continue;
      for (const ending of endings) {
        for (const one of joined(base, ending))
          if (lexicon.has(one) && isSameVerb(spelt, one)) forms.add(one);
      }
    }
  }
  forms.delete(word);
  const irregular = new Set(irregularVerbs(word));
  const isVerb = (one: string) => irregular.has(one) || !isNounOf(word, one);
  return { verbs: [...forms].filter(isVerb), nouns: [...forms].filter((one) => !isVerb(one)) };
}

/** Whether exactly one of two words is a noun derived from their verb. */
function isNounOf(one: string, other: string): boolean {
  const isNoun = (word: string) => nounEndings.some((ending) => ending.length > 1 && word.endsWith(ending));
  return isNoun(one) !== isNoun(other);
}

function isEnglish(word: string): boolean {
  return word.length >= 3 && word.length <= longest && /^[a-z]+$/.test(word);
}

const longest = 32;

/** The possible stems of a word: the word without each suffix it ends in. */
function basesOf(word: string): ReadonlySet<string> {
  const bases = new Set<string>();
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, word.length - ending.length);
    if (base.length < 3 && !/^[aeiou][^aeiou]$/.test(base)) continue; // "us" of "using"
    bases.add(base);
    if (isDoubled(base)) bases.add(base.slice(0, -1));
  }
  return bases;
}

/** The stem with a suffix, also with its last letter doubled: "mapped". */
function joined(base: string, ending: string): readonly string[] {
  const doubles = /^[aeiou]/.test(ending) && /[aeiou][bdfglmnprtvz]$/.test(base);
  return doubles ? [base + ending, base + base.at(-1) + ending] : [base + ending];
}

/** Whether two words differ only in suffixes of the same verb. */
function isSameVerb(one: string, other: string): boolean {
  let common = 0;
  while (common < one.length && one[common] === other[common]) common += 1;
  if (one.length < 3 || other.length < 3) return false;
  for (let length = common; length >= Math.max(2, common - 2); length -= 1) {
    const base = one.slice(0, length);
    const [first, second] = [one.slice(length), other.slice(length)];
    // "retrieval" belongs to "retrieve", but "general" does not belong to "generation".
    const isOfOtherNoun =
      /^als?$/.test(first) !== /^als?$/.test(second) && nouns.has(first) && nouns.has(second);
    if (!isOfOtherNoun && endsAs(base, first) && endsAs(base, second)) return true;
  }
  return false;
}

function endsAs(base: string, rest: string): boolean {
  const isDouble = rest.length > 1 && rest[0] === base.at(-1);
  // "mapped" belongs to "map" and "controlled" to "control", but "filling" does not belong to "file".
  const doubles = measure(base) > 1 ? /[bdfglmnprtvz]$/ : /[bdgmnprt]$/;
  // No letter is doubled before a last "e": "latte" does not belong to "lat".
  const ending = isDouble && doubles.test(base) && rest !== `${rest[0]}e` ? rest.slice(1) : rest;
  if (!vowel.test(base) || !endings.includes(ending)) return false;
  if ((ending === "d" || ending === "r" || ending === "rs") && !base.endsWith("e")) return false;
  if (/^(?:y|ies|ied|ying)$/.test(ending) && /[aeiou]$/.test(base)) return false;
  if (/^ions?$/.test(ending) && !/[st]$/.test(base)) return false;
  return !nouns.has(ending) || measure(base) > 1;
}

const vowel = /[aeiouy]/;

/** Porter's measure: the number of vowel–consonant sequences. */
function measure(base: string): number {
  return base.match(/[aeiouy]+[^aeiouy]+/g)?.length ?? 0;
}

function isDoubled(base: string): boolean {
  return base.length > 2 && base.at(-1) === base.at(-2) && /[bdfglmnprtvz]$/.test(base);
}

/** A word's plural or singular by adding or removing "s". */
function otherNumber(word: string): string {
  return word.endsWith("s") ? word.slice(0, -1) : `${word}s`;
}
