import { isGroup, isInitials } from "../family-name.js";
import type { Paper } from "../paper.js";
import { isTitleId, nameKey, partsOf, titleId, titleParts } from "../title-identity.js";
import { areOtherWorks, type Work, workOf } from "./work.js";

/**
 * Finds records that share an identifier but contradict each other: two chapters under their book's DOI, or an
 * identifier copied to the wrong entry. Both are kept, each with an identity of its own.
 */

/** The kinds of identity. */
export type Kind = "title" | "doi" | "arxiv";

/** The kind of an identity; a paper has at most one of each kind. */
export function kindOf(id: string): Kind {
  if (isTitleId(id)) return "title";
  return id.startsWith("doi:") ? "doi" : "arxiv";
}

const mark = "#title:";

/** The identifier in an identity: `doi:10.5555/book` of `doi:10.5555/book#title:on-knots/reed/2015`. */
export function sharedId(id: string): string {
  const end = isTitleId(id) ? -1 : id.indexOf(mark);
  return end < 0 ? id : id.slice(0, end);
}

/** The title identity that follows a shared identifier, or `null`. */
export function addedTitle(id: string): string | null {
  const end = isTitleId(id) ? -1 : id.indexOf(mark);
  return end < 0 ? null : id.slice(end + 1);
}

/**
 * The identity of a paper with a shared identifier: the identifier, `#`, title, author and year. Address and
 * journal are those of the book, and are left out. Under a title, `#` and the kind of work: an article keeps the
 * identity that it has without the thesis, `title:on-knots/reed/2015`, and the thesis has
 * `title:on-knots/reed/2015/#thesis`.
 */
export function distinctId(paper: Paper): string {
  const { id, title, authors, published } = paper;
  if (isTitleId(id)) return distinctTitleId(id, workOf(paper));
  const { title: words, name, date } = titleParts({ title, authors, published, url: null, journal: null });
  return `${sharedId(id)}#${`${words}/${name}/${date.slice(0, 4)}`.replace(/(?<!\/)\/+$/, "")}`;
}

/** The kind of work at the end of a title identity. */
const workMark = /\/*#(thesis|book)$/;

/** The kind of work that an identity was made for, or `null`. */
export function workOfId(id: string): Work | null {
  return isTitleId(id) ? ((workMark.exec(id)?.[1] as Work | undefined) ?? null) : null;
}

function distinctTitleId(id: string, work: Work | null): string {
  if (work === null) return id;
  const plain = id.replace(workMark, "");
  if (work === "article") return plain;
  const { title, name, date, where } = partsOf(plain);
  return `${title}/${name}/${date}/${where}#${work}`;
}

/** The fields in which records may contradict each other. */
export type Described = Pick<Paper, "title" | "authors" | "entry" | "otherEntries">;

/**
 * Whether two records with the identifier `id` are different papers. Under a DOI they are if the titles differ
 * by more than typesetting, a subtitle or a remark, or if they have no author in common. Under an arXiv
 * identifier, where new versions get new titles, both must be true. Under a title they are if their entries say
 * that they are works of different kinds.
 */
export function areContradictory(id: string, one: Described, other: Described): boolean {
  switch (kindOf(id)) {
    case "title":
      return areOtherWorks(workOf(one), workOf(other));
    case "arxiv":
      return haveOtherAuthors(one, other) && haveOtherTitles(one.title, other.title);
    case "doi":
      return haveOtherTitles(one.title, other.title) || haveOtherAuthors(one, other);
  }
}

/** A title that is an identifier or an address, for lack of a real one. */
const placeholder = /^(?:arxiv:|doi:|https?:|10\.\d{4,9}\/|\d{4}\.\d{4,5}|\(no title\)$|untitled$|$)/i;
/** Words that number parts of one work. */
const number =
  /^(?:.*\d.*|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$/;
/** Where a subtitle may begin. */
const border = /[:?!–—]\s|\.\s|\s-+\s/;
/** The smallest part of the longer title that the shorter one must be, if it lacks a remark. */
const fewestShared = 0.6;
/** The fewest letters of a title, and of a word in it, for one letter to count as a typo. */
const longTitle = 15;
const longWord = 5;

/** Whether two titles are different works. */
function haveOtherTitles(one: string, other: string): boolean {
  if (one === other || placeholder.test(one.trim()) || placeholder.test(other.trim())) return false;
  const [here, there] = [wordsOf(one), wordsOf(other)];
  if (here.join("") === there.join("")) return false;
  if (numbersOf(here) !== numbersOf(there)) return true;
  if (isMainTitle(one, there) || isMainTitle(other, here)) return false;
  const [short, long] =
    here.length <= there.length ? [here.join(" "), there.join(" ")] : [there.join(" "), here.join(" ")];
  if (
    short.length >= longTitle &&
    ` ${long} `.includes(` ${short} `) &&
    short.length >= fewestShared * long.length
  )
    return false;
  return !isSlip(here, there);
}

function wordsOf(title: string): string[] {
  return titleId(title).slice("title:".length).split("-");
}

function numbersOf(words: readonly string[]): string {
  return words.filter((word) => number.test(word)).join(" ");
}

/** Whether `words` are the part of `title` before its subtitle. */
function isMainTitle(title: string, words: readonly string[]): boolean {
  const main = title.split(border)[0] as string;
  return main !== title && wordsOf(main).join("") === words.join("");
}

/** Whether two long titles differ in one letter of one long word. */
function isSlip(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length || one.join("").length < longTitle) return false;
  const [at, ...further] = one.flatMap((word, index) => (word === other[index] ? [] : [index]));
  if (at === undefined || further.length > 0) return false;
  const [here, there] = [one[at] as string, other[at] as string];
  const longest = Math.max(here.length, there.length);
  if (Math.min(here.length, there.length) < longWord) return false;
  let start = 0;
  while (start < longest && here[start] === there[start]) start += 1;
  let end = 0;
  while (end < longest - start && here.at(-1 - end) === there.at(-1 - end)) end += 1;
  return longest - start - end <= 1;
}

/** Whether two papers have no author in common; never if one is by a group or has no names. */
function haveOtherAuthors({ authors: here }: Described, { authors: there }: Described): boolean {
  const [one, other] = [here[0], there[0]];
  if (one === undefined || other === undefined || isGroup(one) || isGroup(other)) return false;
  return !isAmong(one, there) && !isAmong(other, here);
}

/** Whether a person is in a list; in some languages the family name comes first. */
function isAmong(person: string, authors: readonly string[]): boolean {
  const [family, names] = [nameKey(person), namesOf(person)];
  return (
    family === "" ||
    authors.some((author) => {
      const other = nameKey(author);
      return other === "" || names.includes(other) || namesOf(author).includes(family);
    })
  );
}

function namesOf(author: string): string[] {
  return author
    .split(/[\s,]+/)
    .filter((word) => !isInitials(word))
    .map(nameKey);
}
