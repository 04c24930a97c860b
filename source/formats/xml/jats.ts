import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { at, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * The front matter of articles in JATS or its predecessor NLM, from PMC and publishers.
 * https://jats.nlm.nih.gov
 */
export const jats: Format = {
  name: "article (JATS XML)",
  title: null,
  knownBy: "the root `article` with `front`",
  from: "PMC (efetch, OAI), bioRxiv, publishers’ full text: the front matter of each article",
  detect: (text) => {
    const root = (rootName(text) ?? "").toLowerCase();
    if (!/^(?:article|pmc-articleset|articles|front)$/.test(root)) return 0;
    return /<(?:article-meta|journal-meta|front)\b/i.test(text.slice(0, 65_536)) ? 0.95 : 0;
  },
  parse: (text) => readRecords(text, ["front"], toPaper),
};

function toPaper(front: XmlElement): Paper | string {
  const [meta = front] = at(front, "article-meta");
  const id = (...kinds: readonly string[]) =>
    at(meta, "article-id")
      .find(({ attributes }) => kinds.includes(attributes["pub-id-type"] ?? ""))
      ?.text.trim() ?? null;
  const doi = doiOf(id("doi") ?? "");
  const pmid = id("pmid");
  const pmc = id("pmc", "pmcid", "pmcaid");
  const abstract =
    at(meta, "abstract").find(({ attributes }) => attributes["abstract-type"] === undefined) ??
    at(meta, "abstract")[0];
  return foundPaper({
    title: textAt(meta, "title-group", "article-title"),
    abstract: abstract === undefined ? "" : fromMarkup(withoutHeading(abstract)),
    authors: at(meta, "contrib-group", "contrib")
      .filter(({ attributes }) => /^author$/i.test(attributes["contrib-type"] ?? "author"))
      .flatMap((person) => nameOf(person) ?? []),
    published: dateOf(meta),
    categories: textsAt(meta, "article-categories", "subj-group", "subject").slice(0, 5),
    keywords: textsAt(meta, "kwd-group", "kwd"),
    journal:
      textAt(front, "journal-meta", "journal-title-group", "journal-title") ??
      textAt(front, "journal-meta", "journal-title"),
    arxiv: arxivId(id("arxiv") ?? ""),
    doi,
    url:
      doi === null && pmc !== null
        ? `https://pmc.ncbi.nlm.nih.gov/articles/PMC${encodeURIComponent(pmc.replace(/^PMC/i, ""))}/`
        : null,
    volume: textAt(meta, "volume"),
    pages: textAt(meta, "fpage") ?? textAt(meta, "elocation-id"),
    name: pmid === null ? null : `PubMed ${pmid}`,
  });
}

function nameOf(person: XmlElement): string | null {
  const name = at(person, "name")[0] ?? at(person, "name-alternatives", "name")[0];
  if (name === undefined) return textAt(person, "collab") ?? textAt(person, "string-name");
  return (
    [textAt(name, "given-names"), textAt(name, "surname"), textAt(name, "suffix")]
      .filter(Boolean)
      .join(" ") || null
  );
}

function dateOf(meta: XmlElement): string | null {
  const dates = at(meta, "pub-date").map((date) =>
    knownDate(textAt(date, "year"), textAt(date, "month"), textAt(date, "day")),
  );
  return dates.reduce<string | null>(
    (best, date) => (date !== null && (best === null || date.length > best.length) ? date : best),
    null,
  );
}

/** The text of an abstract without a heading of its own that says only "Abstract"; those of its sections stay. */
function withoutHeading(abstract: XmlElement): string {
  const heading = at(abstract, "title")[0]?.text.trim() ?? "";
  const text = abstract.text.trimStart();
  return /^(?:abstract|summary)[:.]?$/i.test(heading) && text.startsWith(heading)
    ? text.slice(heading.length)
    : abstract.text;
}
