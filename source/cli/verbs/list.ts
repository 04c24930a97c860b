import type { Options } from "../../app/options.js";
import { jsonOf } from "../../exports/json.js";
import type { Listing } from "../../papers/listing.js";
import { hasMark } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import { cellWidth, cutToWidth, fitToWidth } from "../../text/cells.js";
import { plainTex } from "../../text/tex/render.js";
import { print } from "../print.js";
import { type SelectedPapers, selectPapers } from "../selection.js";

/** Prints a listing to standard output, as fast as it accepts it. Resolves to the exit code. */
export async function list(listing: Listing, options: Options): Promise<number> {
  const { papers, code } = selectPapers(listing, options);
  if (options.json) await print(jsonOf(papers));
  else {
    const width = process.stdout.isTTY ? process.stdout.columns || 80 : null;
    await print(lines(papers, width));
  }
  return code;
}

function* lines(papers: SelectedPapers, width: number | null): Generator<string> {
  for (const { paper, bits } of papers) yield line(paper, bits, width);
}

/** Marks, date, authors and title: separated by tabs, or in columns of a total `width`. */
function line(paper: Paper, bits: number, width: number | null): string {
  const marks = `${hasMark(bits, "read") ? "-" : "o"}${hasMark(bits, "starred") ? "*" : "-"}${hasMark(bits, "later") ? "L" : "-"}`;
  const date = paper.published ?? "";
  const authors = authorsText(paper);
  const title = plainTex(paper.title);
  if (width === null) return `${[marks, date, authors, title].join("\t")}\n`;
  const left = `${marks} ${date.padEnd(10)} ${fitToWidth(authors, 14)} `;
  return `${left}${cutToWidth(title, Math.max(1, width - cellWidth(left)))}\n`;
}

function authorsText({ authors, authorCount, andOthers }: Paper): string {
  const [first, ...others] = authors;
  if (first) return others.length === 0 && !andOthers ? first : `${first} et al.`;
  if (authorCount === null) return "";
  return authorCount === 1 ? "1 author" : `${authorCount} authors`;
}
