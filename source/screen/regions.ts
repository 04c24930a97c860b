import { type Layout, layOut, type Pane } from "../reader/layout.js";
import { rowHeight } from "../reader/list/views.js";
import type { Model } from "../reader/model.js";
import { detailLines, footLine } from "./detail.js";
import { footerLine, messageLines } from "./footer.js";
import { asciiLine, glyphsFor } from "./glyphs.js";
import { headerLine } from "./header.js";
import { withWelcome } from "./list/welcome.js";
import { listLines } from "./list.js";
import { panelFooter, panelHeader, panelLines } from "./panel.js";
import { type Prompt, promptLine, promptOf } from "./prompt.js";
import { type Line, span, styles } from "./style.js";
import type { Region, RegionName } from "./text/region.js";
import { textRegions } from "./text/text-screen.js";

export type { Region, RegionName } from "./text/region.js";

/**
 * Divides the screen into regions that cover every cell once. Regions that share rows are in order from left
 * to right.
 */
export function regionsOf(model: Model): Region[] {
  const regions =
    model.mode === "panel"
      ? panelRegions(model)
      : model.mode === "text" && model.text !== null
        ? textRegions(model, model.text)
        : browseRegions(model);
  return model.settings.ascii ? regions.map(inAscii) : regions;
}

function inAscii(region: Region): Region {
  const { lines, prompt } = region;
  const plain = { ...region, lines: lines.map(asciiLine) };
  if (!prompt) return plain;
  const { label, field, beside } = prompt;
  return {
    ...plain,
    prompt: { label: asciiLine(label), field: asciiLine(field), beside: asciiLine(beside) },
  };
}

/** The whole screen as rows, each joined from its regions, including the prompt. */
export function rowsOf(model: Model): readonly Line[] {
  const rows: Line[] = Array.from({ length: model.size.rows }, () => []);
  for (const region of regionsOf(model)) {
    for (let index = 0; index < region.lines.length; index += 1) {
      const y = region.y + index;
      const before = rows[y];
      if (before) rows[y] = [...before, ...(region.lines[index] as Line)];
    }
  }
  return rows;
}

function browseRegions(model: Model): Region[] {
  const layout = layOut(model.size, model.zoom);
  const { columns } = layout;
  const bottom = bottomRegions(model, layout);
  // On a tiny screen a message covers the last row.
  const covered = layout.footer === null && bottom.length > 0 ? 1 : 0;
  const atTop = coversTop(model, layout);
  const regions: Region[] = [];
  if (layout.header) {
    regions.push({ name: "header", ...layout.header, lines: [headerLine(model, layout.header)] });
  }
  for (const y of layout.rules) {
    if (bottom.some((region) => region.y === y)) continue;
    regions.push({ name: ruleName(layout, y), x: 0, y, width: columns, lines: [rule(model, layout, y)] });
  }
  if (layout.list) {
    const { list } = layout;
    const rows = listLines(model, list);
    const lines = atTop ? rows.slice(covered) : rows.slice(0, list.height - covered);
    regions.push({ name: "list", ...list, y: list.y + (atTop ? covered : 0), lines });
    if (layout.split === "side") {
      const line = [span(glyphsFor(model.settings.ascii).down, styles.rule)];
      regions.push({ name: "divider", x: list.width, y: list.y, width: 1, lines: lines.map(() => line) });
    }
  }
  if (layout.detail) {
    const all = withWelcome(model, detailLines(model, layout.detail), layout.detail);
    const lines = all.slice(0, layout.detail.height - covered);
    const { foot } = layout;
    const last = foot === null || covered > 0 ? [] : [footLine(model, columns)];
    regions.push({ name: "detail", ...layout.detail, lines: [...lines, ...last] });
  }
  return [...regions, ...bottom].filter((region) => region.lines.length > 0);
}

/**
 * Prompt and footer: on rows of their own, in one row, or (on a tiny screen) over the last row of the list.
 */
function bottomRegions(model: Model, layout: Layout): Region[] {
  const { columns, prompt: y, footer } = layout;
  const prompt = promptOf(model, columns);
  const typing = model.mode !== "browse" && model.mode !== "triage";
  const asRegion = (one: Prompt | null): Region => ({
    name: "prompt",
    x: 0,
    y,
    width: columns,
    lines: [promptLine(one, columns)],
    ...(one ? { prompt: one } : {}),
  });
  const footerAt = (row: number): Region => {
    const pane = { x: 0, y: row, width: columns, height: 1 };
    return {
      name: "footer",
      ...pane,
      lines: [footerLine(model, pane, footer === null || footer === y || typing)],
    };
  };
  if (footer === null)
    return typing ? [asRegion(prompt)] : model.notice ? [footerAt(coversTop(model, layout) ? 0 : y)] : [];
  // With enough rows, a message has its own row and hides neither the keys nor the typed text.
  if (footer !== y) {
    const lines = typing ? [] : messageLines(model, columns);
    // A second line covers the rule above.
    const message: Region = { name: "message", x: 0, y: y + 1 - lines.length, width: columns, lines };
    return [lines.length === 0 ? asRegion(prompt) : message, footerAt(footer)];
  }
  return [prompt && (typing || !model.notice) ? asRegion(prompt) : footerAt(footer)];
}

/** Whether a message on a tiny screen covers the first row, because the cursor is on the last. */
function coversTop(model: Model, { footer, list }: Layout): boolean {
  if (footer !== null || !list || list.height < 2 || !model.notice) return false;
  return (
    model.mode === "browse" && (model.cursor - model.top + 1) * rowHeight(model, list.height) === list.height
  );
}

function ruleName({ rows, detail }: Layout, y: number): RegionName {
  if (detail && y === detail.y - 1 && y > 1) return "rule-middle";
  return y < rows / 2 ? "rule-top" : "rule-bottom";
}

/** A horizontal rule; heavy above the focused pane, which is visible without colour too. */
function rule(model: Model, layout: Layout, y: number): Line {
  const glyphs = glyphsFor(model.settings.ascii);
  const { split, list, detail, columns } = layout;
  const part = (pane: Pane | null, width: number, name: Model["focus"]) => {
    const isFocused = split !== "alone" && pane !== null && y === pane.y - 1 && model.focus === name;
    return isFocused
      ? span(glyphs.heavy.repeat(width), styles.plain)
      : span(glyphs.across.repeat(width), styles.rule);
  };
  if (split !== "side" || !list) {
    const isList = y + 1 === list?.y;
    return [part(isList ? list : detail, columns, isList ? "list" : "detail")];
  }
  const meets = span(y < list.y ? glyphs.meetsDown : glyphs.meetsUp, styles.rule);
  const right = columns - list.width - 1;
  return [part(list, list.width, "list"), meets, part(detail, right, "detail")];
}

function panelRegions(model: Model): Region[] {
  const { columns, rows } = model.size;
  const lines = panelLines(model);
  const across = [span(glyphsFor(model.settings.ascii).across.repeat(columns), styles.rule)];
  const at = (name: RegionName, y: number, ...content: Line[]): Region => ({
    name,
    x: 0,
    y,
    width: columns,
    lines: content,
  });
  if (rows === 1) return [at("panel", 0, ...lines)];
  if (rows < 10) return [at("panel", 0, ...lines), at("footer", rows - 1, panelFooter(model))];
  return [
    at("header", 0, panelHeader(model)),
    at("rule-top", 1, across),
    at("panel", 2, ...lines),
    at("rule-bottom", rows - 2, across),
    at("footer", rows - 1, panelFooter(model)),
  ];
}
