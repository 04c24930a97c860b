import { dateIn } from "../fields/dates.js";

/** What the columns of a table say about the paper in a row, as plain text. */
export interface ColumnFields {
  readonly published?: string;
  readonly organization?: string;
  readonly journal?: string;
  readonly keywords?: readonly string[];
}

const named: readonly (readonly [keyof ColumnFields, RegExp])[] = [
  ["published", /^(?:date|year|published|publish(?:ed|ing)? date|release(?:d| date)?|time)$/i],
  ["organization", /^(?:institut(?:e|ion)s?|organi[sz]ations?|affiliations?|company|lab|team|from)$/i],
  ["journal", /^(?:venue|conference|journal|publication|published (?:in|at)|pub\.?)$/i],
  ["keywords", /^(?:key-?\s?words?|tags?|topics?|area)$/i],
];

/** The cells of a table row, without the pipes. https://github.github.com/gfm/#tables-extension- */
export function cellsOf(row: string): string[] {
  const inner = row.trim().replace(/^\|/, "");
  const cells = inner.split(/(?<!\\)\|/);
  if (inner.endsWith("|")) cells.pop();
  return cells.map((cell) => cell.trim());
}

/**
 * The fields of a row whose columns have known headers.
 * @param plain converts a cell to plain text
 */
export function columnFields(
  row: string,
  heads: readonly string[],
  plain: (cell: string) => string,
): ColumnFields {
  const fields: { -readonly [name in keyof ColumnFields]: ColumnFields[name] } = {};
  for (const [at, cell] of cellsOf(row).entries()) {
    const head = plain(heads[at] ?? "");
    const name = named.find(([, pattern]) => pattern.test(head))?.[0];
    // The header may be wrong: a cell with a link is not a venue or a date.
    const text = cell.includes("](") ? "" : plain(cell);
    if (name === undefined || fields[name] !== undefined || /^[\s–—?/-]*$/.test(text)) continue;
    if (name === "published") {
      const date = dateIn(text);
      if (date !== null) fields.published = date;
    } else if (name !== "keywords") fields[name] = text;
    else fields.keywords = text.split(/[,;]/).map((word) => word.trim());
  }
  return fields;
}
