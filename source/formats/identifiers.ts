import { arxivAddresses, arxivId, doiOf, identityOf } from "../papers/identity.js";
import type { ParsedListing, Problem } from "../papers/listing.js";
import { makePaper, type Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import type { Format } from "./format.js";
import { eachLine, headOf } from "./lines.js";

/**
 * A list of papers as people keep one: an identifier or address a line, what stands behind it is the
 * title. Blank lines and lines that begin with `#` are the reader's own.
 *
 *     # to read
 *     2510.22543v2
 *     arXiv:hep-th/9901001  A title
 *     https://huggingface.co/papers/2510.22543
 *     10.1103/PhysRevD.76.013009
 *
 * Identifiers: https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/
 */
export const identifiers: Format = { name: "list of identifiers", title: null, recognise, parse };

/** Below this share of lines, identifiers stand in a text and are not what it lists. */
const nearlyAll = 0.8;
/** The longest identifier that is looked at; addresses with longer queries are nobody's paper. */
const longest = 500;

interface Entry {
  readonly arxiv: string | null;
  readonly doi: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly categories: readonly string[];
}

function recognise(text: string): number {
  let lines = 0;
  let found = 0;
  eachLine(headOf(text), (line) => {
    if (isRemark(line)) return;
    lines += 1;
    if (readEntry(line)) found += 1;
  });
  if (found === 0 || found / lines < nearlyAll) return 0;
  return found === lines ? 0.9 : 0.7;
}

function parse(text: string): ParsedListing {
  const problems: Problem[] = [];
  const papers: Paper[] = [];
  eachLine(text, (line, number) => {
    if (isRemark(line)) return;
    const entry = readEntry(line);
    if (entry) papers.push(toPaper(entry));
    else problems.push({ line: number, message: `no identifier of a paper: “${short(line)}”`, skips: 1 });
  });
  return { papers, day: null, problems };
}

function isRemark(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

function readEntry(line: string): Entry | null {
  // "arXiv: 2510.22543" and "doi: 10.1000/1": a space behind the prefix is no end of the identifier.
  const found = /^((?:(?:arxiv|doi):\s{0,9})?\S+)(.*)$/i.exec(clean(line).replace(/^[-*•] /, ""));
  if (!found || (found[1] as string).length > longest) return null;
  const name = (found[1] as string).replace(/^<|[>,;:]+$/g, "");
  const arxiv = arxivId(name);
  const doi = doiOf(name);
  if (arxiv === null && doi === null) return null;
  // arXiv's own way to cite: "arXiv:2510.22543 [cs.LG]".
  const behind = /^ ?(?:\[([a-z-]+(?:\.[A-Za-z-]+)?)\])?(?: ?[-–—:|] )?(.*)$/.exec(found[2] as string);
  const [, category, rest = ""] = behind ?? [];
  return {
    arxiv,
    doi,
    url: /^https?:\/\//i.test(name) ? name : null,
    // What begins with "#" is a remark here too.
    title: /^\s*#/.test(rest) ? "" : rest.trim(),
    categories: category ? [category] : [],
  };
}

function toPaper({ arxiv, doi, url, title, categories }: Entry): Paper {
  const id = identityOf({ arxiv, doi });
  if (arxiv === null) {
    return makePaper({ id, title: title || id, doi, url: url ?? `https://doi.org/${encodeURI(doi ?? "")}` });
  }
  const addresses = arxivAddresses(arxiv);
  // Another site's page of the paper is what the reader chose; arXiv's own addresses come in many forms.
  const other = url !== null && !/^https?:\/\/(?:[a-z-]+\.)?(?:arxiv|doi)\.org\//i.test(url);
  return makePaper({
    id,
    title: title || `arXiv:${arxiv}`,
    doi,
    categories,
    ...addresses,
    url: other ? url : addresses.url,
  });
}

function short(line: string): string {
  const text = clean(line.slice(0, 200));
  return text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text;
}
