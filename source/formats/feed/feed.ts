import { arxivAddresses, arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents } from "../../text/names.js";
import { counted } from "../../text/numbers.js";
import { dayOf } from "../fields/dates.js";
import { absolute, readXml, type XmlElement } from "../xml/xml.js";

/** A paper, and what was wrong with it or why the entry is not a paper. */
export interface EntryRead {
  readonly paper: Paper | null;
  readonly problem?: string | undefined;
  /** Whether the entry was a paper that had to be skipped. */
  readonly isSkipped?: true;
}

/** Elements that hold one paper each: `entry` in Atom, `item` in every version of RSS. */
const entryNames: ReadonlySet<string> = new Set(["entry", "item"]);
const problemLimit = 50;
/** A longer field means a broken file; the rest of it is not read. In characters. */
export const fieldLimit = 100_000;
const authorsLimit = 2_000_000;

/**
 * The papers of an XML feed; `read` converts each entry. `dayFrom` names the elements of the feed's head
 * that hold the listing's day, best first. Never throws.
 */
export function readFeed(
  text: string,
  dayFrom: readonly string[],
  read: (entry: XmlElement) => EntryRead,
): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let unsaid = 0;
  let unsaidSkips = 0;
  const {
    head,
    problems: ofXml,
    isTruncated,
  } = readXml(text, entryNames, (entry) => {
    const { paper, problem, isSkipped } = read(entry);
    if (paper) papers.push(paper);
    if (problem === undefined) return;
    const skips = isSkipped ? { skips: 1 } : {};
    if (problems.length < problemLimit) problems.push({ line: entry.line, message: problem, ...skips });
    else {
      unsaid += 1;
      unsaidSkips += isSkipped ? 1 : 0;
    }
  });
  if (unsaid > 0) {
    const skips = unsaidSkips > 0 ? { skips: unsaidSkips } : {};
    problems.push({
      line: null,
      message: counted(unsaid, "more problem like this", "more problems like these"),
      ...skips,
    });
  }
  const day = dayFrom.map((name) => dayOf(head.get(name) ?? "")).find((found) => found !== null) ?? null;
  const whole: ParsedListing = { papers, day, problems: [...problems, ...ofXml], ...totalOf(head) };
  return isTruncated ? { ...whole, isTruncated } : whole;
}

/**
 * OpenSearch's count of all results; a response holds one page of them.
 * https://github.com/dewitt/opensearch
 */
function totalOf(head: ReadonlyMap<string, string>): { total?: number } {
  for (const [name, text] of head) {
    if (/(?:^|:)totalresults$/i.test(name) && /^\s*\d{1,9}\s*$/.test(text)) return { total: Number(text) };
  }
  return {};
}

/** An entry without a title cannot be shown. */
export const untitled: EntryRead = {
  paper: null,
  problem: "a paper without a title was skipped",
  isSkipped: true,
};

/** The entry's first child element of that name. */
export function first(entry: XmlElement, name: string): XmlElement | undefined {
  return entry.children.find((child) => child.name === name);
}

/** The entry's child elements of that name. */
export function all(entry: XmlElement, name: string): readonly XmlElement[] {
  return entry.children.filter((child) => child.name === name);
}

/** The first non-empty text of these elements, without markup; `""` if there is none. */
export function field(entry: XmlElement, ...names: readonly string[]): string {
  for (const name of names) {
    for (const child of entry.children) {
      if (child.name !== name) continue;
      const text = fromMarkup(child.text.slice(0, fieldLimit));
      if (text !== "") return text;
    }
  }
  return "";
}

/** A field whose accents may be written in TeX: a title, a journal. */
export function texField(entry: XmlElement, ...names: readonly string[]): string {
  return fromTexAccents(field(entry, ...names));
}

/** The texts of all elements of that name, without markup. */
export function texts(entry: XmlElement, name: string): string[] {
  return all(entry, name).map(({ text }) => fromMarkup(text.slice(0, fieldLimit)));
}

/** The names in all elements of that name, as written. */
export function nameLines(entry: XmlElement, name: string): string[] {
  return all(entry, name)
    .map((element) => fromMarkup(element.text.slice(0, authorsLimit)))
    .filter((text) => text !== "");
}

/** An address that is safe to open in a browser; `null` for any other. */
export function webAddress(text: string): string | null {
  const address = fromMarkup(text.slice(0, 4_000));
  return /^https?:\/\/[^\s"<>]+$/i.test(address) ? address : null;
}

/**
 * Where to read a paper. arXiv's addresses are replaced by those without a version, so that they are the
 * same in every listing; other addresses are kept.
 */
export function addresses(
  arxiv: string | null,
  { url, pdf }: { readonly url: string | null; readonly pdf: string | null },
): { readonly url: string | null; readonly pdf: string | null } {
  if (arxiv === null) return { url, pdf };
  const own = arxivAddresses(arxiv);
  const better = (given: string | null, fallback: string) =>
    given !== null && arxivId(given) === null && !/^https?:\/\/(?:[\w-]+\.)?arxiv\.org\//i.test(given)
      ? given
      : fallback;
  return { url: better(url, own.url), pdf: better(pdf, own.pdf) };
}

/**
 * The first DOI in these texts, in lower case. A field may contain several, "10.1/a 10.1/b", or use the
 * scheme "info:doi/10.1/a" (https://www.rfc-editor.org/rfc/rfc4452).
 */
export function firstDoi(...texts: readonly string[]): string | null {
  for (const given of texts) {
    const text = given.replace(/^info:doi\//i, "");
    const doi = doiOf(text) ?? doiOf(text.split(/[\s,;]+/).find((word) => word !== "doi:") ?? "");
    if (doi !== null) return doi;
  }
  return null;
}

/** The DOI in the address of a publisher's page: `https://dl.acm.org/doi/abs/10.1145/1?af=R`. */
export function doiInAddress(address: string): string | null {
  const found = /^https?:\/\/[^/?#]{1,200}\/doi\/(?:(?:abs|full|pdf|epdf)\/)?(10\.[^?#]{1,300})/i.exec(
    address,
  );
  return found ? doiOf(found[1] as string) : null;
}

/** The `term` attributes or texts of these elements, without duplicates, in order. */
export function terms(entry: XmlElement, ...names: readonly string[]): string[] {
  const found = names.flatMap((name) =>
    all(entry, name).map(({ attributes, text }) => fromMarkup((attributes.term ?? text).slice(0, 1_000))),
  );
  return [...new Set(found.filter((term) => term !== ""))];
}

/** The address of the first Atom link whose attributes `meant` accepts. */
export function linkOf(
  entry: XmlElement,
  meant: (attributes: Readonly<Record<string, string>>) => boolean,
): string | null {
  const link = all(entry, "link").find(
    ({ attributes }) => attributes.href !== undefined && meant(attributes),
  );
  if (link === undefined) return null;
  const href = (link.attributes.href ?? "").trim();
  return webAddress(href) ?? webAddress(absolute(href, link.base) ?? "");
}
