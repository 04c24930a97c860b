import { arxivId, doiOf } from "../papers/identity.js";

export { knownPapers } from "../app/texts/known-papers.js";

/**
 * The identity of the paper that a text names: an arXiv identifier or address, a DOI, or what
 * `list --json` gives as `id`. `null` where it is none of these.
 */
export function paperId(text: string): string | null {
  const trimmed = text.trim();
  if (/^(?:\S+#)?title:\S/.test(trimmed)) return trimmed;
  const arxiv = arxivId(trimmed);
  if (arxiv !== null) return arxiv;
  const doi = doiOf(trimmed);
  return doi === null ? null : `doi:${doi}`;
}
