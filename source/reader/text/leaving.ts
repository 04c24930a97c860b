import type { Effect, Update } from "../messages.js";
import type { Model } from "../model.js";
import { fitText, jumped, placeOf, rowOfPlace, said, scrolledTo, topBlock } from "./open-text.js";
import type { OpenText, TextPlace } from "./text-state.js";

/** Leaves a text: to the one it was opened from, or to the list. */
export function closed(model: Model, { parent }: OpenText): Model {
  return parent === null
    ? { ...model, mode: "browse", text: null }
    : { ...model, text: fitText(parent, model) };
}

/** Closes a text and keeps the place in it. */
export function leave(model: Model, open: OpenText): Update {
  const next = closed(model, open);
  const stop: Effect[] = open.isWhole ? [] : [{ type: "stop-filling-text" }];
  return [next, [...stop, ...placeEffects(open)]];
}

/** What keeps the place in a text. One that was left before its place of the last time was shown stays there. */
export function placeEffects(open: OpenText): Effect[] {
  const block = open.text?.blocks[topBlock(open)];
  if (open.isCard || !block || awaitsPlace(open)) return [];
  const { id, title } = open.paper;
  return [{ type: "keep-place", paper: id, title, place: open.top === 0 ? "" : block.id }];
}

/** Whether the place where the text was left the last time is not shown yet. */
export function awaitsPlace({ awaited }: OpenText): boolean {
  return awaited !== null && awaited !== "end";
}

/** Back to the place before the last jump, else to the paper that the text was opened from. */
export function goBack(model: Model, open: OpenText): Update {
  const before = placeBefore(model, open);
  if (before !== null) return [{ ...model, text: before }, []];
  if (open.parent !== null) return leave(model, open);
  return said(model, "no link or jump led here · q goes back to the list");
}

/**
 * The text at the place before the last jump; `null` if there was none. Places that are at the top already, as jumps
 * back and forth or another size of the screen leave them, are passed over.
 */
export function placeBefore({ size }: Model, open: OpenText): OpenText | null {
  for (let at = open.trail.length - 1; at >= 0; at -= 1) {
    const next = scrolledTo(open, rowOfPlace(open, open.trail[at] as TextPlace), size);
    if (next.top !== open.top)
      return {
        ...next,
        link: null,
        trail: open.trail.slice(0, at),
        leftByReturn: placeOf(open),
        landed: null,
      };
  }
  return null;
}

/** As `''` in less: to the place before the last jump, and from there forth again. */
export function swapPlaces(model: Model, open: OpenText): Update {
  const { leftByReturn: left } = open;
  const forth = left && jumped(open, scrolledTo(open, rowOfPlace(open, left), model.size), true);
  const next = forth ?? placeBefore(model, open);
  return next === null
    ? said(model, "no link or jump led here")
    : [{ ...model, text: { ...next, link: null } }, []];
}
