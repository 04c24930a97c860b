import { arxivAddresses, arxivId, doiOf, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents } from "../../text/names.js";
import { eachDecodedLine, isQuotedPrintable } from "../feed/quoted-printable.js";
import { splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's daily e-mail (https://info.arxiv.org/help/subscribe.html), with or without mail headers, decoded
 * or in quoted-printable as sent:
 *
 *      received from  Wed  9 Jul 25 18:00:00 GMT  to  Thu 10 Jul 25 18:00:00 GMT
 *     ------------------------------------------------------------------------------
 *     \\
 *     arXiv:2507.07171 (*cross-listing*)
 *     Date: Wed, 9 Jul 2025 18:00:01 GMT   (757kb)      or "replaced with revised version …"
 *
 *     Title: Continued on lines that are
 *       indented
 *     Authors: A. One, B. Two and C. Three
 *     Categories: astro-ph.CO gr-qc
 *     \\
 *       Abstract                                        absent if the paper is a replacement
 *     \\ ( https://arxiv.org/abs/2507.07171 ,  757kb)
 *     ------------------------------------------------------------------------------
 *
 * Fields are read only between the first two `\\`, so an abstract may contain lines that look like fields.
 */
export const arxivMail: Format = {
  name: "arXiv e-mail digest",
  from: "arXiv’s daily mail, as it is read, saved or sent, and its archive",
  knownBy: "`\\\\` and a line `arXiv:…`",
  title: "arXiv digest",
  detect,
  parse,
};

const opening = /^\\\\\s*$/;
const closing = /^\\\\\s*\(/;
const rule = /^(?:-{50,}|(?:%%%---){5,}%*)\s*$/;
const paperLine =
  /^(?:arXiv|Paper)(?: \(\*cross-listing\*\))?:\s{0,9}(\S{1,60})(?: \(\*cross-listing\*\))?\s*$/;
const fieldLine =
  /^(Date|From|Title|Authors?|Categories|Comments|Journal-ref|DOI|Report-no|MSC-class|ACM-class|Subj-class|License|Notes|Proxy)(?: \([^()]*\))?:([^\n]*)$/i;
const replacedLine = /^(?:figures |part )?replaced with\b/i;

/** A paper while its lines are being read. */
interface Draft {
  readonly line: number;
  readonly name: string;
  /** The lines of each field, by its name in lower case. */
  readonly fields: Map<string, string[]>;
  readonly abstract: string[];
  /** "replaced with revised version Thu, 10 Jul 2025 16:40:22 GMT (10832kb)" */
  replaced: string;
}

function detect(text: string): number {
  const head = decodedHead(text);
  if (/^\\\\[ \t\r]*\n(?:arXiv|Paper)(?: \(\*cross-listing\*\))?:/m.test(head)) return 1;
  // Saved without the lines around the first paper, or cut off before it.
  if (/^arXiv:[^\n]*\n(?:Date:|replaced with)[^\n]*\n[ \t\r]*\n?Title:/m.test(head)) return 0.9;
  return /^ ?received from .{10,40} to .{10,40}$/m.test(head) && /^ ?Submissions to:/m.test(head) ? 0.7 : 0;
}

function parse(text: string): ParsedListing {
  const problems: Problem[] = [];
  const papers: Paper[] = [];
  const day = { sent: null as string | null, received: null as string | null };
  let draft: Draft | null = null;
  let part: "outside" | "fields" | "abstract" = "outside";
  let field: string[] | null = null;
  let before = "";
  const finish = () => {
    const paper = draft && toPaper(draft, problems);
    if (paper) papers.push(paper);
    draft = null;
    part = "outside";
  };

  const each = isQuotedPrintable(headOf(text)) ? eachDecodedLine : eachLine;
  each(text, (line, number) => {
    const found = paperLine.exec(line);
    // In an abstract, such a line is text unless the line before it opens a paper.
    if (found && (part !== "abstract" || opening.test(before))) {
      finish();
      draft = { line: number, name: found[1] as string, fields: new Map(), abstract: [], replaced: "" };
      part = "fields";
      field = null;
    } else if (draft === null) {
      if (papers.length === 0) readHead(line, day);
    } else if (closing.test(line) || rule.test(line)) {
      finish();
    } else if (part === "abstract") {
      // A lone `\\` is a line break in the authors' TeX, or opens a paper, which is handled above.
      if (!opening.test(line)) draft.abstract.push(line);
    } else if (opening.test(line)) {
      part = "abstract";
    } else {
      field = readField(line, draft, field);
    }
    if (line.trim() !== "") before = line;
  });

  if (draft !== null) {
    const { line, abstract } = draft as Draft;
    const isWhole = (part as string) === "abstract" && isSentenceEnd(abstract, text.endsWith("\n"));
    finish();
    if (!isWhole) {
      problems.push({ line, message: "the file ends in the middle of this paper: it may be cut off" });
    }
  }
  return { papers, day: day.sent ?? day.received, problems };
}

/**
 * Whether a text ends where its last abstract does. Files of arXiv's mail archive have neither an address
 * nor a rule after it.
 */
function isSentenceEnd(abstract: readonly string[], endsWithLine: boolean): boolean {
  const last = abstract.findLast((line) => line.trim() !== "")?.trimEnd();
  return last !== undefined && (endsWithLine || /[.!?][)\]"'”’$}]{0,3}$/.test(last));
}

/** The first lines of a text, decoded. */
function decodedHead(text: string): string {
  const head = headOf(text);
  if (!isQuotedPrintable(head)) return head;
  const lines: string[] = [];
  eachDecodedLine(head, (line) => lines.push(line));
  return lines.join("\n");
}

/** Finds the day in the text before the first paper: the mail's own date, else the end of the period. */
function readHead(line: string, day: { sent: string | null; received: string | null }): void {
  const sent = /^Date:\s*(.{6,60})$/i.exec(line);
  if (sent) day.sent ??= dayOf(sent[1] as string);
  const received = /^\s*received from\s.{6,60}?\sto\s(.{6,60})$/i.exec(line);
  if (received) day.received ??= dayOf(received[1] as string);
}

/** Adds a line to its field. Returns the lines of the field that the next line may continue. */
function readField(line: string, draft: Draft, field: string[] | null): string[] | null {
  if (/^\s/.test(line)) {
    field?.push(line);
    return field;
  }
  const found = fieldLine.exec(line);
  if (found) {
    const lines = [found[2] as string];
    const name = (found[1] as string).toLowerCase().replace(/^author$/, "authors");
    if (!draft.fields.has(name)) draft.fields.set(name, lines);
    return lines;
  }
  if (replacedLine.test(line)) draft.replaced = line;
  // Mail programs wrap lines without indenting; an unknown field is ignored.
  else if (/^[A-Z][A-Za-z-]{1,20}:\s/.test(line)) return null;
  else field?.push(line);
  return field;
}

function toPaper(draft: Draft, problems: Problem[]): Paper | null {
  const raw = (name: string) => draft.fields.get(name)?.join(" ") ?? "";
  const text = (name: string) => fromMarkup(raw(name)) || null;
  const title = fromMarkup(fromTexAccents(raw("title")));
  if (title === "") {
    problems.push({ line: draft.line, message: "a paper without a title was skipped", skips: 1 });
    return null;
  }
  const arxiv = arxivId(clean(draft.name));
  if (arxiv === null) {
    problems.push({ line: draft.line, message: `“${clean(draft.name)}” is not an arXiv identifier` });
  }
  const doi = clean(raw("doi")).split(" ").map(doiOf).find(Boolean) ?? null;
  const comment = text("comments");
  const date = raw("date");
  const abstract = fromMarkup(draft.abstract.join("\n"));
  return makePaper({
    id: identityOf({ arxiv, doi }),
    title,
    abstract,
    ...splitAuthors(raw("authors")),
    published: dayOf(date),
    updated: dayOf(draft.replaced),
    categories: clean(raw("categories"))
      .split(/[ ,;]+/)
      .filter(Boolean),
    ...(arxiv === null ? {} : arxivAddresses(arxiv)),
    doi,
    journal: text("journal-ref"),
    comment,
    // The size of a withdrawn paper has the flag "I", for source to be ignored.
    withdrawn: isWithdrawn(comment ?? "", abstract) || /\(0kb,[A-HJ-Z]*I[A-Z]*\)/.test(date + draft.replaced),
  });
}
