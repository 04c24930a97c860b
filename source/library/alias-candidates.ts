import type { Listing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { kindOf } from "../papers/same/same-paper.js";
import { bareTitle, isTitleId, titleId } from "../papers/title-identity.js";
import type { Registers } from "./journal/replay.js";
import { lettersHash } from "./marked-titles.js";

/** A listing, as far as it is asked. */
export type Listed = Pick<Listing, "size" | "indexOf" | "paper" | "firstAuthor" | "published"> &
  Partial<Pick<Listing, "packed">>;

/** What marks there are, as far as that is asked. */
export type Marked = Pick<Registers, "bits" | "kinds" | "all">;

/** The titles of a listing longer than this are never read: its papers are known by their identities only. */
export const longestAliased = 5_000;

/**
 * The papers of a listing that may have been marked under another identity, by their title as `titleId`
 * gives it. None as a rule: most people mark only papers with arXiv identifiers.
 */
export function candidates(listing: Listed, marks: Marked): ReadonlyMap<string, readonly Paper[]> {
  const { kinds } = marks;
  if (listing.size === 0 || kinds.size === 0) return new Map();
  const isLong = listing.size > longestAliased;
  if (!isLong && (kinds.has("doi") || hasOtherKinds(listing, marks))) return byTitle(listing, () => true);
  return kinds.has("title") ? calledAsMarked(listing, marks) : new Map();
}

/** Whether papers of the listing have another kind of identity than all that was marked. */
function hasOtherKinds({ size, paper }: Listed, { kinds }: Marked): boolean {
  const [first, second] = kinds;
  if (second !== undefined) return true;
  for (let at = 0; at < size; at += 1) if (kindOf(paper(at).id) !== first) return true;
  return false;
}

/**
 * Papers that may have a title under which something was marked that is not in the listing; of a long
 * listing those that have it in their identity.
 */
function calledAsMarked(listing: Listed, marks: Marked): ReadonlyMap<string, readonly Paper[]> {
  const { packed } = listing;
  if (packed && packed.titleIds === 0) return new Map();
  const hashes = new Set<number>();
  for (const [id, bits] of marks.all()) {
    if (bits !== 0 && isTitleId(id) && listing.indexOf(id) < 0) hashes.add(lettersHash(bareTitle(id)));
  }
  if (hashes.size === 0) return new Map();
  if (listing.size <= longestAliased) return byTitle(listing, () => true);
  return byTitle(listing, (at) => {
    const id = packed ? packed.id(at) : listing.paper(at).id;
    return isTitleId(id) && hashes.has(lettersHash(bareTitle(id)));
  });
}

function byTitle(listing: Listed, isWanted: (at: number) => boolean): ReadonlyMap<string, readonly Paper[]> {
  const papers = new Map<string, Paper[]>();
  for (let at = 0; at < listing.size; at += 1) {
    if (!isWanted(at)) continue;
    const paper = listing.paper(at);
    const title = titleId(paper.title);
    const same = papers.get(title);
    if (same) same.push(paper);
    else papers.set(title, [paper]);
  }
  return papers;
}
