import type { Listing } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page-content.js";
import { counted, thousands } from "../../text/numbers.js";
import { today } from "../environment.js";
import { countMissing } from "./compare-listings.js";

/** Whether a listing from this machine is a day of Daily Papers: the sample, or a saved day. */
export function isDay({ hasDays, day }: Listing): boolean {
  return day !== null && hasDays;
}

/** A notice that a listing is waiting, with its day if that differs from the one shown. */
export function waitingText(shown: Listing, listing: Listing, isOther: boolean): string {
  if (listing.size === 0) return "the newest listing has no papers · r shows it";
  if (isOther && listing.day === today()) return "today's papers are here · r";
  if (isOther && listing.day !== null) return `the papers of ${showDay(listing.day)} are here · r`;
  const fresh = countMissing(shown, listing);
  if (fresh === 0) return `${counted(countMissing(listing, shown), "paper")} no longer listed · r refreshes`;
  const [papers, them] = fresh === 1 ? ["paper", "it"] : ["papers", "them"];
  return `${thousands(fresh)} new ${papers}: r shows ${them}`;
}
