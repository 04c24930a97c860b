import { showDay } from "../reader/detail/page.js";
import type { Pane } from "../reader/layout.js";
import { type Model, type ViewName, views } from "../reader/model.js";
import { thousands } from "../text/numbers.js";
import { lineWidth, spread } from "./line.js";
import { type Line, type Span, span, styles } from "./style.js";

const names = { all: "All", unread: "Unread", starred: "Starred", later: "Later" } as const;

/** What is being read, how it is sorted, and the views with their counts. */
export function headerLine(model: Model, pane: Pane): Line {
  const { listing, sort, view, fresh, waiting } = model;
  const left: Span[] = [];
  // Until they are taken in; how many of those on the screen are new can wait.
  if (waiting > 0) left.push(span(" · "), span(`+${thousands(waiting)} new`, styles.key), span(" (r)"));
  else if (fresh > 0 && fresh < listing.size) left.push(span(` · ${thousands(fresh)} new`));
  if (sort.key !== "relevance" || sort.reversed) {
    left.push(span(` · by ${sort.key}${sort.reversed ? ", reversed" : ""}`, styles.faint));
  }
  const counts = [countsLine(model, 2), countsLine(model, 1)];
  // The counts of all views matter more than the name of the weekday.
  for (const isWhole of [true, false]) {
    const named = [span(` ${listing.name}`, styles.title), ...dayOf(listing, isWhole), ...left];
    const room = pane.width - lineWidth(named) - 1;
    const right = counts.find((line) => lineWidth(line) <= room);
    if (right || !isWhole) {
      return spread(named, right ?? [span("  "), countSpan(model, view), span(" ")], pane.width);
    }
  }
  return [];
}

/** The day of a listing; with arrows where there is a day before and one after. */
function dayOf({ name, day }: Model["listing"], isWhole: boolean): Span[] {
  if (day === null) return [];
  if (!/^Daily Papers\b/.test(name) || day.length < 10) return [span(` · ${showDay(day)}`)];
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const shown = isWhole ? `${weekday} ${showDay(day)}` : showDay(day);
  return [span(isWhole ? "  ‹ " : " ‹ ", styles.faint), span(shown), span(" ›", styles.faint)];
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Every view with its count, that many cells apart. */
function countsLine(model: Model, gap: number): Line {
  return views.flatMap((name) => [span(" ".repeat(gap)), countSpan(model, name)]).concat(span(" "));
}

/** A view's name and count. The present one is in brackets too: underlining alone is easy to miss. */
function countSpan({ counts, view }: Model, name: ViewName): Span {
  const text = `${names[name]} ${thousands(counts[name])}`;
  return name === view ? span(`[${text}]`, styles.view) : span(text, styles.faint);
}
