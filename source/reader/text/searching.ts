import { thousands } from "../../text/numbers.js";
import { editWith } from "../filter/filtering.js";
import type { Key } from "../keys/key.js";
import { type EditedLine, emptyLine } from "../keys/line-editor.js";
import type { Update } from "../messages.js";
import type { Model } from "../model.js";
import { leave } from "./leaving.js";
import { findMatches } from "./matches.js";
import { jumped, nextSection, said, scrolledTo, textGeometry } from "./open-text.js";
import type { OpenText } from "./text-state.js";

/** To the next or previous match, or section where nothing is searched for. */
export function step(model: Model, open: OpenText, by: 1 | -1): Update {
  if (open.search.line.text !== "") {
    const { matches, match } = open;
    if (matches.length === 0) return said(model, `“${open.search.line.text}” is not in this text`);
    const next =
      match === null ? (by > 0 ? 0 : matches.length - 1) : (match + by + matches.length) % matches.length;
    const found: Model = { ...model, text: jumped(open, atMatch(open, next, model), true) };
    const isOver = match !== null && (by > 0 ? next <= match : next >= match);
    if (!isOver) return [found, []];
    if (matches.length === 1) return said(found, "this is the only match");
    return said(found, `${by > 0 ? "from the top" : "from the end"} · ${placeAmong(next, matches.length)}`);
  }
  const row = nextSection(open, by);
  if (row === null) return said(model, by > 0 ? "this is the last section" : "this is the first section");
  const next = scrolledTo(open, row, model.size);
  if (next.top === open.top) return said(model, "the sections after this are all on the screen");
  return [{ ...model, text: { ...jumped(open, next, true), link: null } }, []];
}

/** Which match one is at: `3 of 12`. */
export function placeAmong(match: number, count: number): string {
  return `${thousands(match + 1)} of ${thousands(count)}`;
}

function atMatch(open: OpenText, match: number, { size }: Model): OpenText {
  const { height } = textGeometry(size);
  const row = open.matches[match]?.parts[0]?.row ?? open.top;
  const isShown = row >= open.top && row < open.top + height;
  return { ...(isShown ? open : scrolledTo(open, row - (height >> 2), size)), match, link: null };
}

/**
 * A key while a place is typed after `:`, a row or a percentage.
 * @param jumps jump to a row, from 0, and so far into the text, in percent
 */
export function typePlace(
  model: Model,
  open: OpenText,
  typed: EditedLine,
  key: Key,
  jumps: Readonly<Record<"goTo" | "goToPart", (model: Model, open: OpenText, where: number) => Update>>,
): Update {
  const free: OpenText = { ...open, goingTo: null };
  if (key.name === "escape" || (key.name === "backspace" && typed.text === ""))
    return [{ ...model, text: free }, []];
  if (key.name !== "enter")
    return [{ ...model, text: { ...open, goingTo: editWith(typed, key) ?? typed } }, []];
  const text = typed.text.trim();
  const [, number, percent] = /^(\d{1,9})\s*(%?)$/.exec(text) ?? [];
  if (number !== undefined) {
    const count = Number(number);
    return percent ? jumps.goToPart(model, free, count) : jumps.goTo(model, free, Math.max(0, count - 1));
  }
  // As in vim and less.
  if (/^(?:w?q|qa)!?$/.test(text)) return leave(model, free);
  const back: Model = { ...model, text: free };
  return text === "" ? [back, []] : said(back, `“${text}” is not a row or a percentage · try :120 or :50%`);
}

export function withoutSearch(open: OpenText): OpenText {
  return { ...open, search: { line: emptyLine, isTyping: false, from: open.top }, matches: [], match: null };
}

/** The text with an empty search that is being typed. */
export function searching(open: OpenText): OpenText {
  const search = { line: emptyLine, isTyping: true, from: open.top };
  return { ...open, search, matches: [], match: null };
}

export function typeSearch(model: Model, open: OpenText, key: Key): Model {
  const { search } = open;
  if (key.name === "escape" || (key.name === "backspace" && search.line.text === ""))
    return { ...model, text: scrolledTo(withoutSearch(open), search.from, model.size) };
  if (key.name === "enter") {
    const kept = jumped({ ...open, top: search.from }, { ...open, search: { ...search, isTyping: false } });
    if (search.line.text.trim() === "") return { ...model, text: withoutSearch(open) };
    const { matches, match } = open;
    const row = match === null ? search.from : (matches[match]?.parts[0]?.row ?? search.from);
    const words =
      matches.length === 0
        ? `“${search.line.text}” is not in this text`
        : row < search.from
          ? `from the top · ${placeAmong(match ?? 0, matches.length)}`
          : null;
    return { ...model, text: kept, notice: words === null ? null : { text: words, tone: "info" } };
  }
  const line = editWith(search.line, key);
  if (!line) return model;
  const matches = line.text === search.line.text ? open.matches : findMatches(open.rows, line.text);
  const typed: OpenText = { ...open, search: { ...search, line }, matches, match: null };
  const next = matches.findIndex(({ parts }) => (parts[0]?.row ?? 0) >= search.from);
  if (matches.length === 0) return { ...model, text: scrolledTo(typed, search.from, model.size) };
  return { ...model, text: atMatch(typed, Math.max(0, next), model) };
}
