import type { Listing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";
import { kindOf } from "../papers/same/same-paper.js";
import { bareTitle, isTitleId, titleId } from "../papers/title-identity.js";
import type { Registers } from "./journal/replay.js";
import { lettersHash } from "./marked-titles.js";

/** The part of a listing that aliases need. */
export type Listed = Pick<Listing, "size" | "indexOf" | "paper" | "firstAuthor" | "published"> &
  Partial<Pick<Listing, "packed">>;

/** The part of the marks that aliases need. */
export type Marked = Pick<Registers, "bits" | "kinds" | "all">;

/** In a longer listing, papers are found by identity only; their titles are never read. */
export const longestAliased = 5_000;

/**
 * The papers of a listing that may have marks under another identity, by `titleId` of their title. Usually
 * empty: most people mark only papers with arXiv identifiers.
 */
export function candidates(listing: Listed, marks: Marked): ReadonlyMap<string, readonly Paper[]> {
  const { kinds } = marks;
  if (listing.size === 0 || kinds.size === 0) return new Map();
  const isLong = listing.size > longestAliased;
  if (!isLong && (kinds.has("doi") || hasOtherKinds(listing, marks))) return byTitle(listing, () => true);
  return kinds.has("title") ? calledAsMarked(listing, marks) : new Map();
}

/** Whether papers of the listing have another kind of identity than all marked papers. */
function hasOtherKinds({ size, paper }: Listed, { kinds }: Marked): boolean {
  const [first, second] = kinds;
  if (second !== undefined) return true;
  for (let at = 0; at < size; at += 1) if (kindOf(paper(at).id) !== first) return true;
  return false;
}

/**
 * Papers whose title may have a mark that is not in the listing; in a long listing, papers with the title in
 * their identity.
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
