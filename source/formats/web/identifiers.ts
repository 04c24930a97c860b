import { arxivAddresses, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { withoutNumber } from "../json/found-paper.js";
import { likelyNames } from "./bare-numbers.js";
import { type FoundName, findPaperNames, findPubMedNames, pubMedName } from "./find-names.js";

/**
 * A list of papers that a person keeps: one or more identifiers or addresses per line, with the title
 * before or after. Bullets, numbers, check boxes and quotation marks are ignored, and so are blank lines
 * and lines that begin with `#`.
 *
 *     # to read
 *     2510.22543v2
 *     arXiv:hep-th/9901001  A title
 *     - [ ] https://huggingface.co/papers/2510.22543
 *     A title (10.1103/PhysRevD.76.013009)
 *     2401.00001, 2401.00002
 *
 * Identifiers: https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/
 */
export const identifiers: Format = {
  name: "list of identifiers",
  from: "your own list",
  knownBy: "four of five lines name a paper, with its title or alone",
  title: null,
  detect,
  parse,
};

/** Below this share of lines with a name, the text is less certain to be a list. */
const nearlyAll = 0.8;
/**
 * Up to this share, it is not a list. Between the two, other formats take precedence: it may be a short
 * list with a heading or a stray line.
 */
const mostOfThem = 0.6;
/** A longer line is prose. In characters. */
const longestLine = 4_000;

interface Entry extends FoundName {
  readonly title: string;
  readonly categories: readonly string[];
}

function detect(text: string): number {
  const { lines, found } = linesOfNames(text);
  if (found === 0 || found / lines <= mostOfThem) return 0;
  if (found / lines < nearlyAll) return 0.4;
  return found === lines ? 0.9 : 0.7;
}

/**
 * Whether at least half of the lines name a paper. A page of papers has titles and text between its
 * addresses.
 */
export function isListOfNames(text: string): boolean {
  const { lines, found } = linesOfNames(text);
  return found > 0 && found / lines >= 0.5;
}

function linesOfNames(text: string): { readonly lines: number; readonly found: number } {
  let lines = 0;
  let found = 0;
  const isPubMed = isPubMedList(text);
  eachLine(headOf(text), (line) => {
    if (isRemark(line) || (isPubMed && pubMedHead.test(line))) return;
    lines += 1;
    if (readEntries(line, isPubMed).length > 0) found += 1;
  });
  return { lines, found };
}

function parse(text: string): ParsedListing {
  const problems: Problem[] = [];
  const papers: Paper[] = [];
  const isPubMed = isPubMedList(text);
  eachLine(text, (line, number) => {
    if (isRemark(line) || (isPubMed && pubMedHead.test(line))) return;
    const read = readEntries(line, isPubMed);
    const entries = read.length > 0 ? read : namedIn(line);
    if (entries.length > 0) papers.push(...entries.map(toPaper));
    else problems.push({ line: number, message: `no identifier of a paper: “${short(line)}”`, skips: 1 });
  });
  return { papers, day: null, problems };
}

function isRemark(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

/** What precedes an entry in a list: quote marks, bullets, numbers, check boxes. */
const decoration = /^(?:[>*•‣◦·+–—-]\s+|\(?\d{1,4}[.)]\s+|\[\d{1,4}\]\s+|\[[ xX✓]?\]\s+)+/;
const markdownLink = /^\[([^\]]{1,1000})\]\((\S{1,2000})\)[.,;]?\s*(.*)$/;
/** arXiv's own citation style: "arXiv:2510.22543 [cs.LG]". */
const category = /^\s?\[([a-z-]+(?:\.[A-Za-z-]+)?)\]/;
const separators = /^(?:[\s,;&|/()[\]<>"'`“”.]|and\b|und\b|et\b)*$/i;

/** A list of nothing but numbers of PubMed, one or more a line, as its "PMID" format writes it. */
const pubMedNumbers =
  /^\s*(?:pmids?:?\s{0,9})?\d{5,8}(?:[\s,;|]{1,9}(?:pmid:?\s{0,9})?\d{5,8}){0,2000}[\s,;|]*$/i;
/** The head of a table with one column. */
const pubMedHead = /^["'\s]*pmids?["'\s,;]*$/i;

function isPubMedList(text: string): boolean {
  let isOnly = true;
  let isLong = false;
  let areDays = true;
  eachLine(headOf(text), (line) => {
    if (isRemark(line) || pubMedHead.test(line)) return;
    isOnly &&= pubMedNumbers.test(line);
    for (const number of isOnly ? (line.match(/\d+/g) ?? []) : []) {
      isLong ||= number.length > 6;
      areDays &&= /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(number);
    }
  });
  return isOnly && isLong && !areDays;
}

/**
 * The papers of a line: one, with the text next to its name as title, or several.
 * @param isPubMed whether the list has only numbers of PubMed
 */
function readEntries(line: string, isPubMed: boolean): readonly Entry[] {
  if (line.length > longestLine && !isPubMed) return [];
  const plain = clean(line).replace(decoration, "");
  if (isPubMed) {
    const numbers = line.match(/\d{5,8}/g) ?? [];
    return distinct(numbers.map((number) => pubMedName(number, 0, number.length))).map(untitled);
  }
  const link = markdownLink.exec(plain);
  if (link) return linked(link[1] as string, link[2] as string, link[3] as string);
  const names = namesIn(plain);
  const [first] = names;
  if (first === undefined) return [];
  if (names.length > 1 && separators.test(between(plain, names))) return distinct(names).map(untitled);
  const before = plain.slice(0, first.from);
  // Delimiters around a name, as in "<…>" and "`…`", are not part of a title.
  if (/^[\s<("'`“[]*(?:url:|link:|paper:|(?:arxiv )?preprint)?\s*$/i.test(before))
    return distinct(names).length > 1 ? titledEach(plain, names) : [titled(first, plain.slice(first.to))];
  const last = names.at(-1) as FoundName;
  const after = plain.slice(last.to);
  const isAtEnd = /^[\s>)\]"'`”.,;]*(?:#.*)?$/.test(after);
  const title = before.replace(/[\s(<[:|,–—-]+$/, "").replace(/^["“'`]|["”'`]$/g, "");
  // A single word before the name is a remark ("see", "Vaswani:"), and so is a sentence that introduces it.
  if (
    !isAtEnd ||
    title.split(" ").length < 3 ||
    /[:]\s*$|\b(?:see|at|in|from|here|is|and|also)$/i.test(before.trim())
  )
    return [];
  const one = likelyNames(plain, names).length === names.length ? asOne(plain, names) : null;
  return one === null ? [] : [{ ...one, title, categories: [] }];
}

/** The names of papers in a line; of one that PubMed knows only if it has no other. */
function namesIn(plain: string): readonly FoundName[] {
  const comment = plain.search(/\s#\s/);
  const text = comment < 0 ? plain : plain.slice(0, comment);
  const names = findPaperNames(text);
  return names.length > 0 ? names : findPubMedNames(text);
}

function untitled(name: FoundName): Entry {
  return { ...name, title: "", categories: [] };
}

/** The one paper that all names mean: the same, or an arXiv identifier and a DOI beside each other; else `null`. */
function asOne(plain: string, names: readonly FoundName[]): FoundName | null {
  const different = distinct(names);
  if (different.length === 1) return best(names);
  const [preprint] = different.filter(({ arxiv }) => arxiv !== null);
  const [article] = different.filter(({ arxiv, doi }) => arxiv === null && doi !== null);
  const [first, last] = [names[0] as FoundName, names.at(-1) as FoundName];
  const inside = between(plain.slice(first.from, last.to), shifted(names, first.from));
  if (different.length !== 2 || !preprint || !article || !/^[\s,;|/()[\].]*$/.test(inside)) return null;
  return { ...preprint, doi: article.doi, writtenDoi: article.writtenDoi };
}

function shifted(names: readonly FoundName[], by: number): readonly FoundName[] {
  return names.map((name) => ({ ...name, from: name.from - by, to: name.to - by }));
}

/** Several papers in a line of text, each with what follows it, if that begins like a title. */
function titledEach(plain: string, names: readonly FoundName[]): readonly Entry[] {
  const different = distinct(names);
  return different.map((name, at) => {
    const rest = plain.slice(name.to, different[at + 1]?.from ?? plain.length);
    const { title, categories } = titled(
      name,
      rest.replace(/[\s,;(|–—-]+(?:and|see|see also|cf\.?)?\s*$/, ""),
    );
    return { ...name, title: /^["“'‘(]?[\p{Lu}\p{N}]\S*\s\S/u.test(title) ? title : "", categories };
  });
}

/** Lines of a list in which only the names are understood: "Cups (2401.00001), and see 2401.00002 for saucers". */
function namedIn(line: string): readonly Entry[] {
  const plain = clean(line);
  const names = namesIn(plain);
  return distinct(likelyNames(plain, names)).map(untitled);
}

function linked(label: string, address: string, after: string): readonly Entry[] {
  const [name] = findPaperNames(address);
  if (name === undefined) return [];
  const isName = findPaperNames(label).length > 0 || /^(?:https?:\/\/|link|pdf|paper|arxiv|abs)/i.test(label);
  return isName ? [titled(name, after)] : [{ ...name, title: clean(label), categories: [] }];
}

/** A name with the text after it on the line. */
function titled(name: FoundName, after: string): Entry {
  const rest = after.replace(/^[>)\]"'`”,;:]+/, "");
  const found = category.exec(rest);
  const text = (found ? rest.slice(found[0].length) : rest).replace(/^\s?[-–—:|,]\s/, "").trim();
  // Text after "#" is a comment here too, and another address of the same paper adds nothing.
  const others = findPaperNames(text);
  const isAnother = others.length > 0 && separators.test(between(text, others));
  const title =
    /^#/.test(text) || isAnother || isStamp.test(text) || !/[\p{L}\p{N}]/u.test(text)
      ? ""
      : text.replace(/\s#\s.*$/, "");
  return { ...name, title, categories: found?.[1] ? [found[1]] : [] };
}

/** The day that arXiv prints next to its identifier on a paper's first page: "29 Oct 2025". */
const isStamp = /^\d{1,2} [A-Z][a-z]{2,8} \d{4}$/;

/** The text between and around the names. */
function between(text: string, names: readonly FoundName[]): string {
  let rest = "";
  let end = 0;
  for (const { from, to } of names) {
    rest += `${text.slice(end, from)} `;
    end = to;
  }
  return rest + text.slice(end);
}

/** Removes duplicate papers. */
function distinct(names: readonly FoundName[]): readonly FoundName[] {
  const found = new Map<string, FoundName>();
  for (const name of names) {
    const key = identityOf(name) || (name.url ?? "");
    if (!found.has(key)) found.set(key, name);
  }
  return [...found.values()];
}

function best(names: readonly FoundName[]): FoundName {
  return names.find(({ arxiv }) => arxiv !== null) ?? (names[0] as FoundName);
}

function toPaper(entry: Entry): Paper {
  return namedPaper(entry, entry.title, entry.categories);
}

/** A paper known by its identifier, which also serves as title if there is none. */
export function namedPaper(found: FoundName, title: string, categories: readonly string[] = []): Paper {
  const { arxiv, doi, writtenDoi, url, name } = found;
  const id = identityOf({ arxiv, doi });
  if (arxiv === null) {
    const address = doi === null ? url : (url ?? `https://doi.org/${encodeURI(doi)}`);
    return makePaper({
      id,
      title: title || (writtenDoi === null ? (name ?? id) : `doi:${writtenDoi}`),
      doi,
      url: address,
    });
  }
  const addresses = arxivAddresses(arxiv);
  // Keep a page on another site, as the user chose it. arXiv's own addresses come in many forms.
  const other = url !== null && !/^https?:\/\/(?:[\w-]+\.)*(?:arxiv|doi)\.org\//i.test(url);
  return makePaper({
    id,
    title: withoutNumber(title, arxiv) || `arXiv:${arxiv}`,
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
