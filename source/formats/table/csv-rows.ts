/** A row of a table: its cells, and the line of the text where it begins, from 1. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Gives the rows of a text of separated values, one after the other: cells may be in double quotes, in
 * which quotes are doubled and line breaks are text (RFC 4180). A quote that is never closed ends with its
 * line, so that it costs one row and not the rest. Blank lines are no rows. Linear in the length of the text.
 */
export function* rowsOf(text: string, separator: string): Generator<Row, void, void> {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  // Once quotes are not closed up to the end of the text, no later ones are.
  let isHopeless = false;
  while (at < text.length) {
    const begin = line;
    const cells: string[] = [];
    let isEnd = false;
    while (!isEnd) {
      let cell: string;
      const isQuoted: boolean = text.charCodeAt(at) === 34 && !isHopeless;
      const end: number = isQuoted ? closingQuote(text, at + 1, separator) : -1;
      isHopeless ||= isQuoted && end < 0;
      if (end >= 0) {
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        line += countBreaks(cell);
        at = end + 1;
        // What follows the quotes before the next separator belongs to the cell.
        const rest = cellEnd(text, at, separator);
        cell += text.slice(at, rest);
        at = rest;
      } else {
        const stop = cellEnd(text, at, separator);
        cell = text.slice(at, stop);
        at = stop;
      }
      cells.push(cell);
      isEnd = at >= text.length || text.charCodeAt(at) === 10;
      at += 1;
    }
    line += 1;
    if (cells.length > 1 || cells[0]?.trim() !== "") yield { cells, line: begin };
  }
}

/** Where the quotes are closed, before a separator or the end of a line; -1 where they never are. */
function closingQuote(text: string, from: number, separator: string): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text.charCodeAt(at + 1) === 34) at += 1;
    else {
      const next = text[at + 1];
      if (next === undefined || next === separator || next === "\n" || next === " ") return at;
    }
  }
  return -1;
}

function cellEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text.charCodeAt(at) !== 10) at += 1;
  return at;
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
