import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { FetchError } from "./fetch-error.js";

/**
 * The bytes of an answer, decoded. Refused as soon as they are more than `limit`: a body that says
 * its length is refused before a byte of it is read, and a small one that decodes to a huge one
 * while it is decoded.
 */
export async function readBody(
  body: Readable,
  encoding: string | null,
  {
    limit,
    host,
    onProgress,
  }: { limit: number; host: string; onProgress?: ((bytes: number) => void) | undefined },
): Promise<Buffer> {
  const decoder = decoderOf(encoding, host);
  const stream = decoder ? body.pipe(decoder) : body;
  // An error of the connection must end the decoder too, or it would wait for ever.
  if (decoder) body.on("error", (error) => decoder.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > limit) throw tooLarge(host, limit);
      chunks.push(chunk as Buffer);
      onProgress?.(size);
    }
  } finally {
    body.destroy();
    decoder?.destroy();
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

function decoderOf(encoding: string | null, host: string): Transform | null {
  switch (encoding?.toLowerCase() ?? "") {
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
