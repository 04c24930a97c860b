import { hashOf } from "../../papers/packed/identity-hash.js";
import type { Paper } from "../../papers/paper.js";
import { dateParts } from "../exported-paper.js";
import { nameParts } from "./names.js";
import { readableText, texParts } from "./tex.js";

/** Words that a title may begin with without saying anything. */
const insignificant = new Set(
  "a an and are as at be by can do does for from has how in into is it its of on or our that the their this to toward towards under using via we what when where which who why will with".split(
    " ",
  ),
);

/** Latin letters that are no letter with an accent, as they are written without them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ŋ: "ng",
  ħ: "h",
};

/**
 * Citation keys for papers, in their order. A paper from a bibliography keeps the key that it has there;
 * of two with the same key, the first. BibTeX knows no capitals in keys, and not all signs. All others
 * have the first author's last name, the year and the title's first significant word, in small ASCII
 * letters and digits: `vaswani2017attention`.
 *
 * - Accents are left out (Müller is `muller`), particles belong to the name, as BibTeX's standard
 *   styles sort it (van der Berg is `vanderberg`); a group is called by its first word.
 * - Without an author, or with a name in a script other than Latin, the title's first significant word
 *   stands in its place and the second one at the end. What is not known is left out.
 * - A paper has the same key in every list, unless another one in the list would have it too: then
 *   all of them get a letter behind it, a, b, … in the order of their identities. So the order of
 *   the list changes no key, but papers that come or go can change those of their namesakes.
 */
export function citationKeys(
  papers: Iterable<Paper>,
  format: "bibtex" | "csl-json" = "bibtex",
): readonly string[] {
  const same = (key: string) => (format === "bibtex" ? key.toLowerCase() : key);
  const stems: string[] = [];
  const ids: string[] = [];
  const own: (string | undefined)[] = [];
  const taken = new Set<string>();
  for (const paper of papers) {
    const key = ownKey(paper, format);
    const isFree = key !== "" && !taken.has(same(key));
    if (isFree) taken.add(same(key));
    own.push(isFree ? key : undefined);
    // A key that another paper has taken is the stem of one with a letter after it.
    stems.push(key || stemOf(paper));
    ids.push(paper.id);
  }
  const byStem = new Map<string, number[]>();
  const keys = [...stems];
  const isOwn = new Set(taken);
  for (const [at, stem] of stems.entries()) {
    if (own[at] !== undefined) continue;
    const namesakes = byStem.get(stem);
    if (namesakes) namesakes.push(at);
    else byStem.set(stem, [at]);
    taken.add(same(stem));
  }
  // In the order of the stems, so that it does not depend on the list who yields to whom.
  for (const stem of [...byStem.keys()].sort()) {
    const namesakes = byStem.get(stem) as number[];
    if (namesakes.length < 2 && !isOwn.has(same(stem))) continue;
    let number = 0;
    namesakes.sort((one, other) => compare(ids[one] as string, ids[other] as string));
    for (const at of namesakes) {
      do keys[at] = stem + letters(number++);
      while (taken.has(same(keys[at] as string)));
      taken.add(same(keys[at] as string));
    }
  }
  return keys;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** 0 is "a", 25 "z", 26 "aa", as the columns of a table. */
function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}

function stemOf(paper: Paper): string {
  const author = authorWord(readableText(paper.authors[0] ?? ""));
  const [year = ""] = dateParts(paper.published);
  const [first = "", second = ""] = titleWords(paper.title);
  const stem = author === "" ? `${first}${year}${second}` : `${author}${year}${first}`;
  // A title in another script has no word to be called by, but the paper has its identity.
  const isSaid = /[a-z]/.test(stem) && (author !== "" || first !== "");
  return isSaid ? stem : `paper${year}${identityWord(paper.id)}`;
}

/** An identity in small ASCII letters and digits: one of a title in another script as its hash. */
function identityWord(id: string): string {
  return /^(?:title:|.*[^\x00-\x7f])/s.test(id)
    ? `x${(hashOf(id) >>> 0).toString(36)}`
    : id.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** The key that a paper has in the bibliography it was read from, as far as the format allows it; "" without one. */
function ownKey({ entry }: Paper, format: "bibtex" | "csl-json"): string {
  const key = entry?.key.trim() ?? "";
  if (format === "csl-json") return key;
  const forbidden = entry?.format === "bibtex" ? /[{},"=]/g : /["#%'(),={}~\\@]/g;
  return key.replace(/\s+/g, "_").replace(forbidden, "");
}

function authorWord(author: string): string {
  const name = nameParts(author);
  if (!("literal" in name)) return asciiOf(name.particle + name.family);
  return significantWords(name.literal)[0] ?? "";
}

function titleWords(title: string): string[] {
  // Long titles are cut: only the first words are asked for.
  const plain = texParts(title.slice(0, 2_000))
    .map(({ isFormula, text }) => (isFormula ? " " : text))
    .join("")
    .replace(/\\[A-Za-z]+|<\/?[a-z][^<>]{0,200}>/g, " ")
    .replace(/[{}]/g, "");
  const words = significantWords(plain);
  return words.length > 0 ? words : wordsOf(plain);
}

function significantWords(text: string): string[] {
  // A number behind the year could not be told from it.
  return wordsOf(text).filter((word) => /[a-z]/.test(word) && !insignificant.has(word));
}

/** Words in ASCII; "GPT-4" and "don't" are one, "self-attention" is two. */
function wordsOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+|-\p{N}[\p{L}\p{N}]*)*/gu) ?? [];
  return words.map(asciiOf).filter((word) => word !== "");
}

/** The text's letters and digits in small ASCII; `""` where some of them are of another script. */
function asciiOf(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\x00-\x7f]/g, (letter) => plainLetters[letter] ?? letter);
  return /[^\x00-\x7f]/.test(plain.replace(/[^\p{L}\p{N}]/gu, "")) ? "" : plain.replace(/[^a-z0-9]/g, "");
}
