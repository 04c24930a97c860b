import { arxivId, doiOf } from "../../papers/identity.js";
import { paperAt } from "./paper-addresses.js";

/** A paper mentioned in a text by an identifier or address, and where. Offsets are UTF-16 offsets. */
export interface FoundName {
  readonly from: number;
  readonly to: number;
  readonly arxiv: string | null;
  readonly doi: string | null;
  readonly writtenDoi: string | null;
  /** The address with its scheme, if the paper was mentioned by address. */
  readonly url: string | null;
  /** A short name for a paper without an identifier (see `paperAt`). */
  readonly name: string | null;
  /** Whether it is only digits, which may be any number. */
  readonly isBare: boolean;
}

const archives =
  "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con";
const modernId = String.raw`\d{4}\.\d{4,5}`;
const oldId = String.raw`(?:${archives})(?:\.[A-Z]{2})?/\d{7}`;
/** DOIs from the 1990s contain this: `10.1002/(SICI)1097-0258(1998)17:15<1661::AID-SIM968>3.0.CO;2-2`. */
const pages = String.raw`<\d{1,6}::[\w-]{1,30}>`;
/** Chinese and Japanese text has no space after an identifier, so its letters and punctuation end one. */
const cjk = String.raw`\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e`;
/** Finds possible names. Each alternative begins with different characters, so that the search is linear. */
const candidate = new RegExp(
  [
    // An address; the scheme is optional for known sites.
    String.raw`https?://(?:[^\s<>"|\\^{}${"`"}${cjk}]|${pages}){1,1990}`,
    String.raw`(?<![\w@./-])(?:www\.|[a-z0-9-]{1,30}\.)?(?:arxiv|ar5iv|alphaxiv|doi|openreview|huggingface|hf|semanticscholar|biorxiv|medrxiv|aclanthology|nature)\.(?:org|co|net|com)/[^\s<>"|\\^{}${"`"}]{1,1990}`,
    // An identifier with a prefix.
    String.raw`(?<![\w./])arxiv(?:\.org)?(?::\s{0,3}|\s{1,2})(?:${modernId}|${oldId})(?:v\d{1,3})?(?![\w/])`,
    String.raw`(?<![\w./])(?:doi\s{0,2}[:=]?\s{0,3})?10\.\d{4,9}(?:/|%2F)(?:[^\s<>"|${cjk}]|${pages}){1,500}`,
    String.raw`(?<![\w./:-])(?:${oldId})(?:v\d{1,3})?(?![\w/])`,
    String.raw`(?<![\w.,/$€£+-])${modernId}(?:v\d{1,3})?(?![\w/%]|[.,]\d)`,
  ].join("|"),
  "gi",
);

/**
 * The papers mentioned in a text, in order: addresses of their pages, DOIs, old and new arXiv identifiers.
 * Surrounding brackets and punctuation are removed. A paper mentioned twice is returned twice. Linear in
 * the length of the text.
 */
export function findPaperNames(text: string): FoundName[] {
  const found: FoundName[] = [];
  for (const match of text.matchAll(candidate)) {
    // The label of a link of Org mode follows: "[[https://arxiv.org/abs/2101.00001][a paper]]".
    const [written = ""] = match[0].split("][", 1);
    const name = readName(written, match.index);
    if (name !== null) found.push(name);
  }
  return found;
}

const pubMed =
  /(?<![\w./-])(?:pmid(?::\s{0,3}|\s{1,2})(\d{5,8})(?!\d)|(?:pmcid:\s{0,3})?(PMC\d{5,9})(?!\w))/gi;

/** The papers that a text mentions by a number of PubMed or PubMed Central: "PMID: 30000001", "PMC7029759". */
export function findPubMedNames(text: string): FoundName[] {
  const found = Array.from(text.matchAll(pubMed), ({ 0: written, 1: pmid, 2: pmc = "", index }) =>
    pubMedName(pmid ?? pmc.toUpperCase(), index, index + written.length),
  );
  // "PMID: 30000001; PMCID: PMC7029759" is one paper.
  return found.filter(({ from, name }, at) => {
    const before = found[at - 1];
    if (!before?.name?.startsWith("PubMed ") || !name?.startsWith("PMC ")) return true;
    return !/^[\s;,.|()[\]]*$/.test(text.slice(before.to, from));
  });
}

/** A paper by its number in PubMed, or in PubMed Central if it begins with "PMC". */
export function pubMedName(number: string, from: number, to: number): FoundName {
  const isPmc = number.startsWith("PMC");
  const url = isPmc
    ? `https://pmc.ncbi.nlm.nih.gov/articles/${number}/`
    : `https://pubmed.ncbi.nlm.nih.gov/${number}/`;
  const name = isPmc ? `PMC ${number}` : `PubMed ${number}`;
  return { from, to, arxiv: null, doi: null, writtenDoi: null, url, name, isBare: false };
}

function readName(written: string, from: number): FoundName | null {
  const text = trimmed(written);
  const to = from + text.length;
  const isAddress = /^https?:\/\//i.test(text);
  if (isAddress || /^[a-z0-9.-]+\.(?:org|co|net|com)\//i.test(text)) {
    const paper = paperAt(text);
    const url = isAddress ? text : `https://${text}`;
    return paper === null ? null : { from, to, ...paper, url, isBare: false };
  }
  const doi = /^(?:doi\s*(?:[:=]\s*)?)?(10\..+)$/i.exec(text)?.[1];
  if (doi !== undefined) {
    const read = doiOf(doi.replace(/^(10\.\d{4,9})%2F/i, "$1/"));
    return read === null
      ? null
      : { from, to, arxiv: arxivId(read), doi: read, writtenDoi: doi, url: null, name: null, isBare: false };
  }
  const arxiv = arxivId(text.replace(/^arxiv(?:\.org)?[:\s]\s*/i, ""));
  return arxiv === null
    ? null
    : { from, to, arxiv, doi: null, writtenDoi: null, url: null, name: null, isBare: /^\d/.test(text) };
}

const partner: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Removes trailing punctuation, and a closing bracket that was opened before the name. */
function trimmed(text: string): string {
  let end = text.length;
  let opened: Record<string, number> | null = null;
  for (; end > 0; end -= 1) {
    const last = text.charAt(end - 1);
    if (/[.,;:!?'’”»*_~]/.test(last)) continue;
    const open = partner[last];
    if (open === undefined) break;
    opened ??= bracketsIn(text);
    if ((opened[open] ?? 0) >= (opened[last] ?? 0)) break;
    opened[last] = (opened[last] ?? 0) - 1;
  }
  return text.slice(0, end);
}

function bracketsIn(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const sign of text) if (/[()[\]{}]/.test(sign)) counts[sign] = (counts[sign] ?? 0) + 1;
  return counts;
}
