import { type Interest, interestKind } from "../../papers/interests/interest.js";
import type { Listing } from "../../papers/listing.js";
import { interestBits } from "../../papers/marks.js";
import { forYouOrder } from "../../ranking/for-you-order.js";
import { leastWanted } from "../../ranking/taste.js";
import { type FeatureKind, type FeatureName, kinds } from "../../ranking/terms.js";
import { isText } from "../../search/query/query.js";
import type { Model, Rows, Sort } from "../model.js";
import type { ForYou } from "./for-you.js";

/** What the order of the rows depends on; the shell, where an order is always named, has no filter in it. */
type Ordered = Pick<Model, "view" | "watch" | "sort"> & { readonly filter?: Model["filter"] };

const bestMatch: Sort = { key: "relevance", reversed: false };

/** Whether a filter looks for words, so that some papers match better than others. */
export function looksForWords({ query }: Model["filter"]): boolean {
  return query.terms.some((term) => isText(term) && term.field === null && !term.negated);
}

/**
 * The order that was chosen. The one of the listing is not that of what words find: there the best match comes
 * first, unless an order was chosen for them.
 */
export function chosenSort({ sort, filter }: Pick<Ordered, "sort" | "filter">): Sort {
  return filter !== undefined && looksForWords(filter) ? (filter.sort ?? bestMatch) : sort;
}

/** Whether this is the order of the listing, which is also the one of a listing that nobody has sorted. */
export function isListingOrder({ key, reversed }: Sort): boolean {
  return (key === "relevance" || key === "order") && !reversed;
}

/** Whether the rows are in an order that was chosen: the listing's own is one only where another is usual. */
export function isOrderChosen(model: Ordered): boolean {
  const sort = chosenSort(model);
  if (!isListingOrder(sort)) return true;
  const { filter, view, watch } = model;
  const isOtherUsual =
    (filter !== undefined && looksForWords(filter)) || (view === "for-you" && watch === null);
  return sort.key === "order" && isOtherUsual;
}

/** The order of the rows. The view "for you" uses the ranking, unless another order was chosen. */
export function orderOf({ view, watch, ...chosen }: Ordered): Sort {
  const sort = chosenSort(chosen);
  const isUsual = sort.key === "relevance" && !sort.reversed;
  return view === "for-you" && watch === null && isUsual ? { key: "for-you", reversed: false } : sort;
}

/** Whether rows are in the order of the ranking. */
export function isForYou(model: Ordered): boolean {
  return orderOf(model).key === "for-you";
}

/** The ranking of the listing on the screen; `null` until it is there. */
export function forYouHere({ forYou, listing }: Pick<Model, "forYou" | "listing">): ForYou | null {
  return forYou !== null && forYou.listing === listing ? forYou : null;
}

/** Rows in the order of the ranking; without one, watched and followed papers first, then by votes. */
export function inForYouOrder(
  model: Pick<Model, "forYou" | "listing" | "marks">,
  rows: Rows,
  reversed: boolean,
): Rows {
  const { listing, marks } = model;
  const scores = forYouHere(model)?.scores ?? null;
  const ordered =
    scores === null ? byWatchesAndVotes(listing, marks, rows) : forYouOrder(rows.sort(), scores);
  return reversed ? ordered.reverse() : ordered;
}

const caredFor = interestBits.followed | interestBits.watched;

function byWatchesAndVotes(listing: Listing, marks: Uint8Array, rows: Rows): Rows {
  const isCaredFor = (at: number) => Number(((marks[at] as number) & caredFor) !== 0);
  return rows.sort(
    (one, other) =>
      isCaredFor(other) - isCaredFor(one) ||
      (listing.count(other, "upvotes") ?? -1) - (listing.count(one, "upvotes") ?? -1) ||
      one - other,
  );
}

/** What to say if the ranking knows too little of the reader; `null` if it knows enough. */
export function tooLittleKnown(model: Model): string | null {
  if (!isForYou(model)) return null;
  const here = forYouHere(model);
  if (here === null) return null;
  if (here.scores !== null) return null;
  return tooFewWanted(here.wanted);
}

/** @param wanted how many papers the reader wanted, too few for a ranking */
export function tooFewWanted(wanted: number): string {
  const missing = leastWanted - wanted;
  return `star ${missing} more ${missing === 1 ? "paper" : "papers"} to rank this for you · until then by watches and votes`;
}

/** Reasons that the reader has struck. */
export function struckIn(interests: readonly Interest[]): readonly FeatureName[] {
  return interests.flatMap(({ id }) => (interestKind(id) === "reason" ? (featureOf(id) ?? []) : []));
}

/** The feature of a struck reason's identity, `reason:word/diffusion`. */
function featureOf(id: string): FeatureName | null {
  const [, kind = "", term = ""] = /^reason:(\w+)\/(.+)$/s.exec(id) ?? [];
  return kinds.includes(kind as FeatureKind) && term !== "" ? { kind: kind as FeatureKind, term } : null;
}
