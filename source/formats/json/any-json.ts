import { arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { splitAuthors } from "../fields/author-line.js";
import { dateIn, dayOf, knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { paperAt } from "../web/paper-addresses.js";
import { flattened, type JsonListing } from "./entries.js";
import {
  addressAt,
  arrayAt,
  countAt,
  type Fields,
  isFields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  texts,
  titleAt,
} from "./fields.js";
import { foundPaper } from "./found-paper.js";
import { headOf, jsonFormat, readJsonListing, startsJson } from "./json.js";
import { isJsonLines } from "./json-lines.js";
import { parseOrNothing } from "./salvage.js";

/**
 * JSON from crawlers, data sets and conference lists, whose field names vary: `{"id": "2501.00001",
 * "title": …, "summary": …, "authors": ["Ada Lovelace"], "categories": ["cs.LG"], "comment": …, "abs": …,
 * "pdf": …}`. Entries may be in an array, grouped in an object (by date, venue or identifier), or one per
 * line. Named formats are tried first.
 */
const listing: JsonListing = { lists: [], isEntry: isPaper, toPaper };

export const anyJson: Format = {
  ...jsonFormat({
    name: "list of papers (JSON)",
    title: null,
    knownBy: "a title beside authors, an abstract, a venue, a DOI or a PDF",
    from: "crawlers, data sets and conference lists: an array or lines of objects with a title and fields like authors, abstract, summary, venue, arxiv_id, doi, pdf, keywords",
    detect,
    listing,
  }),
  parse,
};

const titleKey = /"(?:title|paper_title|Title|paperTitle|dc:title)"\s*:\s*(?:\[\s*)?"/;
const paperKey =
  /"(?:authors?|Authors?|author_names|paper_authors|z_authors|creators|dc:creator|abstract|Abstract|summary|abstractText|arxiv_?id|arxivId|doi|DOI|pdf|pdf_url|pdfUrl|venue|booktitle|journal)"\s*:/;

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head) || !titleKey.test(head) || !paperKey.test(head)) return 0;
  // Only crawlers of arXiv use these fields together.
  const crawled =
    /"authors"\s*:\s*\[\s*"/.test(head) && /"(?:summary|abstract)"\s*:/.test(head) && arxivValue.test(head);
  return crawled ? 0.6 : 0.3;
}

const arxivValue =
  /"(?:https?:\/\/arxiv\.org\/(?:abs|pdf)\/)?(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7})(?:v\d+)?(?:\.pdf)?"/;

function parse(whole: string): ParsedListing {
  if (isJsonLines(whole.slice(0, 1_000_000))) return readJsonListing(whole, listing);
  const root = parseOrNothing(whole);
  if (root === undefined || Array.isArray(root) || (isFields(root) && isWholePaper(root))) {
    return readJsonListing(whole, listing);
  }
  const entries: Fields[] = [];
  collect(root, entries, 0);
  if (entries.length === 0 && isFields(root) && (root.error !== undefined || root.code !== undefined)) {
    return readJsonListing(whole, listing);
  }
  if (entries.length === 0) {
    return {
      papers: [],
      day: null,
      problems: [{ line: null, message: "no entry looks like a paper" }],
    };
  }
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  for (const [index, entry] of entries.entries()) {
    const found = toPaper(entry);
    if (typeof found !== "string") papers.push(found);
    else problems.push({ line: null, message: `entry ${index + 1} ${found}`, skips: 1 });
  }
  return { papers, day: null, problems };
}

/**
 * Collects the papers in an object, however they are grouped. An identifier used as a key becomes a field.
 */
function collect(value: unknown, found: Fields[], depth: number, key?: string): void {
  if (depth > 5) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, depth + 1);
  } else if (isFields(value)) {
    const flat = flattened(value);
    if (depth === 0 ? isWholePaper(flat) : isPaper(flat))
      found.push(key !== undefined && flat.id === undefined ? { id: key, ...flat } : flat);
    else for (const name in value) collect(value[name], found, depth + 1, name);
  }
}

function isPaper(entry: Fields): boolean {
  return (
    first(entry, titles) !== null &&
    ownNames.some((name) => entry[name] !== undefined && entry[name] !== null)
  );
}

/**
 * Whether an object alone is a paper. A title and authors are not enough, as many other documents have
 * both.
 */
function isWholePaper(entry: Fields): boolean {
  return isPaper(entry) && strongNames.some((name) => entry[name] !== undefined && entry[name] !== null);
}

const titles = ["title", "paper_title", "paperTitle", "Title", "name"];
const authorNames = [
  "authors",
  "author",
  "Authors",
  "Author",
  "author_names",
  "authorNames",
  "creators",
  "author_list",
  "paper_authors",
  "z_authors",
  "creator",
];
const abstracts = [
  "abstract",
  "summary",
  "Abstract",
  "abstractText",
  "abstract_text",
  "paper_abstract",
  "paperAbstract",
  "description",
];
const ids = [
  "arxiv_id",
  "arxivId",
  "arxiv",
  "eprint",
  "paper_id",
  "paperId",
  "entry_id",
  "short_id",
  "identifier",
  "id",
  "_id",
];
const links = [
  "pub_url",
  "url_public_html",
  "abs",
  "abs_url",
  "url_abs",
  "arxiv_url",
  "url",
  "URL",
  "link",
  "paper_url",
  "html_url",
  "href",
  "site",
  "openreview",
  "openreview_url",
  "homepage",
  "page",
];
const pdfs = [
  "pdf",
  "pdf_url",
  "pdfUrl",
  "pdf_link",
  "url_pdf",
  "PDF",
  "downloadUrl",
  "eprint_url",
  "url_for_pdf",
];
const codes = [
  "code",
  "code_url",
  "codeUrl",
  "code_link",
  "github",
  "github_url",
  "repo_url",
  "repository",
  "url_code",
];
const projects = ["project", "project_page", "projectPage", "project_url", "website"];
const citations = [
  "citations",
  "citationCount",
  "citation_count",
  "cited_by_count",
  "gs_citation",
  "n_citation",
  "num_citations",
  "citationcount",
  "citedby-count",
  "times_cited",
];
const dates = [
  "published",
  "publishedAt",
  "published_date",
  "publication_date",
  "publicationDate",
  "publicationdate",
  "publishedDate",
  "datePublished",
  "date_published",
  "coverDate",
  "published_at",
  "date",
  "Date",
  "submitted",
  "submittedDate",
  "submitted_date",
  "created",
  "created_at",
  "pub_date",
  "year",
  "Year",
  "pub_year",
  "publication_year",
  "yearPublished",
  "update_date",
];
const updates = ["updated", "updated_at", "updatedAt", "updated_date", "update_date"];
const journals = [
  "journal",
  "journal_ref",
  "journal-ref",
  "journalRef",
  "venue",
  "Venue",
  "booktitle",
  "conference",
  "conf",
  "conference_name",
  "publication",
  "journal_name",
  "container_title",
  "publicationName",
  "publication_title",
];
const ownNames = [
  ...authorNames,
  ...abstracts.slice(0, -1),
  ...pdfs,
  "arxiv_id",
  "arxivId",
  "doi",
  "DOI",
  "venue",
  "journal",
  "booktitle",
  "year",
  "keywords",
  "openreview",
];

const strongNames = ownNames.filter((name) => !authorNames.includes(name) && name !== "keywords");

/** The first of these fields that holds text or a number. */
function first(entry: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = entry[name];
    const found =
      typeof value === "number" ? String(value) : Array.isArray(value) ? text(value[0]) : text(value);
    if (found !== null) return found;
  }
  return null;
}

function firstAddress(entry: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const found = addressAt(Array.isArray(entry[name]) ? (entry[name] as unknown[])[0] : entry[name]);
    if (found !== null) return found;
  }
  return null;
}

function toPaper(written: Fields): Paper | string {
  const entry = flattened(written);
  const url = firstAddress(entry, links);
  const pdf = firstAddress(entry, pdfs) ?? firstAddress(objectAt(entry.best_oa_location), pdfs);
  const external = objectAt(entry.externalIds ?? entry.external_ids ?? entry.externalids);
  const doiText =
    first(entry, ["doi", "DOI", "Doi"]) ?? text(external.DOI) ?? doiAmong(entry.identifier) ?? "";
  const doi = doiOf(doiText) ?? paperAt(doiText)?.doi ?? paperAt(url ?? "")?.doi ?? null;
  const journal = first(entry, journals) ?? first(objectAt(entry.journal), ["title", "name"]);
  const comment = first(entry, ["comment", "comments", "arxiv_comment"]);
  const summary = markup(objectAt(entry.tldr).text) ?? markup(first(entry, ["tldr", "TLDR", "ai_summary"]));
  return foundPaper({
    title: titleAt(first(entry, titles)),
    arxiv: arxivOf(entry, url, pdf) ?? text(external.ArXiv),
    doi,
    abstract: markup(first(entry, abstracts)) ?? "",
    authors: authorsOf(entry),
    published: dateOf(first(entry, dates)),
    updated: dateOf(first(entry, updates)),
    categories: listIn(entry, [
      "categories",
      "category",
      "primary_category",
      "primaryCategory",
      "subjects",
      "fieldsOfStudy",
      "areas",
      "primary_area",
    ]),
    keywords: listIn(entry, ["keywords", "keyword", "tags", "Keywords"]),
    comment: comment === null || /^\d+$/.test(comment) ? null : comment,
    journal: journal === null ? null : markup(journal),
    url: paperAt(url ?? "")?.arxiv ? null : url,
    pdf: paperAt(pdf ?? "")?.arxiv ? null : pdf,
    code: firstAddress(entry, codes),
    project: firstAddress(entry, projects),
    summary,
    citations: countIn(first(entry, citations)),
    upvotes: countAt(entry.upvotes) ?? countAt(entry.votes) ?? countAt(entry.likes),
    key: first(entry, ids),
  });
}

/** A count given as a number or as text. */
function countIn(said: string | null): number | null {
  return said !== null && /^\d{1,9}$/.test(said) ? countAt(Number(said)) : null;
}

/** The DOI in DOAJ's list of identifiers: `{"type": "doi", "id": "10.5555/…"}`. */
function doiAmong(value: unknown): string | null {
  const found = arrayAt(value)
    .map(objectAt)
    .find(({ type }) => type === "doi");
  return found === undefined ? null : text(found.id);
}

function arxivOf(entry: Fields, url: string | null, pdf: string | null): string | null {
  for (const name of ids) {
    const written = text(entry[name]);
    const found = written === null ? null : (arxivId(written) ?? paperAt(written)?.arxiv ?? null);
    if (found !== null) return found;
  }
  return paperAt(url ?? "")?.arxiv ?? paperAt(pdf ?? "")?.arxiv ?? null;
}

/** Author names, from an array of strings or objects, or from one string that lists them all. */
function authorsOf(entry: Fields): readonly string[] {
  for (const name of authorNames) {
    const value = listInside(entry[name]);
    if (typeof value === "string" && value.trim() !== "") return fromText(value);
    const named = listOf(Array.isArray(value) ? value : isFields(value) ? [value] : [], nameOf);
    const [only] = named;
    // The array has a single string that lists all authors.
    if (named.length === 1 && only !== undefined && /;|,.*,/.test(only)) return fromText(only);
    if (named.length > 0) return named;
  }
  return [];
}

/** IEEE wraps the list of authors in an object. */
function listInside(value: unknown): unknown {
  return isFields(value) && Array.isArray(value.authors) ? value.authors : value;
}

function fromText(line: string): readonly string[] {
  if (line.includes(";"))
    return line.split(";").flatMap((name) => nameAt(name.replace(/(?<!\s)\s*\([^()]*\)\s*$/, "")) ?? []);
  if (/\sand\s/.test(line) && /,[^,]*\sand\s/.test(line) && !/,[^,]*,/.test(line.split(/\sand\s/)[0] ?? "")) {
    const names = line.split(/\sand\s/);
    // BibTeX style: "Lovelace, Ada and Babbage, Charles".
    if (names.every((name) => /^[^,]+,[^,]+$/.test(name))) return names.flatMap((name) => nameAt(name) ?? []);
  }
  return splitAuthors(line, { lastFirst: true }).authors;
}

function nameOf(value: unknown): string | null {
  if (typeof value === "string") return nameAt(value);
  // [last, first, suffix], as in the arXiv snapshot.
  if (Array.isArray(value)) return nameAt(texts([value[1], value[0], value[2]]).join(" "));
  const one = objectAt(value);
  const whole =
    nameAt(one.name) ??
    nameAt(one.full_name) ??
    nameAt(one.fullname) ??
    nameAt(one.fullName) ??
    nameAt(one.author) ??
    nameAt(one.creator) ??
    nameAt(one.display_name);
  if (whole !== null) return whole;
  const given =
    text(one.given) ?? text(one.first) ?? text(one.firstName) ?? text(one.first_name) ?? text(one.forename);
  const family =
    text(one.family) ?? text(one.last) ?? text(one.lastName) ?? text(one.last_name) ?? text(one.surname);
  return [given, family].filter(Boolean).join(" ") || null;
}

function listIn(entry: Fields, names: readonly string[]): readonly string[] {
  for (const name of names) {
    const value = entry[name];
    // arXiv's categories are one string separated by spaces; keywords are separated by commas or
    // semicolons.
    const found =
      typeof value === "string"
        ? texts(
            /^[a-z-]+(?:\.[A-Za-z-]+)?(?: [a-z-]+(?:\.[A-Za-z-]+)?)+$/.test(value) && /\./.test(value)
              ? value.split(" ")
              : value.split(/[;,]/),
          )
        : texts(arrayAt(value).map((one) => (isFields(one) ? (one.term ?? one.name ?? one.value) : one)));
    if (found.length > 0) return found;
  }
  return [];
}

function dateOf(said: string | null): string | null {
  if (said === null) return null;
  const seconds = /^\d{10}$/.test(said) ? Number(said) * 1_000 : /^\d{13}$/.test(said) ? Number(said) : null;
  if (seconds !== null) return new Date(seconds).toISOString().slice(0, 10);
  return dayOf(said) ?? knownDate(said) ?? dateIn(said);
}
