import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { likelyNames } from "./bare-numbers.js";
import { type FoundName, findPaperNames, findPubMedNames } from "./find-names.js";
import { namedPaper } from "./identifiers.js";

/**
 * Any other text that mentions papers: a mail, a chat, notes. Each identifier or address of a paper is
 * listed once, in order. The words around it are seldom its title, so they are not used. This is the last
 * resort, for texts that no other format recognizes.
 */
export const runningText: Format = {
  name: "text that names papers by identifiers",
  from: "a mail, a chat, notes: each identifier or address of a paper is a paper, without a title",
  knownBy: "no other format, and an address or identifier of a paper",
  title: null,
  detect,
  parse,
};

/** No name of a paper is shorter, in characters. */
const shortest = 9;

function detect(text: string): number {
  // Pages and data in other formats also mention papers, but are not about them.
  if (
    /^[\ufeff\s]*[<{[]/.test(text) &&
    !/^[\ufeff\s]*<?(?:https?:|\[(?:[ x]?|\d{1,4})\]\s*[^\s,;\]}]|\[[^\]{}"]{1,300}\]\()/i.test(text)
  )
    return 0;
  if (exportOf(text) !== null) return 0.05;
  let isFound = false;
  const isData = hasData(headOf(text));
  eachLine(headOf(text), (line) => {
    if (line.length < shortest || isFound) return;
    const plain = clean(line.slice(0, 20_000));
    isFound ||= namesIn(plain, isData).length + findPubMedNames(plain).length > 0;
  });
  return isFound ? 0.05 : 0;
}

/**
 * The names of papers in a line. Numbers that may be anything count only where they are likely to be names.
 * @param isData whether lines without words are data
 */
function namesIn(line: string, isData: boolean): readonly FoundName[] {
  const names = findPaperNames(line);
  const isRow = isData && !/\p{L}{2}/u.test(line);
  return likelyNames(line, names).filter(({ isBare }) => !(isRow && isBare));
}

/** Whether a text has decimal numbers that are not arXiv's on lines without words: columns of measured values. */
function hasData(head: string): boolean {
  let others = 0;
  let identifiers = 0;
  eachLine(head, (line) => {
    if (line.length > 1_000 || /\p{L}{2}/u.test(line)) return;
    const numbers = line.match(/(?<![\d.])\d{1,9}[.,]\d{1,12}(?![\d.])/g) ?? [];
    for (const number of numbers) {
      if (arxivId(number) === null) others += 1;
      else identifiers += 1;
    }
  });
  return others > identifiers / 4;
}

function parse(text: string): ParsedListing {
  const papers = new Map<string, Paper>();
  const isExport = exportOf(text) !== null;
  const isData = hasData(headOf(text));
  let wasNamed = false;
  eachLine(text, (line) => {
    const plain = line.length < shortest ? "" : clean(line);
    const names = namesIn(plain, isData);
    // A citation, which may go on over lines, ends with the paper's number in PubMed.
    const inPubMed = names.length > 0 || wasNamed || isExport ? [] : findPubMedNames(plain);
    wasNamed = names.length > 0;
    for (const name of [...names, ...inPubMed]) {
      const key = identityOf(name) || (name.url ?? "");
      if (!papers.has(key)) papers.set(key, namedPaper(name, ""));
    }
  });
  return { papers: [...papers.values()], day: null, problems: problemsOf(text, papers.size) };
}

function problemsOf(text: string, found: number): Problem[] {
  const known = exportOf(text);
  if (known !== null) {
    const missing = text.split(known.entry).length - 1 - found;
    const message = `of ${known.name} only identifiers are read; export ${known.instead} instead`;
    return [{ line: null, message, ...(missing > 0 && { skips: missing }) }];
  }
  return found > 0 ? [] : [{ line: null, message: "no identifier or address of a paper in it" }];
}

/** An export for people to read: what marks one, its name, what each entry has once, and what to export instead. */
interface TextExport {
  readonly mark: RegExp;
  readonly name: string;
  readonly entry: RegExp;
  readonly instead: string;
}

const textExports: readonly TextExport[] = [
  {
    mark: /^EXPORT DATE: ?\d/m,
    name: "Scopus’s text export",
    entry: /^SOURCE: Scopus$/m,
    instead: "RIS or BibTeX",
  },
  {
    mark: /^\(https:\/\/www\.sciencedirect\.com\/science\/article\/pii\/\w+\)$/m,
    name: "ScienceDirect’s text export",
    entry: /^\(https:\/\/www\.sciencedirect\.com\/science\/article\/pii\/\w+\)$/m,
    instead: "RIS or BibTeX",
  },
  {
    mark: /^[\ufeff\s]{0,20}1[.:] \S[\s\S]*?\sPMID: \d{1,9}\b/,
    name: "PubMed’s text",
    entry: /(?:^|\s)PMID: \d{1,9}\b/m,
    instead: "its format PubMed (nbib) or CSV",
  },
  {
    mark: /^"AUTHOR NAMES","/m,
    name: "Embase’s table with fields by row",
    entry: /^"TITLE","/m,
    instead: "RIS",
  },
  {
    mark: /\{\{\s{0,9}(?:cite (?:journal|arxiv|conference|book|web|q)|citation)\s{0,9}\|/i,
    name: "Wikipedia’s citations",
    entry: /\{\{\s{0,9}(?:cite \w+|citation)\s{0,9}\|/i,
    instead: "BibTeX",
  },
  {
    mark: /^[\ufeff\s]{0,20}\[1\]\s{0,9}[^\s,\]][\s\S]*?\n\[2\]/,
    name: "a list of references",
    entry: /^\[\d{1,4}\]/m,
    instead: "BibTeX or RIS",
  },
];

function exportOf(text: string): TextExport | null {
  const head = headOf(text);
  return textExports.find(({ mark }) => mark.test(head)) ?? null;
}
