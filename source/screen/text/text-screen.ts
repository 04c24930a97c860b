import { spansText } from "../../fulltext/blocks.js";
import { widthOf } from "../../fulltext/rows/inline.js";
import type { TextRow } from "../../fulltext/rows/row.js";
import { pageHint, pdfOf } from "../../reader/detail/links.js";
import type { EditedLine } from "../../reader/keys/line-editor.js";
import { type Layout, layOut } from "../../reader/layout.js";
import type { Model } from "../../reader/model.js";
import { blocksToCopy } from "../../reader/text/actions/copying.js";
import { linkedBlock } from "../../reader/text/following.js";
import { textGeometry, textPane, topBlock } from "../../reader/text/open-text.js";
import { referenceLine } from "../../reader/text/references.js";
import { placeAmong } from "../../reader/text/searching.js";
import { type TextCommand, textKeymap } from "../../reader/text/text-keys.js";
import type { OpenText } from "../../reader/text/text-state.js";
import { cellWidth, cutToWidth, graphemes, graphemeWidth } from "../../text/cells.js";
import { counted } from "../../text/numbers.js";
import { plainTex } from "../../text/tex/render.js";
import { wrap } from "../../text/wrap.js";
import { scrollbar } from "../detail.js";
import { modeHints } from "../footer.js";
import { glyphsFor } from "../glyphs.js";
import { fit, lineWidth, spread } from "../line.js";
import { editedField, type Prompt, promptLine } from "../prompt.js";
import { type Line, type Span, type Style, span, styles } from "../style.js";
import type { Region } from "./region.js";

/** The regions of an open text: header, text, a message row (chosen link, search or copy), keys. */
export function textRegions(model: Model, open: OpenText): Region[] {
  const { columns } = model.size;
  const layout = layOut(model.size, "detail");
  const across = [span(glyphsFor(model.settings.ascii).across.repeat(columns), styles.rule)];
  const regions: Region[] = [];
  if (layout.header) regions.push({ name: "header", ...layout.header, lines: [textHeader(model, open)] });
  for (const y of layout.rules)
    regions.push({ name: y < 3 ? "rule-top" : "rule-bottom", x: 0, y, width: columns, lines: [across] });
  const bottom = bottomRegions(model, open, layout);
  const pane = textPane(model.size);
  if (pane) {
    const covered = layout.footer === null && bottom.length > 0 ? 1 : 0;
    const lines = textLines(model, open, pane.width).slice(0, pane.height - covered);
    regions.push({ name: "detail", ...pane, lines });
  }
  return [...regions, ...bottom];
}

/** The paper's title and the reader's position: `§3.2 · 41 %`. */
function textHeader({ size }: Model, open: OpenText): Line {
  const width = size.columns;
  const { height } = textGeometry(size);
  const title = plainTex(open.text?.title && !open.isCard ? open.text.title : open.paper.title);
  const room = Math.max(4, width - 20);
  return spread(
    [span(` ${cutToWidth(title, room)}`, styles.title)],
    [span(`${positionIn(open, height)} `, styles.faint)],
    width,
  );
}

function positionIn(open: OpenText, height: number): string {
  if (open.text === null) return "";
  if (open.isCard) return "from a reference";
  const at = topBlock(open);
  const section = open.text.blocks.slice(0, at + 1).findLast(({ kind }) => kind === "heading");
  const name = section
    ? section.label
      ? `§${section.label}`
      : cutToWidth(spansText(section.spans), 24)
    : "";
  // With the last row on the screen it is 100 %.
  const last = open.rows.length - height;
  const part = last <= 0 ? 100 : Math.round((100 * open.top) / last);
  return [name, `${part} %`].filter(Boolean).join(" · ");
}

function textLines(model: Model, open: OpenText, width: number): Line[] {
  const { height, margin, room } = textGeometry(model.size);
  if (open.text === null && open.failure !== null) return failureLines(open.failure, width, height);
  if (open.text === null) {
    const words = open.working ?? "looking for the text";
    return Array.from({ length: height }, (_, y) =>
      fit(
        y === Math.min(1, height - 1) ? [span(`  ${words} …`), span("  Esc stops it", styles.faint)] : [],
        width,
      ),
    );
  }
  const thumb = scrollbar(open.top, open.rows.length, height);
  const glyph = glyphsFor(model.settings.ascii).scrolled;
  const parts = matchParts(open, height);
  // Preview of what `y y` would copy.
  const copied = open.isCopying ? blocksToCopy(open, model.size).paragraph : null;
  return Array.from({ length: height }, (_, y) => {
    const at = open.top + y;
    const row = open.rows[at];
    const marked = row?.block === copied ? [wholeOf(row as TextRow)] : (parts.get(at) ?? []);
    const line = row ? rowLine(row, open, marked, { margin, room }) : [];
    return fit([...fit(line, width - 1), thumb(y) ? span(glyph, styles.rule) : span(" ")], width);
  });
}

/** Why a text could not be loaded. */
function failureLines(failure: string, width: number, height: number): Line[] {
  const lines = wrap(failure, Math.max(1, width - 4)).map(({ start, end }) => failure.slice(start, end));
  const above = lines.length < height ? 1 : 0;
  return Array.from({ length: height }, (_, y) => {
    const line = lines[y - above];
    return fit(line === undefined ? [] : [span(`  ${line}`, styles.warning)], width);
  });
}

interface MatchPart {
  readonly start: number;
  readonly end: number;
  readonly isChosen: boolean;
}

function wholeOf({ spans }: TextRow): MatchPart {
  return { start: 0, end: spans.reduce((sum, { text }) => sum + text.length, 0), isChosen: false };
}

/** The search matches in the rows on screen, by row. */
function matchParts({ matches, match, top }: OpenText, height: number): Map<number, MatchPart[]> {
  const found = new Map<number, MatchPart[]>();
  for (const [index, { parts }] of matches.entries()) {
    for (const { row, start, end } of parts) {
      if (row < top || row >= top + height) continue;
      found.set(row, [...(found.get(row) ?? []), { start, end, isChosen: index === match }]);
    }
  }
  return found;
}

function rowLine(
  { spans, wide }: TextRow,
  { link, left }: OpenText,
  parts: readonly MatchPart[],
  { margin, room }: { readonly margin: number; readonly room: number },
): Line {
  const line: Span[] = [];
  let at = 0;
  for (const one of spans) {
    const isChosen = link !== null && one.number === link;
    const style: Style = isChosen ? { ...one.style, ...styles.chosen } : one.style;
    line.push(...laid(one.text, style, at, parts));
    at += one.text.length;
  }
  if (wide === undefined) return [span(" ".repeat(margin)), ...line];
  // A wide row begins further left, and then scrolls.
  const least = Math.min(margin, 2);
  const start = Math.max(least, Math.min(margin, least + room - wide));
  if (wide <= room) return [span(" ".repeat(start)), ...line];
  const staying = widthOf(spans.slice(0, spans.findLastIndex(({ stays }) => stays) + 1));
  const [names, rest] = splitAt(line, staying);
  return [span(" ".repeat(start)), ...fit([...names, ...splitAt(rest, left)[1]], room)];
}

/** A text with the search matches highlighted. */
function laid(text: string, style: Style, offset: number, parts: readonly MatchPart[]): Span[] {
  const inside = parts.filter(({ start, end }) => end > offset && start < offset + text.length);
  if (inside.length === 0) return [span(text, style)];
  const spans: Span[] = [];
  let done = 0;
  for (const { start, end, isChosen } of inside) {
    const from = Math.max(done, start - offset);
    const to = Math.min(text.length, end - offset);
    if (from > done) spans.push(span(text.slice(done, from), style));
    const look = isChosen ? styles.chosen : styles.match;
    if (to > from) spans.push(span(text.slice(from, to), { ...style, dim: false, ...look }));
    done = Math.max(done, to);
  }
  if (done < text.length) spans.push(span(text.slice(done), style));
  return spans;
}

/** The first cells of a line, and the rest. */
function splitAt(line: Line, cells: number): readonly [Span[], Span[]] {
  const [before, after]: [Span[], Span[]] = [[], []];
  let left = cells;
  for (const one of line) {
    let head = "";
    // A row of code may have a million cells.
    for (const grapheme of left > 0 ? graphemes(one.text) : []) {
      if (left <= 0) break;
      head += grapheme;
      left -= graphemeWidth(grapheme);
    }
    const tail = one.text.slice(head.length);
    if (head !== "") before.push({ ...one, text: head });
    if (tail !== "") after.push({ ...one, text: tail });
  }
  return [before, after];
}

function bottomRegions(model: Model, open: OpenText, { columns, prompt: y, footer }: Layout): Region[] {
  const message = messageOf(model, open);
  const promptRegion = (row: number): Region => ({
    name: "prompt",
    x: 0,
    y: row,
    width: columns,
    lines: [promptLine(message, columns)],
    ...(message ? { prompt: message } : {}),
  });
  const footerRegion = (row: number): Region => ({
    name: "footer",
    x: 0,
    y: row,
    width: columns,
    lines: [textFooter(model, open, columns, footer === null || footer === y)],
  });
  if (footer !== null && footer !== y) {
    // A message has its own row and hides neither the keys nor the typed text.
    const { notice } = model;
    if (notice === null || open.search.isTyping || open.goingTo !== null || open.isCopying)
      return [promptRegion(y), footerRegion(footer)];
    const said = fit([span(` ${notice.text}`, styles[notice.tone])], columns);
    return [{ name: "message", x: 0, y, width: columns, lines: [said] }, footerRegion(footer)];
  }
  if (footer === null && !model.notice && !message) return [];
  return [message && !model.notice ? promptRegion(y) : footerRegion(y)];
}

/** The row above the footer: the search, what can be copied, or the target of the chosen link. */
function messageOf({ size }: Model, open: OpenText): Prompt | null {
  const { columns } = size;
  const { search, matches, match } = open;
  const label = (text: string): Line => fit([span(text, styles.key)], Math.min(columns, cellWidth(text)));
  const whole = (head: string, field: Line): Prompt => {
    const first = label(head);
    return { label: first, field: fit(field, Math.max(0, columns - lineWidth(first))), beside: [] };
  };
  if (open.isCopying) {
    const { equation } = blocksToCopy(open, size);
    const tex = equation === null ? [] : [span("t", styles.key), span(" TeX of the equation")];
    return whole(" copy ", [span("y", styles.key), span(" the marked paragraph  "), ...tex]);
  }
  const typed = (head: string, line: EditedLine, said: string): Prompt => {
    const beside = columns < 40 ? [] : fit([span(said, styles.faint)], cellWidth(said));
    const first = label(head);
    const room = Math.max(0, columns - lineWidth(first) - lineWidth(beside));
    return { label: first, field: fit(editedField(line, room), room), beside };
  };
  if (open.goingTo !== null) return typed(" : ", open.goingTo, "120 a row · 50% a part ");
  if (search.isTyping) {
    const said = search.line.text.trim() === "" ? "" : `${counted(matches.length, "match", "matches")} `;
    return typed(" / ", search.line, said);
  }
  const target = linkedBlock(open);
  if (target?.block.kind === "reference") return whole(" ", [span(referenceLine(target.block))]);
  if (open.link !== null) {
    const href = open.links[open.link]?.href ?? "";
    const words = target
      ? (target.block.label ?? spansText(target.block.spans))
      : href.replace(/^picture:/, "");
    return whole(" → ", [span(cutToWidth(words, columns), styles.faint)]);
  }
  if (search.line.text === "") return null;
  const place =
    match === null ? counted(matches.length, "match", "matches") : placeAmong(match, matches.length);
  return whole(" / ", [
    span(search.line.text),
    span(`  ${place} · n next, N previous, Esc clears`, styles.faint),
  ]);
}

/** The least width at which the footer shows the number of sections beside the keys. */
const leastForLength = 100;

const names: Readonly<Record<string, string>> = { enter: "Enter", backspace: "Backspace", tab: "Tab" };
/** Keys that are shown together with their opposites. */
const pairs: Partial<Record<TextCommand, string>> = { down: "j/k", left: "h/l" };

const hints = textKeymap
  .flatMap(({ keys, command, hint }) => {
    const first = keys[0] as string;
    return hint ? [{ key: pairs[command] ?? names[first] ?? first, command, ...hint }] : [];
  })
  .sort((a, b) => a.rank - b.rank);

/** The keys of a row or percentage that is being typed. */
const placeKeys = [
  ["Enter", "goes there"],
  ["Esc", "cancels"],
] as const;
/** The keys of a search that is being typed, as at the prompt of the list. */
const searchKeys = [
  ["Enter", "keep"],
  ["Esc", "clear"],
] as const;

function textFooter(model: Model, open: OpenText, columns: number, saysNotice: boolean): Line {
  // On a narrow screen the keys are more useful than the length of the text.
  const length = open.text === null || open.isCard || columns < leastForLength ? "" : lengthOf(open);
  const count = model.count === null ? "" : `${model.count}  `;
  const right: Line =
    count + length === "" ? [] : [span(count, styles.key), span(length, styles.faint), span(" ")];
  if (model.notice && saysNotice)
    return spread([span(` ${model.notice.text}`, styles[model.notice.tone])], right, columns);
  const spans: Span[] = [span(" ")];
  if (open.text === null && open.failure !== null) return failureFooter(open, columns);
  if (open.text === null)
    return fit([...spans, span("Esc", styles.key), span(" stops it", styles.faint)], columns);
  if (open.goingTo !== null) return spread([...spans, ...modeHints(placeKeys)], right, columns);
  if (open.search.isTyping) return spread([...spans, ...modeHints(searchKeys)], right, columns);
  let room = columns - lineWidth(right) - 10;
  const isWide = hasWideRow(model, open);
  for (const { key, command, words } of hints) {
    if (command === "left" && !isWide) continue;
    const cells = cellWidth(key) + cellWidth(words) + 3;
    if (cells > room) break;
    room -= cells;
    spans.push(span(key, styles.key), span(` ${words}  `, styles.faint));
  }
  spans.push(span("?", styles.key), span(" help", styles.faint));
  return spread(spans, right, columns);
}

/** Whether a row on the screen is wider than it. */
function hasWideRow({ size }: Model, { rows, top }: OpenText): boolean {
  const { height, room } = textGeometry(size);
  return rows.slice(top, top + height).some(({ wide = 0 }) => wide > room);
}

/** The keys that help if a text could not be loaded. */
function failureFooter({ paper, parent }: OpenText, columns: number): Line {
  const keys = [
    ["q", parent === null ? "back to the list" : "back"],
    ["r", "tries again"],
    ["o", pageHint(paper).replace(/^o /, "")],
    ...(pdfOf(paper) === null ? [] : [["O", "its PDF"] as const]),
  ] as const;
  return fit([span(" "), ...modeHints(keys)], columns);
}

function lengthOf({ text }: OpenText): string {
  const references = text?.blocks.filter(({ kind }) => kind === "reference").length ?? 0;
  const sections = text?.blocks.filter(({ kind }) => kind === "heading").length ?? 0;
  return [counted(sections, "section"), ...(references > 0 ? [counted(references, "reference")] : [])].join(
    " · ",
  );
}
