import { type Interest, interestKind } from "../../papers/interests/interest.js";
import type { Listing } from "../../papers/listing.js";
import { interestBits } from "../../papers/marks.js";
import { indexedBy } from "../../search/interests/indexed.js";
import { type Finding, filterOf, nothing, watchesOf } from "../../search/interests/judge.js";
import { finish, finishAgain, type Judged } from "../../search/interests/judged.js";
import { KnownFindings } from "../../search/interests/known-findings.js";
import { parseQuery, type Watches } from "../../search/query/query.js";
import type { CacheName } from "../caches.js";
import { indexOf, isSearchedInWorker } from "../filter/search-index.js";
import { withRows } from "../list/views.js";
import type { Effect, Message, Update } from "../messages.js";
import { countsOf, current, type Model } from "../model.js";

const allBits = interestBits.muted | interestBits.followed | interestBits.watched;

/** The interests that apply to single papers: all but struck reasons. */
function judgedInterests(interests: readonly Interest[]): readonly Interest[] {
  return interests.filter(({ id }) => interestKind(id) !== "reason");
}

const watchesKnown: CacheName<WeakMap<readonly Interest[], Watches>> = { make: () => new WeakMap() };

/** The watches that a filter may name. */
export function watchesIn({ caches, interests }: Pick<Model, "caches" | "interests">): Watches {
  const known = caches.of(watchesKnown);
  const watches = known.get(interests) ?? watchesOf(interests);
  known.set(interests, watches);
  return watches;
}

const findingsKnown: CacheName<WeakMap<Listing, KnownFindings>> = { make: () => new WeakMap() };

type Judging = Pick<Model, "caches" | "interests" | "today">;

/**
 * The marks of a listing that has come to the screen, with what watches, follows and mutes say of it. Of a
 * listing that is searched in the background that is not known yet: `before`, what was known of the listing that
 * this one goes on with, holds until then.
 * @param isFirst before the first screen: filters, which need an index, are left for after it
 */
export function judgeArrived(
  model: Judging,
  listing: Listing,
  marks: Uint8Array,
  before: Judged | null = null,
  isFirst = false,
): Pick<Model, "marks" | "judged"> {
  const interests = judgedInterests(model.interests);
  if (interests.length === 0) return { marks: withBits(marks, null), judged: null };
  if (isSearchedInWorker(listing)) return { marks: withBits(marks, before), judged: before };
  return judgeNow(model, listing, marks, isFirst);
}

/** The same at once, for a listing of any length. */
export function judgeNow(
  model: Judging,
  listing: Listing,
  marks: Uint8Array,
  isFirst = false,
): { readonly marks: Uint8Array; readonly judged: Judged } {
  const interests = judgedInterests(model.interests);
  const indexed = indexedBy(listing, () => indexOf(model.caches, listing));
  const watches = watchesIn(model);
  const all = model.caches.of(findingsKnown);
  const known = all.get(listing) ?? new KnownFindings();
  all.set(listing, known);
  const findings = interests.map((one) =>
    isFirst && filterOf(one) !== null ? nothing : known.judge(indexed, one, model.today, watches),
  );
  const judged = finish(interests, findings, withBits(marks, null), model.today, watches);
  return { marks: withBits(marks, judged), judged };
}

/** The model with what was found held against the marks as they are now, where a watch asks for marks. */
export function judgeAgain(model: Model): Model {
  const { judged, marks } = model;
  if (judged === null || !judged.isOfMarks) return model;
  const again = finishAgain(judged, withBits(marks, null));
  if (again === judged) return model;
  const bits = withBits(marks, again);
  return { ...model, judged: again, marks: bits, ...countsOf(bits) };
}

/** The marks with the judged bits replaced. */
function withBits(marks: Uint8Array, judged: Judged | null): Uint8Array {
  const made = marks.slice();
  for (let at = 0; at < made.length; at += 1) {
    made[at] = ((made[at] as number) & ~allBits) | (judged?.bits[at] ?? 0);
  }
  return made;
}

/**
 * Asks for the judgement of a listing that is searched in the background, once it is whole: while it is read,
 * it is another one several times a second.
 */
export function askToJudge(model: Model, effects: readonly Effect[]): Update {
  const { listing, interests, judging, working } = model;
  if (!isSearchedInWorker(listing) || working !== null) return [model, effects];
  if (judging?.listing === listing && judging.interests === interests) return [model, effects];
  const asked = judgedInterests(interests);
  if (asked.length === 0) return [model, effects];
  return [
    { ...model, judging: { listing, interests, isAwaited: judging?.isAwaited === true } },
    [...effects, { type: "judge", interests: asked }],
  ];
}

/** Takes in what was found in the background. Rows that are in use stay as they are, unless a key has asked for it. */
export function onJudged(
  model: Model,
  { listing, interests, findings }: Extract<Message, { type: "judged" }>,
): Model {
  const asked = judgedInterests(model.interests);
  const isCurrent = listing === model.listing && areSame(asked, interests);
  if (!isCurrent) return model;
  const watches = watchesIn(model);
  const judged = finish(
    asked,
    findings as readonly Finding[],
    withBits(model.marks, null),
    model.today,
    watches,
  );
  const marks = withBits(model.marks, judged);
  const isAwaited = model.judging?.isAwaited === true || !model.isUsed;
  const next: Model = {
    ...model,
    judged,
    marks,
    ...countsOf(marks),
    judging: model.judging === null ? null : { ...model.judging, isAwaited: false },
  };
  return isAwaited ? withRows(next, current(next)) : next;
}

function areSame(one: readonly Interest[], other: readonly Interest[]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Other watches, follows and mutes than before: what was muted by a key leaves at once; what another terminal did
 * leaves the rows as they are, like marks made there.
 */
export function onInterests(
  model: Model,
  { interests, isElsewhere }: Extract<Message, { type: "interests" }>,
): Model {
  const changed: Model = { ...model, interests };
  const isGone = model.watch !== null && !interests.some(({ id }) => id === model.watch);
  const kept: Model = isGone ? { ...changed, watch: null } : changed;
  const judged: Model = { ...kept, ...judgeArrived(kept, kept.listing, kept.marks, kept.judged) };
  const counted: Model = { ...judged, ...countsOf(judged.marks) };
  const read = readAgain(counted);
  const { listing } = read;
  if (isSearchedInWorker(listing)) {
    const judging = { listing, interests: model.interests, isAwaited: !isElsewhere };
    const asked: Model = { ...read, judging };
    return isGone || read.filter !== model.filter ? withRows(asked, current(asked)) : asked;
  }
  if (isElsewhere && !isGone && read.filter === model.filter) return read;
  return withRows(read, current(read));
}

/** The filter with the present definitions of the watches it names. */
function readAgain(model: Model): Model {
  const { query } = model.filter;
  if (!/watch\s?[:=]/i.test(query.text)) return model;
  const again = parseQuery(query.text, model.today, watchesIn(model));
  return { ...model, found: null, asked: null, filter: { ...model.filter, query: again } };
}
