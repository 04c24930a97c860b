import { leastWanted } from "../ranking/taste.js";
import { showDay } from "../reader/detail/page-content.js";
import { chosenSort, forYouHere, isForYou, isListingOrder, isOrderChosen } from "../reader/for-you/order.js";
import { watchCounts } from "../reader/interests/counts.js";
import { watchesToShow } from "../reader/keys/commands.js";
import type { Pane } from "../reader/layout.js";
import { type Model, type ViewName, views } from "../reader/model.js";
import { sortName } from "../reader/start.js";
import { cutToWidth } from "../text/cells.js";
import { counted, thousands } from "../text/numbers.js";
import { glyphsFor } from "./glyphs.js";
import { lineWidth, spread } from "./line.js";
import { type Line, type Span, span, styles } from "./style.js";

const names = {
  all: "All",
  unread: "Unread",
  starred: "Starred",
  later: "Later",
  "for-you": "For you",
} as const;

/**
 * From this width on, the header says what fills the list when there are too few stars; a message says so
 * too.
 */
const roomForOrder = 140;

/** Views that have a number. */
const countedViews = views.filter((name) => name !== "for-you");

/** The name of the listing, its order, and the views with their counts. */
export function headerLine(model: Model, pane: Pane): Line {
  const { listing, fresh, waiting } = model;
  const sort = chosenSort(model);
  const left: Span[] = [];
  // The number of waiting papers matters more than the number of new ones on screen.
  if (waiting > 0) left.push(span(" · "), span(`+${thousands(waiting)} new`, styles.key), span(" (r)"));
  else if (fresh > 0 && fresh < model.counts.all) left.push(span(` · ${thousands(fresh)} new`));
  if (isOrderChosen(model)) {
    const by = sort.key === "for-you" ? "for you" : `by ${sort.key}`;
    left.push(span(` · ${by}${sort.reversed ? ", reversed" : ""}`, styles.faint));
  } else if (!isListingOrder(model.sort) && sortName(model.sort) !== sortName(sort)) {
    // The word search replaces the listing's order.
    left.push(span(" · best match", styles.faint));
  }
  const here = isForYou(model) ? forYouHere(model) : null;
  // The rows are about to change under the reader's eyes.
  if (here === null && isForYou(model) && model.ranking?.isAwaited)
    left.push(span(" · ordering for you …", styles.faint));
  if (here !== null && here.scores === null) {
    const order = pane.width < roomForOrder ? "" : " · by watches and votes";
    const known = `learns from ${counted(here.wanted, "paper")}, needs ${leastWanted}`;
    left.push(span(` · ${known}${order}`, styles.faint));
  }
  const { muted } = model.counts;
  const hidden = muted === 0 ? [] : [span(` · ${thousands(muted)} muted`, styles.faint)];
  // Watches get the remaining room; the shown one is always named.
  const shown = watchesToShow(model);
  const tabs = shown.slice(0, mostTabs);
  const complete = [
    ...tabs.map((_, less) => countsLine(model, 2, tabs.slice(0, tabs.length - less))),
    ...(tabs.length > 0 ? [countsLine(model, 1, tabs.slice(0, 1))] : []),
  ];
  const ofViews = [countsLine(model, 2, []), countsLine(model, 1, [])];
  // The view without a count is dropped first.
  const counts = [...ofViews, countsLine(model, 2, [], countedViews), countsLine(model, 1, [], countedViews)];
  const name = (isWhole: boolean) => [
    span(` ${listing.name}`, styles.title),
    ...dayOf(model, isWhole),
    ...left,
  ];
  const [whole, short] = [
    [...name(true), ...hidden],
    [...name(false), ...hidden],
  ];
  const all = [...complete, ...counts];
  const every = tabs.length > 0 ? complete : ofViews;
  // The counts matter more than the weekday. A view that would be dropped matters more than the number of
  // muted papers, which `w` shows too.
  const attempts: readonly (readonly [named: Line, lines: readonly Line[]])[] = [
    ...(hidden.length === 0
      ? []
      : ([whole, short, name(false)] as const).map((one) => [one, every] as const)),
    [whole, all],
    [short, [...all, signsLine(model)]],
  ];
  for (const [named, lines] of attempts) {
    const right = lines.find((line) => lineWidth(line) < pane.width - lineWidth(named));
    if (right !== undefined) return spread(named, right, pane.width);
  }
  return spread(short, [span("  "), presentSpan(model), span(" ")], pane.width);
}

/** The day of a listing, with arrows if the source has a day before and after. */
function dayOf({ listing, today }: Model, isWhole: boolean): Span[] {
  const { hasDays, day } = listing;
  if (day === null) return [];
  const isThisYear = day.length === 10 && today !== null && day.startsWith(today.slice(0, 5));
  const date = isThisYear ? showDay(day).replace(/ \d+$/, "") : showDay(day);
  if (!hasDays || day.length < 10) return [span(` · ${date}`)];
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const shown = isWhole ? `${weekday} ${date}` : date;
  return [span(isWhole ? "  ‹ " : " ‹ ", styles.faint), span(shown), span(" ›", styles.faint)];
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/**
 * All views with their counts, `gap` cells apart, and as many watches as given; always includes the current
 * one.
 */
function countsLine(
  model: Model,
  gap: number,
  watches: readonly string[],
  wanted: readonly ViewName[] = views,
): Line {
  const { watch } = model;
  const shown = views.filter((name) => wanted.includes(name) || name === model.view);
  const named = watch === null || watches.includes(watch) ? watches : [...watches.slice(0, -1), watch];
  return [...shown.map((name) => countSpan(model, name)), ...named.map((id) => watchSpan(model, id))]
    .flatMap((one) => [span(" ".repeat(gap)), one])
    .concat(span(" "));
}

/** The current view by name, the others by their signs: "[All 40] ●30 ★2 ◷0". */
function signsLine(model: Model): Line {
  const { unread, star, later } = glyphsFor(model.settings.ascii);
  const signs = { unread, starred: star, later } as const;
  const others = (["unread", "starred", "later"] as const)
    .filter((name) => name !== model.view || model.watch !== null)
    .map((name) => span(`${signs[name]}${thousands(model.counts[name])} `, styles.faint));
  return [span(" "), presentSpan(model), span(" "), ...others];
}

/** The most tabs of watches: `w` lists them all. */
const mostTabs = 9;
/** The width in cells of a watch's name in its tab. */
const tabWidth = 14;

function presentSpan(model: Model): Span {
  return model.watch === null ? countSpan(model, model.view) : watchSpan(model, model.watch);
}

/** A view's name and count. The current one is in brackets too: an underline alone is easy to miss. */
function countSpan({ counts, view, watch }: Model, name: ViewName): Span {
  // Its number would equal that of the unread papers.
  const count = name === "for-you" ? "" : ` ${thousands(counts[name])}`;
  return tab(`${names[name]}${count}`, name === view && watch === null);
}

function watchSpan(model: Model, id: string): Span {
  const { interests, judged } = model;
  const { title = "" } = judged?.byId.get(id)?.interest ?? interests.find((one) => one.id === id) ?? {};
  const count = watchCounts(model, id)?.total ?? 0;
  return tab(`${cutToWidth(title, tabWidth)} ${thousands(count)}`, id === model.watch);
}

function tab(text: string, isPresent: boolean): Span {
  return isPresent ? span(`[${text}]`, styles.view) : span(text, styles.faint);
}
