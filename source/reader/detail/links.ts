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

/** What `o` opens: a paper's page, or a search for its title if the address is unknown; and what that is, in words. */
export function pageToOpen(paper: Paper): { readonly url: string; readonly what: string } {
  const url = linkOf(paper);
  if (url !== null) return { url, what: "its page" };
  const search = `https://huggingface.co/papers?q=${encodeURIComponent(paper.title)}`;
  return { url: search, what: "a search for its title" };
}

/** What `o` does with a paper, in words: without a known address it searches. */
export function pageHint(paper: Paper): string {
  return linkOf(paper) === null ? "o searches for its title" : "o opens its page";
}

/** The message for a paper whose text no server has: it has no identifier to ask by. */
export function noText(paper: Paper): string {
  return `no text to read: this paper has no arXiv id, DOI or PMC number · ${pageHint(paper)}`;
}

/** The address of a paper's PDF: from the listing, or at arXiv. */
export function pdfOf(paper: Paper): string | null {
  const arxiv = arxivId(paper.id);
  return paper.pdf ?? (arxiv === null ? null : arxivAddresses(arxiv).pdf);
}
