import type { Paper } from "../../papers/paper.js";
import { highlights, type Matcher, type Range } from "../../search/match/highlight.js";
import type { CacheName } from "../caches.js";
import { authorsText, type PageLine } from "../detail/page-content.js";
import { shownField } from "../detail/shown.js";
import type { Model } from "../model.js";
import { matcherIn } from "./search-index.js";

/** What a filter matched in a page, by kind of line: offsets into the field's text. */
export type FieldMatches = Readonly<Partial<Record<PageLine["kind"], readonly Range[]>>>;

/** A match in a page: its first line, and its offsets in the field's text. */
export interface PageMatch extends Range {
  readonly line: number;
  readonly kind: PageLine["kind"];
}

const nothing: FieldMatches = {};
const fieldsKnown: CacheName<WeakMap<Matcher, WeakMap<Paper, Map<string, FieldMatches>>>> = {
  make: () => new WeakMap(),
};
const pagesKnown: CacheName<
  WeakMap<readonly PageLine[], { fields: FieldMatches; matches: readonly PageMatch[] }>
> = { make: () => new WeakMap() };

/** What the filter matched in a paper's page. Cached, because every key needs it. */
export function fieldMatches(model: Model, paper: Paper): FieldMatches {
  const matcher = matcherIn(model);
  if (matcher === null) return nothing;
  const { caches } = model;
  const matchers = caches.of(fieldsKnown);
  const papers = matchers.get(matcher) ?? new WeakMap<Paper, Map<string, FieldMatches>>();
  matchers.set(matcher, papers);
  const layouts = papers.get(paper) ?? new Map<string, FieldMatches>();
  papers.set(paper, layouts);
  const { asSource, zoom } = model;
  const allAuthors = zoom === "detail";
  const layout = `${asSource} ${allAuthors}`;
  let found = layouts.get(layout);
  if (found === undefined) {
    found = {
      title: highlights(matcher, shownField(caches, paper, "title", asSource).text, "title"),
      authors: highlights(matcher, authorsText(paper, allAuthors), "authors"),
      summary: highlights(matcher, shownField(caches, paper, "summary", asSource).text, "summary"),
      abstract: highlights(matcher, shownField(caches, paper, "abstract", asSource).text, "abstract"),
    };
    layouts.set(layout, found);
  }
  return found;
}

/** The matches one by one, in the order of the page. */
export function pageMatches(model: Model, paper: Paper, lines: readonly PageLine[]): readonly PageMatch[] {
  const fields = fieldMatches(model, paper);
  if (fields === nothing) return [];
  const pages = model.caches.of(pagesKnown);
  const known = pages.get(lines);
  if (known?.fields === fields) return known.matches;
  const matches = lines.flatMap(({ kind, text, start }, line) =>
    (fields[kind] ?? [])
      .filter((range) => range.start >= start && range.start < start + text.length)
      .map((range) => ({ ...range, line, kind })),
  );
  pages.set(lines, { fields, matches });
  return matches;
}

/** The first line on screen that brings a line into view: a third of the way down, so that its context shows. */
export function topFor(line: number, height: number): number {
  return line - Math.floor(height / 3);
}
