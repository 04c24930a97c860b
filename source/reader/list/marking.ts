import type { PassedKind } from "../../papers/interests/evidence.js";
import { hasMark, isMuted, type MarkField, type PaperChange, withMark } from "../../papers/marks.js";
import { thousands } from "../../text/numbers.js";
import type { Effect, Update } from "../messages.js";
import { current, type Model, type ViewName, views } from "../model.js";
import { isInView } from "./views.js";

const words: Record<MarkField, readonly [on: string, off: string]> = {
  read: ["marked read", "marked unread"],
  starred: ["starred", "unstarred"],
  later: ["to read later", "no longer to read later"],
};

/** Toggles a mark of the paper under the cursor. */
export function toggle(model: Model, field: MarkField): Update {
  const at = current(model);
  if (at === null) return nothingHere(model);
  const on = !hasMark(model.marks[at] as number, field);
  return setMark(model, [at], field, on, false, field === "read" && on ? "glanced" : undefined);
}

/** Marks a paper read because it was opened or on screen long enough. Does nothing if it is read already. */
export function markRead(model: Model, at: number, passed?: PassedKind): Update {
  return setMark(model, [at], "read", true, true, passed);
}

/** The journal's label for papers that were marked read this way. */
const lookedAt = "marked read automatically";

/** Marks every row of the list read, with a notice of how many. */
export function markAllRead(model: Model): Update {
  const unread = model.shown.filter((at) => !hasMark(model.marks[at] as number, "read"));
  if (unread.length === 0) return [{ ...model, notice: { text: "nothing unread here", tone: "info" } }, []];
  return setMark(model, unread, "read", true, false, "glanced");
}

/** Sets one mark of several papers, on screen at once; the effect writes it to disk. */
function setMark(
  model: Model,
  rows: Iterable<number>,
  field: MarkField,
  on: boolean,
  quiet: boolean,
  passed?: PassedKind,
): Update {
  const changed = Array.from(rows).filter((at) => hasMark(model.marks[at] as number, field) !== on);
  if (changed.length === 0) return [model, []];
  const papers: PaperChange[] = changed.map((at) => {
    return { paper: model.listing.id(at), title: model.listing.title(at), [field]: on };
  });
  const label = quiet ? lookedAt : words[field][on ? 0 : 1];
  const isForLater = on && field !== "read";
  const effect: Effect = {
    type: "record",
    label: changed.length === 1 ? label : `${thousands(changed.length)} ${label}`,
    papers,
    keep: isForLater ? changed.map((at) => model.listing.paper(at)) : [],
    quiet,
    ...(quiet ? { automatic: true } : {}),
    ...(passed === undefined ? {} : { passed }),
  };
  return [withMarks(model, papers, (_, index) => changed[index] as number), [effect]];
}

/** The model after changes to papers; some may not be in this listing. */
export function applyChanges(model: Model, changes: readonly PaperChange[]): Model {
  return withMarks(model, changes, ({ paper }) => model.listing.indexOf(paper));
}

/** @param rowOf returns the index in the listing of a change's paper, or -1 */
function withMarks(
  model: Model,
  changes: readonly PaperChange[],
  rowOf: (change: PaperChange, index: number) => number,
): Model {
  const marks = model.marks.slice();
  const counts = { ...model.counts };
  for (const [index, change] of changes.entries()) {
    const at = rowOf(change, index);
    if (at < 0) continue;
    let bits = marks[at] as number;
    if (change.read !== undefined) bits = withMark(bits, "read", change.read);
    if (change.starred !== undefined) bits = withMark(bits, "starred", change.starred);
    if (change.later !== undefined) bits = withMark(bits, "later", change.later);
    recount(counts, marks[at] as number, bits);
    marks[at] = bits;
  }
  return { ...model, marks, counts };
}

/** Updates the counts for one changed paper: counting all papers of a long listing would delay a key. */
function recount(counts: Record<ViewName | "muted", number>, before: number, bits: number): void {
  counts.muted += Number(isMuted(bits)) - Number(isMuted(before));
  for (const view of views) counts[view] += Number(isInView(view, bits)) - Number(isInView(view, before));
}

/** Shows that there is no paper here. */
export function nothingHere(model: Model): Update {
  return [{ ...model, notice: { text: "no paper here", tone: "info" } }, []];
}
