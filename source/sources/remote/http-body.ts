import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { FetchError } from "./fetch-error.js";

export interface BodyLimits {
  /** Bytes after decoding past which a body is refused. */
  readonly limit: number;
  /** Milliseconds that any body may take. */
  readonly grace: number;
  /** Bytes a millisecond as which, once the grace is over, it must have come on average. */
  readonly slowest: number;
}

/**
 * The bytes of an answer, decoded. Refused as soon as they are more than the limit: a body that says
 * its length is refused before a byte of it is read, and a small one that decodes to a huge one
 * while it is decoded. One that comes byte by byte is refused when it is slower than it may be.
 *
 * @throws FetchError, or what the connection or the decoder throws
 */
export async function readBody(
  body: Readable,
  encoding: string | null,
  {
    limit,
    grace,
    slowest,
    host,
    onProgress,
  }: BodyLimits & { host: string; onProgress?: ((bytes: number) => void) | undefined },
): Promise<Buffer> {
  const begun = performance.now();
  let sent = 0;
  async function* paced(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      sent += chunk.length;
      if (performance.now() - begun > grace + sent / slowest) throw tooSlow(host, sent, begun);
      yield chunk;
    }
  }
  const chunks: Buffer[] = [];
  let size = 0;
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit) throw tooLarge(host, limit);
      chunks.push(chunk);
      onProgress?.(size);
    }
  }
  const decoder = decoderOf(encoding, host);
  if (decoder === null) await pipeline(body, paced, collect);
  else {
    await pipeline(body, paced, decoder, collect).catch((error: NodeJS.ErrnoException) => {
      // Nothing, said to be compressed, is nothing.
      if (sent > 0 || error.code !== "Z_BUF_ERROR") throw error;
    });
  }
  return Buffer.concat(chunks, size);
}

/** Refuses a body by the length it says it has, before it is read. */
export function checkLength(length: string | null, limit: number, host: string): void {
  if (length !== null && Number(length) > limit) throw tooLarge(host, limit);
}

function tooLarge(host: string, limit: number): FetchError {
  const most = Math.round(limit / 2 ** 20);
  return new FetchError("too-large", `${host} sends more than ${most} MB, which no listing is`);
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
