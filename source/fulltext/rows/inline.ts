import { cellWidth } from "../../text/cells.js";
import { lineOfFormula } from "../../text/tex/layout/line.js";
import { script } from "../../text/tex/scripts.js";
import { wrap, wrapParagraph } from "../../text/wrap.js";
import type { TextSpan } from "../blocks.js";
import type { RowSpan, RowStyle } from "./row.js";

/** Spans as they are shown: formulas set on one line, scripts raised, links numbered. */
export interface Shown {
  readonly text: string;
  readonly runs: readonly {
    readonly start: number;
    readonly end: number;
    readonly span: Omit<RowSpan, "text">;
  }[];
}

/** Numbers the links of a paper in reading order. */
export interface LinkCounter {
  next: number;
}

export function showSpans(
  spans: readonly TextSpan[],
  asSource: boolean,
  links: LinkCounter,
  base: RowStyle = {},
): Shown {
  let text = "";
  let lastHref: string | null = null;
  const runs: { start: number; end: number; span: Omit<RowSpan, "text"> }[] = [];
  for (const one of spans) {
    const shown = shownText(one, asSource);
    const start = text.length;
    text += shown;
    const style: RowStyle = {
      ...base,
      ...(one.bold ? { bold: true } : {}),
      ...(one.italic ? { italic: true } : {}),
      ...(one.code ? { color: "green" as const } : {}),
      ...(one.href ? { underline: true, color: "cyan" as const } : {}),
      ...(one.href && !one.href.startsWith("#") ? { link: one.href } : {}),
    };
    if (one.href && one.href !== lastHref) links.next += 1;
    lastHref = one.href ?? null;
    const span = { style, ...(one.href ? { href: one.href, number: links.next - 1 } : {}) };
    if (shown !== "") runs.push({ start, end: text.length, span });
  }
  return { text, runs };
}

function shownText({ text, tex, note, script: level }: TextSpan, asSource: boolean): string {
  if (note !== undefined) return script(note, "^");
  if (tex !== undefined) return asSource ? `$${tex}$` : lineOfFormula(tex);
  return level === undefined || text.trim() === "" ? text : script(text, level);
}

/** Shown text in lines of at most `width` cells, the first line `first` cells shorter. */
export function wrapShown(shown: Shown, width: number, isParagraph = true): RowSpan[][] {
  const lines = (isParagraph ? wrapParagraph : wrap)(shown.text, Math.max(1, width));
  let from = 0;
  return lines.map(({ start, end }) => {
    while (from < shown.runs.length && (shown.runs[from]?.end ?? 0) <= start) from += 1;
    return cut(shown, start, end, from);
  });
}

/** All of it as one line. */
export function lineOf(shown: Shown): RowSpan[] {
  return cut(shown, 0, shown.text.length, 0);
}

function cut({ text, runs }: Shown, start: number, end: number, from: number): RowSpan[] {
  const spans: RowSpan[] = [];
  for (let at = from; at < runs.length; at += 1) {
    const run = runs[at] as Shown["runs"][number];
    if (run.start >= end) break;
    const part = text.slice(Math.max(start, run.start), Math.min(end, run.end));
    if (part !== "") spans.push({ text: part, ...run.span });
  }
  return spans;
}

export function widthOf(spans: readonly RowSpan[]): number {
  return spans.reduce((sum, { text }) => sum + cellWidth(text), 0);
}
