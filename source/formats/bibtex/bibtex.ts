import type { BibliographyEntry } from "../../papers/bibliography-entry.js";
import { arxivAddresses, arxivId, doiOf, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { texNames } from "../../text/bibtex/names.js";
import { texItems } from "../../text/bibtex/parts.js";
import { texAddress, texText } from "../../text/bibtex/text.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { saysWithdrawn } from "../arxiv/fields.js";
import { firstDoi } from "../feed/feed.js";
import { withoutLabel } from "../fields/abstract.js";
import { citationOf, withoutResolver } from "../fields/citation.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { type EntriesRead, type Entry, readEntries } from "./entries.js";
import { withoutJournalMacro } from "./journal-macros.js";
import { Needs } from "./needs.js";

/**
 * A bibliography from a reference manager or publisher, in BibTeX or BibLaTeX, which has its own field
 * names. Each entry is one paper; one without a title is named by its citation. The fields follow the
 * BibLaTeX manual, https://ctan.org/pkg/biblatex, chapter 2.2, and the exports of arXiv, DBLP and Google
 * Scholar.
 */
export const bibtex: Format = {
  name: "BibTeX file",
  from: "reference managers, publishers, Google Scholar",
  knownBy: "an entry `@type{key,`",
  title: null,
  detect,
  parse: (text) => papersOfEntries(readEntries(text)),
};

const titleLimit = 1_000;
const abstractLimit = 50_000;
const textLimit = 2_000;
const keywordsLimit = 20_000;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Types of entries that are not papers, and what they are. */
const helpers: ReadonlyMap<string, string> = new Map([
  ["set", "is a set of other entries"],
  ["xdata", "only holds fields for other entries"],
  // REVTeX writes it: https://ctan.org/pkg/revtex
  ["control", "only holds settings of a style"],
]);
/** Fields that a paper inherits from the entry of its collection, besides the date. */
const inherited = ["author", "booktitle", "journal", "journaltitle"];

function detect(text: string): number {
  const head = text.slice(0, 65_536);
  if (
    /^[ \t]{0,20}@[ \t]{0,5}[a-z\d_][^\s"#%'(),={}@\\]{0,60}[ \t]{0,20}[{(]\s{0,20}[^\s,"={}]{0,300}\s{0,20},\s{0,200}[a-z][\w-]{0,60}[ \t]{0,60}=/im.test(
      head,
    )
  ) {
    // An entry further down may be quoted in another kind of text ("cite us as").
    return /^[\s\ufeff]*[%@]/.test(head) ? 1 : 0.8;
  }
  return /^[ \t]{0,20}@(?:article|book|inbook|incollection|inproceedings|conference|manual|mastersthesis|misc|online|phdthesis|proceedings|report|software|string|techreport|thesis|unpublished)[ \t]{0,20}[{(]/im.test(
    head,
  )
    ? 0.6
    : 0;
}

/** Converts entries to papers. Appends what is wrong with them to `problems`. */
export function papersOfEntries({ entries, preambles, problems }: EntriesRead): ParsedListing {
  const needs = new Needs(entries, preambles);
  const papers: Paper[] = [];
  for (const entry of entries) {
    const helper = helpers.get(entry.type);
    if (helper !== undefined) {
      problems.push({ line: entry.line, message: `${named(entry)} ${helper} and was skipped`, skips: 1 });
      continue;
    }
    const paper = toPaper(entry, needs, problems);
    if (paper) papers.push(paper);
    if (entry.fault) {
      const rest = paper ? "" : " and was skipped";
      problems.push({
        line: entry.line,
        message: `${named(entry)} ${entry.fault}${rest}`,
        ...(paper ? {} : { skips: 1 }),
      });
    } else if (!paper) {
      problems.push({
        line: entry.line,
        message: `${named(entry)} has no fields of a paper and was skipped`,
        skips: 1,
      });
    }
  }
  problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return { papers, day: null, problems };
}

function writtenEntry(entry: Entry, needs: Needs): BibliographyEntry {
  return {
    format: "bibtex",
    type: entry.writtenType,
    key: entry.key,
    fields: entry.written,
    needs: needs.of(entry),
  };
}

function named({ key }: Entry): string {
  return key === "" ? "an entry without a key" : `the entry “${clean(key.slice(0, 60))}”`;
}

function toPaper(entry: Entry, needs: Needs, problems: Problem[]): Paper | null {
  const parent = needs.parentOf(entry);
  const field = (...names: string[]): string => {
    for (const name of names) {
      const value = entry.fields.get(name);
      if (value !== undefined && value.trim() !== "") return value;
    }
    for (const name of names) {
      if (!parent || !inherited.includes(name)) continue;
      const value =
        parent.fields.get(name) ?? (name === "booktitle" ? parent.fields.get("title") : undefined);
      if (value !== undefined && value.trim() !== "") return value;
    }
    return "";
  };
  const limited = (value: string, limit: number) => {
    if (value.length > limit) {
      problems.push({
        line: entry.line,
        message: `a field of ${named(entry)} was cut after ${thousands(limit)} characters`,
      });
    }
    return texText(value, limit);
  };
  const own = entry.fields.get("title");
  const written = limited(own?.trim() ? own : (entry.fields.get("booktitle") ?? ""), titleLimit);
  const subtitle = limited(field("subtitle"), titleLimit);
  // BibDesk numbers its addresses; ADS and DBLP have names of their own.
  const url =
    webAddress(field("url")) ??
    webAddress(field("howpublished")) ??
    webAddress(field("bdsk-url-1", "adsurl", "ee", "link"));
  const doi = firstDoi(withoutResolver(texAddress(field("doi"))), withoutResolver(url ?? ""));
  const id = identityOf({ arxiv: arxivOf(entry), doi, url });
  const onArxiv = arxivId(id) === null ? null : arxivAddresses(id);
  const journal = texText(withoutJournalMacro(field("journal", "journaltitle", "booktitle")), textLimit);
  const { comment, category } = remarksOf(entry);
  // Of a book without authors the editors are shown.
  const { names, andOthers } = texNames(
    texNames(field("author")).names.length > 0 ? field("author") : field("editor"),
  );
  // DBLP numbers homonyms: "Wei Li 0001".
  const authors = names.map((name) => name.replace(/ 0\d{3}$/, ""));
  const published = dateOf(entry) ?? (parent ? dateOf(parent) : null);
  const title =
    written ||
    citationOf({
      authors,
      andOthers,
      published,
      journal: journal || texText(field("publisher", "institution", "school", "howpublished"), titleLimit),
      volume: texText(field("volume"), titleLimit),
      pages: texText(field("pages", "eid"), titleLimit),
      identifier: onArxiv === null ? (doi ?? url ?? "") : id,
      key: clean(entry.key.slice(0, titleLimit)),
    });
  if (title === "") return null;
  return makePaper({
    id,
    title: subtitle === "" || written === "" ? title : `${title}: ${subtitle}`,
    abstract: withoutLabel(limited(field("abstract"), abstractLimit), title),
    authors,
    ...(andOthers && { andOthers }),
    organization: texText(field("collaboration", "institution", "school", "organization"), textLimit) || null,
    published,
    categories: listOf(
      (field("primaryclass", "eprintclass") || category).slice(0, textLimit).split(/[\s,;]+/),
    ),
    keywords: listOf(texItems(field("author_keywords", "keywords", "keyword").slice(0, keywordsLimit))),
    url: url ?? onArxiv?.url ?? null,
    pdf: webAddress(field("pdf")) ?? onArxiv?.pdf ?? null,
    code: webAddress(field("code")),
    doi,
    journal: journal === title ? null : journal || null,
    comment: comment || null,
    citations: citationsIn(field("note")),
    withdrawn: saysWithdrawn(comment),
    entry: writtenEntry(entry, needs),
  });
}

/** The citation count that Scopus writes as a note: "cited By 3". */
function citationsIn(note: string): number | null {
  const count = /^\s*\{*cited by:?\s*(\d{1,9})\b/i.exec(note)?.[1];
  return count === undefined ? null : Number(count);
}

/**
 * Remarks on a paper. A note may hold something else: Zotero puts arXiv's identifier and category there,
 * "arXiv:1706.03762 [cs]" (and arXiv's comment, "Comment: 15 pages", in another field), Scopus the citation
 * count, "cited By 3", Springer the DOI.
 */
function remarksOf({ fields }: Entry): { readonly comment: string; readonly category: string } {
  let category = "";
  for (const name of ["note", "comment", "annote", "annotation"]) {
    const text = texText(fields.get(name) ?? "", textLimit);
    const isNote = name === "note";
    const onArxiv =
      isNote && /^arXiv:\s?[\w./-]{9,30}(?: \[([\w., -]{2,60})\])?(?: version: \d+)?$/i.exec(text);
    if (onArxiv) category = onArxiv[1] ?? "";
    const remark = text.replace(/^Comments?: /i, "");
    const isNumber = onArxiv || (isNote && (/^cited by:? \d/i.test(text) || doiOf(text) !== null));
    // The files that ship with BibLaTeX use annotations to explain themselves.
    const isRemark = !isNumber && (name !== "annotation" || remark !== text);
    if (isRemark && remark !== "") return { comment: remark, category };
  }
  return { comment: "", category };
}

/**
 * The arXiv identifier: an arXiv `eprint`, or the form of Google Scholar (journal "arXiv preprint
 * arXiv:1706.03762") or of DBLP (journal "CoRR", volume "abs/1706.03762").
 */
function arxivOf(entry: Entry): string | null {
  const get = (name: string) => texAddress(entry.fields.get(name) ?? "").slice(0, textLimit);
  const archive = get("archiveprefix") || get("eprinttype");
  if (archive === "" || /arxiv/i.test(archive)) {
    const id = arxivId(get("eprint")) ?? arxivId(get("arxiv")) ?? arxivId(get("arxivid"));
    if (id !== null) return id;
  }
  for (const name of [
    "journal",
    "journaltitle",
    "volume",
    "number",
    "eid",
    "pages",
    "note",
    "howpublished",
  ]) {
    const text = get(name);
    if (text === "") continue;
    const found = /(?:arxiv:|\babs\/)\s?([a-z.-]{0,20}\/?[\d.]{7,12}(?:v\d{1,3})?)/i.exec(text);
    const id = found ? arxivId((found[1] as string).replace(/\.$/, "")) : null;
    if (id !== null) return id;
  }
  return null;
}

function webAddress(text: string): string | null {
  const found = /https?:\/\/[^\s<>"]+/i.exec(texAddress(text));
  return found ? found[0] : null;
}

/** Removes duplicates and keeps the order. The same keyword often comes from two databases. */
function listOf(found: readonly string[]): string[] {
  const items = found.map((item) => texText(item, textLimit));
  return [...new Set(items.filter((item) => item !== ""))];
}

/**
 * The date from BibLaTeX's `date` (`2020-03-01`, `2020-03`, `2020-03-01/2020-04-02`), else from BibTeX's
 * `year`, `month` and `day`. Most bibliographies give only a year.
 */
function dateOf({ fields }: Entry): string | null {
  const get = (name: string) => (fields.get(name) ?? "").slice(0, 200);
  const written = /^\D{0,20}(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(get("date"));
  if (written) return knownDate(written[1], written[2], written[3]);
  const year = /(?<!\d)\d{4}(?!\d)/.exec(get("year"));
  if (!year) return null;
  const monthText = get("month").toLowerCase();
  // The year field may be "January 1978".
  const name = /[a-z]{3}/.exec(monthText || get("year").toLowerCase())?.[0] ?? "";
  const numbers = monthText.match(/\d{1,4}/g) ?? [];
  const month = months.indexOf(name) + 1 || Number(numbers.shift() ?? 0);
  const day = /\d{1,2}/.exec(get("day"))?.[0] ?? numbers[0];
  return knownDate(year[0], month, day);
}
