import type { Paper } from "../../papers/paper.js";
import type { CacheName, Caches } from "../caches.js";
import { factsLines } from "./facts-lines.js";
import { type PageLayout, type PageLine, pageOf } from "./page-content.js";
import { shownField, shownKeywords } from "./shown.js";
import { bestLines, skimLines } from "./skim-lines.js";

/** What the detail shows: the page, the page with the abstract for skimming, or all facts. */
export type PaperView = "abstract" | "skim" | "facts";

/** The order in which `i` cycles. */
export const paperViews: readonly PaperView[] = ["abstract", "skim", "facts"];

export interface PaperPageLayout extends PageLayout {
  readonly shows: PaperView;
  /** Whether the paper's contribution comes right below the title, for a quick decision. */
  readonly leads: boolean;
}

/** Laid-out pages by their layout; a page is kept as long as its paper. */
const madeOf: CacheName<WeakMap<readonly PageLine[], Map<string, readonly PageLine[]>>> = {
  make: () => new WeakMap(),
};

/**
 * A paper as lines, in the chosen form: made from the lines of `page-content.ts`. Cached, because every key needs
 * it.
 */
export function paperPage(
  caches: Caches,
  paper: Paper,
  bits: number,
  layout: PaperPageLayout,
): readonly PageLine[] {
  const page = pageOf(caches, paper, bits, layout);
  const { shows, leads, width } = layout;
  if (shows === "abstract" && !leads) return page;
  const pages = caches.of(madeOf);
  const made = pages.get(page) ?? new Map<string, readonly PageLine[]>();
  pages.set(page, made);
  const key = `${shows} ${leads} ${width}`;
  const known = made.get(key);
  if (known) return known;
  const shown =
    shows === "facts"
      ? onlyFacts(caches, paper, bits, page, layout)
      : shows === "skim"
        ? skimmed(caches, paper, page, layout)
        : withLead(caches, paper, page, layout);
  made.set(key, shown);
  return shown;
}

const blank: PageLine = { kind: "blank", text: "", start: 0 };
const isSummary = ({ kind }: PageLine) => kind === "summary" || kind === "by";

/** How many lines at the top of a page are the title. */
function titleLines(page: readonly PageLine[]): number {
  const end = page.findIndex(({ kind }) => kind !== "title");
  return end < 0 ? page.length : end;
}

/** The page with the source's summary under the title; without one, with the best sentence of the abstract. */
function withLead(
  caches: Caches,
  paper: Paper,
  page: readonly PageLine[],
  { asSource, width }: PaperPageLayout,
): readonly PageLine[] {
  const end = titleLines(page);
  const summary = page.filter(isSummary);
  const lead =
    summary.length > 0 ? summary : bestLines(paper, shownField(caches, paper, "abstract", asSource), width);
  if (lead.length === 0) return page;
  const rest = page.slice(end).filter((line) => !isSummary(line));
  return withoutDoubleBlanks([...page.slice(0, end), blank, ...lead, blank, ...rest]);
}

/** The title and every fact. */
function onlyFacts(
  caches: Caches,
  paper: Paper,
  bits: number,
  page: readonly PageLine[],
  { asSource, width }: PaperPageLayout,
): readonly PageLine[] {
  const text = (name: "journal" | "comment") => shownField(caches, paper, name, asSource).text;
  const shown = {
    journal: text("journal"),
    comment: text("comment"),
    keywords: shownKeywords(paper, asSource),
  };
  return [...page.slice(0, titleLines(page)), blank, ...factsLines(paper, bits, shown, width)];
}

/** The title, the abstract for skimming, and after it what else the page has, but for a summary. */
function skimmed(
  caches: Caches,
  paper: Paper,
  page: readonly PageLine[],
  { asSource, width, isCompact = false }: PaperPageLayout,
): readonly PageLine[] {
  if (paper.abstract === "") return page;
  const end = titleLines(page);
  const lines = skimLines(paper, shownField(caches, paper, "abstract", asSource), width, isCompact);
  const rest = page.slice(end).filter((line) => !isSummary(line) && line.kind !== "abstract");
  const gap = isCompact ? [] : [blank];
  return withoutDoubleBlanks([...page.slice(0, end), ...gap, ...lines, blank, ...rest]);
}

function withoutDoubleBlanks(lines: readonly PageLine[]): PageLine[] {
  return lines.filter(({ kind }, index) => kind !== "blank" || lines[index - 1]?.kind !== "blank");
}
