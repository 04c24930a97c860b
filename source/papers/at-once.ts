/** The result of work that is written in steps (so that keys are answered in between), for one who waits for it. */
export function atOnce<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
