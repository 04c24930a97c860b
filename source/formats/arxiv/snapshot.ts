import { arxivAddresses, arxivId, doiOf, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { thousands } from "../../text/numbers.js";
import { isName, splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format, LineReader, PaperSink } from "../format.js";
import { isWithdrawn } from "./fields.js";

/**
 * The arXiv metadata snapshot, JSON Lines: one paper per line, in arXiv's own field names.
 * https://www.kaggle.com/datasets/Cornell-University/arxiv
 *
 * The whole snapshot is 5 GB, so it is read line by line. An unreadable line costs only its own paper.
 */
export const arxivSnapshot: Format = {
  name: "arXiv metadata snapshot (JSON Lines)",
  from: "https://www.kaggle.com/datasets/Cornell-University/arxiv",
  knownBy: "lines with `id` and `authors_parsed`, `submitter` or `update_date`",
  title: null,
  detect,
  parse,
  lines: (papers) => new SnapshotReader(papers),
};

type Fields = Readonly<Record<string, unknown>>;

function detect(text: string): number {
  const head = headOf(text);
  const line = /^[ \t]*\{[ \t]*"[^\n]*/m.exec(head)?.[0] ?? "";
  // Our own JSON also has a submitter.
  if (!/"id"\s*:\s*"/.test(line) || /"authorCount"\s*:/.test(line)) return 0;
  if (/"authors_parsed"\s*:\s*\[|"submitter"\s*:\s*["n]|"update_date"\s*:\s*"/.test(line)) return 1;
  // Extracts of the snapshot omit fields, but keep these.
  return /"categories"\s*:\s*"[a-z]/.test(line) && /"title"\s*:\s*"/.test(line) ? 0.8 : 0;
}

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const reader = new SnapshotReader({ push: (paper) => void papers.push(paper) });
  eachLine(text, (line, number) => reader.take(line, number));
  return { papers, ...reader.end(!text.endsWith("\n")) };
}

/** Up to this many lines that are not papers are reported one by one; the rest are only counted. */
const reportedLines = 1_000;

class SnapshotReader implements LineReader {
  readonly #papers: PaperSink;
  #count = 0;
  readonly #problems: Problem[] = [];
  #unreported = 0;
  #last: { readonly number: number; readonly isWhole: boolean; readonly isRead: boolean } | null = null;

  constructor(papers: PaperSink) {
    this.#papers = papers;
  }

  get count(): number {
    return this.#count;
  }

  take(line: string, number: number): void {
    const trimmed = line.trim();
    if (trimmed === "") return;
    const fields = readLine(line);
    const paper = fields === null ? null : toPaper(fields);
    this.#last = { number, isWhole: trimmed.endsWith("}"), isRead: paper !== null };
    if (paper !== null) {
      this.#count += 1;
      this.#papers.push(paper);
    } else if (this.#problems.length === reportedLines) this.#unreported += 1;
    else {
      const message =
        fields === null ? "a line that is not a paper was skipped" : "a paper without a title was skipped";
      this.#problems.push({ line: number, message, skips: 1 });
    }
  }

  end(isCut: boolean): Omit<ParsedListing, "papers"> {
    const problems = [...this.#problems];
    let unreported = this.#unreported;
    const last = this.#last;
    if (isCut && last !== null && !last.isWhole && !last.isRead) {
      if (unreported > 0) unreported -= 1;
      else problems.pop();
      problems.push({ line: last.number, message: "the file ends in the middle of a paper", skips: 1 });
    }
    if (unreported > 0) {
      const [lines, were] = unreported === 1 ? ["line", "was"] : ["lines", "were"];
      const message = `${thousands(unreported)} more ${lines} that cannot be read ${were} skipped`;
      problems.push({ line: null, message, skips: unreported });
    }
    return { day: null, problems };
  }
}

function readLine(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function toPaper(fields: Fields): Paper | null {
  const title = fromMarkup(fromTexAccents(string(fields.title)));
  if (title === "") return null;
  const arxiv = arxivId(clean(string(fields.id)));
  const doi = firstDoi(clean(string(fields.doi)));
  const addresses = arxiv === null ? null : arxivAddresses(arxiv);
  const comment = fromMarkup(string(fields.comments)) || null;
  const versions = Array.isArray(fields.versions) ? (fields.versions as readonly unknown[]) : [];
  const published = created(versions[0]);
  const abstract = fromMarkup(string(fields.abstract));
  return makePaper({
    id: arxiv ?? identityOf({ doi }),
    title,
    abstract,
    authors: authorsOf(fields),
    published,
    // Most papers have one version.
    updated:
      (versions.length > 1 ? created(versions.at(-1)) : published) ?? dayOf(string(fields.update_date)),
    categories: clean(string(fields.categories)).split(" ").filter(Boolean),
    url: addresses?.url ?? null,
    pdf: addresses?.pdf ?? null,
    doi,
    journal: fromMarkup(string(fields["journal-ref"])) || null,
    comment,
    submitter: fromMarkup(fromTexAccents(string(fields.submitter))) || null,
    withdrawn: isWithdrawn(comment ?? "", abstract),
  });
}

/** A paper published in parts has several DOIs in one field. */
function firstDoi(text: string): string | null {
  if (text === "") return null;
  for (const part of text.split(/[ ,;]+/)) {
    const doi = doiOf(part);
    if (doi !== null) return doi;
  }
  return null;
}

/** The names in parts, `[last, first, suffix]`, if the line has them, else from the line of authors. */
function authorsOf(fields: Fields): string[] {
  const parsed = fields.authors_parsed;
  if (!Array.isArray(parsed)) return [...splitAuthors(string(fields.authors)).authors];
  const names = parsed.map((parts: unknown) => {
    if (!Array.isArray(parts)) return "";
    const [last, first, suffix] = parts as readonly unknown[];
    const whole = joined(joined(string(first), string(last)), string(suffix));
    // With a comma, `personName` would swap the parts a second time.
    return personName(whole.includes(",") ? whole.replaceAll(",", " ") : whole);
  });
  return names.filter(isName);
}

function joined(before: string, after: string): string {
  return before === "" || after === "" ? before + after : `${before} ${after}`;
}

function created(version: unknown): string | null {
  if (typeof version !== "object" || version === null) return null;
  return dayOf(string((version as Fields).created));
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
