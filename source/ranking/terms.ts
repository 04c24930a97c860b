import type { Paper } from "../papers/paper.js";

/** The fields of a paper that the ranking reads. */
export type RankedPaper = Pick<
  Paper,
  "title" | "abstract" | "summary" | "keywords" | "authors" | "organization" | "categories"
>;

/**
 * What a feature is of, in the order of their blocks in `Features`. Words come from title, summary, abstract and
 * keywords; each keyword is a feature as a whole, too.
 */
export const kinds = ["word", "keyword", "author", "organization", "category"] as const;
export type FeatureKind = (typeof kinds)[number];

/** A feature by kind and term: what a reason is of. */
export interface FeatureName {
  readonly kind: FeatureKind;
  readonly term: string;
}

/** English words without a subject, and words that nearly every abstract has. */
const stopWords = new Set(
  `a about above across after against all also although among an and any are as at based be because been
  before being between both but by can cannot could did do does doing down due during each either else even
  ever every existing first for from further get given had has have having he her here hence herself him his
  how however i if in into is it its itself just least less let like made make many may me might more most much
  must my namely need neither new no nor not now of off often on once one only onto or other our out over own
  paper per propose proposed provide provides rather really recent recently respectively result results same
  several she should show shows significantly since so some still such than that the their them then there
  thereby therefore these they this those three through thus to too toward towards two under until up upon us
  use used using various very via was we well were what when where whether which while who whom whose why will
  with within without work would yet you your method methods approach approaches demonstrate introduce present
  novel achieve achieves experiments extensive performance et al e g http https www com org`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

const marks = /\p{M}+/gu;
/** Commands of TeX, whose names are no words of the text. */
const texCommands = /\\[a-zA-Z]+/g;
const anyWord = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
/** The same, several times as fast. */
const asciiWord = /[a-z0-9]+(?:[-'][a-z0-9]+)*/g;
const hyphens = /[-'’]/g;
const onlyDigits = /^\d+$/;
const longestWord = 40;

/** How many numbers features are hashed to, so that a model is one array and no dictionary is kept. */
export const hashSize = 2 ** 18;

/** The hash of a feature: FNV-1a of kind and term, reduced to `hashSize` (Weinberger et al., 2009). */
export function hashOf(kind: FeatureKind, term: string): number {
  let hash = Math.imul(0x811c9dc5 ^ kind.charCodeAt(0), 0x01000193);
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return hash & (hashSize - 1);
}

/** A word of a text: the form it is counted under, its hash, and how it is written. */
export interface Term {
  readonly term: string;
  readonly hash: number;
  readonly written: string;
}

/** Words that were looked at before, by how they are written; `null` for those that say nothing. */
export type KnownWords = Map<string, Term | null>;

/**
 * The words of a text that may say what it is about, in order: lower case, without accents and plural endings.
 * A word with a hyphen is one word ("text-to-image").
 * @param known saves work if many texts are read; gets new words
 */
export function termsOf(text: string, known: KnownWords = new Map()): Term[] {
  const found: Term[] = [];
  const plain = (text.includes("\\") ? text.replace(texCommands, " ") : text).toLowerCase();
  const words = plain.match(isAscii(plain) ? asciiWord : anyWord) ?? [];
  for (let at = 0; at < words.length; at += 1) {
    const written = words[at] as string;
    let term = known.get(written);
    if (term === undefined) {
      const form = termOf(written);
      term = form === null ? null : { term: form, hash: hashOf("word", form), written };
      known.set(written, term);
    }
    if (term !== null) found.push(term);
  }
  return found;
}

/** The form that a word is counted under; `null` if it says nothing about a subject. */
export function termOf(written: string): string | null {
  const lower = written.toLowerCase();
  if (lower.length < 2 || lower.length > longestWord || stopWords.has(lower)) return null;
  const bare = isAscii(lower) ? lower : lower.normalize("NFKD").replace(marks, "");
  const term = singular(bare.replace(hyphens, ""));
  return term.length < 2 || onlyDigits.test(term) || stopWords.has(term) ? null : term;
}

/**
 * An English noun without its plural ending: the s-stemmer of Harman ("How effective is suffixing?", 1991),
 * which joins no words of different meaning.
 */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s")) return word;
  if (word.endsWith("ies")) return /[ae]ies$/.test(word) ? word : `${word.slice(0, -3)}y`;
  if (word.endsWith("es")) return /[aeo]es$/.test(word) ? word : word.slice(0, -1);
  return /[us]s$/.test(word) ? word : word.slice(0, -1);
}

const notAscii = /[^\x00-\x7f]/;

function isAscii(text: string): boolean {
  return !notAscii.test(text);
}

/** A name for comparison: lower case, without accents and signs. */
export function nameTerm(name: string): string {
  if (isAscii(name))
    return name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
  return name
    .normalize("NFKD")
    .replace(marks, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A keyword as a whole: without what is in parentheses, each word in the form it is counted under. */
export function keywordTerm(keyword: string, known?: KnownWords): string {
  const bare = keyword.includes("(") ? keyword.replace(/\([^)]*\)/g, " ") : keyword;
  return termsOf(bare, known)
    .map(({ term }) => term)
    .join(" ");
}
