import { arxivId, doiOf } from "../../../papers/identity.js";
import type { ParsedListing } from "../../../papers/listing.js";
import { fromMarkup } from "../../../text/markup.js";
import { fromTexAccents, personName } from "../../../text/names.js";
import { isName } from "../../fields/author-line.js";
import { dateIn } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import { foundPaper } from "../../json/found-paper.js";
import { paperAt } from "../paper-addresses.js";

/**
 * The page of one paper, saved from a browser. arXiv, OpenReview, PubMed, publishers and repositories
 * describe the paper in `meta` elements for Google Scholar (`citation_title`, …).
 * https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
 */
export const citationPage: Format = {
  name: "page of a paper (HTML)",
  title: null,
  knownBy: "HTML with `citation_title`",
  from: "arXiv’s abstract pages, publishers, repositories: what their pages say in `citation_…` for Google Scholar",
  detect: (text) =>
    /^[\ufeff\s]*</.test(text) && /<meta\s[^<>]{0,200}citation_title/i.test(text.slice(0, 500_000)) ? 0.9 : 0,
  parse,
};

const meta = /<meta\s([^<>]{1,20000})>/gi;
const attribute = /([a-z:-]{1,20})\s{0,9}=\s{0,9}(?:"([^"]{0,20000})"|'([^']{0,20000})')/gi;

function parse(text: string): ParsedListing {
  const values = new Map<string, string[]>();
  for (const [, inner = ""] of text.slice(0, 2_000_000).matchAll(meta)) {
    if (!/citation_|dc\.|description/i.test(inner)) continue;
    const found = new Map<string, string>();
    for (const [, key = "", double, single] of inner.matchAll(attribute))
      found.set(key.toLowerCase(), double ?? single ?? "");
    const name = (found.get("name") ?? found.get("property") ?? "").toLowerCase();
    const content = fromMarkup(found.get("content") ?? "");
    if (name !== "" && content !== "") values.set(name, [...(values.get(name) ?? []), content]);
  }
  const first = (...names: readonly string[]) =>
    names.map((name) => values.get(name)?.[0]).find((one) => one !== undefined) ?? null;
  const authors = values.get("citation_author") ?? (first("citation_authors") ?? "").split(";");
  const url = first("citation_abstract_html_url", "citation_public_url");
  const title = first("citation_title");
  const found = foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract: first("citation_abstract", "dc.description") ?? "",
    authors: authors.map(personName).filter(isName),
    published: dateIn(
      (
        first("citation_publication_date", "citation_date", "citation_online_date", "citation_year") ?? ""
      ).replaceAll("/", "-"),
    ),
    updated: dateIn((first("citation_online_date") ?? "").replaceAll("/", "-")),
    keywords: (values.get("citation_keywords") ?? [])
      .flatMap((words) => words.split(/[;,]/))
      .map((word) => word.trim())
      .filter((word) => word !== ""),
    journal: first("citation_journal_title", "citation_conference_title", "citation_inbook_title"),
    arxiv: arxivId(first("citation_arxiv_id") ?? "") ?? paperAt(url ?? "")?.arxiv ?? null,
    doi: doiOf(first("citation_doi", "dc.identifier") ?? ""),
    url: url !== null && /^https?:\/\/[^\s/]\S*$/i.test(url) && paperAt(url)?.arxiv == null ? url : null,
    pdf: /^https?:\/\/[^\s/]\S*$/i.exec(first("citation_pdf_url") ?? "")?.[0] ?? null,
    volume: first("citation_volume"),
    pages: first("citation_firstpage"),
  });
  if (typeof found !== "string") return { papers: [found], day: null, problems: [] };
  return { papers: [], day: null, problems: [{ line: null, message: `the page ${found}`, skips: 1 }] };
}
