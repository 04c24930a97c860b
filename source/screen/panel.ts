import { lineOf } from "../reader/keys/line-editor.js";
import type { Model, PanelKind } from "../reader/model.js";
import { groupWidth, panelHeight, rowsOfEntry } from "../reader/panel-rows.js";
import { commandMeant, panelTitles } from "../reader/panels/commands.js";
import type { PanelEntry } from "../reader/panels/entry.js";
import { panelEntries } from "../reader/panels/panel.js";
import { cellWidth } from "../text/cells.js";
import { thousands } from "../text/numbers.js";
import { glyphsFor } from "./glyphs.js";
import { fit, lineWidth, spread } from "./line.js";
import { noticeText } from "./notice.js";
import { editedField } from "./prompt.js";
import { type Line, span, styles } from "./style.js";

const words: Readonly<Record<PanelKind, { readonly type: string; readonly enter: string | null }>> = {
  keys: { type: "↑↓ move · letters filter  ", enter: " runs  " },
  palette: { type: "↑↓ move · type what to do  ", enter: " does it  " },
  sources: { type: "a file (Tab), address, day, words …  ", enter: " opens  " },
  problems: { type: "↑↓ move · letters filter  ", enter: null },
  contents: { type: "↑↓ move · ' place before · letters filter  ", enter: " goes there  " },
  history: { type: "↑↓ move · letters filter  ", enter: " undoes everything back to here  " },
  watches: { type: "↑↓ move · letters filter  ", enter: " shows its papers  " },
  follow: { type: "a number or letters choose  ", enter: " follows  " },
  mute: { type: "a number, letters or your own words  ", enter: " mutes  " },
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

/** Where something is that a panel about one paper does not have. */
const elsewhereWords: Partial<Record<PanelKind, string>> = {
  follow: "Only the names of this paper. For others: Esc, /author:NAME, then F.",
  mute: "Type words to mute the papers that have them.",
};

/** The rows of the panel: each entry takes as many as it needs. A group's name is on its first row. */
export function panelLines(model: Model): Line[] {
  const { panel, size, settings } = model;
  const entries = panelEntries(model);
  const height = panelHeight(size);
  const lines: Line[] = [];
  if (entries.length === 0) {
    const typed = panel.line.text.trim();
    const nothing = typed === "" ? "Nothing here" : `Nothing for “${typed}”`;
    lines.push(fit([span(`  ${nothing}. Esc goes back.`)], size.columns));
    const elsewhere = elsewhereWords[panel.kind];
    if (elsewhere !== undefined && height > 1)
      lines.push(fit([span(`  ${elsewhere}`, styles.faint)], size.columns));
  }
  const groups = groupWidth(panel.kind, size.columns);
  for (let row = panel.top; row < entries.length && lines.length < height; row += 1) {
    const entry = entries[row] as PanelEntry;
    const chosen = row === panel.cursor;
    const isFirst = entries[row - 1]?.group !== entry.group || row === panel.top;
    const rows = rowsOfEntry(entry, panel.kind, size);
    const shown = rows.slice(0, height - lines.length);
    for (const [at, { label, text }] of shown.entries()) {
      // Its other rows are below the screen.
      const isCut = at === shown.length - 1 && shown.length < rows.length;
      const line: Line = [
        span(chosen ? glyphsFor(settings.ascii).bar : " ", styles.bar),
        span((isFirst && at === 0 && groups > 0 ? entry.group : "").padEnd(groups), styles.faint),
        span(label, styles.key),
        span(isCut ? `${text} …` : text, chosen ? styles.cursor : styles.plain),
      ];
      lines.push(fit(line, size.columns));
    }
  }
  while (lines.length < height) lines.push(fit([], size.columns));
  return lines;
}

/** The text typed into the panel, and how to leave. */
export function panelFooter(model: Model): Line {
  const { columns } = model.size;
  const { type, enter: does } = words[model.panel.kind];
  // Lines that are only information run nothing.
  const chosen = panelEntries(model)[model.panel.cursor]?.chosen ?? null;
  const enter = chosen === null ? null : does;
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
