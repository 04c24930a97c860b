/** A row of a table: its cells, and the line on which it begins, from 1. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Yields the rows of separated values one by one. Cells may be in double quotes; inside them, quotes are
 * doubled and line breaks are text (RFC 4180). An unclosed quote ends with its line, so it costs one row
 * and not the rest. Blank lines are skipped. Linear in the length of the text.
 */
export function* rowsOf(text: string, separator: string): Generator<Row, void, void> {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  // Once a quote is not closed before the end of the text, no later one is, so the search is not repeated.
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
        // Text between the closing quote and the next separator belongs to the cell.
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

/** The offset of the closing quote, which is followed by a separator or a line end; -1 if there is none. */
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
