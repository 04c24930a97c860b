import { graphemes } from "../text/cells.js";
import { editWith } from "./filtering.js";
import type { Key } from "./key.js";
import { type Binding, type CommandName, keymap, showKey } from "./keymap.js";
import type { Size } from "./layout.js";
import { emptyLine } from "./line-editor.js";
import type { Help, Model } from "./model.js";
import { clamp, scrollTo } from "./viewport.js";

export const closedHelp: Help = { line: emptyLine, cursor: 0, top: 0 };

/** The help as it opens: everything, the first line chosen. */
export function openHelp(model: Model): Model {
  return { ...model, mode: "help", help: closedHelp };
}

/** The bindings that the help shows: those in which every typed word occurs, in key, name or text. */
export function helpEntries(help: Help): readonly Binding[] {
  const typed = help.line.text.trim();
  // One sign alone is a key being looked up, case and all: "s" is not every text with an s in it.
  if (graphemes(typed).length === 1) {
    const exact = keymap.filter((binding) => binding.keys.map(showKey).includes(typed));
    if (exact.length > 0) return exact;
  }
  const words = typed.toLowerCase().split(/\s+/);
  return keymap.filter((binding) => {
    const text =
      `${binding.keys.map(showKey).join(" ")} ${binding.group} ${binding.help} ${binding.also ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Rows of the help's list: the screen without its title, its prompt and their rules. */
export function helpHeight({ rows }: Size): number {
  return Math.max(1, rows < 10 ? rows - 1 : rows - 4);
}

/** A key in the help: the model after it, and the command that Enter has chosen. */
export function typeInHelp(model: Model, key: Key): { model: Model; run: CommandName | null } {
  const { help } = model;
  const entries = helpEntries(help);
  const page = helpHeight(model.size);
  const close = { ...model, mode: "browse" as const, help: closedHelp };
  const to = (cursor: number) => {
    const next = clamp(cursor, 0, Math.max(0, entries.length - 1));
    const top = scrollTo(next, help.top, page, entries.length);
    return { model: { ...model, help: { ...help, cursor: next, top } }, run: null };
  };
  switch (key.name) {
    case "escape":
      return { model: close, run: null };
    case "enter":
      return { model: close, run: entries[help.cursor]?.command ?? null };
    case "down":
    case "ctrl-n":
      return to(help.cursor + 1);
    case "up":
    case "ctrl-p":
      return to(help.cursor - 1);
    case "pagedown":
      return to(help.cursor + page);
    case "pageup":
      return to(help.cursor - page);
  }
  // No letter closes it: who types "quit" would find the letters behind the q run as keys.
  if (help.line.text === "" && (key.name === "?" || key.name === "backspace")) {
    return { model: close, run: null };
  }
  const line = editWith(help.line, key);
  if (!line || line.text === help.line.text)
    return { model: line ? { ...model, help: { ...help, line } } : model, run: null };
  return { model: { ...model, help: { line, cursor: 0, top: 0 } }, run: null };
}
