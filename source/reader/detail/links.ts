import { arxivAddresses, arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";

/** The address of a paper's page: from the listing, or made from its identity. */
export function linkOf(paper: Paper): string | null {
  if (paper.url !== null) return paper.url;
  const arxiv = arxivId(paper.id);
  if (arxiv !== null) return arxivAddresses(arxiv).url;
  const doi = paper.doi ?? doiOf(paper.id);
  return doi === null ? null : `https://doi.org/${encodeURI(doi)}`;
}

/** The address of a paper's PDF: from the listing, or at arXiv. */
export function pdfOf(paper: Paper): string | null {
  const arxiv = arxivId(paper.id);
  return paper.pdf ?? (arxiv === null ? null : arxivAddresses(arxiv).pdf);
}
