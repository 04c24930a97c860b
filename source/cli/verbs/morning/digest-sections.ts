import type { PassedPapers } from "../../../app/interest/passed-papers.js";
import { learnNow } from "../../../app/interest/taste-now.js";
import type { DigestItem, DigestSection } from "../../../exports/digest/digest.js";
import type { Library } from "../../../library/library.js";
import type { SeenPapers } from "../../../library/papers-seen.js";
import { interestKind } from "../../../papers/interests/interest.js";
import type { Listing } from "../../../papers/listing.js";
import { hasMark, isMuted, newBit } from "../../../papers/marks.js";
import { type Movement, momentumOf, numbersOf, signed } from "../../../papers/movement.js";
import { Caches } from "../../../reader/caches.js";
import { reasonLine } from "../../../reader/for-you/reasons.js";
import { judgeNow } from "../../../reader/interests/judging.js";

/** What a digest is made of. */
export interface DigestContext {
  readonly listing: Listing;
  /** The mark bits of its papers, with those that are new. */
  readonly marks: Uint8Array;
  readonly library: Library;
  readonly seen: SeenPapers;
  readonly passed: PassedPapers;
  readonly stateDirectory: string;
  readonly today: string;
  /** The first day of what is new, `YYYY-MM-DD`; `null`: what was in no listing on the screen. */
  readonly since: string | null;
}

/** Papers of the ranking in a digest, and papers that moved. */
const mostForYou = 10;
const mostMoved = 10;
/** Watches may have the best ones already. */
const mostRanked = 50;
/** Papers whose features say which words are common. */
const mostFeatures = 2_000;

/**
 * What is new for a person: the papers of each watch, those the ranking places first, what moved since it was on
 * the screen, and the rest. Read and muted papers are left out. Each paper is in the first section that has it;
 * sections without papers are left out.
 */
export function digestSections(context: DigestContext): readonly DigestSection[] {
  const { listing, library, today } = context;
  const interests = library.interests();
  const { judged, marks } = judgeNow({ caches: new Caches(), interests, today }, listing, context.marks);
  const open = new Set<number>();
  for (let at = 0; at < listing.size; at += 1) if (isNews(context, marks, at)) open.add(at);
  const fresh = [...open];
  /** The papers that are in no section yet. */
  const take = (rows: readonly number[]) => rows.filter((at) => open.delete(at));
  const item = (at: number, why: string | null = null): DigestItem => ({ paper: listing.paper(at), why });

  const watched = judged.held
    .filter(({ interest }) => interestKind(interest.id) === "watch")
    .map(({ interest, papers }) => ({
      title: `Watch: ${interest.title}`,
      isBrief: false,
      items: take([...papers]).map((at) => item(at)),
    }));
  const ranked = rankedRows(context, fresh).filter(({ at }) => open.has(at));
  const forYou = ranked.slice(0, mostForYou).map(({ at, why }) => {
    open.delete(at);
    return item(at, why);
  });
  const moved = movedRows(context, marks, new Set(fresh));
  return [
    ...watched,
    { title: "For you", isBrief: false, items: forYou },
    { title: "What moved", isBrief: true, items: moved },
    {
      title: open.size < fresh.length || moved.length > 0 ? "The rest" : "New",
      isBrief: true,
      items: take(fresh).map((at) => item(at)),
    },
  ].filter(({ items }) => items.length > 0);
}

/** Whether a paper is neither read nor muted, and as new as is asked for. */
function isNews({ listing, since }: DigestContext, marks: Uint8Array, at: number): boolean {
  const bits = marks[at] as number;
  if (hasMark(bits, "read") || isMuted(bits)) return false;
  const isNew = (bits & newBit) !== 0;
  if (since === null) return isNew;
  const { listed, published } = listing.paper(at);
  const day = listed ?? published;
  // Of a day that is not known to its end, only that it was not there before.
  return day === null || day.length < 10 ? isNew : day >= since;
}

/** The papers that the ranking has reasons for and places above the average, the best first. */
function rankedRows(
  { listing, library, passed, stateDirectory }: DigestContext,
  rows: readonly number[],
): readonly { readonly at: number; readonly why: string }[] {
  const { taste } = learnNow({ library, passed, stateDirectory }, listing, mostFeatures);
  if (taste === null) return [];
  const scored = rows.map((at) => ({ at, score: taste.score(taste.featuresOf(listing.paper(at))) }));
  // Log-odds of few examples are low for all papers: what counts is to be above the other new ones.
  const average = scored.reduce((sum, { score }) => sum + score, 0) / Math.max(1, scored.length);
  return scored
    .filter(({ score }) => score >= average)
    .sort((one, other) => other.score - one.score || one.at - other.at)
    .slice(0, mostRanked)
    .map(({ at }) => ({ at, why: reasonLine(taste.reasons(listing.paper(at))) }))
    .filter(({ why }) => why !== "");
}

/** Papers that were on the screen before and whose votes, comments or stars have grown since, the most first. */
function movedRows(
  { listing, seen }: DigestContext,
  marks: Uint8Array,
  fresh: ReadonlySet<number>,
): readonly DigestItem[] {
  const moved: { readonly at: number; readonly movement: Movement }[] = [];
  for (let at = 0; at < listing.size; at += 1) {
    if (fresh.has(at) || isMuted(marks[at] as number)) continue;
    const movement = seen.show(listing.id(at), numbersOf(listing.paper(at)));
    if (movement !== null && momentumOf(movement) > 0) moved.push({ at, movement });
  }
  return moved
    .sort((one, other) => momentumOf(other.movement) - momentumOf(one.movement) || one.at - other.at)
    .slice(0, mostMoved)
    .map(({ at, movement }) => ({ paper: listing.paper(at), why: movementText(movement) }));
}

/** "+34 votes, +2 comments". */
function movementText({ upvotes, comments, codeStars }: Movement): string {
  const parts = [
    [upvotes, "votes"],
    [comments, "comments"],
    [codeStars, "stars of its code"],
  ] as const;
  return parts
    .filter(([movement]) => movement !== 0)
    .map(([movement, what]) => `${signed(movement)} ${what}`)
    .join(", ");
}
