import { cellWidth, cutToWidth } from "../text/cells.js";

const between = " · ";
/** A part that names a key: "u undoes all of it", "r", "4 problems (! lists them)". */
const namesKey =
  /^(?:[a-zA-Z?!]|Esc|Enter|Tab|Space|Ctrl-[A-Z])(?:$|[, ][a-z])|\((?:[a-zA-Z?!]|Esc|Enter|Ctrl-[A-Z]) [a-z]/;
/** Cells below which the beginning of a part says nothing. */
const least = 6;

/**
 * A notice in at most `room` cells. Its parts are separated by " · "; those that name a key to press stay
 * whole, and what is before and after them is cut.
 */
export function noticeText(text: string, room: number): string {
  if (cellWidth(text) <= room) return text;
  const parts = text.split(between);
  const keys = parts.filter((part) => namesKey.test(part));
  let free = room - keys.reduce((sum, part) => sum + cellWidth(part) + between.length, 0);
  if (keys.length === 0 || free < least)
    return cutToWidth(keys.length === 0 ? text : keys.join(between), room);
  free += between.length;
  const shown: string[] = [];
  let isCut = false;
  for (const part of parts) {
    if (namesKey.test(part)) {
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
