import { arxivId, doiOf } from "../../papers/identity.js";

/** The paper that an address leads to. */
export interface AddressedPaper {
  readonly arxiv: string | null;
  /** In lower case. */
  readonly doi: string | null;
  /** The DOI with the case as written. Case is not significant in a DOI, but people recognize it that way. */
  readonly writtenDoi: string | null;
  /** A short name for a paper that has neither, as "OpenReview rJl-b3RcF7"; `null` for others. */
  readonly name: string | null;
}

/** Sites whose page addresses contain an arXiv identifier. */
const arxivSites =
  /(?:^|\.)(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|huggingface\.co|hf\.co|hf-mirror\.com|semanticscholar\.org|arxiv-vanity\.com|scirate\.com|emergentmind\.com|paperswithcode\.com|catalyzex\.com|papers\.cool|xxx\.lanl\.gov|takara\.ai|inspirehep\.net|adsabs\.harvard\.edu|connectedpapers\.com|arxivsanity\.com)$/i;
const idInPath =
  /[/:=](?:arxiv[.:])?(\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?\/\d{7})(?:v\d{1,3})?(?:\.pdf)?(?=[/?#&]|$)/i;
const doiInPath = /[/=:](10\.\d{4,9}\/[^?#&\s]+)/;
/** What sites append to the DOI in an address. */
const afterDoi =
  /(?:\/(?:full|pdf|epdf|abstract|abs|html|meta|epub|fulltext|summary|references)|\.(?:full(?:-text)?|pdf|html?|abstract|xml)){1,4}$/i;
const preprintVersion = /v\d{1,2}$/i;

/**
 * Sites whose papers have neither an arXiv identifier nor a DOI: the site, and where its own identifier is.
 */
const pages: readonly (readonly [site: string, address: RegExp])[] = [
  [
    "OpenReview",
    /^openreview\.net\/(?:forum|pdf|attachment|revisions)\/?\?(?:[^#]{0,200}&)?id=([\w-]{5,40})/i,
  ],
  [
    "ACL Anthology",
    /^(?:aclanthology\.org|aclweb\.org\/anthology|aclanthology\.info\/papers)\/([\w.-]{5,60}?)(?:\.pdf|\.bib)?\/?(?:[?#]|$)/i,
  ],
  [
    "Semantic Scholar",
    /^(?:api\.)?semanticscholar\.org\/(?:paper\/(?:[^/?#]{1,300}\/)?|CorpusID:)([0-9a-f]{40}|\d{5,12})/i,
  ],
  ["PubMed", /^(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\/(\d{5,9})/i],
  ["PMC", /^(?:ncbi\.nlm\.nih\.gov\/pmc\/articles|pmc\.ncbi\.nlm\.nih\.gov\/articles)\/(PMC\d{4,9})/i],
  ["PMLR", /^proceedings\.mlr\.press\/(v\d{1,4}\/[\w-]{2,60}?)(?:\/|\.html|\.pdf)/i],
  [
    "NeurIPS",
    /^(?:papers\.nips\.cc|papers\.neurips\.cc|proceedings\.neurips\.cc)\/(?:paper|paper_files)\/((?:paper\/)?[^?#]{4,120}?)(?:\.pdf|\.html)?(?:[?#]|$)/i,
  ],
  [
    "CVF",
    /^openaccess\.thecvf\.com\/content[^/]{0,40}\/(?:[^/?#]{1,40}\/)?(?:html|papers|w\d{1,3}\/html)?\/?([\w-]{10,160})\.(?:html|pdf)/i,
  ],
  [
    "JMLR",
    /^jmlr\.(?:org|csail\.mit\.edu)\/(?:papers|beta\/papers)\/(v\w{1,6}\/[\w-]{2,40}|volume\w{1,6}\/[\w-]{2,40})/i,
  ],
  ["IEEE", /^ieeexplore\.ieee\.org\/(?:abstract\/)?document\/(\d{4,9})/i],
  ["ScienceDirect", /^sciencedirect\.com\/science\/article\/(?:abs\/)?pii\/([SB][\dX]{14,18})/i],
  [
    "DBLP",
    /^dblp\.(?:org|uni-trier\.de)\/rec\/(?:html\/|bibtex\/)?((?:conf|journals|books|phd|series)\/[\w/-]{3,80})/i,
  ],
  ["ISCA", /^isca-(?:speech|archive)\.org\/(?:archive\/)?([\w/.-]{6,80}?)(?:\.html|\.pdf)$/i],
  ["RePEc", /^ideas\.repec\.org\/p\/([\w/.-]{5,80})\.html/i],
  ["HAL", /^(?:[a-z-]{1,20}\.)?hal\.science\/((?:hal|tel|inria|cel)-\d{5,10})/i],
  ["ePrint", /^eprint\.iacr\.org\/(\d{4}\/\d{2,5})/i],
];

/**
 * The paper that a web address leads to, with or without its scheme and `www.`; `null` for the address of
 * anything else. Query, fragment, escapes (`%2F`), versions and file endings are ignored.
 */
export function paperAt(address: string): AddressedPaper | null {
  if (address.length > 2_000) return null;
  const whole = unescaped(address.replace(/^(?:https?:)?\/\//i, "").replace(/^www\./i, ""));
  const host = /^[^/?#:]+/.exec(whole)?.[0] ?? "";
  const path = whole.slice(host.length);
  const isResolver = /(?:^|\.)doi\.(?:org|acm\.org)$/i.test(host);
  if (arxivSites.test(host) || (isResolver && /arxiv/i.test(path)) || /(?:^|[/.:])arxiv[/:.]/i.test(path)) {
    const found = idInPath.exec(path)?.[1] ?? arxivInDoi.exec(path)?.[1];
    const arxiv = found === undefined ? null : arxivId(found);
    const doi = isResolver ? doiAt(host, path) : null;
    if (arxiv !== null) return { arxiv, doi: doi === null ? null : doiOf(doi), writtenDoi: doi, name: null };
  }
  const writtenDoi = doiAt(host, path);
  const doi = writtenDoi === null ? null : doiOf(writtenDoi);
  if (doi !== null) return { arxiv: arxivId(doi), doi, writtenDoi, name: null };
  for (const [site, pattern] of pages) {
    const found = pattern.exec(whole)?.[1];
    if (found !== undefined) return { arxiv: null, doi: null, writtenDoi: null, name: `${site} ${found}` };
  }
  return null;
}

const arxivInDoi = /10\.48550\/arxiv\.(\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?\/\d{7})/i;

/** The DOI in an address of a resolver, or of a publisher that has it in the path or query. */
function doiAt(host: string, path: string): string | null {
  const nature = /(?:^|\.)nature\.com$/i.test(host)
    ? /^\/articles\/([a-z][\w.-]{4,60}?)(?:\.pdf)?(?:[/?#]|$)/i.exec(path)
    : null;
  if (nature) return `10.1038/${nature[1]}`;
  const found = doiInPath.exec(path)?.[1];
  if (found === undefined) return null;
  const isResolver = /(?:^|\.)doi\.(?:org|acm\.org)$/i.test(host);
  let doi = isResolver ? found : found.replace(afterDoi, "");
  if (/(?:^|\.)(?:biorxiv|medrxiv)\.org$/i.test(host))
    doi = doi.replace(afterDoi, "").replace(preprintVersion, "");
  return doi.replace(/(?<![/.,;:])[/.,;:]+$/, "");
}

/** Decodes percent escapes; an address with a broken one is returned unchanged. */
function unescaped(address: string): string {
  if (!address.includes("%")) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
