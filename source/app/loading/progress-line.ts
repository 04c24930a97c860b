/** Work shorter than this, in milliseconds, shows no progress. */
const noticeable = 150;
/** The shortest time between two progress messages, in milliseconds. */
const interval = 100;

/** Shows progress after a moment, and not too often. */
export class ProgressLine {
  readonly #what: string;
  readonly #show: (text: string) => void;
  #part: string | null = null;
  #last = 0;
  #timer: NodeJS.Timeout;

  constructor(what: string, show: (text: string) => void) {
    this.#what = what;
    this.#show = show;
    this.#timer = setTimeout(() => this.#say(), noticeable);
    this.#timer.unref();
  }

  report(part: string): void {
    this.#part = part;
    if (this.#last === 0) return;
    const left = interval - (Date.now() - this.#last);
    clearTimeout(this.#timer);
    if (left <= 0) this.#say();
    else {
      // The last message stays on screen, so it must not be lost between two ticks.
      this.#timer = setTimeout(() => this.#say(), left);
      this.#timer.unref();
    }
  }

  wait(milliseconds: number, why: string): void {
    this.report(`${why} in ${Math.ceil(milliseconds / 1_000)} s`);
    if (this.#last > 0) this.#say();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#last = Date.now();
    this.#show([this.#what, this.#part].filter((one) => one !== null).join(" · "));
  }
}
