/** The numbers of one run: all up to `upTo`, and those in `beyond`. */
interface Run {
  upTo: number;
  readonly beyond: Set<number>;
}

/**
 * Remembers which entries were met. Ids end in a number that counts from 1 within one run of the
 * program, and nearly always come in order, so that one number a run says it all: remembering
 * 400,000 texts would take longer than everything else that is done with them.
 */
export class SeenIds {
  readonly #runs = new Map<string, Run>();
  readonly #others = new Set<string>();
  #latestName = "";
  #latest: Run = { upTo: 0, beyond: new Set() };

  /** Whether `id` comes for the first time; from now on it does not. */
  add(id: string): boolean {
    const start = numberStart(id);
    if (start < 0) return addTo(this.#others, id);
    const run = this.#run(id.slice(0, start));
    const number = Number(id.slice(start));
    if (number !== run.upTo + 1) return number > run.upTo && addTo(run.beyond, number);
    // In order; where it was met out of order before, it is known all the same.
    run.upTo = number;
    return !run.beyond.delete(number);
  }

  #run(name: string): Run {
    if (name === this.#latestName) return this.#latest;
    let run = this.#runs.get(name);
    if (run === undefined) {
      run = { upTo: 0, beyond: new Set() };
      this.#runs.set(name, run);
    }
    this.#latestName = name;
    this.#latest = run;
    return run;
  }
}

/** Where the number behind the last "-" begins; -1 where none does that a run could have counted. */
function numberStart(id: string): number {
  let start = id.length;
  while (start > 0 && isDigit(id.charCodeAt(start - 1))) start--;
  const digits = id.length - start;
  // "07" and "7" are two ids but one number, and a longer number would not be exact.
  if (digits === 0 || digits > 15 || id.charCodeAt(start) === 0x30) return -1;
  return start > 1 && id.charCodeAt(start - 1) === 0x2d ? start : -1;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function addTo<T>(set: Set<T>, value: T): boolean {
  const before = set.size;
  set.add(value);
  return set.size > before;
}
