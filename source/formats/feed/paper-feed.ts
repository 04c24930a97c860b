import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import { makePaper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { personName } from "../../text/names.js";
import { isWithdrawn } from "../arxiv/fields.js";
import { withoutLabel } from "../fields/abstract.js";
import { type AuthorLine, isName, splitAuthors } from "../fields/author-line.js";
import { dateIn, dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { rootName, type XmlElement } from "../xml/xml.js";
import {
  addresses,
  all,
  doiInAddress,
  type EntryRead,
  field,
  fieldLimit,
  first,
  firstDoi,
  linkOf,
  nameLines,
  readFeed,
  terms,
  texField,
  texts,
  untitled,
  webAddress,
} from "./feed.js";
import { type FeedText, readFeedText } from "./feed-text.js";

/**
 * Any other feed of papers, from journals and preprint servers: RSS 2.0, RSS 1.0 or Atom, with optional
 * fields of Dublin Core and PRISM. https://www.rssboard.org/rss-specification,
 * https://www.rfc-editor.org/rfc/rfc4287, https://www.idealliance.org/prism-metadata
 */
export const paperFeed: Format = {
  name: "feed (RSS or Atom)",
  from: "journals and preprint servers",
  knownBy: "the root `rss`, `feed`, or `RDF` with items",
  title: null,
  detect,
  parse,
};

function detect(text: string): number {
  const root = /^(?:\w+:)?(feed|rss|rdf)$/i.exec(rootName(text) ?? "")?.[1]?.toLowerCase();
  if (root === undefined) return 0;
  // RDF is also used for data other than feeds.
  return root !== "rdf" ||
    /purl\.org\/rss\/1\.0|my\.netscape\.com\/rdf|<(?:\w+:)?item[\s>]/i.test(text.slice(0, 65_536))
    ? 0.7
    : 0;
}

function parse(text: string): ParsedListing {
  return readFeed(text, ["pubdate", "dc:date", "lastbuilddate", "updated"], toPaper);
}

/** Elements that may hold an entry's text, best first. */
const textNames = ["description", "summary", "dc:description", "content:encoded", "content"];

function toPaper(entry: XmlElement): EntryRead {
  const title = texField(entry, "title");
  if (title === "") return untitled;
  const url =
    linkOf(entry, (link) => (link.rel ?? "alternate") === "alternate") ??
    webAddress(field(entry, "link")) ??
    webAddress(field(entry, "guid", "prism:url", "id")) ??
    webAddress(entry.attributes["rdf:about"] ?? "");
  const guid = field(entry, "guid", "id");
  const doi =
    firstDoi(
      field(entry, "prism:doi"),
      ...texts(entry, "dc:identifier"),
      field(entry, "arxiv:doi"),
      guid,
      url ?? "",
    ) ?? doiInAddress(url ?? "");
  const arxiv = arxivId(guid) ?? (url === null ? null : arxivId(url));
  const named = authorsOf(entry, languageOf(entry, title));
  const merged = mergedTexts(entry, named.authors);
  return {
    paper: makePaper({
      ...(named.authors.length > 0 ? named : merged.authors),
      ...addresses(arxiv, { url, pdf: linkOf(entry, (link) => link.type === "application/pdf") }),
      id: identityOf({ arxiv, doi, url }),
      title,
      abstract: withoutLabel(merged.abstract, title),
      published: dateOf(entry) ?? merged.published,
      updated: dayIn(entry, "updated", "dcterms:modified"),
      categories: terms(entry, "category", "dc:subject"),
      doi,
      journal:
        texField(entry, "prism:publicationname") ||
        merged.journal ||
        sourceOf(entry) ||
        materialOf(entry, title),
      withdrawn: isWithdrawn("", merged.abstract) || /^(?:withdrawn|retracted)(?: article)?:/i.test(title),
    }),
  };
}

/** Merges the entry's texts: the first that is more than a citation, with the facts from those before it. */
function mergedTexts(entry: XmlElement, names: readonly string[]): FeedText {
  let merged: FeedText = { abstract: "", authors: null, published: null, journal: null };
  for (const name of textNames) {
    for (const { text } of all(entry, name)) {
      const { abstract, authors, published, journal } = readFeedText(text.slice(0, fieldLimit), names);
      merged = {
        abstract,
        authors: merged.authors ?? authors,
        published: merged.published ?? published,
        journal: merged.journal ?? journal,
      };
      if (abstract !== "") return merged;
    }
  }
  return merged;
}

/** The journal from `dc:source`, if that is a name (PubMed) and not a citation (Nature). */
function sourceOf(entry: XmlElement): string | null {
  const source = texField(entry, "dc:source");
  return source === "" || /\b(?:19|20)\d\d\b|doi:|^https?:/i.test(source) ? null : source;
}

function dateOf(entry: XmlElement): string | null {
  const names = [
    "prism:publicationdate",
    "dc:date",
    "published",
    "pubdate",
    "prism:coverdate",
    "date",
    "prism:coverdisplaydate",
    "pubyear",
  ];
  const partly = () => names.map((name) => dateIn(field(entry, name))).find((date) => date !== null);
  return dayIn(entry, ...names) ?? partly() ?? null;
}

function dayIn(entry: XmlElement, ...names: readonly string[]): string | null {
  for (const name of names) {
    const day = dayOf(field(entry, name));
    if (day !== null) return day;
  }
  return null;
}

/** The authors, either one per element or all in one line. IEEE uses its own element. */
function authorsOf(entry: XmlElement, language: string): Pick<AuthorLine, "authors"> & Partial<AuthorLine> {
  const named = all(entry, "author").flatMap((author) => texts(inLanguage(author, language), "name"));
  const lines = named.some((name) => name !== "")
    ? named
    : [
        ...nameLines(entry, "dc:creator"),
        ...nameLines(entry, "author").map(withoutMail),
        ...nameLines(entry, "authors"),
      ];
  const [line] = lines;
  if (line === undefined) return { authors: [] };
  if (lines.length === 1) return splitAuthors(line, { lastFirst: true });
  return { authors: lines.map(personName).filter(isName) };
}

/** The language of an entry of J-STAGE, which has names and titles in English and Japanese: that of its title. */
function languageOf(entry: XmlElement, title: string): string {
  const titles = first(entry, "article_title");
  return titles !== undefined && texField(titles, "en") === title ? "en" : "ja";
}

/** The part of an element in a language, else in the other; the element itself if it is in one language. */
function inLanguage(element: XmlElement, language: string): XmlElement {
  return first(element, language) ?? first(element, language === "en" ? "ja" : "en") ?? element;
}

/** J-STAGE's name of the journal. */
function materialOf(entry: XmlElement, title: string): string | null {
  const material = first(entry, "material_title");
  const name = material === undefined ? "" : inLanguage(material, languageOf(entry, title)).text;
  return fromMarkup(name) || null;
}

/** RSS 2.0 puts an e-mail address before the name: "ada@example.org (Ada Lovelace)". */
function withoutMail(line: string): string {
  const named = /^[^\s@]+@\S+\s+\(([^()]+)\)$/.exec(line);
  return named ? (named[1] as string) : line.replace(/(?<!\S)\S[^\s@]*@\S+/g, "").trim();
}
