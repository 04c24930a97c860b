import type { Effect, Update } from "../messages.js";
import type { Model } from "../model.js";
import type { Key } from "./key.js";
import { type CommandName, commandOf } from "./keymap.js";

/** How many seconds keys wait for an answer, and how many keys may wait. */
const longest = 5;
const most = 200;

/** Shown until the answer comes. */
export const notAnswered = "the filter has not answered yet: the keys typed after it were dropped";

/** Commands that do not depend on the rows, and so need not wait. */
const atOnce = new Set<CommandName>([
  "back",
  "quit",
  "suspend",
  "redraw",
  "filter",
  "help",
  "sources",
  "problems",
  "refresh",
  "previous-day",
  "next-day",
]);

/**
 * Keeps a key back while the rows wait for what the search in the background finds: `/cat⏎s` in one write
 * must star what "cat" finds and not what stood there before. `null` where the key acts at once. Esc forgets
 * the keys that wait, Ctrl-C quits, and after five seconds they are forgotten, so nothing hangs.
 */
export function hold(model: Model, key: Key): Update | null {
  const { awaited, mode, held } = model;
  if (awaited === null || mode !== "browse") return null;
  const command = commandOf("browse", key.name);
  const passes = held.length === 0 ? command !== null && atOnce.has(command) : command === "back";
  if (passes || key.name === "ctrl-c") return null;
  if (held.length === most)
    return [forget(model, "too many keys waited for the filter: they were dropped"), []];
  const count = held.length + 1;
  const keys = count === 1 ? "a key waits" : `${count} keys wait`;
  const next: Model = {
    ...model,
    held: [...held, key],
    notice: {
      text: `${keys} for the filter's result · Esc drops ${count === 1 ? "it" : "them"}`,
      tone: "info",
    },
  };
  if (held.length > 0) return [next, []];
  const number = model.holds + 1;
  return [{ ...next, holds: number }, [{ type: "hold", number, seconds: longest }]];
}

/** Forgets the keys that began to wait as `number`: they waited too long. */
export function onHeldTooLong(model: Model, number: number): Model {
  if (model.held.length === 0 || model.holds !== number) return model;
  return forget(model, notAnswered);
}

function forget(model: Model, text: string): Model {
  return { ...model, held: [], notice: { text, tone: "warning" } };
}

/** When the rows arrive, the keys that waited for them act, in their order. */
export function release([model, effects]: Update, act: (model: Model, key: Key) => Update): Update {
  if (model.held.length === 0 || model.awaited !== null) return [model, effects];
  let reached: Model = { ...model, held: [], notice: null };
  const all: Effect[] = [...effects];
  for (const key of model.held) {
    const [next, more] = act(reached, key);
    reached = next;
    all.push(...more);
  }
  return [reached, all];
}
