import { readFileSync } from "node:fs";

/** The path of the sample: next to the built program, or in the checkout. */
const places = ["./sample.txt", "../../fixtures/daily-papers.txt"];

/** The bundled listing, to show something at once. */
export function readSample(): Buffer {
  for (const place of places) {
    try {
      return readFileSync(new URL(place, import.meta.url));
    } catch {
      // Missing: try the next path.
    }
  }
  throw new Error("the bundled sample is missing; install papers-tui again");
}
