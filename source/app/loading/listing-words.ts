import type { Listing } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page.js";
import { thousands } from "../../text/numbers.js";
import { today } from "../environment.js";
import { newPapers } from "./new-papers.js";

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
