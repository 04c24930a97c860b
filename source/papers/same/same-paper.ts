import { familyName, mayBeNoName } from "../family-name.js";
import type { Paper } from "../paper.js";
import { bareTitle, formerTitleId, nameKey, partsOf, titleId } from "../title-identity.js";
import { addedTitle, areContradictory, type Kind, kindOf, sharedId } from "./contradiction.js";

export { type Kind, kindOf };

/** A marked paper's data: enough to recognize it elsewhere. */
export interface Trace {
  /** Its identity: an arXiv identifier, `doi:…` or `title:…`. */
  readonly id: string;
  /** `""` if it was marked by its identity alone. */
  readonly title: string;
  /** The first author's last name and the year, if known: `Dao 2022`, `Dao`, `2022`, "". */
  readonly by: string;
}

/** Titles that many papers have. */
const common =
  /^title:(?:editorial|preface|foreword|introduction|conclusions?|errat(?:um|a)|corrigend(?:um|a)|corrections?|repl(?:y|ies)|responses?|comments?|discussion|book-reviews?|reviews?|obituary|letters?|in-memoriam|front-matter|back-matter|retraction|guest-editorial|news|abstracts?|(?:table-of-)?contents|index|untitled|no-title|in-this-issue|acknowledge?ments?|appendix|notes?|about-the-authors?|contributors|announcements?|highlights|masthead)(?:-|$)/;
/** A title with fewer words or letters than this is not distinctive without an author. */
const fewestWords = 3;
const fewestLetters = 15;
/** The most years between a paper's first version and its citation. */
const versionYears = 3;

/** The `by` of a paper. */
export function madeBy({ authors, published }: Pick<Paper, "authors" | "published">): string {
  const year = published?.slice(0, 4) ?? "";
  return [familyName(authors[0] ?? ""), year].filter((part) => part !== "").join(" ");
}

/** A paper of a listing, to compare with traces. */
export function traceOf(paper: Paper): Trace {
  return { id: paper.id, title: paper.title, by: madeBy(paper) };
}

/**
 * Whether two identities are one paper: the titles are the same except for typesetting, and nothing contradicts
 * it. Two arXiv identifiers, or two DOIs, are two papers. If one author is unknown, the title must be
 * distinctive, and the years may differ by one. In doubt the answer is no.
 */
export function isSamePaper(one: Trace, other: Trace): boolean {
  if (one.id === other.id) return true;
  const [kind, otherKind] = [kindOf(one.id), kindOf(other.id)];
  if (kind === otherKind && kind !== "title") return isOneOfSeveral(one, other);
  const title = titleOf(one);
  if (title !== titleOf(other)) return false;
  if (kind === otherKind) return isSameByTitle(one, other, title);
  const [here, there] = [readBy(one), readBy(other)];
  const yearsApart = here.year === null || there.year === null ? 0 : Math.abs(here.year - there.year);
  if (here.name !== "" && there.name !== "") {
    if (here.name !== there.name) return false;
    return isCommon(title)
      ? yearsApart === 0 && here.year !== null && there.year !== null
      : yearsApart <= versionYears;
  }
  return isDistinctive(title) && yearsApart <= 1;
}

/** Whether two papers with one identifier, at least one of which has its title in its identity, are the same. */
function isOneOfSeveral(one: Trace, other: Trace): boolean {
  if (sharedId(one.id) !== sharedId(other.id)) return false;
  // Each was distinguished from the others with that identifier.
  if (addedTitle(one.id) !== null && addedTitle(other.id) !== null) return false;
  const [here, there] = [describedBy(one), describedBy(other)];
  return here.title !== "" && there.title !== "" && !areContradictory(sharedId(one.id), here, there);
}

/** A trace in the form for `areContradictory`. */
function describedBy({ id, title, by }: Trace): Pick<Paper, "title" | "authors"> {
  const { name } = readBy({ id, title, by });
  const added = addedTitle(id);
  const words = added === null ? "" : bareTitle(added).slice("title:".length).replaceAll("-", " ");
  return { title: title || words, authors: name === "" ? [] : [name] };
}

/** Whether two papers with the same title identity are the same: one may only lack data of the other. */
function isSameByTitle(one: Trace, other: Trace, title: string): boolean {
  const [here, there] = [readBy(one), readBy(other)];
  const [parts, otherParts] = [partsOf(one.id), partsOf(other.id)];
  const dates = [parts.date || String(here.year ?? ""), otherParts.date || String(there.year ?? "")] as const;
  if (isOther(here.name, there.name) || isOther(parts.where, otherParts.where)) return false;
  if (isOther(...dates) && !dates[0].startsWith(dates[1]) && !dates[1].startsWith(dates[0])) return false;
  if (isDistinctive(title)) return true;
  if (here.name !== there.name || here.year !== there.year) return false;
  if (here.name !== "" && here.year !== null) return true;
  // Earlier versions wrote the title alone, and author and year separately.
  return (isBare(one.id) || isBare(other.id)) && (here.name !== "" || here.year !== null);
}

/** Whether an identity is a title alone, as in earlier versions. */
export function isBare(id: string): boolean {
  return kindOf(id) === "title" && bareTitle(id) === id;
}

/** Whether both are known and differ. */
function isOther(one: string, other: string): boolean {
  return one !== "" && other !== "" && one !== other;
}

/** The title of a marked paper, as in `titleId`. */
export function titleOf({ id, title }: Pick<Trace, "id" | "title">): string {
  const named = kindOf(id) === "title" ? id : title === "" ? addedTitle(id) : null;
  if (named === null) return titleId(title);
  const bare = bareTitle(named);
  // Earlier versions treated the names of TeX commands as words.
  return title.includes("\\") && bare === formerTitleId(title) ? titleId(title) : bare;
}

/** Whether many papers have this title. */
export function isCommon(title: string): boolean {
  return common.test(title);
}

/** Whether a title, as in `titleId`, is so distinctive that two papers are unlikely to share it. */
export function isDistinctive(title: string): boolean {
  const words = title.slice("title:".length).split("-");
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return words.length >= fewestWords && letters >= fewestLetters && !isCommon(title);
}

/** The author and year for comparison; identities of titles and arXiv contain them too. */
function readBy({ id, by }: Trace): { readonly name: string; readonly year: number | null } {
  const [, said = "", saidYear] = /^(.*?) ?(\d{4})?$/s.exec(by) ?? [];
  const added = kindOf(id) === "title" ? id : addedTitle(id);
  const parts = added === null ? null : partsOf(added);
  const named = parts?.name ?? "";
  // An identity has its name in lower case, which alone does not show what it was.
  const isUnknown = mayBeNoName(said || (named.length <= 3 ? named.toUpperCase() : named));
  const name = isUnknown ? "" : named || nameKey(said);
  const year = parts?.date.slice(0, 4) || saidYear || yearOfArxiv(id);
  return { name, year: year === null ? null : Number(year) };
}

/** The year in an arXiv identifier; `null` for other identities. */
export function yearOfArxiv(id: string): string | null {
  const digits = kindOf(id) === "arxiv" ? /(?:^|\/)(\d{2})\d{2}/.exec(id)?.[1] : undefined;
  if (digits === undefined) return null;
  return Number(digits) > 90 ? `19${digits}` : `20${digits}`;
}
