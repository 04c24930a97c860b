import { arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { counted } from "../../text/numbers.js";
import { isName, listedNames, splitAuthors, withInitialsFirst } from "../fields/author-line.js";
import { dateIn, knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { addressAt, countAt } from "../json/fields.js";
import { foundPaper } from "../json/found-paper.js";
import { ownPaper } from "../json/own-json.js";
import { paperAt } from "../web/paper-addresses.js";
import { type ColumnName, columnOf, headOf, names } from "./columns.js";
import { type Row, rowsOf } from "./csv-rows.js";

/**
 * Tables with one paper per row below a header row: the output of `export --format csv`, exports of Scopus,
 * PubMed, IEEE Xplore, Springer, Web of Science, Google Scholar and Zotero, and any other. Separated by
 * commas, semicolons or tabs. https://www.rfc-editor.org/rfc/rfc4180
 */
export const csv: Format = {
  name: "table (CSV or TSV)",
  title: null,
  knownBy: "a header row with a title and one more known column",
  from: "`export --format csv`, Scopus, PubMed, IEEE Xplore, Springer, Web of Science, OpenAlex, Dimensions, Lens.org, Embase, Zotero, spreadsheets: the header row names the columns",
  detect,
  parse,
};

type Columns = { [name in ColumnName]?: readonly number[] };
/** Sorts the columns of each field, best first. */
function best(columns: { [name in ColumnName]?: number[] }, heads: readonly string[]): Columns {
  const rank = (name: ColumnName, at: number) => names[name].split("|").indexOf(headOf(heads[at] ?? ""));
  for (const name of Object.keys(columns) as ColumnName[]) {
    columns[name]?.sort((one, other) => rank(name, one) - rank(name, other));
  }
  return columns;
}

/** A table and its columns with known headers. */
interface Table {
  readonly separator: string;
  readonly heads: readonly string[];
  readonly columns: Columns;
  readonly line: number;
}

/** Reads a text as a table; `null` if no line near its beginning is a header row. */
function tableOf(text: string): Table | null {
  const head = text.slice(0, 65_536);
  // Excel can put the separator on a line of its own.
  const declared = /^\ufeff?sep=(.)\r?\n/i.exec(head)?.[1];
  const first = head.split("\n", 5).find((line) => /[,;\t]/.test(line)) ?? "";
  const separator =
    declared ??
    ["\t", ",", ";"].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  let count = 0;
  for (const { cells, line } of rowsOf(head, separator)) {
    count += 1;
    if (count > 3) return null;
    if (cells.length < 2 || cells.length > 300) continue;
    const columns: { [name in ColumnName]?: number[] } = {};
    let known = 0;
    for (const [at, cell] of cells.entries()) {
      const name = columnOf(headOf(cell));
      if (name === undefined) continue;
      known += 1;
      columns[name] = [...(columns[name] ?? []), at];
    }
    // Notion's tables begin with a column "Name", which also tables of other things have.
    if (columns.title === undefined && columns.authors !== undefined) {
      const at = cells.findIndex((cell) => headOf(cell) === "name");
      if (at >= 0) columns.title = [at];
    }
    const isTable =
      columns.title !== undefined
        ? known >= 2
        : (columns.doi ?? columns.arxiv ?? columns.pmid) !== undefined && known >= 2;
    // Headers are short; a long cell is a sentence.
    if (isTable && cells.every((cell) => cell.length < 100))
      return { separator, heads: cells.map(clean), columns: best(columns, cells), line };
  }
  return null;
}

function detect(text: string): number {
  if (/^[\ufeff\s]*[<{[@%\\]/.test(text.slice(0, 200))) return 0;
  const table = tableOf(text);
  if (table === null) return 0;
  return isOwn(table) || Object.keys(table.columns).length > 3 ? 0.92 : 0.75;
}

/** Whether it is the output of `export --format csv`. */
function isOwn({ heads: written }: Table): boolean {
  return written[0] === "id" && written.includes("authorCount") && written.includes("starred");
}

function parse(text: string): ParsedListing {
  const table = tableOf(text);
  if (table === null)
    return {
      papers: [],
      day: null,
      problems: [{ line: 1, message: "no header row with known column names" }],
    };
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  let unreported = 0;
  const skip = (line: number, message: string) => {
    if (problems.length < 50) problems.push({ line, message, skips: 1 });
    else unreported += 1;
  };
  const note = (line: number, message: string) => {
    if (problems.length < 50) problems.push({ line, message });
  };
  const own = isOwn(table);
  for (const row of rowsOf(text, table.separator)) {
    if (row.line <= table.line) continue;
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    if (isShifted(row, table) && !own)
      note(
        row.line,
        `a row has ${row.cells.length} cells below ${table.heads.length} heads: look at its quotes`,
      );
    const found = own ? ownRow(row, table.heads) : toPaper(row, table.columns);
    if (typeof found !== "string") papers.push(found);
    else skip(row.line, `a row ${found}`);
  }
  if (unreported > 0)
    problems.push({
      line: null,
      message: counted(unreported, "more problem like this", "more problems like these"),
      skips: unreported,
    });
  return { papers, day: null, problems };
}

/**
 * Whether a row has text beyond the last head and no year or DOI in its column, as where a separator in a cell is not
 * quoted. Scopus also has cells without a head.
 */
function isShifted({ cells }: Row, { heads, columns }: Table): boolean {
  if (!cells.slice(heads.length).some((cell) => cell.trim() !== "")) return false;
  const isOther = (at: readonly number[] = [], what: RegExp) =>
    at.some((one) => cells[one]?.trim() && !what.test(cells[one] as string));
  return isOther(columns.year, /\d{4}/) || isOther(columns.doi, /10[./]/);
}

const lists = new Set(["authors", "categories", "keywords", "media"]);
const numbers = new Set(["authorCount", "upvotes", "comments", "codeStars", "citations", "influential"]);
const truths = new Set(["withdrawn", "authorsTakePart"]);

/** A row of `exports/csv.ts`, which puts an apostrophe before cells that would be formulas. */
function ownRow({ cells }: Row, written: readonly string[]): Paper | string {
  const record: Record<string, unknown> = {};
  for (const [at, name] of written.entries()) {
    const cell = (cells[at] ?? "").replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, "");
    if (cell === "") continue;
    if (lists.has(name)) record[name] = cell.split("; ");
    else if (numbers.has(name)) record[name] = Number(cell);
    else record[name] = truths.has(name) ? cell === "true" : cell;
  }
  return ownPaper(record) ?? "has no title and was skipped";
}

function toPaper({ cells }: Row, columns: Columns): Paper | string {
  const text = (name: ColumnName): string | null => {
    for (const at of columns[name] ?? []) {
      const cell = fromMarkup(cells[at] ?? "");
      // Spreadsheets' words for an empty cell.
      if (cell !== "" && !/^(?:n\/?a|null|none|nan|-)$/i.test(cell)) return cell;
    }
    return null;
  };
  const url = addressAt(text("url"));
  const pdf = addressAt(text("pdf"));
  const doiText = text("doi") ?? "";
  const doi = doiOf(doiText) ?? paperAt(doiText)?.doi ?? paperAt(url ?? "")?.doi ?? null;
  const id = text("arxiv") ?? "";
  const arxiv =
    arxivId(id) ??
    paperAt(id)?.arxiv ??
    paperAt(url ?? "")?.arxiv ??
    paperAt(pdf ?? "")?.arxiv ??
    arxivId(doi ?? "");
  const pmid = text("pmid");
  const title = text("title");
  const year = text("year");
  const journal = text("journal");
  // Embase cites the whole place: "Kettle Lett. (2021) 12:3 (1-9). Date of Publication: 9 Mar 2021".
  const cited = /^(.+?) \(\d{4}\) [^.]{1,60}\. Date of Publication: (.{4,30})$/.exec(journal ?? "");
  return foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract: (text("abstract") ?? "").replace(/^\[No abstract available\]$/i, ""),
    ...authorsOf(text("authors")),
    published: dateOf(text("date") ?? cited?.[2] ?? null, year),
    keywords: parted(text("keywords")),
    categories: parted(text("categories")),
    journal: cited?.[1] ?? journal,
    comment: text("comment"),
    upvotes: countOf(text("upvotes")),
    citations: countOf(text("citations")),
    comments: countOf(text("comments")),
    codeStars: countOf(text("stars")),
    organization: text("organization"),
    summary: text("summary"),
    project: addressAt(text("project")),
    arxiv,
    doi,
    url:
      url ??
      (doi === null && arxiv === null && pmid !== null && /^\d+$/.test(pmid)
        ? `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`
        : null),
    pdf,
    code: addressAt(text("code")),
    volume: text("volume"),
    pages: text("pages"),
    name: pmid === null ? null : `PubMed ${pmid}`,
  });
}

/** A count as tables write it: "1204", "1,204", "12.0". */
function countOf(text: string | null): number | null {
  const digits = /^(?:(\d+)(?:\.0+)?|(\d{1,3}(?:[,\u202f\u00a0' ]\d{3})+))$/.exec(text ?? "");
  return digits === null ? null : countAt(Number((digits[1] ?? digits[2] ?? "").replace(/\D/g, "")));
}

/** The date if it agrees with the year column, else that year: a date may be that of the database record. */
function dateOf(date: string | null, year: string | null): string | null {
  const known = knownDate(/(?<!\d)\d{4}(?!\d)/.exec(year ?? "")?.[0]);
  if (date === null) return known;
  const found = dateIn(known === null || /\d{4}/.test(date) ? date : `${date} ${known}`);
  return found === null || (known !== null && !found.startsWith(known)) ? known : found;
}

function parted(text: string | null): string[] {
  const plain = withoutPythonList(text ?? "");
  return plain
    .split([";", "|"].find((sign) => plain.includes(sign)) ?? ",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The texts of a list that Python printed, "['cs.LG', 'cs.AI']", separated by semicolons. */
function withoutPythonList(text: string): string {
  if (/^\[\s*\]$/.test(text)) return "";
  if (!/^\[\s*['"].*['"]\s*\]$/.test(text)) return text;
  return [...text.matchAll(/'((?:[^'\\]|\\.){1,500})'|"((?:[^"\\]|\\.){1,500})"/g)]
    .map(([, single, double]) => single ?? double)
    .join("; ");
}

/** Names separated by semicolons, each "Last, First" or in reading order, or separated by commas. */
function authorsOf(written: string | null): {
  readonly authors: readonly string[];
  readonly andOthers?: true;
} {
  if (written === null || /^\[No author name/i.test(written)) return { authors: [] };
  // OpenAlex separates names by bars.
  const line = withoutPythonList(written).replaceAll("|", ";");
  // BibTeX style, as Rayyan writes it: "Holm, Ines and Reed, Otto".
  const pairs = line.split(" and ");
  if (pairs.length > 1 && pairs.every((name) => /^[^,;]+,[^,;]+$/.test(name)))
    return { authors: pairs.map((name) => personName(name.trim())).filter(isName) };
  if (line.includes(";")) {
    // Scopus adds numbers to full names: "Holm, Ines (57202138757)".
    const names = line
      .split(";")
      .map((name) => name.replace(/(?<!\s)\s*\(\d+\)\s*$/, "").trim())
      .filter(isName);
    const isOpen = /^et\.? al\.?$/i.test(names.at(-1) ?? "");
    return {
      authors: listedNames(isOpen ? names.slice(0, -1) : names),
      ...(isOpen && { andOthers: true as const }),
    };
  }
  // Springer omits the separator between names: "Araz R. AlievNigar T. Ismayilova".
  const separated = line.includes(",") ? line : line.replace(/(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}*[.\s])/gu, ", ");
  const { authors, andOthers } = splitAuthors(separated.replace(/(?<!et al|[\s,.-]\p{Lu})\.$/u, ""), {
    lastFirst: true,
  });
  // With a comma in it, a single name shows its order: "LI, Wei".
  const isOrdered = authors.length === 1 && separated.includes(",");
  return { authors: isOrdered ? authors : withInitialsFirst(authors), ...(andOthers && { andOthers }) };
}
