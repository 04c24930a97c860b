import { lazily } from "./lazily.js";

/**
 * An arXiv identifier: since April 2007 `YYMM.NNNNN`, before that `archive/YYMMNNN` with an optional
 * subject class. https://info.arxiv.org/help/arxiv_identifier.html
 */
const modern = /\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}/;
const old = /[a-z][a-z-]+(?:\.[A-Z]{2})?\/\d{2}(?:0[1-9]|1[0-2])\d{3}/;
const wholeId = new RegExp(`^(?:arxiv:\\s*)?(${modern.source}|${old.source})(?:v\\d+)?$`, "i");
const inUrl = new RegExp(
  `(?:arxiv\\.org/(?:abs|pdf|html|format|e-print|src)|huggingface\\.co/papers|alphaxiv\\.org/abs)/(${modern.source}|${old.source})(?:v\\d+)?(?:\\.pdf)?(?:[/?#]|$)`,
  "i",
);
/**
 * A foreign journal or listing may name anything: what an address cannot hold (half a surrogate pair) or a terminal
 * would act on is no DOI, nor is what no server takes for its length.
 */
const wholeDoi = lazily(
  () =>
    /^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/)?(?:doi:\s*)?(10\.\d{4,9}\/[^\s\p{Cc}\p{Cs}\p{Bidi_Control}]{1,1000})$/iu,
);
const inDoi = new RegExp(`^10\\.48550/arxiv\\.(${modern.source}|${old.source})(?:v\\d+)?$`, "i");

/**
 * The arXiv identifier in a text, without version: of `2510.22543v2`, `arXiv:hep-th/9901001`, an arXiv, Hugging
 * Face or alphaXiv address, or arXiv's own DOI. `null` if it is none of these.
 */
export function arxivId(text: string): string | null {
  const trimmed = text.trim();
  const found = wholeId.exec(trimmed) ?? inUrl.exec(trimmed);
  if (found) return normal(found[1] as string);
  // Most DOIs are those of other publishers.
  const doi = trimmed.includes("48550") ? doiOf(trimmed) : null;
  const own = doi === null ? null : inDoi.exec(doi);
  return own ? normal(own[1] as string) : null;
}

/** `math.GT/0309136` is the same paper as `math/0309136`. */
function normal(id: string): string {
  // Current identifiers are digits, with only one spelling.
  return /^\d/.test(id) ? id : id.toLowerCase().replace(/^([a-z-]+)\.[a-z]{2}\//, "$1/");
}

/**
 * The DOI in a text, in lower case (DOIs ignore case): bare, after `doi:` or as an address of the resolver.
 * `null` if it is not a DOI. https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
 */
export function doiOf(text: string): string | null {
  const found = wholeDoi().exec(text.trim());
  return found ? (found[1] as string).toLowerCase() : null;
}

/** Identifying fields of a source, as written there. */
export interface Names {
  readonly arxiv?: string | null | undefined;
  readonly doi?: string | null | undefined;
  readonly url?: string | null | undefined;
}

/**
 * The identity for marks: the arXiv identifier from any of the fields, else `doi:` and the DOI; `""` if there
 * is only a title, from which `makePaper` then makes it.
 */
export function identityOf({ arxiv, doi, url }: Names): string {
  for (const name of [arxiv, doi, url]) {
    const id = name ? arxivId(name) : null;
    if (id !== null) return id;
  }
  const known = (doi ? doiOf(doi) : null) ?? (url ? doiOf(url) : null);
  return known === null ? "" : `doi:${known}`;
}

const inPmc =
  /^(?:pmc:\s*|(?:https?:\/\/)?(?:www\.)?(?:ncbi\.nlm\.nih\.gov\/pmc|pmc\.ncbi\.nlm\.nih\.gov|europepmc\.org)\/articles?\/(?:PMC\/)?)?(PMC\d{4,12})(?:[/?#]|$)/i;

/** The PubMed Central number in a text, "PMC7029759", bare or in an address; `null` if it is neither. */
function pmcOf(text: string): string | null {
  return inPmc.exec(text.trim())?.[1]?.toUpperCase() ?? null;
}

/**
 * The identifier under which the whole text of a paper is fetched: its arXiv identifier, else `doi:` and
 * its DOI, else `pmc:` and its PubMed Central number; `null` if it has none of these.
 */
export function textIdOf({ id, doi, url }: { readonly id: string } & Names): string | null {
  const arxiv = arxivId(id);
  if (arxiv !== null) return arxiv;
  const known = (doi ? doiOf(doi) : null) ?? doiOf(id);
  if (known !== null) return arxivId(known) ?? `doi:${known}`;
  const pmc = pmcOf(id) ?? (url ? pmcOf(url) : null);
  return pmc === null ? null : `pmc:${pmc}`;
}

/** The prefix of the identifier of a text that only a file has: a paper without arXiv number, DOI or PMC number. */
export const keptScheme = "kept:";

/** The identifier under which the text of a paper is saved: that of `textIdOf`, else `kept:` and its identity. */
export function keptTextId(paper: Parameters<typeof textIdOf>[0]): string {
  return textIdOf(paper) ?? `${keptScheme}${paper.id}`;
}

/** The addresses of a paper on arXiv. */
export function arxivAddresses(id: string): { readonly url: string; readonly pdf: string } {
  return { url: `https://arxiv.org/abs/${id}`, pdf: `https://arxiv.org/pdf/${id}` };
}

/** Whether a title is only the paper's identifier, as where a list of identifiers gives no more. */
export function isTitledByIdentifier({
  id,
  title,
}: {
  readonly id: unknown;
  readonly title: unknown;
}): boolean {
  const bare = (text: unknown) =>
    String(text)
      .toLowerCase()
      .replace(/^(?:arxiv|doi):/, "");
  return bare(title) === bare(id);
}

/**
 * Whether a list of identifiers is all that is known of a paper.
 * @param paper its fields, as kept; others may have written them
 */
export function hasOnlyIdentifier({
  id,
  title,
  authors,
  abstract,
}: Readonly<Record<string, unknown>>): boolean {
  const isEmpty = (value: unknown) => ((value ?? "") as { readonly length?: unknown }).length === 0;
  return isEmpty(authors) && isEmpty(abstract) && isTitledByIdentifier({ id, title });
}
