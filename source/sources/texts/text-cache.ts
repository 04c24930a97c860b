import { Cache } from "../remote/cache.js";

/**
 * The version of the stored blocks. Raise it when their format changes: texts of another version are fetched
 * again.
 */
const version = 1;

/**
 * Texts of papers, packed, in the response cache. The size limit covers both: the least recently used are
 * removed first.
 */
export class TextCache {
  readonly #cache: Cache;

  /** @param directory the cache directory; need not exist yet */
  constructor(directory: string) {
    this.#cache = new Cache(directory);
  }

  /**
   * The cached text of a paper, packed, and when it was fetched, in milliseconds since 1970; `null` if there is
   * none.
   */
  read(id: string, now: number): { readonly packed: Buffer; readonly fetched: number } | null {
    const kept = this.#cache.read(addressOf(id));
    if (!kept) return null;
    this.#cache.touch(addressOf(id), now);
    return { packed: kept.body, fetched: kept.checked };
  }

  /** Stores a packed text. Returns whether it is stored. */
  write(id: string, packed: Uint8Array, fetched: number): boolean {
    const body = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    return this.#cache.write(addressOf(id), {
      body,
      validators: { etag: null, lastModified: null },
      checked: fetched,
    });
  }
}

const addressOf = (id: string): string => `text:${version}:${id}`;
