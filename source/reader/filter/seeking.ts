import { matcherOf } from "../../search/match/highlight.js";
import { plainOutcome } from "../../search/query/why-nothing.js";
import { chosenSort } from "../for-you/order.js";
import { notAnswered } from "../keys/held-keys.js";
import { withRows } from "../list/views.js";
import type { Effect, Message, Update } from "../messages.js";
import { current, type Model } from "../model.js";
import { isSearchedInWorker } from "./search-index.js";

/**
 * Asks for what the filter says where the listing is too large to be searched with the key; the index is
 * made ready as soon as somebody begins to type.
 */
export function seek(model: Model, effects: readonly Effect[]): Update {
  const { listing, asked, filter, mode } = model;
  const text = filter.query.isEmpty ? null : filter.query.text;
  if (!isSearchedInWorker(listing) || (text === null && mode !== "filter")) return [model, effects];
  if (asked?.listing === listing && asked.text === text) return [model, effects];
  const { watches } = filter.query;
  const named = watches.size === 0 ? {} : { watches };
  return [{ ...model, asked: { listing, text } }, [...effects, { type: "search", text, ...named }]];
}

/** Whether the rows are complete: in a long listing more may follow from the abstracts. */
export function isFoundWhole({ awaited, found, filter, listing }: Model): boolean {
  if (filter.query.isEmpty || !isSearchedInWorker(listing)) return true;
  return awaited === null && (found === null || found.listing !== listing || found.isAll);
}

/**
 * Takes an answer in; one to an older question is dropped. The first one to a question puts the cursor on
 * the best match, or on the paper to stay on; what the abstracts bring comes after it, and the cursor
 * stays on its paper.
 */
export function onFound(model: Model, message: Extract<Message, { type: "found" }>): Model {
  const { listing, text, papers, truths, isAll, outcome = plainOutcome, spellings } = message;
  const { query } = model.filter;
  if (listing !== model.listing || text !== query.text) return model;
  const { awaited } = model;
  const stay = awaited === null ? current(model) : awaited.stay;
  if (!isAll) {
    // In another order, later matches land between the rows, and the paper to stay on may still come.
    const sort = chosenSort(model);
    const isInOrder = sort.key === "relevance" && !sort.reversed;
    if (!isInOrder || awaited === null || (stay !== null && !papers.includes(stay))) return model;
  }
  const found = { listing, text, papers, truths, isAll, outcome, matcher: matcherOf(query, spellings) };
  // A message about waiting for the answer is out of date now.
  const notice = model.notice?.text === notAnswered ? null : model.notice;
  return withRows({ ...model, notice, found }, stay);
}
