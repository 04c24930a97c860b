import type { BibliographyEntry } from "../../papers/bibliography-entry.js";
import { arxivAddresses, arxivId, doiOf, identityOf } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromTexAccents } from "../../text/names.js";
import { withoutLabel, withoutLabelElement } from "../fields/abstract.js";
import { citationOf, withoutResolver } from "../fields/citation.js";
import { dateIn, knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import type { JsonListing } from "./entries.js";
import {
  addressAt,
  arrayAt,
  countAt,
  dayAt,
  type Fields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  texts,
  titleAt,
} from "./fields.js";
import { headOf, readJsonEntries, readJsonListing, startsJson } from "./json.js";

/**
 * CSL-JSON, exported by reference managers (Zotero, Mendeley, Pandoc) and doi.org: an array of items, one
 * item, or `{"items": […]}`. Also Crossref's responses, which hold similar items in an envelope,
 * `{"message": {"items": […]}}`. https://api.crossref.org/swagger-ui/index.html
 * https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
 */
export const cslJson: Format = {
  name: "CSL-JSON bibliography",
  from: "Zotero, Mendeley, Pandoc, doi.org, and answers of Crossref",
  knownBy: "`date-parts`, or a type of CSL beside its fields",
  title: null,
  detect,
  parse: (whole) => readJsonListing(whole, listing),
  parseBytes: (bytes) => readJsonEntries(bytes, listing),
};

/** The item types of the CSL schema, and Crossref's own types. */
const type =
  /"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)?|bill|book|broadcast|chapter|classic|collection|dataset|document|entry(?:-dictionary|-encyclopedia)?|event|figure|graphic|hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|performance|periodical|personal_communication|post(?:-weblog)?|preprint|regulation|report|review(?:-book)?|software|song|speech|standard|thesis|treaty|webpage|journal-article|posted-content|proceedings-article|book-chapter)"/;
/** An array, lines, a response's list, or a single item that begins with one of its fields. */
const startsLikeCsl = /^[\ufeff\s]*(?:\[|\{\s*"(?:id|type|title|author|items|references|[\w-]{1,20}-title)")/;
const ownFields =
  /"(?:issued|container-title|title-short|citation-key|date-parts|DOI|ISBN|ISSN|URL|family|literal|accessed|publisher-place)"\s*:/;

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  // Crossref's envelope. If the request selected fields, the works may lack type and date.
  if (/"message-type"\s*:\s*"work(?:-list)?"/.test(head)) return 0.95;
  if (/"date-parts"\s*:/.test(head)) return type.test(head) ? 0.95 : 0.8;
  if (type.test(head) && ownFields.test(head)) return 0.8;
  if (!type.test(head) || !/"(?:title|author)"\s*:/.test(head)) return 0;
  // Other services have types of the same names inside objects of their own.
  return startsLikeCsl.test(head) ? 0.5 : 0.2;
}

const listing: JsonListing = {
  lists: ["items", "references"],
  envelope: ["message"],
  isEntry: (item) =>
    (item.title !== undefined || item.author !== undefined) &&
    (item.type !== undefined || item.id !== undefined),
  toPaper: paperOfCsl,
};

/** Converts a CSL or Crossref item to a paper. Returns a string that says what is wrong if that fails. */
export function paperOfCsl(item: Fields): Paper | string {
  const address = addressAt(item.URL);
  const doi = doiOf(withoutResolver(text(item.DOI) ?? "")) ?? doiOf(withoutResolver(address ?? "")) ?? null;
  const arxiv = arxivOf(item) ?? arxivId(doi ?? "") ?? arxivId(address ?? "");
  const id = arxiv ?? (doi === null ? identityOf({ url: address }) : `doi:${doi}`);
  const known = arxivId(id);
  const addresses = known === null ? null : arxivAddresses(known);
  const written = authorsOf(item.author);
  // Of a book without authors the editors are shown.
  const { authors, andOthers } = written.authors.length > 0 ? written : authorsOf(item.editor);
  // Crossref fills several; a request may have selected any of them.
  const published =
    dateOf(item.issued) ??
    dateOf(item.published) ??
    dateOf(item["published-print"]) ??
    dateOf(item["published-online"]);
  const journal = markup(first(item["container-title"]));
  const title =
    titleAt(first(item.title)) ??
    citationOf({
      authors,
      andOthers,
      published,
      journal: journal ?? text(item.publisher) ?? "",
      volume: wordAt(item.volume),
      pages: wordAt(item.page),
      identifier: known ?? doi ?? address ?? "",
      key: wordAt(item.id),
    });
  if (title === "") return `${named(item)}has no fields of a paper and was skipped`;
  return makePaper({
    id,
    title,
    abstract: abstractOf(item.abstract, title),
    authors,
    ...(andOthers && { andOthers }),
    published,
    categories: texts(item.categories),
    keywords: keywordsOf(item.keyword),
    url: address ?? addresses?.url ?? (doi === null ? shortDoiAddress(item.DOI) : `https://doi.org/${doi}`),
    pdf: addresses?.pdf ?? null,
    doi,
    journal,
    citations: countAt(item["is-referenced-by-count"]),
    entry: entryOf(item),
  });
}

/** Crossref gives the abstract in JATS, often with a heading that says only "Abstract". */
function abstractOf(value: unknown, title: string): string {
  const found = markup(typeof value === "string" ? withoutLabelElement(value) : value);
  return withoutLabel(found ?? "", title);
}

/** The address of a short DOI, "10/fz6m9b". The full DOI cannot be derived from it. https://shortdoi.org */
function shortDoiAddress(value: unknown): string | null {
  const found = /^(?:doi:\s?|https?:\/\/(?:dx\.)?doi\.org\/)?(10\/[a-z\d]{2,20})$/i.exec(text(value) ?? "");
  return found === null ? null : `https://doi.org/${found[1]}`;
}

function named(item: Fields): string {
  const key = wordAt(item.id).slice(0, 60);
  return key === "" ? "" : `(“${key}”) `;
}

/** The text of a field that may also be a number. */
function wordAt(value: unknown): string {
  return typeof value === "number" ? String(value) : (text(value) ?? "");
}

/** Crossref's types, mapped to those of the CSL schema. */
const crossrefTypes: Readonly<Record<string, string>> = {
  "journal-article": "article-journal",
  "posted-content": "article",
  "proceedings-article": "paper-conference",
  "book-chapter": "chapter",
  "book-section": "chapter",
  "book-part": "chapter",
  "reference-entry": "entry",
  monograph: "book",
  "edited-book": "book",
  "reference-book": "book",
  proceedings: "book",
  dissertation: "thesis",
  "peer-review": "review",
};
/** Crossref fields that the CSL schema also has and `Paper` does not. */
const crossrefFields = [
  "volume",
  "issue",
  "page",
  "publisher",
  "publisher-place",
  "editor",
  "ISBN",
  "ISSN",
  "language",
];

/** The whole item. Crossref's items are not valid CSL, so only the fields in the schema are kept. */
function entryOf(item: Fields): BibliographyEntry {
  const type = text(item.type) ?? "";
  if (!Array.isArray(item.title) && !Array.isArray(item["container-title"])) {
    // Numbers stay numbers.
    const fields: (readonly [string, unknown])[] = typeof item.id === "number" ? [["id", item.id]] : [];
    for (const name in item) if (name !== "id" && name !== "type") fields.push([name, item[name]]);
    const key = typeof item.id === "number" ? String(item.id) : typeof item.id === "string" ? item.id : "";
    return { format: "csl-json", type, key, fields, needs: [] };
  }
  const known = crossrefFields.filter((name) => item[name] !== undefined);
  const fields = known.map((name) => {
    const value = item[name];
    return [name, Array.isArray(value) && name !== "editor" ? value[0] : value] as const;
  });
  return { format: "csl-json", type: crossrefTypes[type] ?? type, key: "", fields, needs: [] };
}

/** The people in a field. A final "others" sets `andOthers`: Pandoc writes "and others" that way. */
function authorsOf(value: unknown): { authors: readonly string[]; andOthers: boolean } {
  const names = listOf(value, nameOf);
  const andOthers = /^(?:others|et\.? al\.?)$/i.test(names.at(-1) ?? "");
  return { authors: andOthers ? names.slice(0, -1) : names, andOthers };
}

/** Crossref writes titles as arrays. */
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The arXiv identifier, from the fields where Zotero and others put it. */
function arxivOf(item: Fields): string | null {
  for (const value of [item.number, item.archive_location, item.note, item.custom]) {
    if (typeof value !== "string") continue;
    const written = /\barxiv:\s*([a-z0-9./-]+)/i.exec(value)?.[1] ?? value;
    const id = arxivId(written.replace(/(?<![./-])[./-]+$/, ""));
    // A bare number is an arXiv identifier only if the item says so.
    if (
      id !== null &&
      (written !== value || /arxiv/i.test(`${text(item.archive)} ${text(item.publisher)} ${value}`))
    ) {
      return id;
    }
  }
  return null;
}

const nameParts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"] as const;

/** A name in reading order: given name, particles, family name, suffix. */
function nameOf(value: unknown): string | null {
  if (typeof value === "string") return nameAt(value);
  const name = objectAt(value);
  let whole = "";
  for (const part of nameParts) {
    const written = text(name[part]);
    if (written !== null) whole += whole === "" ? written : ` ${written}`;
  }
  if (whole === "") whole = text(name.literal) ?? text(name.name) ?? "";
  // Each part is already clean; only TeX accents need another pass.
  return (whole.includes("\\") ? clean(fromTexAccents(whole)) : whole) || null;
}

/** The date of a field: numbers, numeric strings or text. Most items give only a year or a month. */
function dateOf(value: unknown): string | null {
  if (typeof value === "string") return dayAt(value) ?? dateIn(value);
  if (typeof value === "number") return knownDate(value);
  const date = objectAt(value);
  const parts = arrayAt(arrayAt(date["date-parts"])[0]);
  const [year, month, day] = parts;
  const known = knownDate(year, month, day);
  if (known !== null) return known;
  // Pad years before 1000 to four digits, as everywhere else.
  const early = typeof year === "number" ? String(year) : text(year);
  if (early !== null && /^\d{3}$/.test(early)) return `0${early}`;
  const written = text(date.raw) ?? text(date.literal);
  return written === null ? null : (dayAt(written) ?? dateIn(written));
}

/** CSL keeps keywords in one string separated by commas; some exporters write an array. */
function keywordsOf(value: unknown): string[] {
  return typeof value === "string" ? texts(value.split(/[,;]/)) : texts(value);
}
