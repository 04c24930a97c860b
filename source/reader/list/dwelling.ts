import { hasMark } from "../../papers/marks.js";
import type { Effect, Message, Update } from "../messages.js";
import { current, type Model } from "../model.js";
import { markRead } from "./marking.js";
import { detailView } from "./moving.js";

/**
 * Starts or stops the timer that marks the paper on screen read. It runs only for a paper that the person went
 * to: one that merely came up, at the start or as the best match of a filter, has not been looked at.
 */
export function dwell(before: Model, message: Message, [model, effects]: Update): Update {
  const goneTo = paperGoneTo(before, message, model);
  const isCovered = model.mode !== "browse" || model.text !== null;
  const paper = goneTo === null || isCovered ? null : (detailView(model)?.paper ?? null);
  const next: Model = goneTo === model.goneTo ? model : { ...model, goneTo };
  if (paper === before.lookingAt) return [next, effects];
  const looking: Model = { ...next, lookingAt: paper };
  const seconds = model.settings.markReadAfter;
  if (paper === null || seconds <= 0 || !isUnread(model)) return [looking, [...effects, stop]];
  return [looking, [...effects, { type: "dwell", paper, seconds }]];
}

const stop: Effect = { type: "stop-dwelling" };

/** The identity of the paper under the cursor if a key moved the cursor there or went into the paper. */
function paperGoneTo(before: Model, { type }: Message, model: Model): string | null {
  const at = current(model);
  // In a triage the cursor moves by itself.
  if (at === null || before.triage !== null || model.triage !== null) return null;
  // What was made unread stays so.
  const isOfBefore = model.listing === before.listing && current(before) === at;
  if (isOfBefore && !isUnread(before) && isUnread(model)) return null;
  const paper = model.listing.id(at);
  if (type === "key" || type === "command") {
    // Other rows are another list: its cursor was placed by the program.
    const isMoved = model.shown === before.shown && model.cursor !== before.cursor;
    const isEntered = model.focus === "detail" && before.focus === "list";
    if (isMoved || isEntered || model.detailTops !== before.detailTops) return paper;
  }
  return model.goneTo === paper ? paper : null;
}

function isUnread(model: Model): boolean {
  const at = current(model);
  return at !== null && !hasMark(model.marks[at] as number, "read");
}

/** The time of a paper is over: it becomes read if it is still being looked at. */
export function onDwelled(model: Model, paper: string): Update {
  const at = current(model);
  if (at === null || model.lookingAt !== paper || model.listing.id(at) !== paper) return [model, []];
  return markRead(model, at, "glanced");
}
