/**
 * The most cached results. Far more than the terms of a query and its recent variants: a query of fifty words
 * must not evict its first results while it searches for the last.
 */
const mostEntries = 1_000;
/** The most memory for all results, in bytes: the result for a frequent word contains every paper. */
const mostBytes = 1 << 25;

/** An LRU cache of intermediate results. */
export class Remembered {
  readonly #entries = new Map<string, unknown>();
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): unknown {
    return this.#entries.get(key);
  }

  values(): IterableIterator<unknown> {
    return this.#entries.values();
  }

  /** Adds an entry, or makes it the most recently used. */
  keep(key: string, made: unknown): void {
    this.#forget(key);
    this.#entries.set(key, made);
    this.#bytes += bytesOf(made);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= mostEntries && (this.#bytes <= mostBytes || oldest === key)) break;
      this.#forget(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #forget(key: string): void {
    if (!this.#entries.has(key)) return;
    this.#bytes -= bytesOf(this.#entries.get(key));
    this.#entries.delete(key);
  }
}

/** The cached result for `key`, or a new one from `make`. */
export function remember<Made>(
  { remembered }: { readonly remembered: Remembered },
  key: string,
  make: () => Made,
): Made {
  const made = remembered.has(key) ? (remembered.get(key) as Made) : make();
  remembered.keep(key, made);
  return made;
}

/** Approximately how much memory an entry takes; small ones count as 0. */
function bytesOf(made: unknown): number {
  if (ArrayBuffer.isView(made)) return made.byteLength;
  const { papers, words } = made as { readonly papers?: Uint32Array; readonly words?: Uint32Array };
  return papers === undefined ? 0 : bytesOfFound * papers.length + (words?.byteLength ?? 0);
}

/** Per paper: its index, its points, and whether its title matches. */
const bytesOfFound = 9;
