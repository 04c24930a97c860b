import type { Problem } from "../papers/listing.js";
import { graphemes } from "../text/cells.js";
import { wrap } from "../text/wrap.js";
import { asPath, type Candidate, candidates, completed } from "./files.js";
import { editWith } from "./filtering.js";
import type { Key } from "./key.js";
import { type Binding, type CommandName, keymap, showKey } from "./keymap.js";
import type { Size } from "./layout.js";
import { emptyLine, lineOf } from "./line-editor.js";
import type { ListedChange, Model, Panel, PanelKind } from "./model.js";
import { standingSources } from "./standing-sources.js";
import { clamp, scrollTo } from "./viewport.js";

/** One line of a panel, and what Enter on it does. */
export interface PanelEntry {
  /** What lines belong to, named where it changes. */
  readonly group: string;
  /** What stands before the text: keys, a source, the line of a problem. */
  readonly label: string;
  readonly text: string;
  /** Other words it is found by. */
  readonly also?: string | undefined;
  readonly chosen: Chosen | null;
}

/** What a line of a panel stands for. */
export type Chosen =
  | { readonly type: "command"; readonly command: CommandName }
  | { readonly type: "source"; readonly name: string }
  /** To be looked into, by what is then typed. */
  | { readonly type: "folder"; readonly path: string }
  | { readonly type: "change"; readonly id: string };

export const closedPanel: Panel = { kind: "keys", line: emptyLine, cursor: 0, top: 0 };

/** A panel as it opens: everything, the first line chosen. */
export function openPanel(model: Model, kind: PanelKind): Model {
  if (kind === "problems" && model.listing.problems.length === 0) {
    return { ...model, notice: { text: "everything in this listing could be read", tone: "info" } };
  }
  return { ...model, mode: "panel", panel: { ...closedPanel, kind } };
}

/** A panel after a resize: the chosen line is on the screen, of which there may be other lines now. */
export function fitPanel(model: Model): Model {
  if (model.mode !== "panel") return model;
  const { length } = panelEntries(model);
  const cursor = clamp(model.panel.cursor, 0, Math.max(0, length - 1));
  const top = scrollTo(cursor, model.panel.top, panelHeight(model.size), length);
  return { ...model, panel: { ...model.panel, cursor, top } };
}

/** The panel of the last changes. */
export function openHistory(model: Model, history: Model["history"]): Model {
  if (history.length === 0) {
    return { ...model, notice: { text: "nothing was marked on this machine yet", tone: "info" } };
  }
  return { ...model, history, mode: "panel", panel: { ...closedPanel, kind: "history" } };
}

/** The lines that a panel shows: those in which every typed word occurs. */
export function panelEntries(model: Model): readonly PanelEntry[] {
  const typed = model.panel.line.text.trim();
  switch (model.panel.kind) {
    case "keys":
      return keyEntries(typed);
    case "sources":
      return sourceEntries(typed, model);
    case "history":
      return matching(typed, model.history.map(changeEntry));
    case "problems":
      return matching(
        typed,
        model.listing.problems.flatMap((problem) => problemEntries(problem, model.size)),
      );
  }
}

const allKeys = keymap.map(keyEntry);

function keyEntry({ keys, group, help, also, command }: Binding): PanelEntry {
  return {
    group,
    label: keys.map(showKey).join(" "),
    text: help,
    also,
    chosen: { type: "command", command },
  };
}

function keyEntries(typed: string): readonly PanelEntry[] {
  // One sign alone is a key being looked up, case and all: "s" is not every text with an s in it.
  if (graphemes(typed).length === 1) {
    const exact = keymap.filter((binding) => binding.keys.map(showKey).includes(typed));
    if (exact.length > 0) return exact.map(keyEntry);
  }
  const source = /^(?:source|open)\s+(.+)$/.exec(typed)?.[1];
  return source === undefined ? matching(typed, allKeys) : [openEntry(source)];
}

function sourceEntries(typed: string, { recent, folder }: Model): readonly PanelEntry[] {
  const entries = [
    ...recent.map((name) => ({
      group: "Recent",
      label: name.replaceAll("\n", " + "),
      text: "",
      chosen: { type: "source" as const, name },
    })),
    ...standingSources
      .filter(({ name }) => !recent.includes(name))
      .map(({ name, text }) => ({
        group: "Others",
        label: name,
        text,
        chosen: { type: "source" as const, name },
      })),
  ];
  const found = matching(typed, entries);
  if (typed === "") return found;
  const files = candidates(folder, typed).map(fileEntry);
  // What is typed to its end comes before what only has it in its name.
  const isTyped = ({ label }: PanelEntry) => label === typed || label === `${typed}/`;
  const whole = [...found, ...files].find(isTyped);
  if (whole !== undefined) return [whole, ...[...found, ...files].filter((one) => one !== whole)];
  // What has a sign in it that only sources have is more likely a new one than a word of an old one.
  return /[:/\\~.]|^-$/.test(typed)
    ? [...files, openEntry(typed), ...found]
    : [...found, ...files, openEntry(typed)];
}

function openEntry(typed: string): PanelEntry {
  return { group: "Open", label: typed, text: "", chosen: { type: "source", name: asPath(typed) } };
}

function fileEntry({ label, path, isFolder }: Candidate): PanelEntry {
  const chosen = isFolder ? { type: "folder" as const, path } : { type: "source" as const, name: path };
  return { group: "Files", label, text: "", chosen };
}

/** A change that is taken back is listed, and does nothing. */
function changeEntry({ id, when, text, isUndone }: ListedChange): PanelEntry {
  return {
    group: "",
    label: when,
    text: isUndone ? `${text} (taken back)` : text,
    chosen: isUndone ? null : { type: "change", id },
  };
}

/** A problem on as many lines as it needs. */
function problemEntries({ line, message }: Problem, { columns }: Size): PanelEntry[] {
  const width = Math.max(1, columns - labelWidth("problems", columns) - 3);
  return wrap(message, width).map(({ start, end }, index) => ({
    group: "",
    label: index === 0 && line !== null ? `line ${line}` : "",
    text: message.slice(start, end),
    also: message,
    chosen: null,
  }));
}

function matching(typed: string, entries: readonly PanelEntry[]): readonly PanelEntry[] {
  if (typed === "") return entries;
  const words = typed.toLowerCase().split(/\s+/);
  return entries.filter(({ group, label, text, also = "" }) => {
    const said = `${label} ${group} ${text} ${also}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** Cells that the labels of a panel take, so that its texts begin in one column. */
export function labelWidth(kind: PanelKind, columns: number): number {
  if (kind === "problems") return columns < 60 ? 8 : 12;
  if (kind === "history") return 14;
  if (kind === "sources") return columns < 60 ? columns : 34;
  return columns < 60 ? 12 : 22;
}

/** Rows of a panel's list: the screen without its title, its prompt and their rules. */
export function panelHeight({ rows }: Size): number {
  return Math.max(1, rows < 10 ? rows - 1 : rows - 4);
}

/** What Tab makes of the source that is being typed. */
function completion({ panel, folder }: Model, chosen: Chosen | null): string {
  const typed = panel.line.text.trim();
  const all = candidates(folder, typed);
  const isFile = chosen?.type === "folder" || chosen?.type === "source";
  const path = chosen?.type === "folder" ? chosen.path : chosen?.type === "source" ? chosen.name : "";
  return completed(
    typed,
    all,
    isFile ? { label: path, path, isFolder: chosen.type === "folder" } : undefined,
  );
}

/** A key in a panel: the model after it, and what Enter has chosen. */
export function typeInPanel(
  model: Model,
  key: Key,
): { model: Model; chosen: Exclude<Chosen, { type: "folder" }> | null } {
  const { panel } = model;
  const entries = panelEntries(model);
  const page = panelHeight(model.size);
  const close = { ...model, mode: "browse" as const, panel: closedPanel };
  const to = (cursor: number) => {
    const next = clamp(cursor, 0, Math.max(0, entries.length - 1));
    const top = scrollTo(next, panel.top, page, entries.length);
    return { model: { ...model, panel: { ...panel, cursor: next, top } }, chosen: null };
  };
  const retyped = (text: string) => {
    const line = lineOf(text);
    return { model: { ...model, panel: { ...panel, line, cursor: 0, top: 0 } }, chosen: null };
  };
  const chosen = entries[panel.cursor]?.chosen ?? null;
  switch (key.name) {
    case "escape":
      return { model: close, chosen: null };
    case "enter":
      if (chosen?.type === "folder") return retyped(chosen.path);
      return { model: close, chosen };
    case "tab":
      return panel.kind === "sources" ? retyped(completion(model, chosen)) : { model, chosen: null };
    case "down":
    case "ctrl-n":
      return to(panel.cursor + 1);
    case "up":
    case "ctrl-p":
      return to(panel.cursor - 1);
    case "pagedown":
      return to(panel.cursor + page);
    case "pageup":
      return to(panel.cursor - page);
  }
  // No letter closes it: who types "quit" would find the letters behind the q run as keys.
  if (panel.line.text === "" && (key.name === "?" || key.name === "backspace")) {
    return { model: close, chosen: null };
  }
  const line = editWith(panel.line, key);
  if (!line || line.text === panel.line.text) {
    return { model: line ? { ...model, panel: { ...panel, line } } : model, chosen: null };
  }
  return { model: { ...model, panel: { ...panel, line, cursor: 0, top: 0 } }, chosen: null };
}
