import { type Problem, placeOfProblem } from "../../papers/listing.js";
import { figureEntries } from "../figures/figures.js";
import { editWith } from "../filter/filtering.js";
import { reasonEntries } from "../for-you/reasons.js";
import { interestEntries, isNamed, isNumbered, typedEntries } from "../interests/choosing.js";
import type { Key } from "../keys/key.js";
import { showKey } from "../keys/keymap.js";
import { emptyLine, lineOf } from "../keys/line-editor.js";
import { clamp } from "../list/viewport.js";
import type { ListedChange, Model, Panel, PanelKind } from "../model.js";
import { entriesShown, panelTop } from "../panel-rows.js";
import { contentsEntries } from "../text/contents.js";
import { textKeymap } from "../text/text-keys.js";
import { commandEntries, signEntries, triageEntries } from "./commands.js";
import { type Chosen, matching, type PanelEntry } from "./entry.js";
import { candidates, completed, folderOf, noFolder } from "./files.js";
import { sourceEntries } from "./home.js";

/** The keys of an open text. */
const textKeyEntries: readonly PanelEntry[] = textKeymap.map(({ keys, help }) => ({
  group: "Text",
  label: keys.map(showKey).join(" "),
  text: help,
  chosen: null,
}));

export const closedPanel: Panel = { kind: "keys", line: emptyLine, cursor: 0, top: 0 };

/** A panel as it opens: all lines, the first one chosen. */
export function openPanel(model: Model, kind: PanelKind): Model {
  if (kind === "problems" && model.listing.problems.length === 0) {
    return { ...model, notice: { text: "everything in this listing could be read", tone: "info" } };
  }
  return { ...model, mode: "panel", panel: { ...closedPanel, kind } };
}

/** Closes the panel: back to the text, the list, or the triage whose keys were looked up. */
export function closePanel(model: Model): Model {
  const under = model.text !== null ? "text" : model.triage !== null ? "triage" : "browse";
  return { ...model, mode: under, panel: closedPanel };
}

/** A panel after a resize, scrolled to show the chosen line. */
export function fitPanel(model: Model): Model {
  if (model.mode !== "panel") return model;
  return withCursor(model, panelEntries(model), model.panel.cursor);
}

/** The panel with another line chosen, or the nearest that there is, scrolled to show it. */
function withCursor(model: Model, entries: readonly PanelEntry[], wanted: number): Model {
  const cursor = clamp(wanted, 0, Math.max(0, entries.length - 1));
  const panel = { ...model.panel, cursor };
  return { ...model, panel: { ...panel, top: panelTop(entries, panel, model.size) } };
}

/** The panel of the last changes. */
export function openHistory(model: Model, history: Model["history"]): Model {
  if (history.length === 0) {
    return { ...model, notice: { text: "nothing has been marked on this machine yet", tone: "info" } };
  }
  return { ...model, history, mode: "panel", panel: { ...closedPanel, kind: "history" } };
}

/** The lines of a panel that contain every typed word, and one for the words themselves where they can be chosen. */
export function panelEntries(model: Model): readonly PanelEntry[] {
  const { kind, line } = model.panel;
  const found = linesWith(model);
  return kind === "mute" ? [...found, ...typedEntries(model, line.text.trim())] : found;
}

/** The lines of a panel that contain every typed word. */
export function linesWith(model: Model): readonly PanelEntry[] {
  const typed = model.panel.line.text.trim();
  switch (model.panel.kind) {
    case "keys":
      if (model.text !== null) return matching(typed, textKeyEntries);
      if (model.triage !== null) return matching(typed, triageEntries);
      return [...commandEntries(typed, model.today), ...signEntries(typed, model.settings.ascii)];
    case "palette":
      return commandEntries(typed, model.today);
    case "sources":
      return sourceEntries(typed, model);
    case "history":
      return matching(typed, model.history.map(changeEntry));
    case "contents":
      return matching(typed, contentsEntries(model.text));
    case "watches":
    case "follow":
    case "mute": {
      const { kind } = model.panel;
      if (/^\d+$/.test(typed) && isNumbered(kind))
        return interestEntries(model).filter(({ label }) => label.startsWith(typed));
      const entries = interestEntries(model);
      return kind === "mute" ? entries.filter((one) => isNamed(one, typed)) : matching(typed, entries);
    }
    case "reasons":
      return matching(typed, reasonEntries(model));
    case "figures":
      return matching(typed, figureEntries(model));
    case "problems":
      return matching(typed, model.listing.problems.map(problemEntry));
  }
}

/** An undone change is listed but does nothing. */
function changeEntry({ id, when, text, isUndone }: ListedChange): PanelEntry {
  return {
    group: "",
    label: when,
    text: isUndone ? `(undone) ${text}` : text,
    chosen: isUndone ? null : { type: "change", id },
  };
}

function problemEntry(problem: Problem): PanelEntry {
  const place = placeOfProblem(problem) ?? "";
  const { message, source } = problem;
  // As where the problem is of a whole source.
  if (source !== undefined) return { group: "", label: "", text: `${place}: ${message}`, chosen: null };
  return { group: "", label: place, text: message, chosen: null };
}

/** The typed source after Tab. */
function completion({ panel, folder }: Model, chosen: Chosen | null): string {
  const typed = panel.line.text.trim();
  const all = candidates(folder, typed);
  // Of several the first is chosen by nobody.
  const isMeant = all.length <= 1 || panel.cursor > 0;
  const isFile = isMeant && (chosen?.type === "folder" || chosen?.type === "source");
  if (!isFile) return completed(typed, all, undefined);
  const path = chosen.type === "folder" ? chosen.path : chosen.name;
  // Pressed before the files are listed, it must not make an address of the beginning of a name.
  const isEarly = folder === noFolder && folderOf(typed) !== null && panel.cursor === 0;
  if (isEarly && !path.startsWith(typed)) return typed;
  return completed(typed, all, { label: path, path, isFolder: chosen.type === "folder" });
}

/**
 * Whether `q` closes a panel as long as nothing is typed. Where people type to find something, it is the first
 * letter of a word.
 */
export function qMayClose({ panel: { kind, line } }: Model): boolean {
  return line.text === "" && kind !== "palette" && kind !== "sources" && kind !== "contents";
}

/** The panel with a `q` that waits for the pause of this number; `undefined`: none waits. */
export function letQWait(model: Model, number: number | undefined): Model {
  const { qWaits: _, ...panel } = model.panel;
  return { ...model, panel: number === undefined ? panel : { ...panel, qWaits: number } };
}

/** Whether a key closes a panel in which nothing is typed; for `q` see `onQ`. */
function closesEmpty(kind: PanelKind, key: string): boolean {
  return key === "backspace" || (kind === "keys" && (key === "?" || key === "f1"));
}

/** Ctrl-T on a line: adds its source to the morning or removes it. */
function subscription(chosen: Chosen | null): Exclude<Chosen, { type: "folder" }> {
  if (chosen?.type !== "source") return { type: "say", text: "only a source can be in the morning" };
  if (chosen.name === "morning")
    return { type: "say", text: "the morning is made of sources: Ctrl-T adds or removes one" };
  return { type: "subscribe", name: chosen.name };
}

/** Whether Enter on an information line leaves the panel open. */
function staysOpen(kind: PanelKind): boolean {
  return ["palette", "history", "sources", "figures", "mute"].includes(kind);
}

/** A key in a panel: the model after it, and what it chose. */
export function typeInPanel(
  model: Model,
  key: Key,
): { model: Model; chosen: Exclude<Chosen, { type: "folder" }> | null } {
  const { panel } = model;
  const entries = panelEntries(model);
  const page = () => entriesShown(entries, panel, model.size);
  const close = closePanel(model);
  const to = (cursor: number) => ({ model: withCursor(model, entries, cursor), chosen: null });
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
      // An information line keeps the panel open, and so does typed text without matches.
      if (entries.length === 0 || (chosen === null && staysOpen(panel.kind))) return { model, chosen: null };
      return { model: close, chosen };
    case "ctrl-t":
      if (panel.kind === "sources") return { model, chosen: subscription(chosen) };
      break;
    case "tab":
      return panel.kind === "sources" ? retyped(completion(model, chosen)) : { model, chosen: null };
    case "down":
    case "ctrl-n":
    case "ctrl-j":
      return to(panel.cursor + 1);
    case "up":
    case "ctrl-p":
    case "ctrl-k":
      return to(panel.cursor - 1);
    case "pagedown":
      return to(panel.cursor + page());
    case "pageup":
      return to(panel.cursor - page());
  }
  if (panel.line.text === "" && (key.name === "ctrl-d" || key.name === "delete")) {
    const removal = entries[panel.cursor]?.removal ?? null;
    if (removal !== null && removal.type !== "folder") return { model: close, chosen: removal };
  }
  if (panel.line.text === "" && closesEmpty(panel.kind, key.name)) {
    return { model: close, chosen: null };
  }
  // The key that opened it: '' in less goes to the place before.
  if (panel.line.text === "" && panel.kind === "contents" && key.name === "'")
    return { model: close, chosen: { type: "swap-places" } };
  const line = editWith(panel.line, key);
  if (!line || line.text === panel.line.text) {
    return { model: line ? { ...model, panel: { ...panel, line } } : model, chosen: null };
  }
  return { model: { ...model, panel: { ...panel, line, cursor: 0, top: 0 } }, chosen: null };
}
