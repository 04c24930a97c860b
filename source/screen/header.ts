import { leastWanted } from "../ranking/taste.js";
import { showDay } from "../reader/detail/page.js";
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

/** From this width on, the header says how too few stars are made up for; a message says so too. */
const roomForOrder = 140;

/** Views that have a number. */
const countedViews = views.filter((name) => name !== "for-you");

/** The name of the listing, its order, and the views with their counts. */
export function headerLine(model: Model, pane: Pane): Line {
  const { listing, fresh, waiting } = model;
  const sort = chosenSort(model);
  const left: Span[] = [];
  // Waiting papers matter more than how many on the screen are new.
  if (waiting > 0) left.push(span(" · "), span(`+${thousands(waiting)} new`, styles.key), span(" (r)"));
  else if (fresh > 0 && fresh < model.counts.all) left.push(span(` · ${thousands(fresh)} new`));
  if (isOrderChosen(model)) {
    const by = sort.key === "for-you" ? "for you" : `by ${sort.key}`;
    left.push(span(` · ${by}${sort.reversed ? ", reversed" : ""}`, styles.faint));
  } else if (!isListingOrder(model.sort) && sortName(model.sort) !== sortName(sort)) {
    // The order that the listing had a moment ago is off while words are looked for.
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
  if (muted > 0) left.push(span(` · ${thousands(muted)} muted`, styles.faint));
  // Watches get the remaining room; the shown one is always named.
  const shown = watchesToShow(model);
  const tabs = shown.slice(0, mostTabs);
  const counts = [
    ...tabs.map((_, less) => countsLine(model, 2, tabs.slice(0, tabs.length - less))),
    countsLine(model, 2, []),
    countsLine(model, 1, []),
    // The view without a count is dropped first.
    countsLine(model, 2, [], countedViews),
    countsLine(model, 1, [], countedViews),
  ];
  // The counts matter more than the weekday.
  for (const isWhole of [true, false]) {
    const named = [span(` ${listing.name}`, styles.title), ...dayOf(model, isWhole), ...left];
    const room = pane.width - lineWidth(named) - 1;
    const lines = isWhole ? counts : [...counts, signsLine(model)];
    const right = lines.find((line) => lineWidth(line) <= room);
    if (right || !isWhole) {
      return spread(named, right ?? [span("  "), presentSpan(model), span(" ")], pane.width);
    }
  }
  return [];
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

/** Every view with its count, that many cells apart, and so many watches; the present one is among them. */
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

/** The present view by its name, and the others by the signs of their marks: "[All 40] ●30 ★2 ◷0". */
function signsLine(model: Model): Line {
  const { unread, star, later } = glyphsFor(model.settings.ascii);
  const signs = { unread, starred: star, later } as const;
  const others = (["unread", "starred", "later"] as const)
    .filter((name) => name !== model.view || model.watch !== null)
    .map((name) => span(`${signs[name]}${thousands(model.counts[name])} `, styles.faint));
  return [span(" "), presentSpan(model), span(" "), ...others];
}

/** More tabs than that do not help: `w` lists them all. */
const mostTabs = 9;
/** Cells of a watch's name in its tab. */
const tabWidth = 14;

function presentSpan(model: Model): Span {
  return model.watch === null ? countSpan(model, model.view) : watchSpan(model, model.watch);
}

/** A view's name and count. The present one is in brackets too: underlining alone is easy to miss. */
function countSpan({ counts, view, watch }: Model, name: ViewName): Span {
  // Its number would repeat that of the unread papers.
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
