import { doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { dateIn, knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { at, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * Responses of efetch, one of PubMed's E-utilities.
 * https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd
 */
export const pubmedXml: Format = {
  name: "PubMed response (XML)",
  title: "PubMed",
  knownBy: "the root `PubmedArticleSet`",
  from: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi with retmode=xml",
  detect: (text) =>
    /^(?:pubmedarticleset|pubmedarticle|medlinecitationset|pubmedbookarticleset)$/i.test(rootName(text) ?? "")
      ? 1
      : 0,
  parse: (text) => readRecords(text, ["pubmedarticle", "pubmedbookarticle", "medlinecitation"], toPaper),
};

function toPaper(record: XmlElement): Paper | string {
  const [inner] = at(record, "medlinecitation");
  const citation = inner ?? at(record, "bookdocument")[0] ?? record;
  const article = at(citation, "article")[0] ?? citation;
  const pmid = textAt(citation, "pmid");
  const ids = [
    ...at(record, "pubmeddata", "articleidlist", "articleid"),
    ...at(article, "articleidlist", "articleid"),
    ...at(article, "elocationid"),
  ];
  const doi = ids.find(({ attributes }) => /^doi$/i.test(attributes.IdType ?? attributes.EIdType ?? ""));
  const title =
    textAt(article, "articletitle") ??
    textAt(article, "vernaculartitle") ??
    textAt(article, "book", "booktitle");
  return foundPaper({
    title,
    abstract: abstractOf(article),
    authors: at(article, "authorlist", "author").flatMap((author) => nameOf(author) ?? []),
    published: dateOf(article, record),
    keywords: textsAt(citation, "keywordlist", "keyword"),
    journal:
      textAt(article, "journal", "title") ??
      textAt(citation, "medlinejournalinfo", "medlineta") ??
      textAt(article, "journal", "isoabbreviation"),
    doi: doi === undefined ? null : doiOf(fromMarkup(doi.text)),
    url: pmid === null ? null : `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/`,
    volume: textAt(article, "journal", "journalissue", "volume"),
    pages: textAt(article, "pagination", "medlinepgn"),
    name: pmid === null ? null : `PubMed ${pmid}`,
  });
}

/** The abstract; the sections of a structured one follow their labels. */
function abstractOf(article: XmlElement): string {
  return at(article, "abstract", "abstracttext")
    .map((part) => {
      const text = fromMarkup(part.text);
      const label = fromMarkup(part.attributes.Label ?? "");
      return label !== "" && text !== "" ? `${label}: ${text}` : text;
    })
    .filter((text) => text !== "")
    .join(" ");
}

function nameOf(author: XmlElement): string | null {
  const family = textAt(author, "lastname");
  if (family === null) return textAt(author, "collectivename");
  const given = textAt(author, "forename") ?? textAt(author, "initials");
  return [given, family, textAt(author, "suffix")].filter(Boolean).join(" ");
}

function dateOf(article: XmlElement, record: XmlElement): string | null {
  const dates = [
    ...at(article, "journal", "journalissue", "pubdate"),
    ...at(article, "articledate"),
    ...at(article, "book", "pubdate"),
    ...at(record, "pubmeddata", "history", "pubmedpubdate"),
  ];
  let best: string | null = null;
  for (const date of dates) {
    const [year, month, day] = ["year", "month", "day"].map((name) => textAt(date, name) ?? "");
    const found = /^\d+$/.test(month ?? "")
      ? knownDate(year, month, day)
      : (dateIn([day, month, year].join(" ")) ?? dateIn(textAt(date, "medlinedate") ?? ""));
    if (found !== null && (best === null || (found.startsWith(best) && found.length > best.length)))
      best = found;
  }
  return best;
}
