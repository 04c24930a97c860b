import { type Listing, placeOfProblem } from "../../papers/listing.js";
import { counted } from "../../text/numbers.js";

/** "3 entries skipped, 38 papers read"; `null` if none was skipped. Several entries may be one paper. */
export function summaryOf({ problems, size }: Listing): string | null {
  const skipped = problems.reduce((sum, { skips = 0 }) => sum + skips, 0);
  if (skipped === 0) return null;
  return `${counted(skipped, "entry", "entries")} skipped, ${counted(size, "paper")} read`;
}

/** A problem of a listing as one line for people. */
export function problemText(problem: Listing["problems"][number]): string {
  const place = placeOfProblem(problem);
  return place === null ? problem.message : `${place}: ${problem.message}`;
}
