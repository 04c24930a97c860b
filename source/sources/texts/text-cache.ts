import { gunzipSync, gzipSync } from "node:zlib";
import type { PaperText } from "../../fulltext/blocks.js";
import { Cache } from "../remote/cache.js";

/** Raised whenever blocks are read or written differently: texts that other code has kept are fetched again. */
const version = 1;
/** More than this is no paper's text that we have kept, in bytes. */
const largest = 256 * 1024 * 1024;

/** A paper's text and where it is from. */
export interface KeptText {
  readonly text: PaperText;
  /** Of the page it was read from. */
  readonly address: string;
  /** When it was fetched, in milliseconds since 1970. */
  readonly fetched: number;
}

/**
 * Texts of papers, as compressed blocks among the answers of servers, whose limit holds for both: what was
 * used longest ago goes first.
 */
export class TextCache {
  readonly #cache: Cache;

  /** @param directory the cache directory; need not exist yet */
  constructor(directory: string) {
    this.#cache = new Cache(directory);
  }

  /** The text that is kept of a paper; `null` where none is, or none that can be read. */
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

  /** Whether something is kept of a paper, without reading it. */
  has(id: string): boolean {
    return this.#cache.read(addressOf(id)) !== null;
  }

  /** Keeps a text. Returns whether it is kept. */
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
