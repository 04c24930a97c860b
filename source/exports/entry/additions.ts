import type { BibliographyEntry } from "../../papers/bibliography-entry.js";
import type { Paper } from "../../papers/paper.js";
import { arxivOf } from "../exported-paper.js";

/** A field of an export, and the part of a paper that it contains. */
export interface WrittenField<Value = string> {
  readonly name: string;
  readonly value: Value;
  readonly says: Said;
}

/** Contents of fields, to find those that an entry has already. */
export type Said =
  | "title"
  | "author"
  | "journal"
  | "date"
  | "doi"
  | "arxiv"
  | "url"
  | "pdf"
  | "abstract"
  | "keywords"
  | "comment"
  | "detail";

/** Fields that contain it already, perhaps in another form: a child entry has its parent's author and date. */
const parents = ["crossref", "xdata"];
const names: Readonly<Record<BibliographyEntry["format"], Readonly<Record<Said, readonly string[]>>>> = {
  bibtex: {
    title: ["title", "booktitle", ...parents],
    author: ["author", "editor", ...parents],
    journal: ["journal", "journaltitle", "booktitle", ...parents],
    date: ["date", "year", "month", ...parents],
    doi: ["doi"],
    arxiv: ["eprint", "arxiv", "arxivid"],
    url: ["url", "howpublished"],
    pdf: ["pdf", "file"],
    abstract: ["abstract"],
    keywords: ["keywords", "keyword", "author_keywords"],
    comment: ["note", "comment", "annote", "annotation"],
    detail: [],
  },
  ris: {
    title: ["TI", "T1", "CT", "BT", "ST"],
    author: ["AU", "A1", "A2", "ED"],
    journal: ["JF", "T2", "JO", "J2", "JA"],
    date: ["DA", "Y1", "PY"],
    doi: ["DO", "DOI"],
    arxiv: [],
    url: ["UR"],
    pdf: ["L1"],
    abstract: ["AB", "N2"],
    keywords: ["KW"],
    comment: ["N1"],
    detail: [],
  },
  "csl-json": {
    title: ["title"],
    author: ["author", "editor"],
    journal: ["container-title"],
    date: ["issued"],
    doi: ["DOI"],
    arxiv: ["archive_location"],
    url: ["URL"],
    pdf: [],
    abstract: ["abstract"],
    keywords: ["keyword"],
    comment: ["note", "annote"],
    detail: [],
  },
};

/**
 * The fields to add to an entry that is exported unchanged: those it lacks under every name, without
 * identifiers that it has elsewhere.
 */
export function additionsTo<Value>(
  paper: Paper,
  entry: BibliographyEntry,
  fields: readonly WrittenField<Value>[],
): readonly WrittenField<Value>[] {
  const own = new Set(entry.fields.map(([name]) => nameIn(entry, name)));
  const holds = holding(entry);
  const hasIdentifier = { arxiv: holds(arxivOf(paper)), doi: holds(paper.doi) };
  return fields.filter(({ says, name }) => {
    if (own.has(nameIn(entry, name))) return false;
    if (says === "detail" || names[entry.format][says].some((one) => own.has(one))) return false;
    switch (says) {
      case "arxiv":
        return !hasIdentifier.arxiv;
      case "doi":
        return !hasIdentifier.doi;
      case "url":
        // An address that follows from an identifier adds nothing.
        return !holds(paper.url) && !isMade(paper.url, hasIdentifier);
      case "pdf":
        return !holds(paper.pdf) && !isMade(paper.pdf, hasIdentifier);
      default:
        return true;
    }
  });
}

/** Whether an address follows from an identifier. */
export function isMade(
  address: string | null,
  has: { readonly arxiv: boolean; readonly doi: boolean },
): boolean {
  if (address === null) return true;
  return (
    (has.arxiv && /^https?:\/\/arxiv\.org\//.test(address)) ||
    (has.doi && /^https?:\/\/doi\.org\//.test(address))
  );
}

function nameIn({ format }: BibliographyEntry, name: string): string {
  return format === "bibtex" ? name.toLowerCase() : name;
}

/** Whether an entry has a field for it that is not empty. */
export function says(entry: BibliographyEntry, said: Said): boolean {
  const ofIt = names[entry.format][said];
  const isEmpty = (value: unknown) => plain(JSON.stringify(value)).replaceAll('"', "") === "";
  return entry.fields.some(([name, value]) => ofIt.includes(nameIn(entry, name)) && !isEmpty(value));
}

/** Whether an entry has a text in any field, in whatever notation. */
export function holding({ fields }: BibliographyEntry): (text: string | null) => boolean {
  const whole = plain(JSON.stringify(fields));
  return (text) => text !== null && whole.includes(plain(text));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\\{}\s]/g, "");
}
