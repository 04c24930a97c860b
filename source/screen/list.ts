import { familyName } from "../papers/family-name.js";
import type { Listing } from "../papers/listing.js";
import { hasMark, interestBits } from "../papers/marks.js";
import { momentumOf, signed } from "../papers/movement.js";
import type { Paper } from "../papers/paper.js";
import { isTrialPlace, stepOf } from "../ranking/places.js";
import type { CacheName, Caches } from "../reader/caches.js";
import { LruCache } from "../reader/detail/lru-cache.js";
import { showDay } from "../reader/detail/page.js";
import { shownField } from "../reader/detail/shown.js";
import { matcherIn, outcomeIn } from "../reader/filter/search-index.js";
import { forYouHere, isForYou, orderOf } from "../reader/for-you/order.js";
import { watchLetter } from "../reader/interests/said.js";
import type { Pane } from "../reader/layout.js";
import { setsNewApart } from "../reader/list/views.js";
import type { Model } from "../reader/model.js";
import { highlights, type Matcher } from "../search/match/highlight.js";
import type { Query } from "../search/query/query.js";
import type { WhyNothing } from "../search/query/why-nothing.js";
import { numberColumns } from "../search/text/fields.js";
import { cellWidth, cutToWidth, fitToWidth } from "../text/cells.js";
import { counted, thousands } from "../text/numbers.js";
import { wrap } from "../text/wrap.js";
import { glyphsFor } from "./glyphs.js";
import { composed, fit, lineWidth, merged } from "./line.js";
import { type RowShows, snippetLine } from "./snippet.js";
import { type Line, type Span, type Style, span, styles } from "./style.js";

/** From these widths of the list a row has room for the votes, the date and the first author. */
const votesFrom = 36;
const dateFrom = 44;
const authorFrom = 88;
/** From this width on, a row has room for the words that say why it is there. */
const reasonFrom = 40;
/** Cells of a date: "17 Aug", or "Aug 2024". */
const dateWidth = 8;
const authorWidth = 14;

/** The rows of the list: exactly as many lines as the pane has rows, each as wide as the pane. */
export function listLines(model: Model, pane: Pane): Line[] {
  if (model.shown.length === 0) return emptyLines(model, pane);
  const isApart = setsNewApart(model, pane.height);
  const lines: Line[] = [];
  for (let row = model.top; lines.length < pane.height && row < model.shown.length; row += 1) {
    if (isApart && row === 0) lines.push(divider(model, newText(model), pane.width));
    if (isApart && row === model.newRows) lines.push(divider(model, "seen before", pane.width));
    lines.push(listLine(model, row, pane.width));
  }
  // The lines kept for what sets new papers apart are rows where it is not on screen.
  for (let row = model.top - 1; isApart && lines.length < pane.height && row >= 0; row -= 1) {
    if (row === model.newRows - 1) break;
    lines.unshift(listLine(model, row, pane.width));
  }
  return Array.from({ length: pane.height }, (_, y) => lines[y] ?? fit([], pane.width));
}

function listLine(model: Model, row: number, width: number): Line {
  const at = model.shown[row] as number;
  return rowLine(model, at, row === model.cursor, width, forYouSign(model, row) + movedSign(model, at));
}

/** How much the paper of a row is for the reader, and whether the ranking is unsure of it; "" in other orders. */
function forYouSign(model: Model, row: number): string {
  const scores = isForYou(model) ? (forYouHere(model)?.scores ?? null) : null;
  if (scores === null) return "";
  const steps = [...glyphsFor(model.settings.ascii).steps];
  const step = steps[stepOf(scores[model.shown[row] as number] ?? 0) - 1] ?? " ";
  return `${step}${isTrialPlace(row) && !orderOf(model).reversed ? "?" : " "}`;
}

/** By how much a paper moved, in the order of that. */
function movedSign(model: Model, at: number): string {
  if (orderOf(model).key !== "momentum") return "";
  const movement = model.moved.get(at);
  const text = movement === undefined ? "" : signed(momentumOf(movement));
  return `${text.padStart(5)} `;
}

function newText({ newRows }: Model): string {
  return `${thousands(newRows)} new since your last visit`;
}

/** A line that says what stands below it. */
function divider(model: Model, text: string, width: number): Line {
  const { across } = glyphsFor(model.settings.ascii);
  const rest = Math.max(0, width - cellWidth(text) - 5);
  return fit([span(`${across.repeat(3)} ${text} ${across.repeat(rest)}`, styles.rule)], width);
}

/** A paper's row as it was last shown, and what it was made from besides the paper. */
interface KeptRow {
  readonly line: Line;
  readonly bits: number;
  /** The letter of its watch; "" where it has none, `null` where there are neither watches nor follows. */
  readonly letter: string | null;
  /** What the order says of it: how much it is for the reader, or how much it moved. */
  readonly rank: string;
  readonly isCursor: boolean;
  readonly width: number;
  readonly focus: Model["focus"];
  readonly has: Listing["has"];
  readonly matcher: Matcher | null;
  readonly asSource: boolean;
  readonly ascii: boolean;
  /** The year that dates leave out. */
  readonly year: string;
}

const keptRows: CacheName<LruCache<Paper, KeptRow>> = { make: () => new LruCache() };

/** The row of a paper; from one key to the next most are the same. */
function rowLine(model: Model, at: number, isCursor: boolean, width: number, rank: string): Line {
  const paper = model.listing.paper(at);
  const now = {
    bits: model.marks[at] as number,
    letter: hasSigns(model) ? watchLetter(model, at) : null,
    rank,
    isCursor,
    width,
    focus: model.focus,
    has: model.listing.has,
    matcher: matcherIn(model),
    asSource: model.asSource,
    ascii: model.settings.ascii,
    year: yearOf(model),
  };
  const kept = model.caches.of(keptRows);
  const before = kept.get(paper);
  if (before !== undefined && isStill(before, now)) return before.line;
  const line = merged(madeRow(model, paper, now));
  kept.set(paper, { line, ...now });
  return line;
}

function isStill(before: KeptRow, now: Omit<KeptRow, "line">): boolean {
  return (
    before.bits === now.bits &&
    before.letter === now.letter &&
    before.rank === now.rank &&
    before.isCursor === now.isCursor &&
    before.width === now.width &&
    (before.focus === now.focus || !now.isCursor) &&
    before.has === now.has &&
    before.matcher === now.matcher &&
    before.asSource === now.asSource &&
    before.ascii === now.ascii &&
    before.year === now.year
  );
}

function madeRow(
  model: Model,
  paper: Paper,
  { bits, letter, rank, isCursor, width, matcher }: Omit<KeptRow, "line">,
): Line {
  const glyphs = glyphsFor(model.settings.ascii);
  const read = hasMark(bits, "read");
  const isFocused = isCursor && model.focus === "list";
  const style = isFocused ? styles.cursor : isCursor ? styles.cursorAway : read ? styles.faint : styles.plain;
  /** The row under the cursor is of one background: its signs have no colours of their own. */
  const of = (own: Style) => (isFocused ? style : own);
  const sign = (isSet: boolean, glyph: string, own: Style) => span(isSet ? glyph : " ", of(own));
  const signs: Span[] = [
    sign(isCursor, glyphs.bar, styles.faint),
    sign(!read, glyphs.unread, styles.unread),
    sign(hasMark(bits, "starred"), glyphs.star, styles.star),
    sign(hasMark(bits, "later"), glyphs.later, styles.later),
    ...(letter === null
      ? []
      : [
          sign((bits & interestBits.followed) !== 0, glyphs.followed, styles.later),
          span(fitToWidth(letter, 1), of(styles.unread)),
        ]),
    span(" ", of(styles.plain)),
    ...(rank === "" ? [] : [span(rank, of(styles.star))]),
    ...votesOf(model, paper, width, of(styles.faint)),
  ];
  const shown = shownField(model.caches, paper, "title", model.asSource);
  const usual = columnsOf(model, paper, width, matcher, of(styles.faint));
  const titleRoom = Math.max(0, width - lineWidth(signs) - lineWidth(usual));
  const why =
    matcher === null
      ? null
      : whyHere(
          model.caches,
          matcher,
          paper,
          width,
          {
            titleLength: lengthIn(shown.text, titleRoom),
            firstAuthor: model.listing.has.authors && width >= authorFrom,
          },
          of(styles.faint),
        );
  const columns = why ?? usual;
  const room = Math.max(0, width - lineWidth(signs) - lineWidth(columns));
  const ranges = matcher === null ? [] : highlights(matcher, shown.text, "title");
  const title = fit(composed(shown.text, style, { ranges, styles: shown.styles }), room, style);
  return fit([...signs, ...title, ...columns], width, of(styles.plain));
}

/** Whether rows have cells for the signs of watches and follows. */
function hasSigns({ interests }: Model): boolean {
  return interests.some(({ id }) => /^(?:watch|follow):/.test(id));
}

/** How many characters of a title are seen in so many cells. */
function lengthIn(title: string, room: number): number {
  return cellWidth(title) <= room ? title.length : cutToWidth(title, Math.max(0, room)).length - 1;
}

/** For a paper whose row does not show why it is in the list, the words that were found, instead of columns. */
function whyHere(
  caches: Caches,
  matcher: Matcher,
  paper: Paper,
  width: number,
  shows: RowShows,
  style: Style,
): Line | null {
  if (width < reasonFrom) return null;
  const words = snippetLine(caches, matcher, paper, Math.floor(width / 3), shows, style);
  return words === null ? null : [span("  ", style), ...words, span(" ", style)];
}

/** How many people voted for a paper, before its title, where the listing has votes. */
function votesOf({ listing }: Model, { upvotes }: Paper, width: number, style: Style): Span[] {
  if (!listing.has.upvotes || width < votesFrom) return [];
  return [span(`${(upvotes === null ? "" : shortCount(upvotes)).padStart(4)}  `, style)];
}

/** A count in four cells: "1204" as it is, "12k" from ten thousand on. */
function shortCount(count: number): string {
  return count < 10_000 ? `${count}` : `${Math.floor(count / 1_000)}k`;
}

/** The columns at the right end of a row: the first author and the date, where there is room and the listing has them. */
function columnsOf(model: Model, paper: Paper, width: number, matcher: Matcher | null, style: Style): Span[] {
  const { listing } = model;
  const columns: Span[] = [];
  if (listing.has.authors && width >= authorFrom) {
    const name = authorOf(paper);
    const ranges = matcher === null ? [] : highlights(matcher, name, "authors");
    columns.push(span("  ", style), ...composed(fitToWidth(name, authorWidth), style, { ranges }));
  }
  if (listing.has.dates && width >= dateFrom) {
    const year = yearOf(model);
    const day = paper.published ? shortDay(paper.published, year) : "";
    columns.push(span(`  ${day.padStart(dateWidth)} `, style));
  }
  return columns;
}

/** The first author's family name, and how many there are besides: "Ding +14". */
function authorOf({ authors, authorCount }: Paper): string {
  const [first] = authors;
  if (first === undefined) return authorCount === null ? "" : counted(authorCount, "author");
  const others = Math.max(authors.length, authorCount ?? 0) - 1;
  const name = familyName(first) || first;
  if (others === 0) return name;
  const more = ` +${others}`;
  return cutToWidth(name, authorWidth - more.length) + more;
}

/** The year that a reader takes for granted: of the listing, else of today where that is known. */
function yearOf({ listing, today }: Model): string {
  return (listing.day ?? today ?? "").slice(0, 4);
}

/** `17 Aug` for a day of that year, `Aug 2024` for one of another. */
function shortDay(day: string, year: string): string {
  const words = showDay(day).split(" ");
  if (words.length < 3) return words.join(" ");
  return day.startsWith(year) && year !== "" ? words.slice(0, 2).join(" ") : words.slice(1).join(" ");
}

/** What an empty list says: why it is empty and what to press. */
function emptyLines(model: Model, pane: Pane): Line[] {
  const lines: Line[] = emptyText(model).flatMap((text, index) =>
    wrap(text, Math.max(1, pane.width - 4)).map(({ start, end }) =>
      fit([span(`  ${text.slice(start, end)}`, index === 0 ? styles.plain : styles.faint)], pane.width),
    ),
  );
  const above = Math.max(0, Math.min(Math.floor(pane.height / 3), pane.height - lines.length));
  return Array.from({ length: pane.height }, (_, y) => lines[y - above] ?? fit([], pane.width));
}

/** Why a filter found nothing, where the listing or the filter itself tells. */
function reason({ terms }: Query, { has }: Listing): string | null {
  for (const term of terms) {
    if ((term.kind === "word" || term.kind === "phrase") && term.field === "author" && !has.authors)
      return "This listing does not name authors.";
    const column = term.kind === "number" ? numberColumns[term.field] : null;
    if (term.kind === "number" && column !== null && !has[column])
      return `This listing has no ${term.field}.`;
    if (term.kind === "word" && term.field === null && /^(19|20)\d\d$/.test(term.text))
      return `year:${term.text} finds the papers of that year.`;
  }
  return null;
}

/** Which word is to blame, in a few words. */
function blame({ blamed, isNowhere, without }: WhyNothing): string {
  if (isNowhere) return `no paper has “${blamed}”`;
  return without === null ? "no paper has all of it" : `no paper has “${blamed}” with the rest`;
}

/** That the filter finds papers, but none of the view; `null` where it finds none. */
function foundElsewhere({ filter, view, found, listing }: Model): string | null {
  const isOfMarks = filter.query.terms.some(({ kind }) => kind === "is");
  if (view === "all" || isOfMarks || found?.listing !== listing || found.papers.length === 0) return null;
  return `${counted(found.papers.length, "paper")} of all match it: V shows them.`;
}

function emptyText(model: Model): string[] {
  const { filter, view, listing, working, awaited } = model;
  // Nothing is missing from papers that have yet to come.
  if (listing.size === 0 && working !== null) return [`${working} …`, "Esc stops it."];
  if (awaited !== null) return [`Looking for “${filter.query.text.trim()}” …`, "Esc clears the filter."];
  if (filter.query.text.trim() !== "") {
    const where = view === "all" ? "" : ` in ${view}`;
    const { why } = outcomeIn(model);
    const said = reason(filter.query, listing);
    const found = why === null ? foundElsewhere(model) : null;
    return [
      `Nothing${where} matches “${filter.query.text.trim()}”${why === null || why.blamed === filter.query.text.trim() ? "" : `: ${blame(why)}`}.`,
      ...(said === null ? [] : [said]),
      ...(found === null ? [] : [found]),
      ...(why?.instead ? [`Enter takes “${why.instead.word}”.`] : []),
      ...(why?.without ? [`Tab leaves it out: ${counted(why.without.count, "paper")}.`] : []),
      "Esc clears the filter.",
    ];
  }
  if (listing.size === 0 && listing.whyEmpty !== null) return [listing.whyEmpty, "a opens another source."];
  if (listing.size === 0)
    return ["No papers here.", "arXiv and Daily Papers have none on some days; r looks again."];
  if (model.watch !== null) {
    const name = model.interests.find(({ id }) => id === model.watch)?.title ?? "";
    return [`Nothing here for the watch “${name}”.`, "v shows the next view; w lists the watches."];
  }
  if (view === "all" && model.counts.muted > 0)
    return ["All of it is muted.", "/ is:muted shows it; w lists what you mute."];
  switch (view) {
    case "unread":
      return ["All read.", "v shows the starred ones; V shows all."];
    case "starred":
      return ["Nothing starred yet.", "s stars a paper; V goes back."];
    case "for-you":
      return ["All read.", "V goes back."];
    default:
      return ["Nothing kept for later yet.", "L keeps a paper for later; v shows all."];
  }
}
