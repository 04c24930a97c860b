import { readFileSync } from "node:fs";

/** Where the sample lies: beside the built program, or in the checkout it is run from. */
const places = ["./sample.txt", "../../fixtures/daily-papers.txt"];

/** The listing that comes with the program, so that there is something to see at once. */
export function readSample(): Buffer {
  for (const place of places) {
    try {
      return readFileSync(new URL(place, import.meta.url));
    } catch {
      // Not there: the next place.
    }
  }
  throw new Error("the bundled sample is missing; install papers-tui again");
}
