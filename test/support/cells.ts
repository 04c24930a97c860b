import { CellTable } from "../../source/terminal/painter/cells.js";

const table = new CellTable();

/** What a line with SGR sequences shows, cell by cell, without the blanks at its end. */
export function toCells(line: string): { text: string; sgr: string; link: string }[] {
  const row = new Int32Array(2 * line.length);
  const count = table.read(line, row, 0);
  return [...row.subarray(0, count)].map((number) => {
    const { text, style } = table.cell(number);
    return { text, sgr: style.sgr, link: style.link };
  });
}
