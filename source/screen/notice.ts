import { cellWidth, cutToWidth } from "../text/cells.js";

const between = " · ";
/** A part that begins with a key: "u undoes it all", "r". */
const startsWithKey = /^(?:[a-zA-Z?!]|Esc|Enter|Tab|Space|Ctrl-[A-Z])(?:$|[, ][a-z])/;
/** A part that ends with a key: "4 problems (! lists them)". */
const endsWithKey = /\((?:[a-zA-Z?!]|Esc|Enter|Ctrl-[A-Z]) [a-z]/;

/** Whether a part names a key to press. The first part says what happened, as in "w does nothing here". */
function namesKey(part: string, at: number): boolean {
  return (at > 0 && startsWithKey.test(part)) || endsWithKey.test(part);
}

/** A part cut to fewer cells than this says nothing. */
const least = 6;

/**
 * Cuts a notice to at most `room` cells. Its parts are separated by " · ". Parts that name a key to press
 * stay whole; those before and after them are cut.
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
