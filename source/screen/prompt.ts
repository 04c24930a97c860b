import { sortKeys } from "../reader/keymap.js";
import type { EditedLine } from "../reader/line-editor.js";
import type { Model } from "../reader/model.js";
import { cellWidth, graphemes, graphemeWidth } from "../text/cells.js";
import { fit, spread } from "./line.js";
import { type Line, type Span, span, styles } from "./style.js";

/** What an empty prompt suggests. */
export const promptHint = 'words, "a phrase", -without, author:name, year:2023, is:unread';

/** The parts of the prompt's row: the label, the field to type in and what is said beside it. */
export interface Prompt {
  readonly label: Line;
  /** The typed text with its caret, cut to the room there is. */
  readonly field: Line;
  readonly hint: string;
  readonly beside: Line;
}

/** The prompt as it stands; `null` where there is neither a filter nor a choice to make. */
export function promptOf(model: Model, width: number): Prompt | null {
  if (model.mode === "sort") return sortPrompt(model);
  const { filter, mode } = model;
  const typing = mode === "filter";
  if (!typing && filter.query.text === "") return null;
  const found = `${model.shown.length.toLocaleString("en")} of ${model.counts[model.view].toLocaleString("en")} `;
  const notes =
    filter.query.notes.length > 0 ? [span(`${filter.query.notes.join("; ")}  `, styles.warning)] : [];
  // Beside a long note the text being typed still needs its room.
  const beside: Line = width >= 40 ? fitNotes(notes, found, Math.floor(width / 2)) : [];
  const room = Math.max(1, width - 3 - beside.reduce((sum, one) => sum + cellWidth(one.text), 0) - 2);
  return {
    label: [span(" / ", typing ? styles.key : styles.faint)],
    field: typing ? editedField(filter.line, room) : [span(filter.query.text)],
    hint: typing && filter.line.text === "" ? promptHint : "",
    beside,
  };
}

/** The row of the prompt as one line: for places where it is not a widget. */
export function promptLine(prompt: Prompt | null, width: number): Line {
  if (!prompt) return fit([], width);
  return spread([...prompt.label, ...prompt.field, span(prompt.hint, styles.faint)], prompt.beside, width);
}

/** Typed text around its caret, scrolled so that the caret is on screen. */
export function editedField({ text, cursor }: EditedLine, room: number): Line {
  const before = tail(text.slice(0, cursor), room - 2);
  const [under = " ", ...after] = graphemes(text.slice(cursor));
  const caret = graphemeWidth(under) === 0 ? " " : under;
  return [span(before), span(caret, styles.caret), span(after.slice(0, room).join(""))];
}

/** The end of a text that fits in `room` cells. */
function tail(text: string, room: number): string {
  let width = 0;
  let kept = "";
  // Nothing beyond `room` graphemes can be on screen, so a long paste costs no more than a short one.
  for (const one of graphemes(text.slice(-8 * Math.max(1, room))).reverse()) {
    width += graphemeWidth(one);
    if (width > room) break;
    kept = one + kept;
  }
  return kept;
}

function fitNotes(notes: Span[], found: string, room: number): Line {
  const free = room - cellWidth(found);
  const [note] = notes;
  if (!note || free < 12) return [span(found, styles.faint)];
  const text = cellWidth(note.text) > free ? `${note.text.slice(0, free - 3)}…  ` : note.text;
  return [span(text, note.style), span(found, styles.faint)];
}

function sortPrompt(model: Model): Prompt {
  const field = sortKeys.flatMap(({ key, sort, words }): Line => {
    const chosen = sort === model.sort.key;
    return [
      span(key, styles.key),
      span(` ${words}`, chosen ? { underline: true } : styles.plain),
      span(chosen ? (model.sort.reversed ? " (again: as usual)" : " (again: reversed)") : "", styles.faint),
      span("   "),
    ];
  });
  return { label: [span(" sort by ", styles.faint)], field, hint: "", beside: [] };
}
