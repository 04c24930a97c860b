import { gunzipSync, gzipSync } from "node:zlib";
import type { PaperText } from "../../fulltext/blocks.js";
import { Cache } from "../remote/cache.js";

/**
 * The version of the stored blocks. Raise it when their format changes: texts of another version are fetched
 * again.
 */
const version = 1;
/** The limit of a stored text, in bytes. */
const largest = 256 * 1024 * 1024;

/** A paper's text and its source. */
export interface KeptText {
  readonly text: PaperText;
  /** The address of its page. */
  readonly address: string;
  /** When it was fetched, in milliseconds since 1970. */
  readonly fetched: number;
}

/**
 * Texts of papers, as compressed blocks in the response cache. The size limit covers both: the least recently
 * used are removed first.
 */
export class TextCache {
  readonly #cache: Cache;

  /** @param directory the cache directory; need not exist yet */
  constructor(directory: string) {
    this.#cache = new Cache(directory);
  }

  /** The cached text of a paper; `null` if there is none that can be read. */
  read(id: string, now: number): KeptText | null {
    const kept = this.#cache.read(addressOf(id));
    if (!kept) return null;
    try {
      const value = JSON.parse(gunzipSync(kept.body, { maxOutputLength: largest }).toString("utf8"));
      if (!isKept(value)) return null;
      this.#cache.touch(addressOf(id), now);
      return { text: value.text, address: value.address, fetched: kept.checked };
    } catch {
      return null;
    }
  }

  /** Whether a text is cached, without reading it. */
  has(id: string): boolean {
    return this.#cache.read(addressOf(id)) !== null;
  }

  /** Stores a text. Returns whether it is stored. */
  write(id: string, { text, address, fetched }: KeptText): boolean {
    const body = gzipSync(JSON.stringify({ text, address }));
    return this.#cache.write(addressOf(id), {
      body,
      validators: { etag: null, lastModified: null },
      checked: fetched,
    });
  }
}

const addressOf = (id: string): string => `text:${version}:${id}`;

function isKept(value: unknown): value is { text: PaperText; address: string } {
  if (typeof value !== "object" || value === null) return false;
  const { text, address } = value as { text?: Partial<PaperText>; address?: unknown };
  return typeof address === "string" && Array.isArray(text?.blocks) && typeof text.title === "string";
}
