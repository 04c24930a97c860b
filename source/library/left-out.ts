import type { LeftOutIds } from "./journal-format.js";
import { splitId } from "./journal-order.js";

/** Which changes compaction has left out, so that a copy of one is known again. */
export class LeftOut {
  readonly #runs = new Map<string, Map<number, number>>();

  get isEmpty(): boolean {
    return this.#runs.size === 0;
  }

  /** Adds the id of a change; only those that end in a number are remembered, as all of ours do. */
  add(id: string): void {
    const { run, number } = splitId(id);
    if (number >= 0) this.#addRange(run, number, number);
  }

  /** Adds what a line says; anything in it that is no range is passed over. */
  addAll(ids: LeftOutIds): void {
    for (const [run, ranges] of Object.entries(ids)) {
      for (const [first, last] of Array.isArray(ranges) ? ranges.filter(isRange) : []) {
        this.#addRange(run, first, last);
      }
    }
  }

  /** Whether a change was left out. */
  has(id: string): boolean {
    const { run, number } = splitId(id);
    for (const [first, last] of this.#runs.get(run) ?? []) if (first <= number && number <= last) return true;
    return false;
  }

  /** All of them, as a line says it. */
  ranges(): LeftOutIds {
    return Object.fromEntries([...this.#runs].map(([run, ranges]) => [run, joined([...ranges])]));
  }

  #addRange(run: string, first: number, last: number): void {
    const ranges = this.#runs.get(run) ?? new Map<number, number>();
    this.#runs.set(run, ranges);
    // They nearly always come in order.
    const before = ranges.get(first);
    if (before === undefined || before < last) ranges.set(first, last);
  }
}

type Range = readonly [number, number];

function isRange(value: unknown): value is Range {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number");
}

/** The same numbers in as few ranges as can be. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const left: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const before = left.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else left.push([first, last]);
  }
  return left;
}
