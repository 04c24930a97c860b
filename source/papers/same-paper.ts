import { type Paper, titleId } from "./paper.js";

/** What is known of a paper where it was marked: enough to tell whether another is the same. */
export interface Trace {
  /** Its identity: an arXiv identifier, `doi:…` or `title:…`. */
  readonly id: string;
  readonly title: string;
  /** The first author's last name and the year, as far as they are known: `Dao 2022`, `Dao`, `2022`, "". */
  readonly by: string;
}

/** Titles that many papers have. */
const common =
  /^title:(?:editorial|preface|foreword|introduction|conclusions?|errat(?:um|a)|corrigend(?:um|a)|corrections?|repl(?:y|ies)|responses?|comments?|discussion|book-reviews?|reviews?|obituary|letters?|in-memoriam|front-matter|back-matter|retraction|guest-editorial|news|abstracts?|(?:table-of-)?contents|index|untitled)(?:-|$)/;
/** A title of fewer words or letters than this is not told from others without an author. */
const fewestWords = 3;
const fewestLetters = 15;
/** How many years may lie between a paper's first version and the last that is cited by its year. */
const versionYears = 3;

/** What `by` of a trace says of a paper. */
export function madeBy({ authors, published }: Pick<Paper, "authors" | "published">): string {
  const year = published?.slice(0, 4) ?? "";
  return [lastName(authors[0] ?? ""), year].filter((part) => part !== "").join(" ");
}

/**
 * Whether two identities are of one paper, as far as titles, authors and years tell: the titles are
 * the same but for their typesetting, and nothing contradicts it. Two arXiv identifiers, or two DOIs,
 * are two papers. Where the author of one is not known, the title must be one that no two papers
 * have by chance, and the years may be one apart. It is rather no than a false yes.
 */
export function isSamePaper(one: Trace, other: Trace): boolean {
  if (one.id === other.id) return true;
  if (kindOf(one.id) === kindOf(other.id)) return false;
  const title = titleOf(one);
  if (title !== titleOf(other)) return false;
  const [here, there] = [readBy(one), readBy(other)];
  const apart = here.year === null || there.year === null ? 0 : Math.abs(here.year - there.year);
  if (here.name !== "" && there.name !== "") {
    if (here.name !== there.name) return false;
    return common.test(title)
      ? apart === 0 && here.year !== null && there.year !== null
      : apart <= versionYears;
  }
  return isTelling(title) && apart <= 1;
}

/** What kind of name an identity is. */
export type Kind = "title" | "doi" | "arxiv";

/** The kind of an identity: no paper has two of one kind. */
export function kindOf(id: string): Kind {
  if (id.startsWith("title:")) return "title";
  return id.startsWith("doi:") ? "doi" : "arxiv";
}

function titleOf({ id, title }: Trace): string {
  return id.startsWith("title:") ? id : titleId(title);
}

function isTelling(title: string): boolean {
  const words = title.slice("title:".length).split("-");
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return words.length >= fewestWords && letters >= fewestLetters && !common.test(title);
}

/** The author in a form to compare, and the year; an arXiv identifier tells that as well. */
function readBy({ id, by }: Trace): { readonly name: string; readonly year: number | null } {
  const [, name = "", said] = /^(.*?) ?(\d{4})?$/.exec(by) ?? [];
  const told = said ?? yearOfArxiv(id);
  return { name: name === "" ? "" : titleId(name), year: told === null ? null : Number(told) };
}

function yearOfArxiv(id: string): string | null {
  const digits = kindOf(id) === "arxiv" ? /(?:^|\/)(\d{2})\d{2}/.exec(id)?.[1] : undefined;
  if (digits === undefined) return null;
  return Number(digits) > 90 ? `19${digits}` : `20${digits}`;
}

/** "Dao" of "Tri Dao" and of "Dao, Tri". */
function lastName(author: string): string {
  const [beforeComma = "", ...rest] = author.split(",");
  const name = rest.length > 0 ? beforeComma : author;
  return name.trim().split(/\s+/).at(-1) ?? "";
}
