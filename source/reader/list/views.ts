import { hasMark, isMuted, newBit } from "../../papers/marks.js";
import { momentumOf } from "../../papers/movement.js";
import { hasPaper } from "../../search/interests/judged.js";
import { markedAs } from "../../search/match/truths.js";
import { search } from "../../search/query/did-you-mean.js";
import type { Query } from "../../search/query/query.js";
import { indexOf, isSearchedInWorker } from "../filter/search-index.js";
import { inForYouOrder, isListingOrder, orderOf } from "../for-you/order.js";
import { layOut } from "../layout.js";
import { type FoundPapers, isForYouBits, type Model, noRows, type Rows, type ViewName } from "../model.js";
import { sortRows } from "./sorting.js";
import { clamp, scrollTo } from "./viewport.js";

/** Whether a paper with these mark bits belongs to a view. Muted papers belong to none. */
export function isInView(view: ViewName, bits: number): boolean {
  return !isMuted(bits) && isMarkedFor(view, bits);
}

function isMarkedFor(view: ViewName, bits: number): boolean {
  switch (view) {
    case "all":
      return true;
    case "unread":
      return !hasMark(bits, "read");
    case "for-you":
      return isForYouBits(bits);
    case "starred":
      return hasMark(bits, "starred");
    case "later":
      return hasMark(bits, "later");
  }
}

type Selection = Pick<
  Model,
  "caches" | "listing" | "marks" | "view" | "sort" | "forYou" | "moved" | "watch"
> & {
  readonly filter?: Model["filter"];
  /** The papers of a watch, ascending, if only these may be shown. */
  readonly among?: Uint32Array | null;
  readonly query: Query;
  /** The language whose order text is sorted in: a BCP 47 tag. */
  readonly locale: string;
};

/**
 * The rows of a view, filtered and sorted: indices into the listing. `known` is what the query finds apart
 * from its conditions on marks, if the search has answered.
 */
export function select(selection: Selection, known?: Pick<FoundPapers, "papers" | "truths">): Rows {
  const { caches, listing, marks, view, query, among = null } = selection;
  const bits = (at: number) => marks[at] as number;
  if (query.isEmpty) {
    const all = among?.filter((at) => isInView(view, bits(at))) ?? rowsFrom(0, view, marks);
    return inOrder(selection, all);
  }
  const isOfMarks = query.terms.some(({ kind }) => kind === "is");
  // A copy, because it may be sorted in place.
  const rows =
    known !== undefined && !isOfMarks
      ? known.papers.slice()
      : Uint32Array.from(
          known === undefined
            ? search(indexOf(caches, listing), query, bits)
            : markedAs(query, known.papers, known.truths, bits),
        );
  // A filter may ask for muted papers.
  const isShown = asksForMuted(query) ? isMarkedFor : isInView;
  const isOfWatch = (at: number) => among === null || hasPaper(among, at);
  return inOrder(
    selection,
    rows.filter((at) => isShown(view, bits(at)) && isOfWatch(at)),
  );
}

/** Rows in the order of a selection, including the ranking and momentum. */
export function inOrder(selection: Selection, rows: Rows): Rows {
  const { caches, listing, locale, moved } = selection;
  const sort = orderOf(selection);
  if (sort.key === "for-you") return inForYouOrder(selection, rows, sort.reversed);
  if (sort.key === "momentum") return byMomentum(moved, rows, sort.reversed);
  return sortRows(caches, listing, rows, sort, locale);
}

/** The largest change first; papers that were not seen before or did not change come last. */
function byMomentum(moved: Model["moved"], rows: Rows, reversed: boolean): Rows {
  const momentum = (at: number) => {
    const movement = moved.get(at);
    return movement === undefined ? Number.NEGATIVE_INFINITY : momentumOf(movement) * (reversed ? -1 : 1);
  };
  const keys = new Map(Array.from(rows, (at) => [at, momentum(at)]));
  const key = (at: number) => keys.get(at) as number;
  return rows.sort((one, other) => (key(one) === key(other) ? one - other : key(other) > key(one) ? 1 : -1));
}

/** Whether a filter asks for muted papers, which are in no view. */
function asksForMuted({ terms }: Query): boolean {
  return terms.some((term) => term.kind === "is" && term.mark === "muted" && !term.negated);
}

/** The papers of the watch shown as a view; `null` if there is none or they are not known yet. */
export function papersOfWatch({ watch, judged }: Pick<Model, "watch" | "judged">): Uint32Array | null {
  if (watch === null) return null;
  return judged?.byId.get(watch)?.papers ?? noRows;
}

/** The papers of a view from index `start` on, in listing order. */
export function rowsFrom(start: number, view: ViewName, marks: Uint8Array): Rows {
  const rows = new Uint32Array(marks.length - start);
  let count = 0;
  for (let at = start; at < marks.length; at += 1) {
    if (!isInView(view, marks[at] as number)) continue;
    rows[count] = at;
    count += 1;
  }
  return count === rows.length ? rows : rows.slice(0, count);
}

/**
 * How many rows the list can show. If the detail covers it, its height in the usual layout, so that the
 * list is scrolled correctly when it returns.
 */
export function listHeight(model: Model): number {
  const height = layOut(model.size, model.zoom === "detail" ? "none" : model.zoom).list?.height ?? 1;
  const lines = height - dividersIn(model, height);
  return Math.max(1, Math.floor(lines / rowHeight(model, height)));
}

/** Lines of a row: two with the setting `rows: 2`, if the list has room for three such rows. */
export function rowHeight({ settings }: Pick<Model, "settings">, height: number): 1 | 2 {
  return settings.rows === 2 && height >= 6 ? 2 : 1;
}

/**
 * How many lines of a list of this height separate new papers, which were never on the screen before this visit,
 * from seen ones: one above each group; one above the seen ones where rows are few, as the header counts the
 * new ones.
 */
export function dividersIn({ newRows }: Pick<Model, "newRows">, height: number): 0 | 1 | 2 {
  if (newRows === 0 || height < 5) return 0;
  return height < 8 ? 1 : 2;
}

/**
 * Recomputes the rows. The cursor stays on the paper `stay` if that is still among them, else on the same
 * row. If a background search has to answer first, the rows stay as they are until then.
 */
export function withRows(model: Model, stay: number | null): Model {
  const rows = rowsNow(model);
  if (rows === null) return { ...model, awaited: { stay } };
  const { shown, newRows } = newFirst(model, rows);
  const next: Model = { ...model, awaited: null, shown, newRows };
  return placeCursor(next, stay === null ? 0 : rowOf(shown, stay, model));
}

/** The papers of the model's view, filter and order; `null` if a background search has to answer first. */
function rowsNow(model: Model): Rows | null {
  const { listing, found } = model;
  const { query } = model.filter;
  const isBehind = !query.isEmpty && isSearchedInWorker(listing);
  if (isBehind && (found?.listing !== listing || found.text !== query.text)) {
    return null;
  }
  return select(
    { ...model, query, locale: model.settings.locale, among: papersOfWatch(model) },
    isBehind ? (found ?? undefined) : undefined,
  );
}

/**
 * The model with those of some papers in its rows that belong to its view and are not in them: the view was chosen
 * when they did not, and undo has brought them back. Rows that belong to it no longer stay, as everywhere.
 */
export function withReturned(model: Model, papers: readonly number[]): Model {
  const before = new Set(model.shown);
  if (papers.every((at) => before.has(at))) return model;
  const rows = rowsNow(model);
  if (rows === null) return model;
  const belongs = new Set(rows);
  const returned = new Set(papers.filter((at) => belongs.has(at) && !before.has(at)));
  if (returned.size === 0) return model;
  // Each row that no longer belongs follows the row that it followed.
  const followers = new Map<number, number[]>();
  let last = -1;
  for (const at of model.shown) {
    if (belongs.has(at)) last = at;
    else if (!followers.get(last)?.push(at)) followers.set(last, [at]);
  }
  const isShown = (at: number) => returned.has(at) || before.has(at);
  const merged = Uint32Array.from(
    [-1, ...rows].flatMap((at) => [...(at >= 0 && isShown(at) ? [at] : []), ...(followers.get(at) ?? [])]),
  );
  const { shown, newRows } = newFirst(model, merged);
  const stay = model.shown[model.cursor] ?? (shown[0] as number);
  return placeCursor({ ...model, shown, newRows }, shown.indexOf(stay));
}

/** In listing order, papers not seen before come first. */
function newFirst(
  { marks, fresh: count, view, watch, sort, filter }: Model,
  rows: Rows,
): Pick<Model, "shown" | "newRows"> {
  const isListing = isListingOrder(orderOf({ view, watch, sort, filter })) && filter.query.isEmpty;
  if (!isListing || count === 0) return { shown: rows, newRows: 0 };
  const fresh = rows.filter((at) => ((marks[at] as number) & newBit) !== 0);
  // If all papers are new, or none, separating them is useless.
  if (fresh.length === 0 || fresh.length === rows.length) return { shown: rows, newRows: 0 };
  const seen = rows.filter((at) => ((marks[at] as number) & newBit) === 0);
  return { shown: joinRows(fresh, seen), newRows: fresh.length };
}

/** Rows followed by others. */
export function joinRows(rows: Rows, others: Rows): Rows {
  const joined = new Uint32Array(rows.length + others.length);
  joined.set(rows);
  joined.set(others, rows.length);
  return joined;
}

/** The model with the cursor on a row, scrolled to show it. */
export function placeCursor(model: Model, row: number, top = model.top): Model {
  const cursor = clamp(row, 0, Math.max(0, model.shown.length - 1));
  const anchor = model.shown[cursor] ?? model.anchor;
  return { ...model, cursor, anchor, top: scrollTo(cursor, top, listHeight(model), model.shown.length) };
}

function rowOf(shown: Rows, stay: number, model: Model): number {
  const same = shown.indexOf(stay);
  if (same >= 0) return same;
  // In listing order the cursor goes to the next paper; in another order it stays on the row.
  const { key } = orderOf(model);
  if (model.filter.query.isEmpty && (key === "order" || key === "relevance")) {
    const next = shown.findIndex((at) => (model.sort.reversed ? at < stay : at > stay));
    return next >= 0 ? next : shown.length - 1;
  }
  return Math.min(model.cursor, shown.length - 1);
}
