import { graphemes } from "../../text/cells.js";
import { clean } from "../../text/clean.js";
import type { Key } from "./key.js";

/** A line being typed. `cursor` is an offset in UTF-16 units, always between two graphemes. */
export interface EditedLine {
  readonly text: string;
  readonly cursor: number;
  /** Whether all of it is selected: typed text takes its place, and any other key edits it. */
  readonly isSelected?: true;
}

export const emptyLine: EditedLine = { text: "", cursor: 0 };

/** Editing commands; names and behaviour are those of GNU readline. */
export type EditCommand =
  | "backward-char"
  | "forward-char"
  | "backward-word"
  | "forward-word"
  | "beginning-of-line"
  | "end-of-line"
  | "backward-delete-char"
  | "delete-char"
  | "unix-word-rubout"
  | "kill-word"
  | "unix-line-discard"
  | "kill-line";

/** A line with this text and the cursor at its end. */
export function lineOf(text: string): EditedLine {
  return { text, cursor: text.length };
}

/** A line with a proposed text, which what is typed replaces. */
export function proposed(text: string): EditedLine {
  return { text, cursor: text.length, isSelected: true };
}

/**
 * Inserts `text` at the cursor, or puts it in place of what is selected. Line breaks become spaces; control
 * characters are removed.
 */
export function insert(line: EditedLine, text: string): EditedLine {
  // `clean` trims, but a single typed space, or one at the end of a paste, is meant.
  const inner = clean(text);
  const safe =
    inner === ""
      ? /\s/.test(text)
        ? " "
        : ""
      : `${/^\s/.test(text) ? " " : ""}${inner}${/\s$/.test(text) ? " " : ""}`;
  if (line.isSelected) return safe === "" ? line : lineOf(safe);
  return {
    text: line.text.slice(0, line.cursor) + safe + line.text.slice(line.cursor),
    cursor: line.cursor + safe.length,
  };
}

/** The line after an editing command; the same object if nothing changes. */
export function edit(line: EditedLine, command: EditCommand): EditedLine {
  const { text, cursor } = line;
  switch (command) {
    case "backward-char":
      return { text, cursor: before(line) };
    case "forward-char":
      return { text, cursor: after(line) };
    case "backward-word":
      return { text, cursor: wordBefore(text, cursor) };
    case "forward-word":
      return { text, cursor: wordAfter(text, cursor) };
    case "beginning-of-line":
      return { text, cursor: 0 };
    case "end-of-line":
      return { text, cursor: text.length };
    case "backward-delete-char":
      return without(line, before(line), cursor);
    case "delete-char":
      return without(line, cursor, after(line));
    case "unix-word-rubout":
      return without(
        line,
        text
          .slice(0, cursor)
          .trimEnd()
          .replace(/(?<!\S)\S+$/, "").length,
        cursor,
      );
    case "kill-word":
      return without(line, cursor, wordAfter(text, cursor));
    case "unix-line-discard":
      return without(line, 0, cursor);
    case "kill-line":
      return without(line, cursor, text.length);
  }
}

function without(line: EditedLine, start: number, end: number): EditedLine {
  return start === end ? line : { text: line.text.slice(0, start) + line.text.slice(end), cursor: start };
}

function before({ text, cursor }: EditedLine): number {
  return cursor - (graphemes(text.slice(0, cursor)).at(-1)?.length ?? 0);
}

function after({ text, cursor }: EditedLine): number {
  return cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0);
}

function wordBefore(text: string, cursor: number): number {
  return text
    .slice(0, cursor)
    .replace(/(?<![\p{L}\p{N}])[\p{L}\p{N}]+[^\p{L}\p{N}]*$|(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u, "").length;
}

function wordAfter(text: string, cursor: number): number {
  return cursor + (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

/** The answer that a key gives to whether something may be replaced; `null` if it is none, and edits the line. */
export function answerOf({ name }: Key): "yes" | "no" | null {
  if (name === "enter" || name === "y" || name === "Y") return "yes";
  return name === "n" || name === "N" ? "no" : null;
}
