import { detailView, moveToUnread } from "../list/moving.js";
import { clamp } from "../list/viewport.js";
import { placeCursor } from "../list/views.js";
import type { Model } from "../model.js";
import { type PageMatch, topFor } from "./matches.js";
import { isFoundWhole } from "./seeking.js";

/**
 * What `n` and `N` do: in the list to the next unread paper or, while a filter is on, the next row; in the
 * detail with a filter on from match to match, and after a paper's last one on to the next paper's first.
 */
export function moveOn(model: Model, direction: 1 | -1, count: number | null): Model {
  const isInDetail = model.focus === "detail" || model.zoom === "detail";
  if (model.filter.query.isEmpty || !isInDetail || detailView(model) === null)
    return moveToUnread(model, direction, count);
  let reached = model;
  for (let left = count ?? 1; left > 0; left -= 1) {
    const next = step(reached, direction);
    if (next === null) break;
    reached = next;
  }
  if (reached !== model) return reached;
  const where = direction === 1 ? "below" : "above";
  const yet = isFoundWhole(model) ? "" : " so far: abstracts are still looked through";
  return { ...model, notice: { text: `no match further ${where}${yet}`, tone: "info" } };
}

/** One match further, or one paper if it shows none; `null` at the end of the rows. */
function step(model: Model, direction: 1 | -1): Model | null {
  const here = chooseMatch(model, nextIn(model, direction));
  if (here !== null) return here;
  const row = model.cursor + direction;
  if (!(row in model.shown)) return null;
  const moved = placeCursor(model, row);
  return chooseMatch(moved, direction === 1 ? 0 : matchesOf(moved).length - 1) ?? moved;
}

/** The index of the next match in the paper under the cursor; out of range if there is none. */
function nextIn(model: Model, direction: 1 | -1): number {
  const matches = matchesOf(model);
  const chosen = detailView(model)?.chosen ?? null;
  if (chosen !== null) return chosen + direction;
  // No match was visited yet: start with what is on screen.
  const top = detailView(model)?.top ?? 0;
  if (direction === -1) return matches.findLastIndex(({ line }) => line < top);
  const first = matches.findIndex(({ line }) => line >= top);
  return first < 0 ? matches.length : first;
}

/** Goes to a match of the paper under the cursor and scrolls to it; `null` if there is no such match. */
function chooseMatch(model: Model, index: number): Model | null {
  const view = detailView(model);
  const matches = matchesOf(model);
  const match = matches[index];
  if (view === null || match === undefined) return null;
  const { place, top, height, lines } = view;
  const isOnScreen = match.line >= top && match.line < top + height;
  const wanted = isOnScreen ? top : topFor(match.line, height);
  return {
    ...model,
    chosenMatch: { place, index },
    detailTops: new Map(model.detailTops).set(place, clamp(wanted, 0, Math.max(0, lines.length - height))),
    notice: { text: `match ${index + 1} of ${matches.length}`, tone: "info" },
  };
}

function matchesOf(model: Model): readonly PageMatch[] {
  return detailView(model)?.matches ?? [];
}
