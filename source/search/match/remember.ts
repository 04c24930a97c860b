/**
 * Many more than a person's terms in the prompt and a few steps back: a query of fifty words must not forget the
 * first ones while it looks for the last.
 */
const mostEntries = 1_000;
/** All of them together, in bytes: of a frequent word every paper is remembered. */
const mostBytes = 1 << 25;

/** What was made for the last terms, by key; the least recently used is forgotten. */
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

  /** Makes an entry the most recently used. */
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

/** What was made for `key` the last time, or is made now. */
export function remember<Made>(
  { remembered }: { readonly remembered: Remembered },
  key: string,
  make: () => Made,
): Made {
  const made = remembered.has(key) ? (remembered.get(key) as Made) : make();
  remembered.keep(key, made);
  return made;
}

/** About how much memory an entry takes; a short one counts as nothing. */
function bytesOf(made: unknown): number {
  if (ArrayBuffer.isView(made)) return made.byteLength;
  const { papers, words } = made as { readonly papers?: Uint32Array; readonly words?: Uint32Array };
  return papers === undefined ? 0 : bytesOfFound * papers.length + (words?.byteLength ?? 0);
}

/** Of a paper: its index, its points, and whether its title has the term. */
const bytesOfFound = 9;
