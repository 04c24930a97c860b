import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { EventLoopTurns } from "../yield-to-event-loop.js";
import { FetchError } from "./fetch-error.js";

export interface BodyLimits {
  /** The limit of a decoded body, in bytes. */
  readonly limit: number;
  /** What the body should be, for a message: "a listing". */
  readonly wanted: string;
  /** The grace time of a body, in milliseconds. */
  readonly grace: number;
  /** The average rate a body must reach after the grace time, in bytes per millisecond. */
  readonly slowest: number;
}

/**
 * The decoded bytes of a response. Refuses them as soon as they exceed the limit: by the declared length before
 * reading, or while decoding if a small body decodes to a huge one. Also refuses a body that arrives too
 * slowly.
 *
 * @throws FetchError, or an error of the connection or the decoder
 */
export async function readBody(
  body: Readable,
  encoding: string | null,
  {
    limit,
    wanted,
    grace,
    slowest,
    host,
    onProgress,
  }: BodyLimits & { host: string; onProgress?: ((bytes: number) => void) | undefined },
): Promise<Buffer> {
  const begun = performance.now();
  const turns = new EventLoopTurns();
  let sent = 0;
  async function* paced(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      sent += chunk.length;
      if (performance.now() - begun > grace + sent / slowest) throw tooSlow(host, sent, begun);
      // A server may send a byte in each chunk, as fast as they are read: that would hold up keys.
      await turns.take();
      yield chunk;
    }
  }
  const chunks: Buffer[] = [];
  let size = 0;
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit) throw tooLarge(host, limit, wanted);
      chunks.push(chunk);
      onProgress?.(size);
    }
  }
  const decoder = decoderOf(encoding, host);
  if (decoder === null) await pipeline(body, paced, collect);
  else {
    await pipeline(body, paced, decoder, collect).catch((error: NodeJS.ErrnoException) => {
      // An empty body counts as empty, even if declared as compressed.
      if (sent > 0 || error.code !== "Z_BUF_ERROR") throw error;
    });
  }
  return Buffer.concat(chunks, size);
}

/** Refuses a body by its declared length, before reading it. */
export function checkLength(
  length: string | null,
  { limit, wanted }: Pick<BodyLimits, "limit" | "wanted">,
  host: string,
): void {
  if (length !== null && Number(length) > limit) throw tooLarge(host, limit, wanted);
}

function tooLarge(host: string, limit: number, wanted: string): FetchError {
  const most = Math.round(limit / 2 ** 20);
  return new FetchError("too-large", `${host} sends more than ${most} MB, too much for ${wanted}`);
}

function tooSlow(host: string, bytes: number, begun: number): FetchError {
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return new FetchError("timeout", `${host} is too slow: ${bytes} bytes in ${seconds} s`);
}

function decoderOf(encoding: string | null, host: string): Transform | null {
  switch (encoding?.trim().toLowerCase() ?? "") {
    case "":
    case "identity":
      return null;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new FetchError("bad-answer", `${host} answers in the unknown encoding “${encoding}”`);
  }
}
