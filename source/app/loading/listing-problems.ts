import type { Listing } from "../../papers/listing.js";
import { thousands } from "../../text/numbers.js";

/** "3 of 41 entries skipped"; `null` if none was. */
export function summaryOf({ problems, size }: Listing): string | null {
  const skipped = problems.reduce((sum, { skips = 0 }) => sum + skips, 0);
  if (skipped === 0) return null;
  const all = size + skipped;
  return `${thousands(skipped)} of ${thousands(all)} ${all === 1 ? "entry" : "entries"} skipped`;
}

/** A problem of a listing as one line for people. */
export function problemText({ line: number, message }: Listing["problems"][number]): string {
  return number === null ? message : `line ${number}: ${message}`;
}
