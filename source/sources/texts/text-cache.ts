import { describeFsError } from "../../files/fs-errors.js";
import { Cache } from "../remote/cache.js";

/**
 * The version of the stored blocks. Raise it when their format changes: texts of another version are fetched
 * again.
 */
const version = 1;

/** For so many milliseconds a paper without a text is not asked for again unless somebody opens it: a week. */
const noneHolds = 7 * 24 * 3_600_000;

/**
 * Texts of papers, packed, in the response cache. The size limit covers both: the least recently used are
 * removed first.
 */
export class TextCache {
  readonly #directory: string;
  readonly #cache: Cache;

  /** @param directory the cache directory; need not exist yet */
  constructor(directory: string) {
    this.#directory = directory;
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

  /** Whether a text of the paper is cached. */
  has(id: string): boolean {
    return this.#cache.has(addressOf(id));
  }

  /** Whether a text of the paper is cached, or those who may have it said lately that there is none. */
  isAnswered(id: string, now: number): boolean {
    if (this.has(id)) return true;
    const none = this.#cache.read(addressOfNone(id));
    return none !== null && Math.abs(now - none.checked) < noneHolds;
  }

  /** Remembers that there is no text of a paper. */
  writeNone(id: string, asked: number): void {
    const validators = { etag: null, lastModified: null };
    this.#cache.write(addressOfNone(id), { body: Buffer.of(), validators, checked: asked });
  }

  /**
   * Stores a packed text. Returns why it could not be written, as a clause for people; `null` if it was, or if
   * the folder is not private and so nothing is cached.
   */
  write(id: string, packed: Uint8Array, fetched: number): string | null {
    const body = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    const validators = { etag: null, lastModified: null };
    try {
      this.#cache.store(addressOf(id), { body, validators, checked: fetched });
      return null;
    } catch (error) {
      return describeFsError(error, this.#directory);
    }
  }
}

const addressOf = (id: string): string => `text:${version}:${id}`;
const addressOfNone = (id: string): string => `no ${addressOf(id)}`;
