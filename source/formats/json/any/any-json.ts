import { arxivId, doiOf } from "../../../papers/identity.js";
import type { ParsedListing, Problem } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { dateIn, dayOf, knownDate } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import { flattened, type JsonListing } from "../entries.js";
import {
  addressAt,
  arrayAt,
  countAt,
  type Fields,
  isFields,
  markup,
  objectAt,
  text,
  texts,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { headOf, jsonFormat, readJsonListing, startsJson } from "../json.js";
import { isJsonLines } from "../json-lines.js";
import { parseOrNothing } from "../salvage.js";
import {
  abstracts,
  citations,
  codes,
  dates,
  ids,
  journals,
  links,
  ownNames,
  pdfs,
  projects,
  strongNames,
  titles,
  updates,
} from "./names.js";
import { authorsOf, withoutIdentifiers } from "./people.js";

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

const titleKey = /"(?:title|paper_title|Title|paperTitle|dc:title|dctitle|title_display)"\s*:\s*(?:\[\s*)?"/;
const paperKey =
  /"(?:authors?|Authors?|author_names|paper_authors|z_authors|creators|dc:creator|dccreator|author_display|displayName|abstract|Abstract|summary|abstractText|arxiv_?id|arxivId|doi|DOI|pdf|pdf_url|pdfUrl|venue|booktitle|journal)"\s*:/;

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
    (ownNames.some((name) => entry[name] !== undefined && entry[name] !== null) ||
      // Web of Science.
      Array.isArray(objectAt(entry.names).authors))
  );
}

/**
 * Whether an object alone is a paper. A title and authors are not enough, as many other documents have
 * both.
 */
function isWholePaper(entry: Fields): boolean {
  return isPaper(entry) && strongNames.some((name) => entry[name] !== undefined && entry[name] !== null);
}

/** The first of these fields that holds text or a number. */
function first(entry: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = entry[name];
    const found =
      typeof value === "number"
        ? String(value)
        : Array.isArray(value)
          ? (text(value[0]) ?? text(objectAt(value[0])["@value"]))
          : text(value);
    if (found !== null) return found;
  }
  return null;
}

function firstAddress(entry: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const value = Array.isArray(entry[name]) ? (entry[name] as unknown[])[0] : entry[name];
    // In JSON-LD an address is `{"@id": …}`; DOAJ's links are objects too.
    const found = addressAt(isFields(value) ? (value["@id"] ?? value.url) : value);
    // The address of a record for programs is no page.
    if (found !== null && !/^https?:\/\/api\./i.test(found)) return found;
  }
  return null;
}

function toPaper(written: Fields): Paper | string {
  const entry = flattened(written);
  const url = firstAddress(entry, links);
  const pdf = firstAddress(entry, pdfs) ?? firstAddress(objectAt(entry.best_oa_location), pdfs);
  const external = objectAt(
    entry.externalIds ?? entry.external_ids ?? entry.externalids ?? entry.ext_ids ?? entry.identifiers,
  );
  const doiText =
    first(entry, ["doi", "DOI", "Doi", "dcdoi"]) ??
    text(external.DOI) ??
    text(external.doi) ??
    text(objectAt(objectAt(entry.pids).doi).identifier) ??
    doiAmong(entry.identifier ?? entry.articleids) ??
    /^(?:doi:)?(10\.\d{4,9}\/\S+)/.exec(text(entry.id) ?? "")?.[1] ??
    "";
  const doi = doiOf(doiText) ?? paperAt(doiText)?.doi ?? paperAt(url ?? "")?.doi ?? null;
  const journal =
    first(entry, journals) ??
    first(objectAt(entry.journal), ["title", "name"]) ??
    first(objectAt(entry.venue), ["raw", "name"]) ??
    first(objectAt(arrayAt(entry.journals)[0]), ["title"]) ??
    // Web of Science.
    text(objectAt(entry.source).sourceTitle) ??
    // Mendeley; elsewhere it is the name of a database.
    (isFields(entry.identifiers) ? text(entry.source) : null);
  const comment = first(entry, ["comment", "comments", "arxiv_comment"]);
  const summary = markup(objectAt(entry.tldr).text) ?? markup(first(entry, ["tldr", "TLDR", "ai_summary"]));
  return foundPaper({
    title: titleAt(first(entry, titles)),
    arxiv: arxivOf(entry, url, pdf) ?? text(external.ArXiv) ?? text(external.arxiv),
    doi,
    abstract: markup(first(entry, abstracts)) ?? "",
    authors: authorsOf(entry),
    published: publishedIn(entry) ?? publishedIn(objectAt(entry.source)),
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
    keywords: listIn({ ...objectAt(entry.user_data), ...entry }, ["keywords", "keyword", "tags", "Keywords"]),
    comment: comment === null || /^\d+$/.test(comment) ? null : comment,
    journal: journal === null ? null : markup(withoutIdentifiers(journal)),
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

/**
 * The DOI in a list of identifiers: `{"type": "doi", "id": "10.5555/…"}` in DOAJ, `{"@type": "cir:DOI",
 * "@value": "10.5555/…"}` in CiNii, `{"idtype": "doi", "value": "10.5555/…"}` in PubMed.
 */
function doiAmong(value: unknown): string | null {
  const found = arrayAt(value)
    .map(objectAt)
    .find((one) => /^(?:cir:)?doi$/i.test(text(one.type ?? one["@type"] ?? one.idtype) ?? ""));
  return found === undefined ? null : text(found.id ?? found["@value"] ?? found.value);
}

/** The date of publication: in one field, or with month and day in fields of their own. */
function publishedIn(entry: Fields): string | null {
  const parts = isFields(entry.published) ? entry.published : entry;
  const found = dateOf(first(parts, dates));
  if (found === null || found.length > 4 || found !== first(parts, ["year"])) return found;
  const [month, day] = [first(parts, ["month"]), first(parts, ["day"])];
  if (month === null) return found;
  return /^\d+$/.test(month) ? knownDate(found, month, day) : dateIn(`${day ?? ""} ${month} ${found}`);
}

function arxivOf(entry: Fields, url: string | null, pdf: string | null): string | null {
  for (const name of ids) {
    const written = text(entry[name]);
    const found = written === null ? null : (arxivId(written) ?? paperAt(written)?.arxiv ?? null);
    if (found !== null) return found;
  }
  return paperAt(url ?? "")?.arxiv ?? paperAt(pdf ?? "")?.arxiv ?? null;
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
