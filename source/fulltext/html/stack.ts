/**
 * The open elements of htmlparser2's `Parser`, which uses an array with the innermost first and the five
 * methods here. Each takes a step, however many are open, but for `indexOf`: that takes as many as it finds
 * elements before the one, and these are then closed.
 */
export class Stack<T> {
  /** The innermost last. */
  readonly #open: T[] = [];
  readonly #counts = new Map<T, number>();

  /** @param open the innermost first */
  constructor(open: readonly T[]) {
    for (let at = open.length - 1; at >= 0; at -= 1) this.unshift(open[at] as T);
  }

  get 0(): T | undefined {
    return this.#open.at(-1);
  }

  get length(): number {
    return this.#open.length;
  }

  unshift(one: T): number {
    this.#counts.set(one, (this.#counts.get(one) ?? 0) + 1);
    return this.#open.push(one);
  }

  shift(): T | undefined {
    if (this.#open.length === 0) return undefined;
    const one = this.#open.pop() as T;
    const left = (this.#counts.get(one) as number) - 1;
    if (left === 0) this.#counts.delete(one);
    else this.#counts.set(one, left);
    return one;
  }

  includes(one: T): boolean {
    return this.#counts.has(one);
  }

  indexOf(one: T): number {
    return this.includes(one) ? this.#open.length - 1 - this.#open.lastIndexOf(one) : -1;
  }

  /** The innermost first, as an array of its own. */
  toArray(): T[] {
    return [...this.#open].reverse();
  }
}
