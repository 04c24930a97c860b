import type { Listing } from "../../papers/listing.js";
import { isSearchedInWorker } from "../filter/search-index.js";
import { isListingOrder, orderOf } from "../for-you/order.js";
import { judgeArrived } from "../interests/judging.js";
import type { Message, Update } from "../messages.js";
import { countsOf, current, type Model, noRows } from "../model.js";
import { closedPanel, fitPanel } from "../panels/panel.js";
import { inLeftOffView, start } from "../start.js";
import { fitText } from "../text/open-text.js";
import { readListedText } from "../text/reading.js";
import { joinRows, papersOfWatch, placeCursor, rowsFrom, select, withRows } from "./views.js";

// What happens to the list when papers arrive: a listing is read, read further or anew, opened or gone back to.

/** A listing was read. If it is the text of a paper, it is opened, unless another text was shown before. */
export function onRead(model: Model, message: Extract<Message, { type: "loaded" }>): Update {
  if (message.adds) return [onAdded(model, message), []];
  const next = onLoaded(model, message);
  return model.listing.size === 0 ? readListedText(next) : [next, []];
}

/** A refreshed listing: the cursor stays on its paper, and everything else is kept. */
function onLoaded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const { leftAt } = model;
  const at = current(model) ?? model.anchor;
  const left = leftAt === null ? -1 : listing.indexOf(leftAt);
  const stay = left >= 0 || at === null ? left : listing.indexOf(model.listing.id(at));
  // A triage may belong to another listing.
  const mode = model.mode === "triage" ? "browse" : model.mode;
  const arrived = judgeArrived(model, listing, marks);
  const loaded: Model = {
    ...model,
    mode,
    triage: null,
    listing,
    ...arrived,
    ...countsOf(arrived.marks),
    moved: new Map(),
    anchor: stay >= 0 ? stay : null,
    lastViewSwitch: null,
    isUsed: false,
    // Missing papers may still load.
    leftAt: left >= 0 ? null : leftAt,
    shown: noRows,
  };
  // The first papers of a source, or more of them before a key was pressed: check whether the restored view
  // is empty.
  const { model: begun, restored } =
    model.listing.size === 0 || !model.isUsed ? inLeftOffView(loaded) : { model: loaded, restored: null };
  const kept = begun.notice?.isOfListing ? null : begun.notice;
  const rows = withRows(
    { ...begun, notice: kept?.stays ? kept : (restored ?? kept) },
    stay >= 0 ? stay : null,
  );
  const begin = rowToBegin(model, rows, stay);
  if (begin !== null) return placeCursor(rows, begin);
  if (stay >= 0 || at === null) return rows;
  // Another day, or the listing that replaces a stand-in, begins at the top.
  const isSame = listing.name === model.listing.name && listing.day === model.listing.day;
  return placeCursor(rows, isSame ? model.cursor : 0);
}

/**
 * The row on which a refreshed listing begins: the first of the papers that `r` shows, and the top for someone
 * who has neither pressed a key nor left off elsewhere. `null`: the cursor stays on its paper.
 */
function rowToBegin(before: Model, { listing, newRows, shown }: Model, stay: number): number | null {
  if (before.waiting > 0) {
    const arrived = newRows > 0 ? 0 : shown.findIndex((at) => before.listing.indexOf(listing.id(at)) < 0);
    return arrived < 0 ? null : arrived;
  }
  const isAtTop = before.cursor === 0 && before.leftAt === null;
  return !before.isUsed && stay >= 0 && (newRows > 0 || isAtTop) ? 0 : null;
}

/** Another page of the listing: rows stay, and new ones come after them. */
function onAdded(model: Model, { listing, marks }: Extract<Message, { type: "loaded" }>): Model {
  const before = model.listing;
  const { view, sort } = model;
  const { query } = model.filter;
  const isSame = listing.packed !== null && listing.packed === before.packed;
  const arrived = judgeArrived(model, listing, marks, isSame ? model.judged : null);
  const grown: Model = { ...model, listing, ...arrived, ...countsOf(arrived.marks), lastViewSwitch: null };
  if (isSame) return lengthened(grown, before);
  const stay = Uint32Array.from(
    Array.from(model.shown, (at) => listing.indexOf(before.id(at))).filter((at) => at >= 0),
  );
  const known = new Set(stay);
  if (!query.isEmpty && isSearchedInWorker(listing))
    return withRows({ ...grown, shown: stay }, stay[model.cursor] ?? null);
  const { locale } = model.settings;
  const among = papersOfWatch(grown);
  const rows = select({
    caches: model.caches,
    listing,
    marks: grown.marks,
    view,
    sort,
    filter: grown.filter,
    query,
    locale,
    among,
    forYou: grown.forYou,
    moved: grown.moved,
    watch: grown.watch,
  });
  const added = rows.filter((at) => !known.has(at) && before.indexOf(listing.id(at)) < 0);
  return placeCursor({ ...grown, shown: joinRows(stay, added) }, model.cursor);
}

/** More of a long listing that is still loading: the same papers, and others after them. */
function lengthened(grown: Model, before: Listing): Model {
  const { listing, marks, view, filter, leftAt, cursor } = grown;
  // Only its state changed: a failed refresh.
  if (listing.size === before.size && filter.query.isEmpty) return grown;
  // The paper where the reader left off may have loaded now. Until then the cursor stays at the top.
  const left = leftAt === null ? -1 : listing.indexOf(leftAt);
  const stay = left >= 0 ? left : leftAt === null ? current(grown) : null;
  const next: Model = left >= 0 ? { ...grown, leftAt: null } : grown;
  if (!filter.query.isEmpty || !isListingOrder(orderOf(grown)) || next.watch !== null)
    return withRows(next, stay);
  const shown = joinRows(grown.shown, rowsFrom(before.size, view, marks));
  return placeCursor({ ...next, shown }, left >= 0 ? Math.max(0, shown.indexOf(left)) : cursor);
}

/** Opens another source as the reader left it; earlier filters can still be recalled. */
export function onOpened(model: Model, message: Extract<Message, { type: "opened" }>): Model {
  const { size, settings, brightness, filter, detailTops, asSource, shows, triages, today, interests, home } =
    model;
  const { pauses } = model;
  const { leftOff } = message;
  const history = [...new Set([...leftOff.history, ...filter.history])];
  return {
    ...start({ ...message, size, settings, today, interests, leftOff: { ...leftOff, history } }),
    brightness,
    detailTops,
    asSource,
    shows,
    triages,
    pauses,
    home,
  };
}

/**
 * Returns to the listing before, with what holds for all listings as it is now, and drops what was being typed or
 * awaited in it.
 */
export function onReturned(now: Model, message: Extract<Message, { type: "returned" }>): Model {
  const { size, settings, brightness, asSource, shows, today, interests, home, pauses, holds, triages } = now;
  const { notice, recent } = message;
  const { filter } = message.model;
  const history = [...new Set([...filter.history, ...now.filter.history])];
  const model: Model = {
    ...message.model,
    interests,
    filter: { ...filter, history, recalled: history.length },
  };
  const arrived = judgeArrived(model, model.listing, message.marks, message.model.judged);
  return resize(
    {
      ...model,
      settings,
      brightness,
      asSource,
      shows,
      home,
      pauses,
      holds,
      triages,
      mode: model.text === null ? "browse" : "text",
      panel: closedPanel,
      triage: null,
      pause: null,
      count: null,
      held: [],
      asked: null,
      working: null,
      goneTo: null,
      lookingAt: null,
      ...arrived,
      ...countsOf(arrived.marks),
      judging: null,
      notice,
      recent,
      today,
    },
    { type: "resized", size },
  );
}

/** Stores the changed numbers, and sorts the rows again if they are in that order. */
export function onMoved(model: Model, { listing, moved }: Extract<Message, { type: "moved" }>): Model {
  if (listing !== model.listing) return model;
  const next: Model = { ...model, moved };
  return orderOf(model).key === "momentum" && model.moved.size === 0 ? withRows(next, current(model)) : next;
}

/** The model for another size of the screen: the cursor keeps its row if the new height allows. */
export function resize(model: Model, { size }: Extract<Message, { type: "resized" }>): Model {
  const sized: Model = { ...model, size };
  const text = sized.text && fitText(sized.text, sized);
  return placeCursor(fitPanel({ ...sized, text }), model.cursor);
}
