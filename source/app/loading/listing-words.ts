import type { Listing } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page.js";
import { thousands } from "../../text/numbers.js";
import { today } from "../environment.js";

/** Whether a listing from this machine is a day of Daily Papers: the sample, or a saved day. */
export function isDay({ hasDays, day }: Listing): boolean {
  return day !== null && hasDays;
}

/** A notice that a listing is waiting, with its day if that differs from the one shown. */
export function waitingText(shown: Listing, listing: Listing, isOther: boolean): string {
  if (isOther && listing.day === today()) return "today's papers are here · r";
  if (isOther && listing.day !== null) return `the papers of ${showDay(listing.day)} are here · r`;
  const fresh = newPapers(shown, listing);
  const [papers, them] = fresh === 1 ? ["paper", "it"] : ["papers", "them"];
  return `${thousands(fresh)} new ${papers}: r shows ${them}`;
}

export function newPapers(shown: Listing, listing: Listing): number {
  let count = 0;
  for (let at = 0; at < listing.size; at += 1) if (shown.indexOf(listing.id(at)) < 0) count += 1;
  return count;
}
