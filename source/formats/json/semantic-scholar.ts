import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import type { JsonListing } from "./entries.js";
import {
  addressAt,
  countAt,
  dayAt,
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
import { headOf, jsonFormat, startsJson } from "./json.js";

const listing: JsonListing = {
  lists: ["data", "recommendedPapers", "papers"],
  inside: "papers",
  isEntry: (entry) => text(paperOf(entry).paperId) !== null && text(paperOf(entry).title) !== null,
  toPaper,
};

/**
 * Responses of the Semantic Scholar Academic Graph API: a search (`/paper/search`, also `/bulk`), a batch,
 * one paper, a paper's citations and references, recommendations. Every field but `paperId` is present only
 * if the request asked for it. https://api.semanticscholar.org/api-docs/graph
 */
export const semanticScholar: Format = jsonFormat({
  name: "Semantic Scholar API response (JSON)",
  from: "https://api.semanticscholar.org/graph/v1",
  knownBy: "`paperId`",
  title: "Semantic Scholar",
  detect,
  listing,
});

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/"paperId"\s*:\s*(?:"|null)/.test(head)) return 0.95;
  return /^[\ufeff\s]*\{[^{[]*"data"\s*:\s*\[\s*\]/.test(head) && /"(?:total|offset)"\s*:/.test(head)
    ? 0.6
    : 0;
}

/** Unwraps citations and references, which hold the paper under its role. */
function paperOf(entry: Fields): Fields {
  for (const inner of [entry.citingPaper, entry.citedPaper]) if (isFields(inner)) return inner;
  return entry;
}

function toPaper(entry: Fields): Paper | string {
  const paper = paperOf(entry);
  const names = objectAt(paper.externalIds);
  const number = text(paper.paperId);
  const tldr = objectAt(paper.tldr);
  const summary = markup(tldr.text);
  const openPdf = addressAt(objectAt(paper.openAccessPdf).url);
  const arxiv = text(names.ArXiv) ?? arxivId(openPdf ?? "");
  return foundPaper({
    title: titleAt(paper.title),
    abstract: markup(paper.abstract) ?? "",
    authors: listOf(paper.authors, (author) => nameAt(objectAt(author).name)),
    published: dayAt(paper.publicationDate) ?? knownDate(paper.year),
    categories: texts(paper.fieldsOfStudy),
    arxiv,
    doi: doiOf(text(names.DOI) ?? ""),
    url: addressAt(paper.url) ?? (arxiv === null ? pageOf(paper.paperId) : null),
    pdf: openPdf,
    summary,
    summaryBy: summary === null ? null : `Semantic Scholar (${text(tldr.model) ?? "AI"})`,
    citations: countAt(paper.citationCount),
    influential: countAt(paper.influentialCitationCount),
    journal:
      markup(objectAt(paper.journal).name) ??
      markup(paper.venue) ??
      markup(objectAt(paper.publicationVenue).name),
    name: number === null ? null : `Semantic Scholar ${number}`,
  });
}

function pageOf(paperId: unknown): string | null {
  return typeof paperId === "string" && /^[0-9a-f]{40}$/i.test(paperId)
    ? `https://www.semanticscholar.org/paper/${paperId}`
    : null;
}
