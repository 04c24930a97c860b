/** Whether this is the long suite (`npm run test:long`): everything is tried, for as long as it takes. */
export const isLong = process.env.PAPERS_TUI_LONG === "1";

/** For tests that only the long suite runs: `test("…", longOnly, …)`, or `{ skip: isWindows, ...longOnly }`. */
export const longOnly = isLong ? {} : { skip: "part of npm run test:long" };

/** How many cases a property is tried with: `full` in the long suite, at most 50 in the gate. */
export function runs(full: number): number {
  return isLong ? full : Math.min(full, 50);
}

/** What is tried of a table: all cases in the long suite; in the gate `few` of them, the first among them. */
export function someOf<T>(cases: readonly T[], few: number): readonly T[] {
  const step = Math.ceil(cases.length / few);
  return isLong ? cases : cases.filter((_, at) => at % step === 0);
}

/** How long a text is whose reading must not take minutes: `full` in the long suite, a tenth of it in the gate. */
export function sized(full: number): number {
  return isLong ? full : full / 10;
}
