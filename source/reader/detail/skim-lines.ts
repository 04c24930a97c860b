import type { Paper } from "../../papers/paper.js";
import { cellWidth, cutToWidth } from "../../text/cells.js";
import { bestSentence, type SkimSentence, skim } from "../../text/skim/skim.js";
import type { RenderedTex } from "../../text/tex/rendered.js";
import { wrapParagraph } from "../../text/wrap.js";
import type { PageLine } from "./page-content.js";

/** Cells for the labels before the sentences: "numbers" and two blanks. */
const labelCells = 9;
/** In narrower text each label has its own line. */
const narrowest = 36;

/**
 * The abstract for skimming: each sentence that says what was done or what came out begins a line and has its
 * label before it; the others are dim and run on between them.
 *
 * @param shown the abstract as it is shown, with its styles and links
 * @param isCompact whether what is dim has a line at most, because the pane has few
 */
export function skimLines(paper: Paper, shown: RenderedTex, width: number, isCompact: boolean): PageLine[] {
  const sentences = skim(shown.text, paper.title);
  const gutter = width >= narrowest ? labelCells : 0;
  const lines: PageLine[] = [];
  for (const { start, end, label } of runsOf(sentences)) {
    if (label !== null && gutter === 0) lines.push({ kind: "label", text: `${label}:`, start: 0 });
    const text = shown.text.slice(start, end);
    const room = width - gutter;
    const isCut = isCompact && label === null && cellWidth(text) > room;
    const wrapped = isCut ? [{ start: 0, end: text.length }] : wrapParagraph(text, room);
    lines.push(
      ...wrapped.map((line, index): PageLine => {
        const before = label !== null && gutter > 0 && index === 0 ? label : "";
        return {
          kind: "abstract",
          text: isCut ? cutToWidth(text, room) : text.slice(line.start, line.end),
          start: start + line.start,
          set: shown,
          ...(gutter > 0 ? { before: before.padEnd(gutter) } : {}),
          ...(label === null ? { isFaint: true } : {}),
        };
      }),
    );
  }
  return lines;
}

/** Sentences with a label one by one; consecutive sentences without one are joined. */
function runsOf(sentences: readonly SkimSentence[]): SkimSentence[] {
  const runs: SkimSentence[] = [];
  for (const sentence of sentences) {
    const last = runs.at(-1);
    if (last && last.label === null && sentence.label === null)
      runs[runs.length - 1] = { start: last.start, end: sentence.end, label: null };
    else runs.push(sentence);
  }
  return runs;
}

/** The sentence of the abstract that best says what was done, as lines; empty if there is none. */
export function bestLines(paper: Paper, shown: RenderedTex, width: number): PageLine[] {
  const best = bestSentence(shown.text, paper.title);
  if (best === null) return [];
  return wrapParagraph(shown.text.slice(best.start, best.end), width).map((line) => ({
    kind: "abstract",
    text: shown.text.slice(best.start + line.start, best.start + line.end),
    start: best.start + line.start,
    set: shown,
  }));
}
