import { hasMark, interestBits } from "../../papers/marks.js";
import type { Paper } from "../../papers/paper.js";
import type { ColumnName } from "../../papers/sort-and-column-names.js";
import type { CacheName, Caches } from "../../reader/caches.js";
import { LruCache } from "../../reader/detail/lru-cache.js";
import { shownField } from "../../reader/detail/shown.js";
import { matcherIn } from "../../reader/filter/search-index.js";
import { watchLetter } from "../../reader/interests/said.js";
import type { Model } from "../../reader/model.js";
import { highlights, type Matcher } from "../../search/match/highlight.js";
import { cellWidth, cutToWidth, fitToWidth } from "../../text/cells.js";
import { wrap } from "../../text/wrap.js";
import { glyphsFor } from "../glyphs.js";
import { composed, fit, lineWidth, merged } from "../line.js";
import { type RowShows, snippetLine } from "../snippet.js";
import { type Line, type Span, type Style, span, styles } from "../style.js";
import { type Columns, cellOf, gap, shortCount, shortDay, yearOf } from "./columns.js";

/** From this width on, a row shows the words that say why it matches. */
const reasonFrom = 40;

/** A paper's row as it was last drawn, and what it was made from. */
interface KeptRow {
  readonly lines: readonly Line[];
  readonly bits: number;
  /** The letter of its watch; "" if it has none, `null` if there are no watches or follows at all. */
  readonly letter: string | null;
  /** The sign of the order (see `rankSign`). */
  readonly rank: string;
  readonly isCursor: boolean;
  readonly width: number;
  readonly height: number;
  readonly columns: Columns;
  readonly focus: Model["focus"];
  readonly matcher: Matcher | null;
  readonly asSource: boolean;
  readonly ascii: boolean;
  /** The year that dates omit. */
  readonly year: string;
}

type RowLook = Pick<KeptRow, "rank" | "isCursor" | "width" | "height" | "columns">;
type RowState = Omit<KeptRow, "lines">;

const keptRows: CacheName<LruCache<Paper, KeptRow>> = { make: () => new LruCache() };

/** The lines of a paper's row, cached: few change from key to key. */
export function rowLines(model: Model, at: number, look: RowLook): readonly Line[] {
  const paper = model.listing.paper(at);
  const now: RowState = {
    ...look,
    bits: model.marks[at] as number,
    letter: hasSigns(model) ? watchLetter(model, at) : null,
    focus: model.focus,
    matcher: matcherIn(model),
    asSource: model.asSource,
    ascii: model.settings.ascii,
    year: yearOf(model),
  };
  const kept = model.caches.of(keptRows);
  const before = kept.get(paper);
  if (before !== undefined && isStill(before, now)) return before.lines;
  const lines = (look.height > 1 ? twoLines(model, paper, now) : [oneLine(model, paper, now)]).map(merged);
  kept.set(paper, { lines, ...now });
  return lines;
}

function isStill(before: KeptRow, now: RowState): boolean {
  return (
    before.bits === now.bits &&
    before.letter === now.letter &&
    before.rank === now.rank &&
    before.isCursor === now.isCursor &&
    before.width === now.width &&
    before.height === now.height &&
    before.columns.key === now.columns.key &&
    (before.focus === now.focus || !now.isCursor) &&
    before.matcher === now.matcher &&
    before.asSource === now.asSource &&
    before.ascii === now.ascii &&
    before.year === now.year
  );
}

/** The styles of a row by its marks and the cursor, and the signs at its beginning. */
function looksOf(model: Model, { bits, letter, rank, isCursor }: RowState) {
  const glyphs = glyphsFor(model.settings.ascii);
  const read = hasMark(bits, "read");
  const isFocused = isCursor && model.focus === "list";
  const style: Style = isFocused
    ? styles.cursor
    : isCursor
      ? styles.cursorAway
      : read
        ? styles.faint
        : styles.plain;
  /** The row under the cursor has one background, so its signs have no colours. */
  const of = (own: Style): Style => (isFocused ? style : isCursor ? { ...own, on: "away" } : own);
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
    ...(rank === "" ? [] : [span(rank, of(styles.key))]),
  ];
  return { style, of, signs };
}

/** The width in cells of the signs at the beginning of a row. */
export function signsWidth(model: Model): number {
  return hasSigns(model) ? 7 : 5;
}

function oneLine(model: Model, paper: Paper, row: RowState): Line {
  const { width, matcher, columns } = row;
  const { style, of, signs } = looksOf(model, row);
  const before = columns.before.flatMap(({ name, width: cells }): Line => {
    const text = cellOf(model, paper, name as Exclude<ColumnName, "title">);
    return [span(`${" ".repeat(Math.max(0, cells - cellWidth(text)))}${text}  `, of(styles.faint))];
  });
  const shown = shownField(model.caches, paper, "title", model.asSource);
  const usual = columnsAfter(model, paper, columns, matcher, of(styles.faint));
  const left = [...signs, ...before];
  const titleRoom = Math.max(0, width - lineWidth(left) - lineWidth(usual));
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
            firstAuthor: columns.after.some(({ name }) => name === "author"),
          },
          of(styles.faint),
        );
  const right = why ?? usual;
  const room = Math.max(0, width - lineWidth(left) - lineWidth(right));
  const ranges = matcher === null ? [] : highlights(matcher, shown.text, "title");
  const title = fit(composed(shown.text, style, { ranges, styles: shown.styles }), room, style);
  return fit([...left, ...title, ...right], width, of(styles.plain));
}

/**
 * The columns after the title, right-aligned in their cells. Empty cells before the first text belong to the
 * title.
 */
function columnsAfter(
  model: Model,
  paper: Paper,
  { after }: Columns,
  matcher: Matcher | null,
  style: Style,
): Line {
  const cells: Span[] = [];
  let free = 0;
  for (const { name, width } of after) {
    const text = cellOf(model, paper, name as Exclude<ColumnName, "title">);
    free += gap + width - cellWidth(text);
    if (text === "") continue;
    const ranges = matcher !== null && name === "author" ? highlights(matcher, text, "authors") : [];
    cells.push(
      span(" ".repeat(cells.length === 0 ? gap : free), style),
      ...composed(text, style, { ranges }),
    );
    free = 0;
  }
  return [...cells, span(" ".repeat(cells.length === 0 ? 1 : free + 1), style)];
}

/** A row of two lines: the title, and below it the rest of the title and the facts. */
function twoLines(model: Model, paper: Paper, row: RowState): Line[] {
  const { width, matcher, year } = row;
  const { style, of, signs } = looksOf(model, row);
  const faint = of(styles.faint);
  const shown = shownField(model.caches, paper, "title", model.asSource);
  const ranges = matcher === null ? [] : highlights(matcher, shown.text, "title");
  const room = Math.max(1, width - lineWidth(signs) - 1);
  const [one, two] = wrap(shown.text, room);
  const titlePart = (from: number, to: number) =>
    composed(shown.text.slice(from, to), style, { ranges, styles: shown.styles }, from);
  const firstEnd = one?.end ?? 0;
  const first = [...signs, ...titlePart(0, firstEnd)];
  const bar = span(row.isCursor ? (signs[0]?.text ?? " ") : " ", of(styles.faint));
  const day = paper.published ? `  ${shortDay(paper.published, year)} ` : " ";
  const rest = two === undefined ? [] : titlePart(two.start, shown.text.length);
  const middle = Math.max(0, room - cellWidth(day) + 1);
  const votes = paper.upvotes === null ? "" : `${row.ascii ? "^" : "▲"} ${shortCount(paper.upvotes)}`;
  // The votes stay in sight even beside a long title.
  const most = Math.max(0, middle - cellWidth(votes) - 2);
  const title =
    rest.length === 0 ? [] : [...(lineWidth(rest) > most ? fit(rest, most) : rest), span("  ", faint)];
  const said = why(model, paper, row, faint) ?? [
    span(factsIn(model, paper, votes, middle - lineWidth(title)), faint),
  ];
  const left = [...title, ...said];
  return [
    fit(first, width, style),
    fit(
      [bar, span(" ".repeat(lineWidth(signs) - 1), faint), ...fit(left, middle, faint), span(day, faint)],
      width,
      faint,
    ),
  ];
}

/** As many facts as fit: votes are kept first, then the author. */
function factsIn(model: Model, paper: Paper, votes: string, room: number): string {
  const author = cellOf(model, paper, "author");
  const code = paper.code === null ? "" : "code";
  const ways = [
    [author, paper.organization ?? "", votes, code],
    [author, votes, code],
    [author, votes],
    [votes],
  ];
  const texts = ways.map((facts) => facts.filter((fact) => fact !== "").join(" · "));
  return texts.find((text) => cellWidth(text) <= room) ?? votes;
}

/** Words outside the title that the filter matched; `null` if the title contains them. */
function why(model: Model, paper: Paper, { matcher, width }: RowState, style: Style): Line | null {
  if (matcher === null) return null;
  const { text } = shownField(model.caches, paper, "title", model.asSource);
  const shows = { titleLength: text.length, firstAuthor: true };
  return whyHere(model.caches, matcher, paper, width, shows, style);
}

/** Whether rows have room for the signs of watches and follows. */
function hasSigns({ interests }: Model): boolean {
  return interests.some(({ id }) => /^(?:watch|follow):/.test(id));
}

/** The number of characters of a title that fit into `room` cells. */
function lengthIn(title: string, room: number): number {
  return cellWidth(title) <= room ? title.length : cutToWidth(title, Math.max(0, room)).length - 1;
}

/**
 * The matched words to show in place of the columns, if the row does not show why the paper is in the list.
 */
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
