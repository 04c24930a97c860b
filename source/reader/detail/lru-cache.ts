/** How many values a cache keeps at least; where more are asked for at once, each is made anew. */
const keptAtLeast = 256;

/**
 * What was made of the last few papers, kept as long as they themselves are: at least so many, at most
 * twice as many. A listing is walked through to its end, and what was made of all its papers would be
 * many times what they are.
 */
export class LruCache<K extends WeakKey, V> {
  readonly #most: number;
  #young = new WeakMap<K, V>();
  #old = new WeakMap<K, V>();
  #count = 0;

  constructor(most = keptAtLeast) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    // What is asked for again stays.
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (!this.#young.has(key)) {
      if (this.#count >= this.#most) {
        this.#old = this.#young;
        this.#young = new WeakMap();
        this.#count = 0;
      }
      this.#count += 1;
    }
    this.#young.set(key, value);
  }
}
