/** Whether this is the long suite (`npm run test:long`): everything is tried, for as long as it takes. */
export const isLong = process.env.PAPERS_TUI_LONG === "1";

/** For tests that only the long suite runs: `test("…", longOnly, …)`. */
export const longOnly = { skip: isLong ? false : "part of npm run test:long" };

/** How many cases a property is tried with: `full` in the long suite, at most 50 in the gate. */
export function runs(full: number): number {
  return isLong ? full : Math.min(full, 50);
}
