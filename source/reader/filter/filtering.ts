import { parseQuery } from "../../search/query/query.js";
import { watchesIn } from "../interests/judging.js";
import type { Key } from "../keys/key.js";
import { type EditCommand, type EditedLine, edit, emptyLine, insert, lineOf } from "../keys/line-editor.js";
import { placeCursor, withRows } from "../list/views.js";
import type { Update } from "../messages.js";
import type { BeforePrompt, Filter, Model } from "../model.js";
import { paperMeant } from "../panels/meanings.js";
import { proposalFor } from "./proposal.js";
import { outcomeIn } from "./search-index.js";

/** How many filters ↑ can recall. */
const historyLimit = 100;

/** Editing keys of a prompt, with readline's names. */
const editKeys: ReadonlyMap<string, EditCommand> = new Map([
  ["left", "backward-char"],
  ["ctrl-b", "backward-char"],
  ["right", "forward-char"],
  ["ctrl-f", "forward-char"],
  ["alt-b", "backward-word"],
  ["ctrl-left", "backward-word"],
  ["alt-left", "backward-word"],
  ["alt-f", "forward-word"],
  ["ctrl-right", "forward-word"],
  ["alt-right", "forward-word"],
  ["ctrl-a", "beginning-of-line"],
  ["home", "beginning-of-line"],
  ["ctrl-e", "end-of-line"],
  ["end", "end-of-line"],
  ["backspace", "backward-delete-char"],
  ["ctrl-h", "backward-delete-char"],
  ["delete", "delete-char"],
  ["ctrl-d", "delete-char"],
  ["ctrl-w", "unix-word-rubout"],
  ["alt-backspace", "unix-word-rubout"],
  ["alt-d", "kill-word"],
  ["ctrl-u", "unix-line-discard"],
  ["ctrl-k", "kill-line"],
]);

/** The line after a key in a prompt; `null` if the key does not edit. */
export function editWith(line: EditedLine, key: Key): EditedLine | null {
  const command = editKeys.get(key.name);
  if (command) return edit(line, command);
  return key.text === null ? null : insert(line, key.text);
}

/** The empty filter. */
export function noFilter(history: readonly string[]): Filter {
  return {
    query: parseQuery(""),
    line: emptyLine,
    history,
    recalled: history.length,
    draft: "",
    sort: null,
    before: null,
  };
}

/** Opens the prompt with the present filter, and remembers the state for Esc. */
export function openPrompt(model: Model): Model {
  const { filter, top, zoom, focus } = model;
  const before = { text: filter.query.text, paper: model.anchor, top, zoom, focus };
  return {
    ...model,
    mode: "filter",
    zoom: zoom === "detail" ? "none" : zoom,
    focus: "list",
    filter: {
      ...filter,
      line: lineOf(readyForMore(filter.query.text)),
      recalled: filter.history.length,
      draft: "",
      before,
    },
  };
}

/** The text with which the prompt opens again: a space at the end begins the next word. */
function readyForMore(text: string): string {
  const isPhraseOpen = (text.match(/"/g)?.length ?? 0) % 2 === 1;
  return text === "" || text.endsWith(" ") || isPhraseOpen ? text : `${text} `;
}

/** A key while the prompt is open. */
export function typeInPrompt(model: Model, key: Key): Model {
  const { filter } = model;
  const mended = mend(model, key);
  if (mended !== null) return mended;
  switch (key.name) {
    case "enter":
      return keep(model);
    case "escape":
    case "ctrl-g":
      return leave(model);
    case "up":
    case "ctrl-p":
      return recall(model, filter.recalled - 1);
    case "down":
    case "ctrl-n":
      // Below the last filter is what it finds, as in fzf.
      if (filter.recalled === filter.history.length) return placeCursor(model, model.cursor + 1);
      return recall(model, filter.recalled + 1);
    case "pagedown":
      return placeCursor(model, model.cursor + 10);
    case "pageup":
      return placeCursor(model, model.cursor - 10);
  }
  // Backspace in an empty prompt leaves it, as in vim and less.
  if (key.name === "backspace" && filter.line.text === "") return leave(model);
  const line = editWith(filter.line, key);
  return line ? withLine(model, line) : model;
}

/**
 * What Enter and Tab do if the filter finds nothing: they replace the word that no paper has by the nearest that
 * some paper has, or leave the word out. A misspelt condition is spelt right, at the prompt by Tab also where
 * something is found. Enter keeps the filter as ever: who goes on with `j` must not type it into the prompt. `null`
 * where they do what they do elsewhere.
 */
export function mend(model: Model, { name }: Key): Model | null {
  if (name !== "enter" && name !== "tab") return null;
  const isEmpty = model.shown.length === 0 && model.awaited === null;
  const proposed =
    isEmpty || (model.mode === "filter" && name === "tab") ? proposalFor(model.filter.query) : null;
  const why = isEmpty ? outcomeIn(model).why : null;
  const text = proposed?.query ?? (name === "enter" ? why?.instead?.query : why?.without?.query);
  if (text === undefined) return null;
  if (model.mode === "filter" && name === "tab") return withLine(model, lineOf(text));
  return model.mode === "filter" ? keep(withLine(model, lineOf(text))) : filterBy(model, text);
}

/**
 * The source of the paper that a filter names by its identifier or address, where the listing does not have it;
 * `null` if there is none. Enter opens it.
 */
export function paperElsewhere(model: Model): ReturnType<typeof paperMeant> {
  const isEmpty = model.shown.length === 0 && model.awaited === null;
  return isEmpty && model.working === null ? paperMeant(model.filter.query.text) : null;
}

/** Opens that paper with Enter, without the filter; `null` for other keys, and where there is none. */
export function openElsewhere(model: Model, { name }: Key): Update | null {
  const there = name === "enter" ? paperElsewhere(model) : null;
  if (there === null) return null;
  const left = model.mode === "filter" ? emptied(model) : clearFilter(model);
  return [left, [{ type: "open-source", name: there.name, typed: there.name }]];
}

/** Sets the filter as if the text had been typed and kept with Enter. */
export function filterBy(model: Model, text: string): Model {
  const opened = openPrompt(model);
  return keep(
    withLine({ ...opened, filter: { ...opened.filter, line: emptyLine, sort: null } }, lineOf(text)),
  );
}

/** Clears the filter; the cursor stays on its paper. */
export function clearFilter(model: Model): Model {
  return withRows({ ...model, filter: noFilter(model.filter.history) }, model.anchor);
}

/** Applies the typed line. If its words changed, the cursor goes to the best match. */
export function withLine(model: Model, line: EditedLine): Model {
  const filter = { ...model.filter, line };
  if (line.text.trim() === model.filter.query.text.trim()) return { ...model, filter };
  const query = parseQuery(line.text, model.today, watchesIn(model));
  const changed = { ...model, filter: { ...filter, query } };
  // The filter is empty again: back to where the reader was.
  if (query.isEmpty) {
    const emptied = { ...changed, filter: { ...changed.filter, sort: null } };
    return withRows({ ...emptied, top: filter.before?.top ?? 0 }, filter.before?.paper ?? null);
  }
  return withRows({ ...changed, top: 0 }, null);
}

function keep(model: Model): Model {
  const text = model.filter.line.text.trim();
  if (text === "") return clearFilter({ ...model, mode: "browse" });
  const history = [...model.filter.history.filter((one) => one !== text), text].slice(-historyLimit);
  return {
    ...model,
    mode: "browse",
    filter: { ...model.filter, history, recalled: history.length, before: null },
  };
}

/** Esc in the prompt: clears the filter and puts the cursor and the open paper back. */
const leave = (model: Model): Model => opened(emptied(model), model.filter.before);

/** The panes as they were before the prompt, if the cursor is on the same paper again. */
function opened(model: Model, before: BeforePrompt | null): Model {
  if (before === null || model.anchor === null || model.anchor !== before.paper) return model;
  return { ...model, zoom: before.zoom, focus: before.focus };
}

/** The list without the filter and its prompt. */
function emptied(model: Model): Model {
  const { before, history } = model.filter;
  const cleared: Model = { ...model, mode: "browse", filter: noFilter(history), top: before?.top ?? 0 };
  return withRows(cleared, before?.paper ?? null);
}

/** Ctrl-C in the prompt: restores the filter and the position of before. */
export function cancelPrompt(model: Model): Model {
  const { before, history } = model.filter;
  if (before === null) return leave(model);
  const filter = {
    ...noFilter(history),
    query: parseQuery(before.text, model.today, watchesIn(model)),
    line: lineOf(before.text),
  };
  return opened(withRows({ ...model, mode: "browse", filter, top: before.top }, before.paper), before);
}

function recall(model: Model, wanted: number): Model {
  const { history, recalled, line, draft } = model.filter;
  const at = Math.max(0, Math.min(wanted, history.length));
  if (at === recalled) return model;
  const kept = recalled === history.length ? line.text : draft;
  const text = at === history.length ? kept : (history[at] as string);
  const next = withLine(model, lineOf(text));
  return { ...next, filter: { ...next.filter, recalled: at, draft: kept } };
}
