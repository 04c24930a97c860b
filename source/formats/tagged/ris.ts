import { arxivAddresses, arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { saysWithdrawn } from "../arxiv/fields.js";
import { firstDoi } from "../feed/feed.js";
import { withoutLabel } from "../fields/abstract.js";
import { listedNames } from "../fields/author-line.js";
import { citationOf, withoutResolver } from "../fields/citation.js";
import { dateIn, knownDate } from "../fields/dates.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { type RisEntry, readRis } from "./ris-reader.js";

/**
 * RIS, exported by reference managers and publishers: a tag of two characters, two spaces, a dash and the
 * value; an entry runs from `TY` to `ER`. A line without a tag continues the previous one.
 * https://en.wikipedia.org/wiki/RIS_(file_format), after the RIS Format Specifications (2001, 2011).
 */
export const ris: Format = {
  name: "RIS file",
  from: "reference managers and publishers",
  knownBy: "`TY  - `",
  title: null,
  detect,
  parse,
};

/** The first line of an entry followed by a line with another tag, anywhere in a text. */
const entryStart =
  /^[ \t]*TY(?:[ \t]{1,4}[-–]|-)[ \t]{0,4}[A-Z]{2,10}[ \t]*\n\s{0,20}[A-Z][A-Z0-9]{1,5}(?:[ \t]{1,4}[-–]|-)/im;

function detect(text: string): number {
  const head = headOf(text);
  if (/^\s*TY {2}- ?[A-Z]/i.test(head)) return 1;
  return entryStart.test(head) ? 0.9 : 0;
}

function parse(text: string): ParsedListing {
  const { entries, problems } = readRis(text);
  const papers: Paper[] = [];
  for (const entry of entries) {
    const paper = toPaper(entry);
    if (paper) papers.push(paper);
    else {
      const message = `${named(entry)} has no fields of a paper and was skipped`;
      problems.push({ line: entry.line, message, skips: 1 });
    }
  }
  problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { papers, day: null, problems };
}

function named({ fields }: RisEntry): string {
  const id = clean(fields.find(([tag]) => tag === "ID")?.[1] ?? "").slice(0, 60);
  return id === "" ? "an entry" : `the entry “${id}”`;
}

function toPaper({ type, fields }: RisEntry): Paper | null {
  /** All values of the tags, in the order of the entry. */
  const all = (...tags: string[]) =>
    fields.filter(([tag]) => tags.includes(tag)).map(([, value]) => value.replaceAll("\n", " "));
  /** The first non-empty value of the tags, which are tried in order. */
  const first = (...tags: string[]) => tags.flatMap((tag) => all(tag)).find((one) => one.trim() !== "") ?? "";
  const text = (...tags: string[]) => fromMarkup(first(...tags)) || null;

  // ScienceDirect omits the scheme: "//www.sciencedirect.com/…".
  const urls = all("UR")
    .flatMap((one) => clean(one).split(/[ ;]+/))
    .map((one) => one.replace(/^\/\//, "https://"))
    .filter(isAddress);
  // Older exports have it only in a note or as the type of work: "doi: 10.1063/1.1954747".
  const doi = firstDoi(
    ...[...all("DO", "DOI"), ...urls, ...all("M3", "N1", "L3").filter(isDoi)].map((one) =>
      withoutResolver(clean(one)),
    ),
  );
  // Zotero and Google Scholar put it in a note or the journal: "arXiv preprint arXiv:1706.03762".
  const notes = all("N1").filter((one) => /^\s*arXiv:/i.test(one));
  const mentioned = [...notes, ...all("T2", "JF", "JO")].map(
    (one) => /\barXiv:\s?([\w./-]{9,30})/i.exec(one)?.[1] ?? "",
  );
  const names = [...all("ID", "AN", "M1").map(clean), doi ?? "", ...urls, ...mentioned];
  const arxiv = names.map(arxivId).find(Boolean) ?? null;
  const addresses = arxiv === null ? null : arxivAddresses(arxiv);
  // Reference managers keep arXiv's comments in a note of this form.
  const note = all("N1").find((one) => /^\s*Comments?:/i.test(one)) ?? "";
  const comment = fromMarkup(note.replace(/^\s*Comments?:/i, "")) || null;
  const written = authorsOf(authorValues(all));
  // Of a book without authors the editors are shown.
  const { authors, andOthers } = written.authors.length > 0 ? written : authorsOf(all("A2", "ED"));
  const published = dateOf(all("DA", "Y1", "PY"));
  const journal = text("JF", "T2", "JO", "J2", "JA");
  const key = clean(first("ID"));
  const title =
    fromMarkup(fromTexAccents(first("TI", "T1", "CT", "BT", "ST"))) ||
    citationOf({
      authors,
      andOthers,
      published,
      journal: journal ?? text("PB") ?? "",
      volume: text("VL", "VO") ?? "",
      pages: text("SP") ?? "",
      identifier: arxiv ?? doi ?? urls[0] ?? "",
      key,
    });
  if (title === "") return null;
  return makePaper({
    id: identityOf({ arxiv, doi }),
    title,
    abstract: withoutLabel(text("AB", "N2") ?? "", title),
    authors,
    ...(andOthers && { andOthers }),
    published,
    keywords: fields
      .filter(([tag]) => tag === "KW")
      .flatMap(([, value]) => value.split(/[;\n]/))
      .map(fromMarkup)
      .filter(Boolean),
    url: urls[0] ?? addresses?.url ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`),
    pdf: all("L1").map(clean).find(isAddress) ?? addresses?.pdf ?? null,
    doi,
    journal,
    comment,
    citations: citationsIn(all("N1")),
    withdrawn: saysWithdrawn(comment ?? ""),
    entry: { format: "ris", type, key, fields, needs: [] },
  });
}

/** The citation count that Scopus writes as a note: "Cited By :12". */
function citationsIn(notes: readonly string[]): number | null {
  const count = notes.map((note) => /^\s*cited by\s*:?\s*(\d{1,9})\b/i.exec(note)?.[1]).find(Boolean);
  return count === undefined ? null : Number(count);
}

/** The values of AU and A1 in the order of the entry. If a file lists everybody in both, only one is used. */
function authorValues(all: (...tags: string[]) => readonly string[]): readonly string[] {
  const names = new Set(all("AU"));
  return names.size > 0 && all("A1").every((name) => names.has(name)) ? all("AU") : all("AU", "A1");
}

/** The people in fields. A final "et al." or "others" sets `andOthers`. */
function authorsOf(values: readonly string[]): { authors: readonly string[]; andOthers: boolean } {
  const written = values
    .flatMap((one) => one.split(";"))
    .flatMap(pairs)
    .map((one) => one.trim());
  const isMore = /(?:^|[\s,])(?:et\.? al\.?|(?<=^)others)[\s,]*$/i;
  const last = written.at(-1) ?? "";
  const andOthers = isMore.test(last);
  const names = andOthers ? [...written.slice(0, -1), last.replace(isMore, "")] : written;
  return { authors: listedNames(names, authorName), andOthers };
}

/** "Holm, Ines and Reed, Otto T." is how BibTeX lists people, and some programs write it here. */
function pairs(text: string): readonly string[] {
  const parts = text.split(" and ");
  return parts.length > 1 && parts.every((part) => /^[^,]+,[^,]+$/.test(part)) ? parts : [text];
}

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text);
}

/** RIS writes "Last, First, Suffix", whereas BibTeX puts the suffix in the middle. */
function authorName(text: string): string {
  const parts = text.split(",").map((part) => part.trim());
  const [last, first, suffix] = parts;
  const isSuffixLast = parts.length === 3 && !/^(?:jr|sr|ii|iii|iv)\.?$/i.test(first ?? "");
  return personName(isSuffixLast ? `${last}, ${suffix}, ${first}` : text);
}

/** Whether a field that usually holds something else is marked as a DOI. */
function isDoi(text: string): boolean {
  return /^\s*(?:(?=10\.\d{4,9}\/\S+\s*$)|doi:|https?:\/\/(?:dx\.)?doi\.org\/)\s*10\./i.test(text);
}

/**
 * The most precise of several dates. Month and day may be in words and lack the year, which is then in
 * another field ("JUN 8" and "2004", Web of Science).
 */
function dateOf(texts: readonly string[]): string | null {
  const dates = texts.flatMap((text) => dayOf(text) ?? dateIn(text) ?? []);
  const [first] = dates;
  if (first === undefined) return null;
  const words = texts.map((text) =>
    dateIn(/\d{4}/.test(text) ? text : `${inOrder(text)} ${first.slice(0, 4)}`),
  );
  return [...dates, ...words].reduce<string>(
    (best, date) => (date?.startsWith(best) && date.length > best.length ? date : best),
    first,
  );
}

/** "JUN 8" with the day first. */
function inOrder(text: string): string {
  return text.slice(0, 50).replace(/^\s*([A-Za-z]{3,9})\.?\s+(\d{1,2})\s*$/, "$2 $1");
}

/** "2014/06/01/other text", "2014-06-01", "2014///": as much of the date as is given. */
function dayOf(text: string): string | null {
  const found = /^\s*(\d{4})(?!\d)(?:[/-](\d{1,2})?(?!\d)(?:[/-](\d{1,2})?(?!\d))?)?/.exec(text);
  return found && knownDate(found[1], found[2], found[3]);
}
