/** Runs a generator to its end and returns its result, for callers that need not answer keys between its steps. */
export function atOnce<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
