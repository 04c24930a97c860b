/** How many of a long row are gone through in one step: some milliseconds of a cold start, one of a warm program. */
const inOneStep = 4_000;

/** Does something with each number below `count`, some thousand a step. */
export function* inSteps(count: number, act: (index: number) => void): Generator<void, void> {
  for (let from = 0; from < count; from += inOneStep) {
    const to = Math.min(count, from + inOneStep);
    for (let index = from; index < to; index += 1) act(index);
    yield;
  }
}

/** Takes all steps at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
