import { setImmediate } from "node:timers/promises";

/** Work that goes on longer than this at a stretch, in milliseconds, would be felt at a key. */
const longest = 8;

/** Lets keys and drawing in between two pieces of work, as often as is needed for them not to wait. */
export class EventLoopTurns {
  #since = performance.now();

  /** Resolves at once where little was done since the last time. */
  async take(): Promise<void> {
    if (performance.now() - this.#since < longest) return;
    await setImmediate();
    this.#since = performance.now();
  }

  /** Carries steps out to their end. @returns what came of them */
  async through<Result>(steps: Generator<void, Result, void>): Promise<Result> {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      await this.take();
    }
  }
}
