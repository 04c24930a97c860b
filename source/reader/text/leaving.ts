import type { Effect, Update } from "../messages.js";
import type { Model } from "../model.js";
import { fitText, topBlock } from "./open-text.js";
import type { OpenText } from "./text-state.js";

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

/** What keeps the place in a text. */
export function placeEffects(open: OpenText): Effect[] {
  const block = open.text?.blocks[topBlock(open)];
  if (open.isCard || !block) return [];
  const { id, title } = open.paper;
  return [{ type: "keep-place", paper: id, title, place: open.top === 0 ? "" : block.id }];
}
