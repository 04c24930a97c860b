import type { Listing } from "../../papers/listing.js";
import { counted } from "../../text/numbers.js";

/** "3 entries skipped, 38 papers read"; `null` if none was skipped. Several entries may be one paper. */
export function summaryOf({ problems, size }: Listing): string | null {
  const skipped = problems.reduce((sum, { skips = 0 }) => sum + skips, 0);
  if (skipped === 0) return null;
  return `${counted(skipped, "entry", "entries")} skipped, ${counted(size, "paper")} read`;
}

/** A problem of a listing as one line for people. */
export function problemText({ line: number, message }: Listing["problems"][number]): string {
  return number === null ? message : `line ${number}: ${message}`;
}
