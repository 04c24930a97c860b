import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { personName } from "../../text/names.js";
import { dateIn } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";
import { at, local, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * Zotero's RDF export, in the vocabularies Bibliontology, Dublin Core and FOAF.
 * https://www.zotero.org/support/dev/data_formats
 */
export const zoteroRdf: Format = {
  name: "Zotero file (RDF)",
  title: null,
  knownBy: "RDF with Zotero’s namespace",
  from: "Zotero, “Export Library …”, Zotero RDF",
  detect: (text) =>
    /^(?:\w+:)?rdf$/i.test(rootName(text) ?? "") &&
    /http:\/\/(?:www\.zotero\.org\/namespaces\/export|purl\.org\/net\/biblio)/.test(text.slice(0, 16_000))
      ? 0.95
      : 0,
  parse: (text) => readRecords(text, items, toPaper),
};

/** Classes that are independent works; journals, collections, notes and attachments are not. */
const items = [
  "bib:article",
  "bib:book",
  "bib:booksection",
  "bib:document",
  "bib:report",
  "bib:thesis",
  "bib:manuscript",
  "bib:patent",
  "bib:conferenceproceedings",
  "bib:image",
  "bib:recording",
  "bib:motionpicture",
  "bib:legislation",
  "bib:letter",
  "bib:illustration",
  "bib:data",
  "rdf:description",
  "z:item",
];

function toPaper(item: XmlElement): Paper | string | null {
  const kind = textAt(item, "itemtype");
  // Without a Zotero item type it is a part of another item.
  if (kind === null || /^(?:attachment|note)$/i.test(kind)) return null;
  const about = item.attributes["rdf:about"] ?? "";
  const names = [
    ...textsAt(item, "identifier"),
    ...at(item, "identifier", "uri").map(({ text }) => fromMarkup(text)),
    about,
  ];
  const dois = [...names, ...at(item, "ispartof", "*", "identifier").map(({ text }) => fromMarkup(text))].map(
    (name) => name.replace(/^DOI\s+/i, ""),
  );
  const url = names.find((name) => /^https?:\/\/[^\s/]\S*$/i.test(name)) ?? null;
  return foundPaper({
    title: textAt(item, "title"),
    abstract: textAt(item, "abstract") ?? "",
    authors: [
      ...at(item, "authors", "seq", "li", "person"),
      ...at(item, "creators", "seq", "li", "person"),
    ].flatMap((person) => nameOf(person) ?? []),
    published: dateIn(textAt(item, "date") ?? ""),
    keywords: at(item, "subject")
      .map((one) => fromMarkup(textAt(one, "*", "value") ?? one.text))
      .filter((word) => word !== ""),
    journal: textAt(item, "ispartof", "*", "title") ?? textAt(item, "publisher", "organization", "name"),
    arxiv:
      names.map((name) => arxivId(name) ?? paperAt(name)?.arxiv ?? null).find((one) => one !== null) ?? null,
    doi: dois.map((name) => doiOf(name) ?? paperAt(name)?.doi ?? null).find((one) => one !== null) ?? null,
    url: url !== null && paperAt(url)?.arxiv != null ? null : url,
    volume: textAt(item, "ispartof", "*", "volume"),
    pages: textAt(item, "pages"),
  });
}

function nameOf(person: XmlElement): string | null {
  const part = (...names: readonly string[]) =>
    person.children.find(({ name }) => names.includes(local(name)))?.text.trim() ?? "";
  return (
    personName([part("givenname", "givennames"), part("surname", "family_name")].filter(Boolean).join(" ")) ||
    null
  );
}
