import type { Pane } from "../reader/layout.js";
import { type Model, views } from "../reader/model.js";
import { showDay } from "../reader/page.js";
import { spread } from "./line.js";
import { type Line, type Span, span, styles } from "./style.js";

const names = { all: "All", unread: "Unread", starred: "Starred", later: "Later" } as const;

/** What is being read, how it is sorted, and the views with their counts. */
export function headerLine(model: Model, pane: Pane): Line {
  const { listing, sort, counts, view } = model;
  const left: Span[] = [span(` ${listing.name}`, styles.title)];
  if (listing.day) left.push(span(` · ${showDay(listing.day)}`));
  if (sort.key !== "relevance" || sort.reversed) {
    left.push(span(` · by ${sort.key}${sort.reversed ? ", reversed" : ""}`, styles.faint));
  }
  const right = views.flatMap((name) => {
    const chosen = name === view;
    const count = counts[name].toLocaleString("en");
    return [
      span("  "),
      // The present view is in brackets too: underlining alone is easy to miss.
      span(
        chosen ? `[${names[name]} ${count}]` : ` ${names[name]} ${count} `,
        chosen ? styles.view : styles.faint,
      ),
    ];
  });
  const short = [
    span("  "),
    span(`[${names[view]} ${counts[view].toLocaleString("en")}]`, styles.view),
    span(" "),
  ];
  const wide = [...right.slice(1), span(" ")];
  const needed =
    left.reduce((sum, one) => sum + one.text.length, 0) + wide.reduce((sum, one) => sum + one.text.length, 0);
  return spread(left, needed + 1 <= pane.width ? wide : short, pane.width);
}
