import { cellWidth, cutToWidth } from "../text/cells.js";

const between = " · ";
/** A part that names a key: "u undoes it all", "r". */
const startsWithKey = /^(?:[a-zA-Z?!]|Esc|Enter|Tab|Space|Ctrl-[A-Z])(?:$|[, ][a-z])/;
/** The same after other words: "4 problems (! lists them)". */
const endsWithKey = /\((?:[a-zA-Z?!]|Esc|Enter|Ctrl-[A-Z]) [a-z]/;

/** Whether a part names a key to press; the first says what happened, as in "w does nothing here". */
function namesKey(part: string, at: number): boolean {
  return (at > 0 && startsWithKey.test(part)) || endsWithKey.test(part);
}

/** Cells below which the beginning of a part says nothing. */
const least = 6;

/**
 * A notice in at most `room` cells. Its parts are separated by " · "; those that name a key to press stay
 * whole, and what is before and after them is cut.
 */
export function noticeText(text: string, room: number): string {
  if (cellWidth(text) <= room) return text;
  const parts = text.split(between);
  const keys = parts.filter(namesKey);
  let free = room - keys.reduce((sum, part) => sum + cellWidth(part) + between.length, 0);
  if (keys.length === 0 || free < least)
    return cutToWidth(keys.length === 0 ? text : keys.join(between), room);
  free += between.length;
  const shown: string[] = [];
  let isCut = false;
  for (const [at, part] of parts.entries()) {
    if (namesKey(part, at)) {
      shown.push(part);
      continue;
    }
    const width = cellWidth(part);
    if (isCut || free - between.length < Math.min(least, width)) continue;
    isCut = width > free - between.length;
    shown.push(isCut ? cutToWidth(part, free - between.length) : part);
    free -= width + between.length;
  }
  return shown.join(between);
}
