import { lazily } from "../papers/lazily.js";
import type { Paper } from "../papers/paper.js";

/** The fields of a paper that the ranking reads. */
export type RankedPaper = Pick<
  Paper,
  "title" | "abstract" | "summary" | "keywords" | "authors" | "organization" | "categories"
>;

/**
 * The kinds of features, in the order of their blocks in `Features`. Words come from title, summary,
 * abstract and keywords; each keyword is also a feature of its own.
 */
export const kinds = ["word", "keyword", "author", "organization", "category"] as const;
export type FeatureKind = (typeof kinds)[number];

/** The kind and term of a feature. */
export interface FeatureName {
  readonly kind: FeatureKind;
  readonly term: string;
}

/** English words that do not indicate a subject, and words found in nearly every abstract. */
const stopWords = lazily(
  () =>
    new Set(
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
    ),
);

/** TeX commands, whose names are not words of the text. */
const texCommands = /\\[a-zA-Z]+/g;
const anyWord = lazily(() => /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu);
/** Words in ASCII text; several times as fast. */
const asciiWord = /[a-z0-9]+(?:[-'][a-z0-9]+)*/g;
const hyphens = /[-'’]/g;
const onlyDigits = /^\d+$/;
const longestWord = 40;

/** The number of hash buckets, so that a model is one array and needs no dictionary. */
export const hashSize = 2 ** 18;

/** The hash of a feature: FNV-1a of kind and term, reduced to `hashSize` (Weinberger et al., 2009). */
export function hashOf(kind: FeatureKind, term: string): number {
  let hash = Math.imul(0x811c9dc5 ^ kind.charCodeAt(0), 0x01000193);
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return hash & (hashSize - 1);
}

/** A word of a text: its normalized term, the hash of that, and its spelling. */
export interface Term {
  readonly term: string;
  readonly hash: number;
  readonly written: string;
}

/** Words seen before, by spelling; `null` for those that do not indicate a subject. */
export type KnownWords = Map<string, Term | null>;

/**
 * The words that may indicate the subject of a text, in order: lower case, without accents and plural
 * endings. A hyphenated word is one word ("text-to-image").
 * @param known a cache to reuse for many texts; gets new words
 */
export function termsOf(text: string, known: KnownWords = new Map()): Term[] {
  const found: Term[] = [];
  const plain = (text.includes("\\") ? text.replace(texCommands, " ") : text).toLowerCase();
  const words = plain.match(isAscii(plain) ? asciiWord : anyWord()) ?? [];
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

/** Normalizes a word; `null` if it does not indicate a subject. */
export function termOf(written: string): string | null {
  const lower = written.toLowerCase();
  if (lower.length < 2 || lower.length > longestWord || stopWords().has(lower)) return null;
  const bare = isAscii(lower) ? lower : lower.normalize("NFKD").replace(/\p{M}+/gu, "");
  const term = singular(bare.replace(hyphens, ""));
  return term.length < 2 || onlyDigits.test(term) || stopWords().has(term) ? null : term;
}

/**
 * An English noun without its plural ending: Harman's s-stemmer ("How effective is suffixing?", 1991),
 * which does not conflate words of different meaning.
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

/** A name for comparison: lower case, without accents and punctuation. */
export function nameTerm(name: string): string {
  if (isAscii(name))
    return name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
  return name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A keyword as one term: without parentheses, each word normalized. */
export function keywordTerm(keyword: string, known?: KnownWords): string {
  const bare = keyword.includes("(") ? keyword.replace(/\([^)]*\)/g, " ") : keyword;
  return termsOf(bare, known)
    .map(({ term }) => term)
    .join(" ");
}
