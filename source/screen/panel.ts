import { lineOf } from "../reader/keys/line-editor.js";
import type { Model, PanelKind } from "../reader/model.js";
import { commandMeant, panelTitles } from "../reader/panels/commands.js";
import { labelWidth, panelEntries, panelHeight } from "../reader/panels/panel.js";
import { cellWidth, cutToWidth } from "../text/cells.js";
import { thousands } from "../text/numbers.js";
import { glyphsFor } from "./glyphs.js";
import { fit, lineWidth, spread } from "./line.js";
import { noticeText } from "./notice.js";
import { editedField } from "./prompt.js";
import { type Line, span, styles } from "./style.js";

const groupWidth = 9;
/** The cells between the longest possible label and its text. */
const labelGap = 2;
/** "Organisation" is longer than any group of the other panels. */
const wideGroup = 14;

const words: Readonly<Record<PanelKind, { readonly type: string; readonly enter: string | null }>> = {
  keys: { type: "↑↓ move · letters filter  ", enter: " runs  " },
  palette: { type: "↑↓ move · type what to do  ", enter: " does it  " },
  sources: { type: "a file (Tab), address, day, words …  ", enter: " opens  " },
  problems: { type: "↑↓ move · letters filter  ", enter: null },
  contents: { type: "↑↓ move · letters filter  ", enter: " goes there  " },
  history: { type: "↑↓ move · letters filter  ", enter: " undoes everything back to here  " },
  watches: { type: "↑↓ move · letters filter  ", enter: " shows its papers  " },
  follow: { type: "a number or letters choose  ", enter: " follows  " },
  mute: { type: "a number or letters choose  ", enter: " mutes  " },
  reasons: { type: "Ctrl-D strikes · letters filter  ", enter: " lists yours  " },
  figures: { type: "↑↓ move · letters filter  ", enter: " filters  " },
};

/** The panel's own header. */
export function panelHeader(model: Model): Line {
  const { kind, line } = model.panel;
  const count = kind === "problems" ? model.listing.problems.length : panelEntries(model).length;
  const right = [span(`${thousands(count)} `, styles.faint)];
  const typed = line.text.trim();
  const isOfCommands =
    kind === "palette" || (kind === "keys" && model.text === null && model.triage === null);
  const meant = isOfCommands && typed !== "" ? commandMeant(typed) : null;
  const said = meant === null ? [] : [span(` · no “${typed}”: did you mean “${meant}”?`, styles.warning)];
  return spread([span(` ${panelTitles[kind]}`, styles.title), ...said], right, model.size.columns);
}

/** The rows of the panel, one per entry. A group's name is on its first row. */
export function panelLines(model: Model): Line[] {
  const { panel, size } = model;
  const entries = panelEntries(model);
  const height = panelHeight(size);
  if (entries.length === 0) {
    const words = `  Nothing for “${panel.line.text.trim()}”. Esc goes back.`;
    return Array.from({ length: height }, (_, y) => fit(y === 0 ? [span(words)] : [], size.columns));
  }
  const wide = size.columns >= 60 && !["problems", "history", "contents", "figures"].includes(panel.kind);
  const labels = labelWidth(panel.kind, size.columns);
  const groups = ["follow", "mute"].includes(panel.kind) ? wideGroup : groupWidth;
  return Array.from({ length: height }, (_, y) => {
    const row = panel.top + y;
    const entry = entries[row];
    if (!entry) return fit([], size.columns);
    const chosen = row === panel.cursor;
    const first = entries[row - 1]?.group !== entry.group || y === 0;
    // A label that is wider than its column takes the room that the text leaves.
    const free = size.columns - 1 - (wide ? groups : 0) - cellWidth(entry.text) - labelGap;
    const isWhole = entry.text === "" || labels >= size.columns;
    const label = isWhole ? entry.label : cutToWidth(entry.label, Math.max(labels - 1, free));
    const gap = cellWidth(label) < labels && labels < size.columns ? labels - cellWidth(label) : labelGap;
    const line: Line = [
      span(chosen ? glyphsFor(model.settings.ascii).bar : " ", styles.bar),
      span(wide ? (first ? entry.group : "").padEnd(groups) : "", styles.faint),
      span(label + " ".repeat(gap), styles.key),
      span(entry.text, chosen ? styles.cursor : styles.plain),
    ];
    return fit(line, size.columns);
  });
}

/** The text typed into the panel, and how to leave. */
export function panelFooter(model: Model): Line {
  const { columns } = model.size;
  const { type, enter: does } = words[model.panel.kind];
  // Lines that are only information run nothing.
  const enter = model.triage === null ? does : null;
  const { notice } = model;
  const typed = model.panel.qWaits === undefined ? model.panel.line : lineOf("q");
  const isSources = model.panel.kind === "sources";
  const ways: Line = [
    span(type, styles.faint),
    ...(enter === null ? [] : [span("Enter", styles.key), span(enter, styles.faint)]),
    ...(model.panel.kind === "watches" ? [span("Ctrl-D", styles.key), span(" removes  ", styles.faint)] : []),
    ...(isSources ? [span("Ctrl-T", styles.key), span(" adds to morning  ", styles.faint)] : []),
    span("Esc", styles.key),
    span(" back ", styles.faint),
  ];
  const label = span(" / ", styles.key);
  // The typed text comes first; then how to leave, if there is room.
  const wanted = cellWidth(typed.text) + 5;
  // If the text is long, a message leaves only its end.
  const kept = Math.min(wanted, Math.max(10, columns >> 2));
  const said =
    notice === null
      ? null
      : span(
          noticeText(notice.text, Math.max(1, columns - kept - 1)),
          notice.tone === "info" ? styles.key : styles[notice.tone],
        );
  const fits = (line: Line) => lineWidth(line) + (said === null ? wanted : kept) <= columns;
  const beside =
    said === null
      ? [ways, ways.slice(1), ways.slice(-2)].find(fits)
      : ([[said, span("  "), ...ways.slice(-2)]].find(fits) ?? [said]);
  const room = Math.max(1, columns - lineWidth(beside ?? []) - 3);
  return spread([label, ...editedField(typed, room)], beside ?? [], columns);
}
