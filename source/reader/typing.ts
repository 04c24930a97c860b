import { editWith } from "./filter/filtering.js";
import type { Key } from "./keys/key.js";
import type { Message } from "./messages.js";
import type { Model } from "./model.js";

/**
 * The message for the keys from `at` on, and how many of them it takes. Keys that came together and only edit
 * the filter are taken together: it searches once for what they make of the line. A search for each of the
 * 5,000 letters of a paste would take longer than anybody waits.
 */
export function messageOf(
  { mode, filter }: Model,
  keys: readonly Key[],
  at: number,
): { readonly message: Message; readonly taken: number } {
  let { line } = filter;
  let taken = 0;
  for (; mode === "filter" && at + taken < keys.length; taken += 1) {
    const key = keys[at + taken] as Key;
    // In an empty line it leaves the filter.
    const isEnd = key.name === "backspace" && line.text === "";
    const edited = isEnd ? null : editWith(line, key);
    if (edited === null) break;
    line = edited;
  }
  if (taken > 1) return { message: { type: "typed", line }, taken };
  return { message: { type: "key", key: keys[at] as Key }, taken: 1 };
}
