import { hasMark } from "../../papers/marks.js";
import type { PageLine } from "../detail/page-content.js";
import { paperPage } from "../detail/page-views.js";
import { type PageMatch, pageMatches, topFor } from "../filter/matches.js";
import { forYouLines } from "../for-you/reasons.js";
import { interestLines } from "../interests/said.js";
import type { CommandName } from "../keys/keymap.js";
import { layOut } from "../layout.js";
import { current, type Model } from "../model.js";
import { clamp } from "./viewport.js";
import { listHeight, placeCursor } from "./views.js";

/** Commands that move in the focused pane. */
const motions = new Set<CommandName>([
  "down",
  "up",
  "half-page-down",
  "half-page-up",
  "page-down",
  "page-up",
  "first",
  "last",
]);

/** Whether a command is a motion: it takes a count and acts on the focused pane. */
export function isMotion(command: CommandName): boolean {
  return motions.has(command);
}

/** Moves the cursor, or scrolls the detail if it has the focus. `count` as in vim. */
export function move(model: Model, command: CommandName, count: number | null): Model {
  return model.focus === "detail" ? scrollDetail(model, command, count) : moveCursor(model, command, count);
}

function moveCursor(model: Model, command: CommandName, count: number | null): Model {
  const height = listHeight(model);
  const last = model.shown.length - 1;
  // A jump by pages scrolls the rows too, so that the cursor stays at its row of the screen.
  const page = (rows: number) =>
    placeCursor(model, model.cursor + rows, clamp(model.top + rows, 0, Math.max(0, last + 1 - height)));
  const times = count ?? 1;
  switch (command) {
    case "down":
      return placeCursor(model, model.cursor + times);
    case "up":
      return placeCursor(model, model.cursor - times);
    case "half-page-down":
      return page(times * half(height));
    case "half-page-up":
      return page(-times * half(height));
    case "page-down":
      return page(times * full(height));
    case "page-up":
      return page(-times * full(height));
    case "first":
      return placeCursor(model, (count ?? 1) - 1);
    case "last":
      return placeCursor(model, count === null ? last : count - 1);
    default:
      return model;
  }
}

/** Scrolls the detail of the paper under the cursor. Each paper keeps its own scroll position. */
export function scrollDetail(model: Model, command: CommandName, count: number | null): Model {
  const view = detailView(model);
  if (!view) return model;
  const { top, lines, height } = view;
  const lowest = Math.max(0, lines.length - height);
  const times = count ?? 1;
  const next: Partial<Record<CommandName, number>> = {
    down: top + times,
    up: top - times,
    "detail-down": top + times,
    "detail-up": top - times,
    "half-page-down": top + times * half(height),
    "half-page-up": top - times * half(height),
    "page-down": top + times * full(height),
    "page-up": top - times * full(height),
    "detail-page-down": top + times * full(height),
    "detail-page-up": top - times * full(height),
    first: (count ?? 1) - 1,
    last: count === null ? lowest : count - 1,
  };
  const to = next[command];
  if (to === undefined) return model;
  const detailTops = new Map(model.detailTops).set(view.place, clamp(to, 0, lowest));
  return { ...model, detailTops, chosenMatch: null };
}

/** What the detail shows; `null` if there is no detail. */
export interface DetailView {
  /** The paper's identity. */
  readonly paper: string;
  /**
   * The key of its scroll position in `detailTops`. Each filter has a position of its own, which begins at
   * the first match.
   */
  readonly place: string;
  readonly lines: readonly PageLine[];
  readonly top: number;
  readonly height: number;
  /** What the filter matched, and which match `n` went to. */
  readonly matches: readonly PageMatch[];
  readonly chosen: number | null;
}

/** A pane of fewer rows omits blank lines. */
const compactBelow = 16;
/** The margin on each side of the detail's text, in cells. */
export const detailMargin = 1;
/** Cells of the scrollbar and the free cell before it. */
const scrollbarWidth = 1;
/** The widest text: wider lines are hard to read. */
export const widestText = 80;

/** The detail as it is on screen; `null` if it is not. */
export function detailView(model: Model): DetailView | null {
  const pane = layOut(model.size, model.zoom).detail;
  const at = current(model);
  if (!pane || at === null) return null;
  const paper = model.listing.paper(at);
  const width = Math.min(widestText, Math.max(1, pane.width - 2 * detailMargin - scrollbarWidth));
  const lines = paperPage(model.caches, paper, model.marks[at] as number, {
    width,
    ascii: model.settings.ascii,
    asSource: model.asSource,
    allAuthors: model.zoom === "detail",
    isCompact: model.zoom !== "detail" && pane.height < compactBelow,
    summary: model.settings.summary ?? "first",
    interests: [...forYouLines(model, at), ...interestLines(model, at)],
    moved: model.moved.get(at) ?? null,
    shows: model.shows,
    leads: model.triage !== null,
  });
  const { query } = model.filter;
  // Each form of a paper has its own scroll position, and each filter begins at its first match.
  const view = model.shows === "abstract" ? paper.id : `${model.shows}\n${paper.id}`;
  const place = query.isEmpty ? view : `${query.text.trim()}\n${view}`;
  const matches = pageMatches(model, paper, lines);
  const first = matches[0]?.line ?? 0;
  const begin = first < pane.height ? 0 : topFor(first, pane.height);
  const lowest = Math.max(0, lines.length - pane.height);
  const top = clamp(model.detailTops.get(place) ?? begin, 0, lowest);
  const { chosenMatch } = model;
  const isHere = chosenMatch?.place === place && chosenMatch.index < matches.length;
  const chosen = isHere ? chosenMatch.index : null;
  return { paper: paper.id, place, lines, top, height: pane.height, matches, chosen };
}

/**
 * Moves to the next or previous unread paper, or, with a filter on, to the next or previous match, which is
 * any row. Shows a notice if there is none.
 */
export function moveToUnread(model: Model, direction: 1 | -1, count: number | null): Model {
  const filtered = !model.filter.query.isEmpty;
  let row = model.cursor;
  for (let left = count ?? 1; left > 0; left -= 1) {
    let next = row + direction;
    while (
      !filtered &&
      next >= 0 &&
      next < model.shown.length &&
      hasMark(model.marks[model.shown[next] as number] as number, "read")
    )
      next += direction;
    if (next < 0 || next >= model.shown.length) break;
    row = next;
  }
  if (row !== model.cursor) return placeCursor(model, row);
  const what = filtered ? "match" : "unread paper";
  const where = direction === 1 ? "below" : "above";
  return { ...model, notice: { text: `no ${what} further ${where}`, tone: "info" } };
}

function half(height: number): number {
  return Math.max(1, Math.floor(height / 2));
}

/** A page overlaps the one before by two rows, as in vim and less, if the pane is high enough. */
function full(height: number): number {
  return Math.max(1, height - 2);
}
