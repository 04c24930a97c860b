import { arxivAddresses, arxivId, doiOf, identityOf } from "../papers/identity.js";
import type { ParsedListing } from "../papers/listing.js";
import { makePaper, type Paper } from "../papers/paper.js";
import { knownDate } from "./dates.js";
import type { Format } from "./format.js";
import {
  addressAt,
  dayAt,
  type Fields,
  headOf,
  isFields,
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
 * What the Semantic Scholar Academic Graph API answers: a search (`/paper/search`, also `/bulk`), a
 * batch, one paper, a paper's citations and references, recommendations. Every field but `paperId`
 * comes only where it was asked for. https://api.semanticscholar.org/api-docs/graph
 */
export const semanticScholar: Format = {
  name: "Semantic Scholar API response (JSON)",
  title: "Semantic Scholar",
  recognise,
  parse,
};

function recognise(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/"paperId"\s*:\s*(?:"|null)/.test(head)) return 0.95;
  return /^[\ufeff\s]*\{[^{[]*"data"\s*:\s*\[\s*\]/.test(head) && /"(?:total|offset)"\s*:/.test(head)
    ? 0.6
    : 0;
}

function parse(whole: string): ParsedListing {
  return readJsonListing(whole, {
    lists: ["data", "recommendedPapers", "papers"],
    inside: "papers",
    isEntry: (entry) => text(paperOf(entry).paperId) !== null && text(paperOf(entry).title) !== null,
    toPaper,
  });
}

/** Citations and references hold the paper under the part it plays. */
function paperOf(entry: Fields): Fields {
  for (const inner of [entry.citingPaper, entry.citedPaper]) if (isFields(inner)) return inner;
  return entry;
}

function toPaper(entry: Fields): Paper | string {
  const paper = paperOf(entry);
  const title = titleAt(paper.title);
  if (title === null) return noTitle;
  const names = objectAt(paper.externalIds);
  const arxiv = text(names.ArXiv) ?? "";
  const doi = doiOf(text(names.DOI) ?? "");
  const openPdf = addressAt(objectAt(paper.openAccessPdf).url);
  const id = identityOf({ arxiv, doi, url: openPdf });
  const known = arxivId(id);
  const addresses = known === null ? null : arxivAddresses(known);
  return makePaper({
    id,
    title,
    abstract: markup(paper.abstract) ?? "",
    authors: listOf(paper.authors, (author) => nameAt(objectAt(author).name)),
    published: dayAt(paper.publicationDate) ?? knownDate(paper.year),
    categories: texts(paper.fieldsOfStudy),
    url: addressAt(paper.url) ?? addresses?.url ?? pageOf(paper.paperId),
    pdf: openPdf ?? addresses?.pdf ?? null,
    doi,
    journal:
      markup(objectAt(paper.journal).name) ??
      markup(paper.venue) ??
      markup(objectAt(paper.publicationVenue).name),
  });
}

function pageOf(paperId: unknown): string | null {
  return typeof paperId === "string" && /^[0-9a-f]{40}$/i.test(paperId)
    ? `https://www.semanticscholar.org/paper/${paperId}`
    : null;
}
