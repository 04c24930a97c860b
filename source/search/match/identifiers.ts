import { betweenPapers, type Identifiers, type SearchIndex } from "../index/search-index.js";
import type { TextTerm } from "../query/types.js";
import type { Best } from "../rank/best.js";
import { idPartPoints, idPoints } from "../rank/ranking.js";
import { type IdentifierPart, partOfIdentifier, wholeIdentifier } from "../text/identifiers.js";
import { normalize } from "../text/normalize.js";
import { lastNotAfter } from "../text/starts.js";

/**
 * Offers the papers whose identifier a term names: with `id:`, or without a field if the term looks like an
 * arXiv number or a part of one.
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
  const offer = (paper: number) => best.offerPoints(paper, worth);
  if (part !== null) eachWithPart(index.ids, part, offer);
  if (written !== null && written !== "") eachWith(index.ids, written, offer);
  if (byTitle)
    eachWithoutId(index.ids, (paper) => {
      if (normalize(index.listing.paper(paper).id).startsWith(text)) offer(paper);
    });
}

/** Whether a term may name an identifier, as `offerIds` reads it. */
export function mayBeIdentifier(term: TextTerm): boolean {
  if (term.field !== null) return term.field === "id";
  const text = normalize(term.text);
  return wholeIdentifier(text) !== null || (term.kind === "word" && partOfIdentifier(text) !== null);
}

/** A shorter word is the beginning of too many keys. */
const shortestKey = 3;

/**
 * Offers the papers whose citation key a term names: with `key:` any part of it, without a field the whole key or
 * its beginning.
 */
export function offerKeys({ keys }: SearchIndex, term: TextTerm, best: Best): void {
  if (keys === null || (term.field !== null && term.field !== "key")) return;
  const text = normalize(term.text).trim();
  if (term.field === "key") {
    if (text !== "") eachWith(keys, text, (paper) => best.offerPoints(paper, idPoints));
    return;
  }
  if (term.kind === "phrase" || text.length < shortestKey) return;
  eachWith(keys, `\n${text}`, (paper, at) => {
    const after = keys.joined[at + 1 + text.length];
    const isWhole = after === "\n" || after === betweenPapers;
    best.offerPoints(paper, isWhole ? idPoints : idPartPoints);
  });
}

/** Calls `visit` for each occurrence of a text in the identifiers, with its paper and offset. */
function eachWith(
  { joined, starts }: Identifiers,
  text: string,
  visit: (paper: number, at: number) => void,
): void {
  let paper = 0;
  for (let at = joined.indexOf(text); at >= 0; at = joined.indexOf(text, at + 1)) {
    paper = lastNotAfter(starts, at, paper);
    visit(paper, at);
  }
}

function eachWithPart(
  ids: Identifiers,
  { kind, text }: IdentifierPart,
  visit: (paper: number) => void,
): void {
  if (kind === "begins") {
    // The separator before a paper's first identifier belongs to the previous paper.
    eachWith(ids, betweenPapers + text, (_, at) => visit(lastNotAfter(ids.starts, at + 1, 0)));
    return;
  }
  eachWith(ids, text, (paper, at) => {
    const after = ids.joined[at + text.length];
    if (kind === "whole" || after === "\n" || after === betweenPapers) visit(paper);
  });
}

/** Calls `visit` for the papers that are identified by their title: those with at most a DOI. */
function eachWithoutId({ joined, starts }: Identifiers, visit: (paper: number) => void): void {
  for (let paper = 0; paper < starts.length; paper += 1) {
    const start = starts[paper] as number;
    if (joined[start] === betweenPapers || joined.startsWith("10.", start)) visit(paper);
  }
}
