import { parse as parseCsv } from "csv-parse/sync";
import type { SampleField } from "./fields.js";

/** The columns of a table, by their heads. */
export function tableFields(text: string): SampleField[] {
  const first = text.split("\n", 1)[0] as string;
  const delimiter = first.includes("\t") ? "\t" : ",";
  const [heads = [], ...rows] = parseCsv(text, {
    bom: true,
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
  }) as string[][];
  const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const write = (row: readonly string[]) => row.map(cell).join(delimiter);
  return heads.flatMap((head, at) => {
    const values = rows.map((row) => row[at] ?? "").filter((value) => value !== "");
    // The title makes a table one: `samples.test.ts` would see another format without it.
    if (values.length === 0 || head.trim() === "") return [];
    const without = () => [heads, ...rows].map((row) => write(row.toSpliced(at, 1))).join("\n");
    return [{ path: head, values, without }];
  });
}

/** The fields of entries of BibTeX, one a line or over several with their braces or quotes closed. */
export function bibtexFields(text: string): SampleField[] {
  const found = new Map<string, { from: number; to: number; value: string }[]>();
  for (const match of text.matchAll(/^[ \t]*([a-z][\w-]*)[ \t]*=[ \t]*/gim)) {
    const name = (match[1] as string).toLowerCase();
    const start = match.index + match[0].length;
    const to = endOfValue(text, start);
    const value = text.slice(start, to);
    const comma = /^\s*,/.exec(text.slice(to))?.[0].length ?? 0;
    found.set(name, [...(found.get(name) ?? []), { from: match.index, to: to + comma, value }]);
  }
  return [...found].map(([path, spans]) => ({
    path,
    values: spans.map(({ value }) => value),
    without: () => leavingOut(text, spans),
  }));
}

/** Where a value ends: after its closing brace or quote, or before the comma of a number or a string's name. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  const isQuoted = text[from] === '"';
  for (let at = isQuoted ? from + 1 : from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === "{") depth += 1;
    else if (sign === "}") {
      depth -= 1;
      if (depth < 0) return at;
      if (depth === 0 && !isQuoted) return at + 1;
    } else if (depth === 0 && isQuoted && sign === '"') return at + 1;
    else if (depth === 0 && !isQuoted && (sign === "," || sign === "\n")) return at;
  }
  return text.length;
}

/** Of a list in Markdown: columns of tables by their heads, lines with a label, and links by their words. */
export function markdownFields(text: string): SampleField[] {
  const lines = text.split("\n");
  const fields = new Map<string, { from: number; to: number; value: string }[]>();
  const add = (path: string, from: number, to: number) => {
    const value = text.slice(from, to);
    if (value.trim() !== "") fields.set(path, [...(fields.get(path) ?? []), { from, to, value }]);
  };
  let offset = 0;
  let heads: readonly string[] | null = null;
  for (const [at, line] of lines.entries()) {
    if (/^\s*\|?[\s|:-]+\|[\s|:-]*$/.test(line)) heads = cellsOf(lines[at - 1] ?? "").map(({ cell }) => cell);
    else if (heads !== null && line.includes("|")) {
      for (const [column, { cell, from }] of cellsOf(line).entries()) {
        const head = heads[column];
        if (head !== undefined) add(`| ${head}`, offset + from, offset + from + cell.length);
      }
    } else heads = null;
    const label =
      /^\s*(?:[-*] )?\*{0,2}(Authors?|Abstract|Date|Published|Venue|Keywords|arXiv|DOI|TL;DR):\*{0,2} (?=\S)/i.exec(
        line,
      );
    if (label) add(`${label[1]}:`, offset, offset + line.length);
    for (const link of line.matchAll(/\[+([^\][]{1,20})\]+\([^()\s]*\)/g)) {
      const words = (link[1] as string).toLowerCase();
      if (
        /^(?:pdf|code|paper|project|website|page|github|tweet|video|slides|demo|data|dataset)s?$/.test(words)
      )
        add(`[${words}]`, offset + link.index, offset + link.index + link[0].length);
    }
    offset += line.length + 1;
  }
  return [...fields].map(([path, spans]) => ({
    path,
    values: spans.map(({ value }) => value),
    without: () => leavingOut(text, spans),
  }));
}

function cellsOf(line: string): { readonly cell: string; readonly from: number }[] {
  const cells: { cell: string; from: number }[] = [];
  let from = line.startsWith("|") ? 1 : 0;
  for (const part of line
    .slice(from)
    .replace(/\|\s*$/, "")
    .split("|")) {
    cells.push({ cell: part.trim(), from: from + part.length - part.trimStart().length });
    from += part.length + 1;
  }
  return cells;
}

function leavingOut(text: string, spans: readonly { readonly from: number; readonly to: number }[]): string {
  let kept = "";
  let at = 0;
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    if (from < at) continue;
    kept += text.slice(at, from);
    at = to;
  }
  return kept + text.slice(at);
}
