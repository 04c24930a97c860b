import { arxivAddresses, arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { LazyRegExp } from "../../text/lazy-regexp.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents } from "../../text/names.js";
import { splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's pages copied from a browser: a category's recent or new papers, search results in the same form,
 * and a paper's own page.
 *
 *     Fri, 21 Nov 2025 (showing first 50 of 190 entries )
 *
 *     [1] arXiv:2511.16665 [pdf, html, other]
 *         Title: A title that may continue
 *         on the next line
 *         Ada Lovelace, Charles Babbage            after "Authors:" where abstracts are shown
 *         Comments: 12 pages
 *         Subjects: Machine Learning (cs.LG); Artificial Intelligence (cs.AI)
 *
 *     The abstract, on https://arxiv.org/list/cs.LG/new
 */
export const arxivListing: Format = {
  name: "arXiv page (text)",
  title: "arXiv",
  knownBy: "lines `[1] arXiv:… [pdf, …]` and `Title:`, or `[Submitted on …]`",
  from: "https://arxiv.org/list/cs.LG/recent, /new and https://arxiv.org/abs/…, copied from a browser",
  detect: (text) => {
    const head = headOf(text);
    if (entryLine.test(head) && /^\s{0,40}Title:/m.test(head)) return 0.97;
    return /^\s{0,40}\[Submitted on /m.test(head) && /^\s{0,40}(?:Title|Authors?|Abstract):/m.test(head)
      ? 0.95
      : 0;
  },
  parse,
};

const entryLine =
  /^[ \t]{0,40}(?:\[\d{1,6}\][ \t]{1,10})?arXiv:\S{9,40}[ \t]{1,10}(?:\(cross-list from [^()]{1,40}\)[ \t]{0,10}|\(replaced\)[ \t]{0,10})?\[[^\n]{1,100}\]?/m;
const entryStart =
  /^\s*(?:\[\d{1,6}\]\s+)?arXiv:(\S{9,40})(?:\s+(\(cross-list[^()]*\)|\(replaced\)))?(?:\s+\[.*|\s*)$/;
const ownPage = /^\s*arXiv:(\S{9,40})\s+\([a-z-]+(?:\.[A-Z]{2})?\)\s*$/;
const field =
  /^\s*(Title|Authors?|Comments?|Subjects|Journal-ref|Journal reference|DOI|Related DOI|Report-no|Report number|MSC-class|MSC classes|ACM-class|ACM classes|Cite as|Abstract|Submission history|Subj-class):\s*(.*)$/;
const heading = /^\s*((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}, \d{1,2} [A-Z][a-z]{2,8} \d{4})\b/;
const submitted =
  /^\s*\[?Submitted on (\d{1,2} [A-Z][a-z]{2,8} \d{4})(?:.{0,60}last revised (\d{1,2} [A-Z][a-z]{2,8} \d{4}))?/;
/** Lines of the page that belong to no paper. */
const foot =
  /^\s*(?:Total of [\d,]+ entries|New submissions|Cross(?:-lists| submissions)|Replacements?(?: submissions)?|Showing (?:up to|new)|Bibliographic Tools|Access Paper:?|View (?:a )?PDF|HTML \(experimental\)|TeX Source|Focus to learn more|Submission history|About arXivLabs|References & Citations|Current browse context)\b/i;

interface Draft {
  readonly line: number;
  readonly id: string;
  readonly isReplaced: boolean;
  day: string | null;
  revised: string | null;
  readonly fields: Map<string, string[]>;
  readonly abstract: string[];
}

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let day: string | null = null;
  let shown: string | null = null;
  let isReplacements = false;
  let draft: Draft | null = null;
  let value: string[] | null = null;
  let isOver = false;
  const finish = () => {
    if (draft === null) return;
    const found = toPaper(draft);
    if (typeof found !== "string") papers.push(found);
    else problems.push({ line: draft.line, message: `an entry ${found}`, skips: 1 });
    draft = null;
  };
  eachLine(text, (line, number) => {
    const start = ownPage.exec(line) ?? entryStart.exec(line);
    const id = start === null ? null : arxivId(start[1] as string);
    const date = heading.exec(line);
    const sent = submitted.exec(line);
    if (id !== null && !(draft !== null && draft.id === id)) {
      finish();
      const isReplaced = isReplacements || start?.[2] === "(replaced)";
      draft = { line: number, id, isReplaced, day: shown, revised: null, fields: new Map(), abstract: [] };
      value = null;
      isOver = false;
    } else if (date !== null && value === null) {
      shown = dayOf(date[1] as string);
      day ??= shown;
    } else if (sent !== null && draft !== null) {
      draft.day = dayOf(sent[1] as string);
      draft.revised = dayOf(sent[2] ?? "");
    } else if (foot.test(line)) {
      if (/^\s*replacement/i.test(line)) isReplacements = true;
      else if (/^\s*(?:new|cross)/i.test(line)) isReplacements = false;
      if (/^\s*(?:Bibliographic|Submission history|Access|Total)/i.test(line)) isOver = true;
      value = null;
    } else if (draft !== null && !isOver) value = takeLine(draft, line, value);
  });
  finish();
  return { papers, day, problems };
}

/** Adds a line to its field. Returns the lines of the field that the next line may continue. */
function takeLine(draft: Draft, line: string, value: string[] | null): string[] | null {
  const found = field.exec(line);
  const text = line.trim();
  if (found) {
    const name = (found[1] as string).toLowerCase().replace(/s$/, "");
    if (name === "abstract") {
      draft.abstract.push(found[2] as string);
      return draft.abstract;
    }
    const lines = [found[2] as string];
    if (!draft.fields.has(name)) draft.fields.set(name, lines);
    return lines;
  }
  if (text === "") return value === draft.abstract ? value : null;
  // The list of recent papers has the authors without a label, right after the title.
  const title = draft.fields.get("title");
  if (value !== null && value === title && !draft.fields.has("author") && isNames(text)) {
    const lines = [text];
    draft.fields.set("author", lines);
    return lines;
  }
  if (value !== null) {
    value.push(text);
    return value;
  }
  if (draft.fields.has("title")) {
    draft.abstract.push(text);
    return draft.abstract;
  }
  return null;
}

/** A person's name: at least two words, including particles. */
const personal = new LazyRegExp(
  () =>
    /^(?:(?:d[aeiu]s?|del|della|den|der|dos|el|la|le|ten|ter|van|von|af|al|bin)\s)*\p{Lu}[\p{L}\p{M}.'’]*(?:[\s-]+(?:\p{Lu}[\p{L}\p{M}.'’]*|(?<=-)\p{Ll}[\p{L}\p{M}.'’]*|d[aeiu]s?|del|della|den|der|dos|el|la|le|ten|ter|van|von|y|zu|zum|af|al|bin)){1,9}$/u,
);

/** Whether a line is names separated by commas, and not the second line of a title. */
function isNames(text: string): boolean {
  if (/[.:?]$/.test(text) && !/\b(?:Jr|Sr|et al)\.$/.test(text)) return false;
  const names = text
    .replace(/\([^()]*\)/g, "")
    .split(/,|\band\b/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return (
    names.length > 0 &&
    names.every(
      (name) =>
        personal.test(name) ||
        /^et al\.?$|^(?:Jr|Sr|II|III)\.?$|\b(?:Collaboration|Team|Consortium|Group)$/.test(name),
    )
  );
}

function toPaper(draft: Draft): Paper | string {
  const text = (name: string) => fromMarkup(draft.fields.get(name)?.join(" ") ?? "") || null;
  const subjects = [...(text("subject") ?? "").matchAll(/\(([a-z-]{2,12}(?:\.[A-Za-z-]{2,12})?)\)/g)].map(
    ([, name = ""]) => name,
  );
  const comment = text("comment");
  const abstract = fromMarkup(draft.abstract.join("\n")).replace(/^Abstract:\s*/, "");
  const title = text("title");
  return foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract,
    ...splitAuthors(draft.fields.get("author")?.join(" ") ?? ""),
    published: draft.isReplaced ? null : draft.day,
    updated: draft.isReplaced ? draft.day : draft.revised,
    categories: subjects,
    comment,
    journal: text("journal-ref") ?? text("journal reference"),
    arxiv: draft.id,
    doi: doiOf((text("doi") ?? text("related doi") ?? "").split(" ")[0] ?? ""),
    ...arxivAddresses(draft.id),
    withdrawn: isWithdrawn(comment ?? "", abstract),
  });
}
