import type { Listing } from "../papers/listing.js";
import { hasMark } from "../papers/marks.js";
import type { Query } from "../search/query.js";
import { search } from "../search/search.js";
import { layOut } from "./layout.js";
import type { Model, Sort, ViewName } from "./model.js";
import { indexOf } from "./search-index.js";
import { clamp, scrollTo } from "./viewport.js";

/** Whether a paper with these mark bits belongs to a view. */
export function isInView(view: ViewName, bits: number): boolean {
  switch (view) {
    case "all":
      return true;
    case "unread":
      return !hasMark(bits, "read");
    case "starred":
      return hasMark(bits, "starred");
    case "later":
      return hasMark(bits, "later");
  }
}

type Selection = Pick<Model, "listing" | "marks" | "view" | "sort"> & { readonly query: Query };

/** The rows of a view, filtered and sorted: indices into the listing. */
export function select({ listing, marks, view, sort, query }: Selection): number[] {
  const bits = (at: number) => marks[at] as number;
  const found = query.isEmpty ? everyRow(listing.size) : search(indexOf(listing), query, bits);
  const rows = view === "all" ? found : found.filter((at) => isInView(view, bits(at)));
  return sortRows(listing, rows, sort);
}

function everyRow(size: number): number[] {
  // A loop, which is ten times as fast as `Array.from` with a function.
  const rows = new Array<number>(size);
  for (let at = 0; at < size; at += 1) rows[at] = at;
  return rows;
}

/** Made when titles are first sorted. */
let collator: Intl.Collator | null = null;

function titleOrder(): Intl.Collator {
  return new Intl.Collator("en", { sensitivity: "base", numeric: true, ignorePunctuation: true });
}

/** Rows in an order; equal ones stay as they stood, and what has no date comes last either way. */
function sortRows(listing: Listing, rows: number[], { key, reversed }: Sort): number[] {
  if (key === "relevance") return reversed ? rows.reverse() : rows;
  if (key === "order") return rows.sort((a, b) => (reversed ? b - a : a - b));
  const sign = reversed ? -1 : 1;
  if (key === "title") {
    collator ??= titleOrder();
    const { compare } = collator;
    return rows.sort((a, b) => sign * compare(listing.paper(a).title, listing.paper(b).title));
  }
  return rows.sort((a, b) => {
    const [first, second] = [listing.paper(a).published, listing.paper(b).published];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return first === second ? 0 : sign * (first < second ? 1 : -1);
  });
}

/**
 * Rows that the list can show. While the detail covers it, its height in the ordinary layout, so
 * that the list stands right when it comes back.
 */
export function listHeight(model: Model): number {
  return layOut(model.size, model.zoom === "detail" ? "none" : model.zoom).list?.height ?? 1;
}

/**
 * The model with its rows made anew. The cursor stays on `stay` where that paper is still among
 * the rows; else it goes to the row that took its place.
 */
export function withRows(model: Model, stay: number | null): Model {
  const shown = select({ ...model, query: model.filter.query });
  return placeCursor({ ...model, shown }, stay === null ? 0 : rowOf(shown, stay, model));
}

/** The model with the cursor on a row, scrolled as far as that needs. */
export function placeCursor(model: Model, row: number, top = model.top): Model {
  const cursor = clamp(row, 0, Math.max(0, model.shown.length - 1));
  const anchor = model.shown[cursor] ?? model.anchor;
  return { ...model, cursor, anchor, top: scrollTo(cursor, top, listHeight(model), model.shown.length) };
}

function rowOf(shown: readonly number[], stay: number, model: Model): number {
  const same = shown.indexOf(stay);
  if (same >= 0) return same;
  // In listing order the next paper takes the place of the one that went; in another order the row stays.
  if (model.filter.query.isEmpty && (model.sort.key === "order" || model.sort.key === "relevance")) {
    const next = shown.findIndex((at) => (model.sort.reversed ? at < stay : at > stay));
    return next >= 0 ? next : shown.length - 1;
  }
  return Math.min(model.cursor, shown.length - 1);
}
