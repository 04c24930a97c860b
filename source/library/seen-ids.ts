import { numberStart } from "./journal-order.js";
import type { JournalScan } from "./journal-scan.js";

/** The numbers of one run of the program: all up to `upTo`, and those in `beyond`. */
export class Run {
  /** Whether it was one of this machine's. */
  readonly isOwn: boolean;
  #upTo = 0;
  readonly #beyond = new Set<number>();

  constructor(isOwn: boolean) {
    this.isOwn = isOwn;
  }

  /** Whether the number comes for the first time. */
  add(number: number): boolean {
    if (number !== this.#upTo + 1) return number > this.#upTo && addTo(this.#beyond, number);
    // In order; where it was met out of order before, it is known all the same.
    this.#upTo = number;
    return this.#beyond.size === 0 || !this.#beyond.delete(number);
  }
}

/**
 * Remembers which entries were met. Ids end in a number that counts from 1 within one run of the
 * program, and nearly always come in order, so that one number a run says it all: remembering
 * 400,000 texts would take longer than everything else that is done with them.
 */
export class SeenIds {
  readonly #runs = new Map<string, Run>();
  readonly #others = new Set<string>();
  readonly #own: string;

  /** @param own what the ids of this machine begin with: `laptop-3fa9c1:` */
  constructor(own: string) {
    this.#own = own;
  }

  /** Whether the id was made on this machine. */
  isOwn(id: string): boolean {
    return id.startsWith(this.#own);
  }

  /** Whether `id` comes for the first time; from now on it does not. */
  add(id: string): boolean {
    const start = numberStart(id);
    return start < 0 ? addTo(this.#others, id) : this.#run(id.slice(0, start)).add(Number(id.slice(start)));
  }

  /** Whether the entry that a scan stands at was made on this machine; `addFrom` has been asked before. */
  isOwnEntry(scan: JournalScan): boolean {
    if (scan.entry !== null) return this.isOwn(scan.entry.id);
    return scan.run === null ? this.isOwn(scan.idText()) : scan.run.isOwn;
  }

  /** `add` for the entry that a scan stands at. */
  addFrom(scan: JournalScan): boolean {
    const { entry, plain } = scan;
    if (entry !== null || plain.number < 0) {
      scan.run = null;
      return this.add(entry === null ? scan.idText() : entry.id);
    }
    if (!plain.isSameRun || scan.run === null) scan.run = this.#run(scan.runText());
    return scan.run.add(plain.number);
  }

  #run(name: string): Run {
    let run = this.#runs.get(name);
    if (run === undefined) {
      run = new Run(this.isOwn(name));
      this.#runs.set(name, run);
    }
    return run;
  }
}

function addTo<T>(set: Set<T>, value: T): boolean {
  const before = set.size;
  set.add(value);
  return set.size > before;
}
