import type { Listing } from "../papers/listing.js";
import { parseQuery } from "../search/query.js";
import { noFile } from "./exporting.js";
import { noFolder } from "./files.js";
import { noFilter } from "./filtering.js";
import type { Size } from "./layout.js";
import { lineOf } from "./line-editor.js";
import {
  countsOf,
  type LeftOff,
  type Model,
  type Notice,
  noRows,
  type ReaderSettings,
  type Sort,
  type SortKey,
} from "./model.js";
import { closedPanel } from "./panel.js";
import { withRows } from "./views.js";

export interface Start {
  readonly listing: Listing;
  readonly marks: Uint8Array;
  readonly size: Size;
  readonly settings: ReaderSettings;
  readonly leftOff: LeftOff;
  readonly notice: Notice | null;
  /** Names of sources opened before, the one left last first. */
  readonly recent: readonly string[];
  /** What is under way already. */
  readonly working?: string | null;
}

const sortNames: readonly SortKey[] = ["relevance", "order", "date", "title", "author", "upvotes"];

/** A sort by its name, `-` in front for the reverse; the usual one for a name that is none. */
export function readSort(name: string): Sort {
  const reversed = name.startsWith("-");
  const key = sortNames.find((one) => one === name.replace(/^-/, ""));
  return key ? { key, reversed } : { key: "relevance", reversed: false };
}

/** The name of a sort, as `readSort` takes it. */
export function sortName({ key, reversed }: Sort): string {
  return reversed ? `-${key}` : key;
}

/** The model that the program begins with: where the reader left off, as far as that still is. */
export function start({
  listing,
  marks,
  size,
  settings,
  leftOff,
  notice,
  recent,
  working = null,
}: Start): Model {
  const filter = noFilter(leftOff.history);
  const model: Model = {
    listing,
    marks,
    ...countsOf(marks),
    size,
    settings,
    view: leftOff.view,
    sort: readSort(leftOff.sort),
    filter: { ...filter, query: parseQuery(leftOff.filter), line: lineOf(leftOff.filter) },
    found: null,
    asked: null,
    awaited: null,
    shown: noRows,
    newRows: 0,
    cursor: 0,
    top: 0,
    anchor: null,
    turned: null,
    focus: "list",
    zoom: "none",
    asSource: false,
    detailTops: new Map(),
    chosenMatch: null,
    held: [],
    holds: 0,
    mode: "browse",
    count: null,
    panel: closedPanel,
    file: noFile,
    triage: null,
    history: [],
    undoes: 1,
    recent,
    folder: noFolder,
    notice: notice ?? restored(leftOff),
    waiting: 0,
    isUsed: false,
    working,
    leftAt: null,
    lookingAt: null,
  };
  const at = leftOff.paper === null ? -1 : listing.indexOf(leftOff.paper);
  return withRows(at < 0 ? { ...model, leftAt: leftOff.paper } : model, at < 0 ? null : at);
}

/** What was restored and hides papers, which would puzzle who has forgotten it. */
function restored({ filter }: LeftOff): Notice | null {
  return filter === "" ? null : { text: "the filter of last time is on · Esc clears it", tone: "info" };
}

/** How the reader leaves the listing now. */
export function leaveOff(model: Model): LeftOff {
  const at = model.shown[model.cursor];
  return {
    view: model.view,
    sort: sortName(model.sort),
    filter: model.mode === "filter" ? "" : model.filter.query.text,
    paper: at === undefined ? null : model.listing.id(at),
    history: model.filter.history,
  };
}
