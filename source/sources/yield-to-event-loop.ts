import { setImmediate } from "node:timers/promises";

/** Longer work without a break would delay a key, in milliseconds. */
const longest = 8;

/** Yields to keys and drawing between two pieces of work, as often as needed. */
export class EventLoopTurns {
  #since = performance.now();

  /** Resolves at once if little was done since the last time. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < longest) return;
    await setImmediate();
    this.#since = performance.now();
  }

  /** Runs all steps. @returns their result */
  async through<Result>(steps: Generator<void, Result, void>): Promise<Result> {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      await this.take();
    }
  }
}
