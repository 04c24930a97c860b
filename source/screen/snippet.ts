import type { Paper } from "../papers/paper.js";
import type { CacheName, Caches } from "../reader/caches.js";
import { LruCache } from "../reader/detail/lru-cache.js";
import { shownField } from "../reader/detail/shown.js";
import { highlights, type Matcher, type Range } from "../search/match/highlight.js";
import type { FieldName } from "../search/text/fields.js";
import { cellWidth, cutToWidth } from "../text/cells.js";
import { plainTex } from "../text/tex/render.js";
import { composed, fit } from "./line.js";
import { type Line, type Style, span } from "./style.js";

/** A text that shows why a paper matches, and the offsets of the matches in it. */
interface Matched {
  readonly text: string;
  readonly ranges: readonly Range[];
}

/**
 * What the row already shows: the first `titleLength` characters of the title, and maybe the first author.
 */
export interface RowShows {
  readonly titleLength: number;
  readonly firstAuthor: boolean;
}

/** Cached per filter and row, because every key needs it. */
const snippets: CacheName<WeakMap<Matcher, LruCache<Paper, { shows: RowShows; matched: Matched | null }>>> = {
  make: () => new WeakMap(),
};

/**
 * If a row does not show why its paper matches, the matched words elsewhere: in the cut part of the title,
 * another author, the abstract, the comment, the venue or a keyword. `width` is in cells. `null` if the row
 * shows a match of each term.
 */
export function snippetLine(
  caches: Caches,
  matcher: Matcher,
  paper: Paper,
  width: number,
  shows: RowShows,
  style: Style,
): Line | null {
  const known = caches.of(snippets);
  let papers = known.get(matcher);
  if (papers === undefined) {
    papers = new LruCache();
    known.set(matcher, papers);
  }
  const before = papers.get(paper);
  const isSame =
    before?.shows.titleLength === shows.titleLength && before.shows.firstAuthor === shows.firstAuthor;
  const matched = before !== undefined && isSame ? before.matched : matchedIn(caches, matcher, paper, shows);
  if (before === undefined || !isSame) papers.set(paper, { shows, matched });
  return matched === null ? null : lineOf(matched, width, style);
}

function matchedIn(caches: Caches, matcher: Matcher, paper: Paper, shows: RowShows): Matched | null {
  const title = shownField(caches, paper, "title", false).text;
  const unseen = matcher.filter((term) => !isSeen([term], paper, title, shows));
  if (unseen.length === 0) return null;
  for (const [text, field] of textsOf(caches, paper, title)) {
    const all = highlights(unseen, text, field);
    const ranges = text === title ? all.filter(({ end }) => end > shows.titleLength) : all;
    if (ranges.length > 0) return { text, ranges };
  }
  return null;
}

function isSeen(term: Matcher, paper: Paper, title: string, { titleLength, firstAuthor }: RowShows): boolean {
  if (highlights(term, title, "title").some(({ end }) => end <= titleLength)) return true;
  const [first] = paper.authors;
  return firstAuthor && first !== undefined && highlights(term, first, "authors").length > 0;
}

/** The texts of a paper that may show a match, the shortest first. */
function* textsOf(caches: Caches, paper: Paper, title: string): Generator<readonly [string, FieldName]> {
  yield [title, "title"];
  for (const name of paper.authors) yield [name, "authors"];
  for (const keyword of paper.keywords) yield [plainTex(keyword), "keywords"];
  if (paper.organization !== null) yield [paper.organization, "organization"];
  if (paper.summary !== null) yield [plainTex(paper.summary), "summary"];
  yield [shownField(caches, paper, "abstract", false).text, "abstract"];
  if (paper.comment !== null) yield [plainTex(paper.comment), "comment"];
  if (paper.journal !== null) yield [plainTex(paper.journal), "venue"];
}

/** The first match, with as many words before it as fit. */
function lineOf({ text, ranges }: Matched, width: number, style: Style): Line {
  const { start, end } = ranges[0] as Range;
  // At most a third of the width is for the words before the match.
  const spare = Math.min(Math.floor(width / 3), Math.max(0, width - 2 - cellWidth(text.slice(start, end))));
  const before = text.slice(Math.max(0, start - spare), start);
  const cut = start - spare <= 0 ? 0 : before.indexOf(" ") + 1;
  const from = cut === 0 && start - spare > 0 ? start : Math.max(0, start - spare) + cut;
  const mark = from > 0 ? "…" : "";
  const shown = cutToWidth(text.slice(from, from + 2 * width), width - cellWidth(mark));
  return fit([span(mark, style), ...composed(shown, style, { ranges }, from)], width, style);
}
