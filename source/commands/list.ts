import { jsonOf } from "../exports/json.js";
import { openLibrary } from "../library/library.js";
import { thisMachine } from "../library/machine.js";
import type { Listing } from "../papers/listing.js";
import { hasMark } from "../papers/marks.js";
import type { Paper } from "../papers/paper.js";
import { readSort } from "../reader/start.js";
import { select } from "../reader/views.js";
import { parseQuery } from "../search/query.js";
import { cellWidth, cutToWidth, fitToWidth } from "../text/cells.js";
import { thousands } from "../text/numbers.js";
import type { Options } from "./arguments.js";
import { userDirectories } from "./environment.js";

/**
 * Prints a listing to standard output. Returns the exit code: 1 where nothing matched, 2 where one
 * of several sources could not be read, as `cat` does.
 */
export function list(listing: Listing, options: Options): number {
  const { library, problems } = openLibrary(userDirectories().state, thisMachine(), Date.now);
  for (const problem of [...problems, ...problemLines(listing, options.problems)]) {
    process.stderr.write(`papers-tui: ${problem}\n`);
  }
  if (listing.size === 0) {
    const why =
      listing.whyEmpty ?? "no papers here: arXiv and Daily Papers have none at weekends and on holidays";
    process.stderr.write(`papers-tui: ${why}\n`);
  }
  const marks = Uint8Array.from({ length: listing.size }, (_, at) => library.bits(listing.paper(at).id));
  const query = parseQuery(options.filter);
  for (const note of [...query.notes, ...query.unfinished]) process.stderr.write(`papers-tui: ${note}\n`);
  const rows = select({ listing, marks, view: "all", sort: readSort(options.sort), query });
  const shown = options.limit === null ? rows : rows.slice(0, options.limit);
  const entries = shown.map((at) => ({ paper: listing.paper(at), bits: marks[at] as number }));
  if (options.json) {
    process.stdout.write(jsonOf(entries));
  } else {
    const width = process.stdout.isTTY ? process.stdout.columns || 80 : null;
    process.stdout.write(entries.map(({ paper, bits }) => line(paper, bits, width)).join(""));
  }
  if (listing.problems.some(({ isWholeSource }) => isWholeSource)) return 2;
  return shown.length === 0 ? 1 : 0;
}

/** How many problems are told before the rest is only counted. */
const toldProblems = 3;

/** What could not be read of a listing: all of it, or the first few and how many more. */
function problemLines({ problems, size }: Listing, all: boolean): string[] {
  const lines = problems.map(problemText);
  if (all || lines.length <= toldProblems) return lines;
  const rest = lines.length - toldProblems + 1;
  return [
    ...lines.slice(0, toldProblems - 1),
    `${thousands(rest)} more problems beside the ${thousands(size)} papers read (--problems tells all)`,
  ];
}

/** A problem of a listing as one line for people. */
export function problemText({ line: number, message }: Listing["problems"][number]): string {
  return number === null ? message : `line ${number}: ${message}`;
}

/** Marks, date, authors and title: with tabs between them, or (`width`) in columns cut to it. */
function line(paper: Paper, bits: number, width: number | null): string {
  const marks = `${hasMark(bits, "read") ? "-" : "o"}${hasMark(bits, "starred") ? "*" : "-"}${hasMark(bits, "later") ? "L" : "-"}`;
  const date = paper.published ?? "";
  const authors = authorsText(paper);
  if (width === null) return `${[marks, date, authors, paper.title].join("\t")}\n`;
  const left = `${marks} ${date.padEnd(10)} ${fitToWidth(authors, 14)} `;
  return `${left}${cutToWidth(paper.title, Math.max(1, width - cellWidth(left)))}\n`;
}

function authorsText({ authors, authorCount }: Paper): string {
  const [first, ...others] = authors;
  if (first) return others.length === 0 ? first : `${first} et al.`;
  if (authorCount === null) return "";
  return authorCount === 1 ? "1 author" : `${authorCount} authors`;
}
