import { hashOf } from "../../papers/packed/identity-hash.js";
import type { Paper } from "../../papers/paper.js";
import { dateParts } from "../exported-paper.js";
import { nameParts } from "./names.js";
import { readableText, texParts } from "./tex.js";

/** Insignificant first words of titles. */
const insignificant = new Set(
  "a an and are as at be by can do does for from has how in into is it its of on or our that the their this to toward towards under using via we what when where which who why will with".split(
    " ",
  ),
);

/** Latin letters that do not decompose into a letter and an accent, with their replacements. */
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
 * Citation keys for papers, in their order. A paper from a bibliography keeps its key; of two with the same
 * key, the first does. BibTeX ignores case in keys, and forbids some characters. All other papers get the first
 * author's last name, the year and the title's first significant word, in lower-case ASCII letters and digits:
 * `vaswani2017attention`.
 *
 * - Accents are removed (Müller is `muller`). Particles belong to the name, as BibTeX's standard styles sort it
 *   (van der Berg is `vanderberg`). A group gives its first word.
 * - Without an author, or with a name in another script than Latin, the title's first significant word takes
 *   its place, and the second one ends the key. Unknown parts are left out.
 * - A paper has the same key in every list, unless another paper of the list would have it too. Then all of
 *   them get a letter, a, b, … in the order of their identities. So the order of the list changes no key, but
 *   adding or removing papers can change the keys of their namesakes.
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
    // A duplicate key of a bibliography becomes a stem, with a letter after it.
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
  // In the order of the stems, so that the result does not depend on the order of the list.
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

/** 0 is "a", 25 "z", 26 "aa", like spreadsheet columns. */
function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}

function stemOf(paper: Paper): string {
  const author = authorWord(readableText(paper.authors[0] ?? ""));
  const [year = ""] = dateParts(paper.published);
  const [first = "", second = ""] = titleWords(paper.title);
  const stem = author === "" ? `${first}${year}${second}` : `${author}${year}${first}`;
  // A title in another script has no ASCII word, so the identity is used.
  const isSaid = /[a-z]/.test(stem) && (author !== "" || first !== "");
  return isSaid ? stem : `paper${year}${identityWord(paper.id)}`;
}

/** An identity in lower-case ASCII letters and digits; a hash for a title in another script. */
function identityWord(id: string): string {
  return /^(?:title:|.*[^\x00-\x7f])/s.test(id)
    ? `x${(hashOf(id) >>> 0).toString(36)}`
    : id.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** The key of a paper in its bibliography, as far as the format allows it; "" without one. */
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
  // Only the first words of a long title matter.
  const plain = texParts(title.slice(0, 2_000))
    .map(({ isFormula, text }) => (isFormula ? " " : text))
    .join("")
    .replace(/\\[A-Za-z]+|<\/?[a-z][^<>]{0,200}>/g, " ")
    .replace(/[{}]/g, "");
  const words = significantWords(plain);
  return words.length > 0 ? words : wordsOf(plain);
}

function significantWords(text: string): string[] {
  // A number after the year would look like part of it.
  return wordsOf(text).filter((word) => /[a-z]/.test(word) && !insignificant.has(word));
}

/** Words in ASCII; "GPT-4" and "don't" are one, "self-attention" is two. */
function wordsOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+|-\p{N}[\p{L}\p{N}]*)*/gu) ?? [];
  return words.map(asciiOf).filter((word) => word !== "");
}

/** The text's letters and digits in lower-case ASCII; `""` if some are of another script. */
function asciiOf(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^\x00-\x7f]/g, (letter) => plainLetters[letter] ?? letter);
  return /[^\x00-\x7f]/.test(plain.replace(/[^\p{L}\p{N}]/gu, "")) ? "" : plain.replace(/[^a-z0-9]/g, "");
}
