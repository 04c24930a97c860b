import { nearSpelling } from "../reader/filter/proposal.js";
import { outcomeIn } from "../reader/filter/search-index.js";
import { isFoundWhole } from "../reader/filter/seeking.js";
import { chosenSort } from "../reader/for-you/order.js";
import { watchCounts } from "../reader/interests/counts.js";
import { copyKeys, sortKeys } from "../reader/keys/keymap.js";
import type { EditedLine } from "../reader/keys/line-editor.js";
import type { Model } from "../reader/model.js";
import { endingOf, exportEndings } from "../reader/panels/export-endings.js";
import { pathToWrite } from "../reader/panels/exporting.js";
import { asPath } from "../reader/panels/files.js";
import { marks } from "../search/query/conditions.js";
import type { Query } from "../search/query/query.js";
import { cellWidth, cutToWidth, graphemes, graphemeWidth } from "../text/cells.js";
import { counted, thousands } from "../text/numbers.js";
import { fit, lineWidth } from "./line.js";
import { type Line, span, styles } from "./style.js";

/** What an empty prompt suggests: only fields that the listing has. */
function promptHint(hasAuthors: boolean): string {
  return `words, "a phrase", -without, ${hasAuthors ? "author:name" : "title:word"}, year:2023, is:unread`;
}

/** The parts of the prompt's row; together they are as wide as the row. */
export interface Prompt {
  readonly label: Line;
  /** The typed text with its caret, or what an empty prompt suggests. */
  readonly field: Line;
  /** Notes beside it: the number of matches, and parts that were not understood. */
  readonly beside: Line;
}

/** The prompt; `null` if there is neither a filter nor a choice to make. */
export function promptOf(model: Model, width: number): Prompt | null {
  if (model.mode === "sort") {
    const labels = width < 60 ? [" by "] : [" sort by ", " by "];
    const [label, choices] = sortChoices(model, labels, width);
    return fitted([span(label, styles.faint)], () => choices, [], width);
  }
  if (model.mode === "copy")
    return fitted(
      [span(width < 60 ? " y " : " copy ", styles.faint)],
      (room) => copyChoices(room),
      [],
      width,
    );
  if (model.mode === "export") return exportPrompt(model, width);
  if (model.mode === "watch") return watchPrompt(model, width);
  const { filter, mode } = model;
  const typing = mode === "filter";
  if (!typing && filter.query.text === "") return null;
  // While the search runs, nothing is shown that looks final.
  const count = model.awaited === null ? thousands(model.shown.length) : "…";
  const more = model.awaited === null && !isFoundWhole(model) ? "+" : "";
  const found = `${count}${more} of ${thousands(viewCount(model))} `;
  const { query } = filter;
  const taken = outcomeIn(model).taken.map(({ typed, word }) => {
    const isMark = marks.some((mark) => mark === typed);
    return `“${typed}” taken as ${word}${isMark ? `; is:${typed} is the mark` : ""}`;
  });
  const notes = [
    [...mistakeNotes(query, true), ...(typing ? [] : query.unfinished), ...taken].join("; "),
    [...mistakeNotes(query, false), ...taken].join("; "),
  ];
  // The typed text comes first; notes get the room that is left.
  const typed = cellWidth(typing ? filter.line.text : query.text);
  const free = Math.max(Math.floor(width / 2), width - typed - 6);
  const beside = width >= 40 ? besideField(notes, found, free) : [];
  const hint = filter.line.text === "" ? [span(promptHint(model.listing.has.authors), styles.faint)] : [];
  const field = (room: number): Line =>
    typing ? [...editedField(filter.line, room), ...hint] : [span(filter.query.text)];
  return fitted([span(" / ", typing ? styles.key : styles.faint)], field, beside, width);
}

/** The row of the prompt as one line: for places where it is not a widget. */
export function promptLine(prompt: Prompt | null, width: number): Line {
  return prompt ? [...prompt.label, ...prompt.field, ...prompt.beside] : fit([], width);
}

/** Cuts the parts to the row: first the notes, then the field. */
function fitted(label: Line, field: (room: number) => Line, beside: Line, width: number): Prompt {
  const labelWidth = Math.min(width, lineWidth(label));
  const besideWidth = Math.min(lineWidth(beside), Math.max(0, width - labelWidth - 12));
  const room = width - labelWidth - besideWidth;
  return {
    label: fit(label, labelWidth),
    field: room > 0 ? fit(field(room), room) : [],
    beside: besideWidth > 0 ? fit(beside, besideWidth) : [],
  };
}

/** Typed text around its caret, scrolled so that the caret is on screen; selected text looks like the caret. */
export function editedField({ text, cursor, isSelected }: EditedLine, room: number): Line {
  if (isSelected) return [span(tail(text, room - 2), styles.caret)];
  const before = tail(text.slice(0, cursor), room - 2);
  const [under = " ", ...after] = graphemes(text.slice(cursor));
  const caret = graphemeWidth(under) === 0 ? " " : under;
  return [span(before), span(caret, styles.caret), span(after.slice(0, room).join(""))];
}

/** The end of a text that fits in `room` cells. */
function tail(text: string, room: number): string {
  let width = 0;
  let kept = "";
  // At most `room` graphemes fit, so a long paste costs no more than a short one.
  for (const one of graphemes(text.slice(-8 * Math.max(1, room))).reverse()) {
    width += graphemeWidth(one);
    if (width > room) break;
    kept = one + kept;
  }
  return kept;
}

/** The parts that were not understood, each with its reason (`isWhole`) or only with a suggestion. */
function mistakeNotes(query: Query, isWhole: boolean): readonly string[] {
  const unknown = query.mistakes.filter(({ kind }) => kind === "unknown");
  const others = query.notes.filter((note) => unknown.every(({ what }) => what !== note));
  if (isWhole) {
    const said = unknown.map((one) => {
      const right = nearSpelling(one);
      return right === null ? one.what : one.what.replace("; searched as words", `, did you mean ${right}?`);
    });
    return [...new Set([...others, ...said])];
  }
  const right = unknown.map(nearSpelling).filter((one) => one !== null);
  const wrong = unknown
    .filter((one) => nearSpelling(one) === null)
    .map(({ what }) => what.split(";")[0] ?? "");
  return [...others, ...(right.length === 0 ? [] : [`did you mean ${right.join(" ")}?`]), ...new Set(wrong)];
}

/** The number of matches and, if there is room before it, the longest wording of the notes that fits. */
function besideField(notes: readonly string[], found: string, room: number): Line {
  const count = span(found, styles.faint);
  const free = room - cellWidth(found) - 2;
  const note = notes.find((one) => cellWidth(one) <= free) ?? notes.at(-1) ?? "";
  if (note === "" || free < 12) return [count];
  return [span(`${cutToWidth(note, free)}  `, styles.warning), count];
}

/** The orders to choose from, in the longest wording that fits after one of the labels. */
function sortChoices(model: Model, labels: readonly string[], width: number): readonly [string, Line] {
  const lines = [
    sortWords(model, true),
    sortWords(model, false),
    keyedSorts(model, "sort"),
    keyedSorts(model, "narrow"),
  ];
  for (const line of lines)
    for (const label of labels) if (cellWidth(label) + lineWidth(line) <= width) return [label, line];
  const label = labels.at(-1) ?? "";
  return [label, keyedSorts(model, "narrow", width - cellWidth(label))];
}

/** What can be copied, in the longest wording that fits. */
function copyChoices(room: number): Line {
  const choices = (gap: string, name: (one: (typeof copyKeys)[number]) => string): Line =>
    copyKeys.flatMap((one) => [span(one.key, styles.key), span(` ${name(one)}${gap}`)]);
  const whole = choices("  ", ({ words }) => words);
  return lineWidth(whole) <= room ? whole : choices(" ", ({ short }) => short);
}

/** The export file's name, its format, and what Enter does, as far as there is room. */
function exportPrompt({ file, shown }: Model, width: number): Prompt {
  const path = pathToWrite(file);
  const ending = endingOf(path);
  const isAdded = path !== asPath(file.line.text.trim());
  const label = span(width < 60 ? " e " : ` export ${counted(shown.length, "paper")} to `, styles.key);
  const notes = file.isThere
    ? ["already exists: Enter overwrites it ", "exists: Enter overwrites "]
    : ending === null
      ? [`end it in ${exportEndings.map((one) => one.ending).join(" ")} `, "Tab chooses a format "]
      : isAdded
        ? [`${ending.ending} is added · Tab: another format `, `${ending.ending} is added `]
        : [`${ending.name} · Tab: another format `, `${ending.name} `];
  const style = file.isThere || ending === null ? styles.warning : styles.faint;
  const room = width - lineWidth([label]) - cellWidth(file.line.text) - 2;
  // That Enter overwrites a file is always shown; the other notes are dropped to make room for the name.
  const least = file.isThere ? notes.at(-1) : undefined;
  const note = notes.find((one) => cellWidth(one) <= room) ?? least;
  const beside = note === undefined ? [] : [span(note, style)];
  return fitted([label], (room) => editedField(file.line, room), beside, width);
}

/** The name of a watch, and what Enter does. */
function watchPrompt({ naming, filter }: Model, width: number): Prompt {
  const label = span(width < 60 ? " W " : " save the filter as watch ", styles.key);
  const note = naming.isThere ? "is another watch: Enter replaces it " : `/ ${filter.query.text.trim()} `;
  const room = width - lineWidth([label]) - cellWidth(naming.line.text) - 2;
  const isShown = naming.isThere || cellWidth(note) <= room;
  const beside = isShown ? [span(note, naming.isThere ? styles.warning : styles.faint)] : [];
  return fitted([label], (room) => editedField(naming.line, room), beside, width);
}

/** The number of papers in the current view, without the filter. */
function viewCount(model: Model): number {
  const { counts, view, watch } = model;
  return watch === null ? counts[view] : (watchCounts(model, watch)?.total ?? 0);
}

/** The orders that this listing has values for. */
function sortsOf({ listing: { has } }: Model) {
  return sortKeys.filter(({ sort }) => {
    if (sort === "stars") return has.codeStars;
    if (sort === "momentum") return has.upvotes || has.comments || has.codeStars || has.citations;
    if (sort === "upvotes" || sort === "comments" || sort === "citations" || sort === "listed")
      return has[sort];
    return true;
  });
}

/**
 * The orders as words with their keys in them: their names or shorter words, cut to `room` from the longest
 * on.
 */
function keyedSorts(model: Model, kind: "sort" | "narrow", room = Number.POSITIVE_INFINITY): Line {
  const { key: chosen } = chosenSort(model);
  const sorts = sortsOf(model);
  const words: string[] = sorts.map((one) =>
    "narrow" in one && (kind === "narrow" || one.sort === "for-you") ? one.narrow : one.sort,
  );
  const longest = () =>
    words.reduce((best, word, at) => (word.length >= (words[best]?.length ?? 0) ? at : best), 0);
  while (words.join(" ").length > room && (words[longest()]?.length ?? 0) > 2)
    words[longest()] = words[longest()]?.slice(0, -1) ?? "";
  return sorts.flatMap(({ key, sort }, place): Line => {
    const word = words[place] as string;
    const style = sort === chosen ? { underline: true } : styles.plain;
    const at = word.indexOf(key);
    return [
      ...(place === 0 ? [] : [span(" ")]),
      ...(at > 0 ? [span(word.slice(0, at), style)] : []),
      span(key, styles.key),
      span(word.slice(at + 1), style),
    ];
  });
}

function sortWords(model: Model, full: boolean): Line {
  const now = chosenSort(model);
  return sortsOf(model).flatMap(({ key, sort, words }): Line => {
    const chosen = sort === now.key;
    return [
      span(key, styles.key),
      span(` ${full ? words : sort}`, chosen ? { underline: true } : styles.plain),
      span(
        full && chosen ? (now.reversed ? " (again: not reversed)" : " (again: reversed)") : "",
        styles.faint,
      ),
      span(full ? "   " : " "),
    ];
  });
}
