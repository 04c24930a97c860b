import type { PaperChange } from "../../papers/marks.js";
import { stepsOf } from "../../ranking/for-you-order.js";
import { thousands } from "../../text/numbers.js";
import { withRows } from "../list/views.js";
import type { Effect, Message, Update } from "../messages.js";
import { current, type Model } from "../model.js";
import type { ForYou } from "./for-you.js";
import { forYouHere, isForYou, struckIn, tooLittleKnown } from "./order.js";

/** Asks for the ranking if the view needs it: once the listing is complete, and again after a strike. */
export function askToRank(model: Model, effects: readonly Effect[]): Update {
  const { listing, interests, working, ranking } = model;
  if (!isForYou(model) || listing.size === 0 || working !== null) return [model, effects];
  const struck = struckIn(interests);
  const key = JSON.stringify(struck);
  if (ranking?.listing === listing && ranking.struck === key) return [model, effects];
  const asked: Model = { ...model, ranking: { listing, struck: key, isAwaited: true } };
  return [asked, [...effects, { type: "rank", struck }]];
}

/** Drops the ranking, so that it is asked for again: the reader may have starred papers since. */
export function rankAnew(model: Model): Model {
  return { ...model, ranking: null };
}

/**
 * Asks for the ranking again after a change to marks, where it knew too little of the reader: the fifth star ranks
 * the list, and the header counts the stars before it.
 */
export function learnFrom(model: Model, papers: readonly PaperChange[] = []): Model {
  const knowsTooLittle = forYouHere(model)?.scores === null;
  const isWanted = papers.some(({ starred, later }) => starred !== undefined || later !== undefined);
  return knowsTooLittle && isWanted ? rankAnew(model) : model;
}

/** Takes in the ranking. The rows are made again once, if they wait for it; the cursor stays on its paper. */
export function onRanked(model: Model, message: Extract<Message, { type: "ranked" }>): Model {
  const { listing, scores, wanted } = message;
  if (listing !== model.listing) return model;
  const isAwaited = model.ranking?.isAwaited === true;
  const ranking = model.ranking && { ...model.ranking, isAwaited: false };
  const steps = scores === null ? new Uint8Array() : stepsOf(scores);
  const forYou: ForYou = { listing, scores, steps, wanted, reasons: new Map() };
  const next: Model = { ...model, ranking, forYou };
  if (!isForYou(next) || !isAwaited) return next;
  const before = forYouHere(model);
  // The rows that wait for the fifth star stay as they are until it.
  if (before?.scores === null && scores === null) return next;
  if (before?.scores === null) {
    const text = `ranked for you by ${thousands(wanted)} of your papers · Y says why`;
    return { ...withRows(next, current(model)), notice: { text, tone: "info" } };
  }
  const notice = tooLittleKnown(next);
  // If nothing was pressed yet, the cursor starts at the best.
  const rows = withRows(next, model.cursor === 0 ? null : current(model));
  return notice === null ? rows : { ...rows, notice: { text: notice, tone: "info" } };
}

/** Takes in reasons. */
export function onReasons(model: Model, message: Extract<Message, { type: "reasons" }>): Model {
  const { forYou } = model;
  if (forYou === null || forYou.listing !== message.listing) return model;
  return { ...model, forYou: { ...forYou, reasons: new Map([...forYou.reasons, ...message.reasons]) } };
}
