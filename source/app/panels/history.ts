import type { Library } from "../../library/library.js";
import { isInterestId } from "../../papers/interests/interest.js";
import type { Change } from "../../papers/marks.js";
import type { ListedChange } from "../../reader/model.js";
import { plainTex } from "../../text/tex/render.js";

/** The last changes to marks as the screen lists them, the newest first. */
export function listedChanges(library: Library): ListedChange[] {
  return library.history().map((change) => ({
    id: change.id,
    when: shownTime(new Date(change.at)),
    text: textOf(change),
    isUndone: change.isUndone,
  }));
}

/** "starred: Dale meets Langevin", "37 marked read". */
export function textOf({ label, papers }: Change): string {
  const [only, ...others] = papers;
  // Of a watch, follow or mute the label says which.
  if (only && isInterestId(only.paper)) return label;
  return only && others.length === 0 ? `${label}: ${plainTex(only.title) || only.paper}` : label;
}

/** A time where the reader is: `23 Nov 08:24`. */
export function shownTime(time: Date): string {
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[time.getMonth()];
  const two = (number: number) => String(number).padStart(2, "0");
  return `${time.getDate()} ${month} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
