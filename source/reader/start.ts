import type { Interest } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import { sortNames } from "../papers/sort-and-column-names.js";
import { parseQuery } from "../search/query/query.js";
import { thousands } from "../text/numbers.js";
import { Caches } from "./caches.js";
import { noFilter } from "./filter/filtering.js";
import { isSearchedInWorker } from "./filter/search-index.js";
import { isListingOrder } from "./for-you/order.js";
import { judgeArrived, watchesIn } from "./interests/judging.js";
import { noName } from "./interests/saving.js";
import { lineOf } from "./keys/line-editor.js";
import type { Size } from "./layout.js";
import { placeCursor, withRows } from "./list/views.js";
import {
  countsOf,
  type LeftOff,
  type Model,
  type Notice,
  noRows,
  type ReaderSettings,
  type Sort,
  type ViewName,
} from "./model.js";
import { noFile } from "./panels/exporting.js";
import { noFolder } from "./panels/files.js";
import { noHome } from "./panels/known-sources.js";
import { closedPanel } from "./panels/panel.js";

export interface Start {
  readonly listing: Listing;
  readonly marks: Uint8Array;
  readonly size: Size;
  readonly settings: ReaderSettings;
  readonly leftOff: LeftOff;
  /** A filter to begin with in place of the one that was left. */
  readonly filter?: string | null;
  readonly notice: Notice | null;
  /** Names of sources opened before, latest first. */
  readonly recent: readonly string[];
  /** The open source, see `Model`. */
  readonly source?: string | null;
  /** The sources of the morning. */
  readonly subscriptions?: readonly string[];
  /** Caches to reuse; new ones by default. */
  readonly caches?: Caches;
  readonly working?: string | null;
  /** `YYYY-MM-DD`, for filters with relative days. */
  readonly today?: string | null;
  /** Whether there is no data of an earlier run. */
  readonly isFirstRun?: boolean;
  /** The watches, follows, mutes and struck reasons in force. */
  readonly interests?: readonly Interest[];
  /**
   * Whether this is the first screen, which does not wait for a search: the message `interests` catches up
   * later.
   */
  readonly isFirst?: boolean;
}

/** Parses the name of a sort, with `-` in front for the reverse; unknown names give the default sort. */
export function readSort(name: string): Sort {
  const reversed = name.startsWith("-");
  const key = sortNames.find((one) => one === name.replace(/^-/, ""));
  return key ? { key, reversed } : { key: "relevance", reversed: false };
}

/** The name of a sort, in the form that `readSort` parses. */
export function sortName({ key, reversed }: Sort): string {
  return reversed ? `-${key}` : key;
}

/**
 * The order that is kept for the next time. The listing's own is no choice: whoever sorts back to it has the
 * papers that are new first again.
 */
function lastingSort(sort: Sort): Sort {
  return isListingOrder(sort) ? { key: "relevance", reversed: false } : sort;
}

/** The first model: where the reader left off, as far as that still exists. */
export function start({
  caches = new Caches(),
  listing,
  marks,
  size,
  settings,
  leftOff,
  filter: asked = null,
  notice,
  recent,
  source = null,
  subscriptions = [],
  working = null,
  today = null,
  isFirstRun = false,
  interests = [],
  isFirst = false,
}: Start): Model {
  const arrived = judgeArrived({ caches, interests, today }, listing, marks, null, isFirst);
  const watches = watchesIn({ caches, interests });
  const filter = noFilter(leftOff.history);
  const text = asked ?? leftOff.filter;
  const model: Model = {
    caches,
    listing,
    ...arrived,
    ...countsOf(arrived.marks),
    interests,
    judging: null,
    forYou: null,
    moved: new Map(),
    activity: null,
    ranking: null,
    size,
    settings,
    brightness: null,
    view: leftOff.view,
    watch: null,
    sort: lastingSort(readSort(leftOff.sort)),
    filter: { ...filter, query: parseQuery(text, today, watches), line: lineOf(text) },
    restoredFilter: asked === null && text !== "" ? { day: leftOff.day } : null,
    found: null,
    asked: null,
    awaited: null,
    shown: noRows,
    newRows: 0,
    cursor: 0,
    top: 0,
    anchor: null,
    lastViewSwitch: null,
    focus: "list",
    zoom: "none",
    asSource: false,
    shows: "abstract",
    detailTops: new Map(),
    chosenMatch: null,
    held: [],
    holds: 0,
    mode: "browse",
    count: null,
    panel: closedPanel,
    file: noFile,
    naming: noName,
    text: null,
    triage: null,
    history: [],
    triages: 0,
    recent,
    source,
    wayBack: "unopened",
    folder: noFolder,
    home: { ...noHome, subscriptions },
    notice,
    pause: null,
    pauses: 0,
    today,
    waiting: 0,
    isUsed: false,
    isFirstRun,
    working,
    leftAt: null,
    goneTo: null,
    lookingAt: null,
  };
  const at = leftOff.paper === null ? -1 : listing.indexOf(leftOff.paper);
  const { model: begun, restored } = inLeftOffView(model);
  const shown = withRows(at < 0 ? { ...begun, leftAt: leftOff.paper } : begun, at < 0 ? null : at);
  // New papers come first, so the cursor goes to the first of them.
  const atNew = shown.newRows > 0 ? placeCursor(shown, 0) : shown;
  return { ...atNew, notice: notice ?? restored };
}

/**
 * Restores the view and filter in which the reader left, unless they would show nothing, or the filter would hide
 * what is new. Also returns a notice if these hide papers, for a reader who has forgotten about them.
 */
export function inLeftOffView(left: Model): { readonly model: Model; readonly restored: Notice | null } {
  const { counts, listing } = left;
  const isEmptyView = listing.size > 0 && counts[left.view] === 0;
  const viewed: Model = isEmptyView ? { ...left, view: "all" } : left;
  const isOfOthers = listing.size > 0 && isFilterOfOthers(left);
  const isLostFilter =
    listing.size > 0 && left.filter.query.text !== "" && !isOfOthers && findsNothing(viewed);
  const model: Model =
    isLostFilter || isOfOthers
      ? { ...viewed, filter: noFilter(withText(viewed)), restoredFilter: null }
      : viewed;
  const hidden = counts.all - counts[model.view];
  // One may have been typed before the papers came.
  const isFiltered = model.filter.query.text !== "" && model.restoredFilter !== null;
  const hints = [
    isEmptyView ? `nothing is ${viewWords[left.view]} here, so all papers are shown` : null,
    hidden > 0
      ? `only ${viewWords[model.view]} papers are shown, ${thousands(counts[model.view])} of ${thousands(counts.all)}`
      : null,
    isLostFilter ? `your last filter, “${left.filter.query.text}”, finds nothing here and is off` : null,
    isOfOthers
      ? `your last filter, “${left.filter.query.text}”, is off, as there are other papers now`
      : null,
    isFiltered ? "your last filter is still on" : null,
  ].filter((one) => one !== null);
  const ways = [
    isFiltered ? "Esc clears it" : null,
    isOfOthers ? "/ ↑ brings it back" : null,
    hidden > 0 ? "v changes the view" : null,
  ];
  const way = ways.find((one) => one !== null);
  return {
    model,
    restored:
      hints.length === 0
        ? null
        : {
            text: [hints.join("; "), ...(way === undefined ? [] : [way])].join(" · "),
            tone: "info",
            stays: true,
            // More of the new papers may arrive, and the filter stays off.
            isOfListing: !isOfOthers,
          },
  };
}

/** Whether the filter was left on other papers: those of another day, or before some that are new. */
function isFilterOfOthers({ restoredFilter, listing, fresh }: Model): boolean {
  if (restoredFilter === null) return false;
  const { day } = restoredFilter;
  return fresh > 0 || (day !== null && listing.day !== null && day !== listing.day);
}

/**
 * Whether the filter finds no paper of the view; `false` for a long listing, where this is not known at
 * once.
 */
function findsNothing(model: Model): boolean {
  if (isSearchedInWorker(model.listing)) return false;
  return withRows(model, null).shown.length === 0;
}

/** Earlier filters and the current one, for ↑. */
function withText({ filter: { history, query } }: Model): readonly string[] {
  return [...history.filter((one) => one !== query.text), query.text];
}

/** What the papers of a view are called. */
const viewWords: Readonly<Record<ViewName, string>> = {
  all: "all",
  unread: "unread",
  starred: "starred",
  later: "for later",
  "for-you": "undecided",
};

/** The position to save for this listing. */
export function leaveOff(model: Model): LeftOff {
  // An empty view is left with the paper that was chosen before it.
  const at = model.shown[model.cursor] ?? model.anchor;
  return {
    view: model.view,
    sort: sortName(lastingSort(model.sort)),
    filter: model.mode === "filter" ? "" : model.filter.query.text,
    paper: model.leftAt ?? (at === null ? null : model.listing.id(at)),
    day: model.listing.day,
    history: model.filter.history,
  };
}
