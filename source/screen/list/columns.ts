import { familyName } from "../../papers/family-name.js";
import type { Paper } from "../../papers/paper.js";
import type { ColumnName } from "../../papers/sort-and-column-names.js";
import type { CacheName } from "../../reader/caches.js";
import { LruCache } from "../../reader/detail/lru-cache.js";
import { showDay } from "../../reader/detail/page-content.js";
import { chosenSort } from "../../reader/for-you/order.js";
import type { Model, SortKey } from "../../reader/model.js";
import { cellWidth, cutToWidth } from "../../text/cells.js";
import { counted } from "../../text/numbers.js";

/** The columns of the rows on screen, with their widths in cells. */
export interface Columns {
  readonly before: readonly Column[];
  readonly after: readonly Column[];
  /** The same as one text, to compare with what a row was made from. */
  readonly key: string;
}

export interface Column {
  readonly name: ColumnName;
  readonly width: number;
}

type Fact = Exclude<ColumnName, "title">;

/** The default columns, by the available width. */
const usual: readonly ColumnName[] = ["votes", "title", "author", "date"];

/**
 * The least width that a column leaves for the title: for the sort column, the default columns, and chosen
 * ones.
 */
const leastWhenSorted = 8;
const leastTitle: Partial<Record<Fact, number>> = { author: 54, votes: 14, date: 14 };
const leastWhenChosen = 12;
const widest: Partial<Record<Fact, number>> = { author: 14, organization: 18, categories: 12 };
/** The columns that are dropped last. */
const first: readonly Fact[] = ["votes", "date"];

const sortedBy: Partial<Record<SortKey, Fact>> = {
  upvotes: "votes",
  stars: "stars",
  comments: "comments",
  citations: "citations",
  listed: "listed",
  author: "author",
  date: "date",
};

/**
 * The columns that fit into a row, each as wide as the papers on screen need.
 * @param room the width of a row in cells, for the columns and the title
 */
export function columnsFor(model: Model, papers: readonly Paper[], room: number): Columns {
  const { columns: chosen = null } = model.settings;
  const forced = sortedBy[chosenSort(model).key] ?? null;
  const wanted = withForced(chosen ?? usual, forced);
  const ranked = wanted
    .filter((name): name is Fact => name !== "title")
    .sort((one, other) => rankOf(one, forced) - rankOf(other, forced));
  const widths = new Map<ColumnName, number>();
  let left = room;
  for (const name of ranked) {
    const width = widthIn(model, papers, name);
    const least =
      name === forced
        ? leastWhenSorted
        : chosen === null
          ? (leastTitle[name] ?? leastWhenChosen)
          : leastWhenChosen;
    // Whether the default columns fit must not change from row to row.
    const most = chosen === null && name !== forced ? Math.max(width, widest[name] ?? 0) : width;
    if (width === 0 || left - most - gap < least) continue;
    widths.set(name, width);
    left -= width + gap;
  }
  const placed = wanted.flatMap((name): Column[] => {
    const width = name === "title" ? 0 : widths.get(name);
    return width === undefined ? [] : [{ name, width }];
  });
  const title = placed.findIndex(({ name }) => name === "title");
  return {
    before: placed.slice(0, title),
    after: placed.slice(title + 1),
    key: placed.map(({ name, width }) => `${name} ${width}`).join(", "),
  };
}

/** Cells between two columns. */
export const gap = 2;

function withForced(wanted: readonly ColumnName[], forced: Fact | null): readonly ColumnName[] {
  const all = wanted.includes("title") ? wanted : [...wanted, "title" as const];
  if (forced === null || all.includes(forced)) return all;
  // One date column is enough.
  if (forced === "listed" && all.includes("date"))
    return all.map((name) => (name === "date" ? forced : name));
  const at = all.indexOf("date");
  return at < 0 ? [...all, forced] : [...all.slice(0, at), forced, ...all.slice(at)];
}

function rankOf(name: Fact, forced: Fact | null): number {
  if (name === forced) return -1;
  const at = first.indexOf(name);
  return at < 0 ? first.length : at;
}

/** The width a column needs for these papers; 0 if none has a value. */
function widthIn(model: Model, papers: readonly Paper[], name: Fact): number {
  let most = 0;
  for (const paper of papers) most = Math.max(most, cellWidth(cellOf(model, paper, name)));
  return most === 0 ? 0 : Math.max(most, name === "votes" ? 2 : 1);
}

type Cells = Partial<Record<Fact, string>> & { readonly by: string };
const keptCells: CacheName<LruCache<Paper, Cells>> = { make: () => new LruCache() };

/** A paper's text in a column. */
export function cellOf(model: Model, paper: Paper, name: Fact): string {
  const by = `${yearOf(model)} ${model.settings.ascii}`;
  const kept = model.caches.of(keptCells);
  let cells = kept.get(paper);
  if (cells?.by !== by) {
    cells = { by };
    kept.set(paper, cells);
  }
  cells[name] ??= cutToWidth(madeCell(model, paper, name), widest[name] ?? 10);
  return cells[name];
}

function madeCell(model: Model, paper: Paper, name: Fact): string {
  const { ascii } = model.settings;
  switch (name) {
    case "votes":
      return shortCount(paper.upvotes);
    case "author":
      return authorOf(paper);
    case "organization":
      return paper.organization ?? "";
    case "categories":
      return paper.categories.join(" ");
    case "stars":
      return withSign(ascii ? "*" : "★", paper.codeStars);
    case "comments":
      return paper.comments === null ? "" : `${shortCount(paper.comments)} com`;
    case "citations":
      return paper.citations === null ? "" : `${shortCount(paper.citations)} cit`;
    case "listed":
      return paper.listed ? shortDay(paper.listed, yearOf(model)) : "";
    case "date":
      return paper.published ? shortDay(paper.published, yearOf(model)) : "";
  }
}

function withSign(sign: string, count: number | null): string {
  return count === null ? "" : `${sign} ${shortCount(count)}`;
}

/** A count in four cells: "1204" as it is, "12k" from ten thousand on, "3M" from a million on. */
export function shortCount(count: number | null): string {
  if (count === null) return "";
  if (count < 10_000) return `${count}`;
  return count < 1_000_000 ? `${Math.floor(count / 1_000)}k` : `${Math.floor(count / 1_000_000)}M`;
}

/** The first author's family name, and the number of the others: "Ding +14". */
function authorOf({ authors, authorCount, andOthers }: Paper): string {
  const [one] = authors;
  if (one === undefined) return authorCount === null ? "" : counted(authorCount, "author");
  const others = Math.max(authors.length, authorCount ?? 0) - 1;
  const name = familyName(one) || one;
  const more = others > 0 ? ` +${others}` : andOthers ? " +" : "";
  return cutToWidth(name, (widest.author as number) - more.length) + more;
}

/** The year that dates omit: the listing's, else today's if known. */
export function yearOf({ listing, today }: Pick<Model, "listing" | "today">): string {
  return (listing.day ?? today ?? "").slice(0, 4);
}

/** `17 Aug` for a day of that year, `Aug 2024` for one of another. */
export function shortDay(day: string, year: string): string {
  const words = showDay(day).split(" ");
  if (words.length < 3) return words.join(" ");
  return day.startsWith(year) && year !== "" ? words.slice(0, 2).join(" ") : words.slice(1).join(" ");
}
