/** What takes no longer than this, in milliseconds, is not said to be under way. */
const felt = 150;
/** How often progress is said, in milliseconds. */
const tick = 100;

/** What is under way, told after a moment and not too often. */
export class ProgressLine {
  readonly #what: string;
  readonly #tell: (text: string) => void;
  #part: string | null = null;
  #last = 0;
  #timer: NodeJS.Timeout;

  constructor(what: string, tell: (text: string) => void) {
    this.#what = what;
    this.#tell = tell;
    this.#timer = setTimeout(() => this.#say(), felt);
    this.#timer.unref();
  }

  tell(part: string): void {
    this.#part = part;
    if (this.#last === 0) return;
    const left = tick - (Date.now() - this.#last);
    clearTimeout(this.#timer);
    if (left <= 0) this.#say();
    else {
      // What is told last stands for as long as nothing else is: it must not be lost between two ticks.
      this.#timer = setTimeout(() => this.#say(), left);
      this.#timer.unref();
    }
  }

  wait(milliseconds: number, why: string): void {
    this.tell(`${why} in ${Math.ceil(milliseconds / 1_000)} s`);
    if (this.#last > 0) this.#say();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#last = Date.now();
    this.#tell([this.#what, this.#part].filter((one) => one !== null).join(" · "));
  }
}
