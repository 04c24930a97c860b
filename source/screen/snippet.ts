import type { Paper } from "../papers/paper.js";
import type { CacheName, Caches } from "../reader/caches.js";
import { LruCache } from "../reader/detail/lru-cache.js";
import { shownField } from "../reader/detail/shown.js";
import { highlights, type Matcher, type Range } from "../search/match/highlight.js";
import { cellWidth, cutToWidth } from "../text/cells.js";
import { composed, fit } from "./line.js";
import { type Line, type Style, span } from "./style.js";

/** Words of an abstract and what of them was found, by offsets into them. */
interface Matched {
  readonly text: string;
  readonly ranges: readonly Range[];
}

/** What was found once for the same filter: it is asked for at every key. */
const snippets: CacheName<WeakMap<Matcher, LruCache<Paper, Matched | null>>> = { make: () => new WeakMap() };

/**
 * The words of the abstract that a filter matched, where the paper is in the list for its abstract
 * alone, in so many cells; `null` where the title or the authors show why it is there.
 */
export function snippetLine(
  caches: Caches,
  matcher: Matcher,
  paper: Paper,
  width: number,
  style: Style,
): Line | null {
  const known = caches.of(snippets);
  let papers = known.get(matcher);
  if (papers === undefined) {
    papers = new LruCache();
    known.set(matcher, papers);
  }
  let matched = papers.get(paper);
  if (matched === undefined) {
    matched = matchedIn(caches, matcher, paper);
    papers.set(paper, matched);
  }
  return matched === null ? null : lineOf(matched, width, style);
}

function matchedIn(caches: Caches, matcher: Matcher, paper: Paper): Matched | null {
  if (highlights(matcher, shownField(caches, paper, "title", false).text, "title").length > 0) return null;
  if (paper.authors.some((name) => highlights(matcher, name, "authors").length > 0)) return null;
  const { text } = shownField(caches, paper, "abstract", false);
  const ranges = highlights(matcher, text, "abstract");
  return ranges.length === 0 ? null : { text, ranges };
}

/** The first match with as many words before it as leave room for it, or else from its own beginning. */
function lineOf({ text, ranges }: Matched, width: number, style: Style): Line {
  const { start, end } = ranges[0] as Range;
  // A third of the room for what stands before, from the beginning of a word on.
  const spare = Math.min(Math.floor(width / 3), Math.max(0, width - 2 - cellWidth(text.slice(start, end))));
  const before = text.slice(Math.max(0, start - spare), start);
  const cut = start - spare <= 0 ? 0 : before.indexOf(" ") + 1;
  const from = cut === 0 && start - spare > 0 ? start : Math.max(0, start - spare) + cut;
  const mark = from > 0 ? "…" : "";
  const shown = cutToWidth(text.slice(from, from + 2 * width), width - cellWidth(mark));
  return fit([span(mark, style), ...composed(shown, style, { ranges }, from)], width, style);
}
