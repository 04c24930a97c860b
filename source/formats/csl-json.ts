import { arxivAddresses, arxivId, doiOf, identityOf } from "../papers/identity.js";
import type { ParsedListing } from "../papers/listing.js";
import { makePaper, type Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { fromTexAccents } from "../text/names.js";
import { dateIn, knownDate } from "./dates.js";
import type { Format } from "./format.js";
import {
  addressAt,
  arrayAt,
  dayAt,
  type Fields,
  headOf,
  listOf,
  markup,
  nameAt,
  noTitle,
  objectAt,
  readJsonListing,
  startsJson,
  text,
  texts,
  titleAt,
} from "./json.js";

/**
 * CSL-JSON, what reference managers (Zotero, Mendeley, Pandoc) and doi.org give out: an array of
 * items, one item, or `{"items": […]}`; and Crossref's answers, which have much the same items in an
 * envelope, `{"message": {"items": […]}}`. https://api.crossref.org/swagger-ui/index.html
 * https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
 */
export const cslJson: Format = {
  name: "CSL-JSON bibliography",
  title: null,
  recognise,
  parse,
};

/** The types of the schema, and those of Crossref, which writes its own. */
const type =
  /"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)?|bill|book|broadcast|chapter|classic|collection|dataset|document|entry(?:-dictionary|-encyclopedia)?|event|figure|graphic|hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper-conference|patent|performance|periodical|personal_communication|post(?:-weblog)?|preprint|regulation|report|review(?:-book)?|software|song|speech|standard|thesis|treaty|webpage|journal-article|posted-content|proceedings-article|book-chapter)"/;
const ownFields =
  /"(?:issued|container-title|title-short|citation-key|date-parts|DOI|ISBN|ISSN|URL|family|literal|accessed|publisher-place)"\s*:/;

function recognise(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/"date-parts"\s*:/.test(head)) return type.test(head) ? 0.95 : 0.8;
  if (type.test(head) && ownFields.test(head)) return 0.8;
  return type.test(head) && /"(?:title|author)"\s*:/.test(head) ? 0.5 : 0;
}

function parse(whole: string): ParsedListing {
  return readJsonListing(whole, {
    lists: ["items", "references"],
    envelope: "message",
    isEntry: (item) => item.title !== undefined && (item.type !== undefined || item.id !== undefined),
    toPaper,
  });
}

function toPaper(item: Fields): Paper | string {
  const title = titleAt(first(item.title));
  if (title === null) return noTitle;
  const address = addressAt(item.URL);
  const doi = doiOf(text(item.DOI) ?? "") ?? doiOf(address ?? "");
  const id = identityOf({ arxiv: arxivOf(item), doi, url: address });
  const known = arxivId(id);
  const addresses = known === null ? null : arxivAddresses(known);
  return makePaper({
    id,
    title,
    abstract: markup(item.abstract) ?? "",
    authors: listOf(item.author, nameOf),
    published: dateOf(item.issued),
    categories: texts(item.categories),
    keywords: keywordsOf(item.keyword),
    url: address ?? addresses?.url ?? (doi === null ? null : `https://doi.org/${doi}`),
    pdf: addresses?.pdf ?? null,
    doi,
    journal: markup(first(item["container-title"])),
  });
}

/** Crossref gives titles as arrays. */
function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** The arXiv identifier, where Zotero and others put it. */
function arxivOf(item: Fields): string | null {
  for (const value of [item.number, item.archive_location, item.note, item.custom]) {
    if (typeof value !== "string") continue;
    const said = /\barxiv:\s*([a-z0-9./-]+)/i.exec(value)?.[1] ?? value;
    const id = arxivId(said.replace(/(?<![./-])[./-]+$/, ""));
    // A bare number is one of arXiv's only where the item says so.
    if (
      id !== null &&
      (said !== value || /arxiv/i.test(`${text(item.archive)} ${text(item.publisher)} ${value}`))
    ) {
      return id;
    }
  }
  return null;
}

const nameParts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"] as const;

/** Names stand in the order in which they are read: given name, particles, family name, suffix. */
function nameOf(value: unknown): string | null {
  if (typeof value === "string") return nameAt(value);
  const name = objectAt(value);
  let whole = "";
  for (const part of nameParts) {
    const said = text(name[part]);
    if (said !== null) whole += whole === "" ? said : ` ${said}`;
  }
  if (whole === "") whole = text(name.literal) ?? text(name.name) ?? "";
  // The parts are clean, and so is what they make together.
  return (whole.includes("\\") ? clean(fromTexAccents(whole)) : whole) || null;
}

/**
 * The day of a date, which stands as numbers (or numbers in strings) or as text. Most items say only
 * a year or a month: no calendar day, so there is no date to tell.
 */
function dateOf(value: unknown): string | null {
  if (typeof value === "string") return dayAt(value) ?? dateIn(value);
  const date = objectAt(value);
  const parts = arrayAt(arrayAt(date["date-parts"])[0]);
  const [year, month, day] = parts;
  const known = knownDate(year, month, day);
  if (known !== null) return known;
  const said = text(date.raw) ?? text(date.literal);
  return said === null ? null : (dayAt(said) ?? dateIn(said));
}

/** CSL has one text with commas between the keywords; some write an array. */
function keywordsOf(value: unknown): string[] {
  return typeof value === "string" ? texts(value.split(/[,;]/)) : texts(value);
}
