/** Names one cache of `Caches` and makes it. A constant of the module that uses the cache. */
export interface CacheName<Cache> {
  /** Makes the cache, empty. */
  make(): Cache;
}

/**
 * Results that every key needs again: rendered titles, pages, rows, the index of a
 * listing. The model carries it, so that no module keeps state: what `update` and the screen return never
 * depends on what is in it, only how long they take.
 */
export class Caches {
  readonly #made = new Map<CacheName<unknown>, unknown>();

  /** The cache of that name, empty when it is first asked for. */
  of<Cache>(name: CacheName<Cache>): Cache {
    const known = this.#made.get(name) as Cache | undefined;
    if (known !== undefined) return known;
    const made = name.make();
    this.#made.set(name, made);
    return made;
  }
}
