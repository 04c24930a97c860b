import type { PageLine } from "../reader/detail/page-content.js";
import { shownField } from "../reader/detail/shown.js";
import { fieldMatches } from "../reader/filter/matches.js";
import type { Pane } from "../reader/layout.js";
import { detailMargin, detailView, widestText } from "../reader/list/moving.js";
import { current, type Model } from "../reader/model.js";
import { cutToWidth } from "../text/cells.js";
import { glyphsFor } from "./glyphs.js";
import { composed, fit, spread } from "./line.js";
import { type Line, type Style, span, styles } from "./style.js";

const lineStyles: Record<PageLine["kind"], Style> = {
  title: styles.title,
  facts: styles.faint,
  interest: styles.plain,
  authors: styles.plain,
  summary: styles.plain,
  by: styles.faint,
  abstract: styles.plain,
  comment: styles.faint,
  keywords: styles.faint,
  label: styles.faint,
  fact: styles.plain,
  link: { underline: true },
  blank: styles.plain,
  missing: styles.faint,
};

/** The detail of the paper under the cursor: exactly as many lines as the pane has rows. */
export function detailLines(model: Model, pane: Pane): Line[] {
  const view = detailView(model);
  const at = current(model);
  if (!view || at === null) return Array.from({ length: pane.height }, () => fit([], pane.width));
  const found = fieldMatches(model, model.listing.paper(at));
  const chosen = view.chosen === null ? undefined : view.matches[view.chosen];
  const margin = span(" ".repeat(marginOf(model, pane)));
  const thumb = scrollbar(view.top, view.lines.length, pane.height);
  const glyph = glyphsFor(model.settings.ascii).scrolled;
  return Array.from({ length: pane.height }, (_, y) => {
    const line = view.lines[view.top + y];
    const text = line
      ? composed(
          line.text,
          styleOf(line, model.focus === "detail"),
          {
            ranges: found[line.kind] ?? [],
            ...(chosen?.kind === line.kind ? { chosen } : {}),
            ...line.set,
          },
          line.start,
        )
      : [];
    const before = line?.before === undefined ? [] : [span(line.before, beforeStyle(line))];
    const after = line?.after === undefined ? [] : [span(line.after, styles.faint)];
    const cells = fit([margin, ...before, ...text, ...after], pane.width - detailMargin);
    return fit([...cells, thumb(y) ? span(glyph, styles.rule) : span(" ")], pane.width);
  });
}

/** The left margin in cells: full-screen text is a centred column. */
function marginOf({ zoom }: Model, { width }: Pane): number {
  const centred = zoom === "detail" ? Math.floor((width - widestText) / 2) : 0;
  return Math.max(Math.min(detailMargin, width), centred);
}

/** The titles of the papers before and after a full-screen paper. */
export function footLine(model: Model, width: number): Line {
  const { shown, cursor, listing, caches, asSource } = model;
  const { before, after } = glyphsFor(model.settings.ascii);
  const titleAt = (row: number) => {
    const at = shown[row];
    return at === undefined ? "" : shownField(caches, listing.paper(at), "title", asSource).text;
  };
  const half = Math.max(0, Math.floor(width / 2) - 4);
  const [previous, next] = [titleAt(cursor - 1), titleAt(cursor + 1)];
  const left = previous === "" ? "" : ` ${before} ${cutToWidth(previous, half)}`;
  const right = next === "" ? "" : `${cutToWidth(next, half)} ${after} `;
  return spread([span(left, styles.faint)], right === "" ? [] : [span(right, styles.faint)], width);
}

function styleOf({ kind, isFaint }: PageLine, hasFocus: boolean): Style {
  if (isFaint) return styles.faint;
  return kind === "title" && hasFocus ? styles.focus : lineStyles[kind];
}

/** Labels of sentences are prominent; names of facts are dim. */
function beforeStyle({ kind }: PageLine): Style {
  return kind === "abstract" ? styles.key : styles.faint;
}

/** Returns a test for the rows of a pane that the scrollbar's thumb covers; none if everything fits. */
export function scrollbar(top: number, size: number, height: number): (y: number) => boolean {
  if (size <= height) return () => false;
  const length = Math.max(1, Math.round((height * height) / size));
  const start = Math.round((top / (size - height)) * (height - length));
  return (y) => y >= start && y < start + length;
}
