import type { SearchIndex } from "../index/search-index.js";
import type { TextTerm } from "../query/types.js";
import type { Best } from "../rank/best.js";
import { idPartPoints, idPoints } from "../rank/ranking.js";
import { type IdentifierPart, partOfIdentifier, wholeIdentifier } from "../text/identifiers.js";
import { normalize } from "../text/normalize.js";

/**
 * Offers the papers of which a term names the identifier: `id:` and, without a field, what looks like a
 * number of arXiv, or a part of one.
 */
export function offerIds(index: SearchIndex, term: TextTerm, best: Best): void {
  if (term.field !== null && term.field !== "id") return;
  const text = normalize(term.text);
  const isField = term.field === "id";
  const byTitle = isField && text.startsWith("title:");
  const whole = byTitle ? null : wholeIdentifier(text);
  const part = whole !== null || byTitle || term.kind === "phrase" ? whole : partOfIdentifier(text);
  const written = isField && whole === null && !byTitle ? text.replace(/(?<=\/\d{7})v\d+$/, "") : null;
  if (part === null && written === null && !byTitle) return;
  const worth = whole !== null || isField ? idPoints : idPartPoints;
  for (let paper = 0; paper < index.ids.length; paper += 1) {
    const ids = index.ids[paper] as string;
    const isOffered =
      (part !== null && isMet(ids, part)) ||
      (written !== null && ids.includes(written)) ||
      (byTitle && normalize(index.listing.paper(paper).id).startsWith(text));
    if (isOffered) best.offerPoints(paper, worth);
  }
}

/** Whether a paper's identifiers, a line each, have the wanted one, or the first of them its part. */
export function isMet(ids: string, { kind, text }: IdentifierPart): boolean {
  if (kind === "whole") return ids.includes(text);
  if (kind === "begins") return ids.startsWith(text);
  const at = ids.indexOf(text);
  return at >= 0 && (at + text.length === ids.length || ids[at + text.length] === "\n");
}
