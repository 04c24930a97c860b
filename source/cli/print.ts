import { fstatSync, writeSync } from "node:fs";

/** Characters per write. */
const pieceLength = 64 * 1024;

/**
 * Prints pieces of text to standard output as fast as it accepts them, so that only one piece is in memory. A
 * reader that closes the pipe, like `head`, ends the program between two pieces (`cli.ts`).
 */
export async function print(pieces: Iterable<string>): Promise<void> {
  let piece = "";
  for (const one of pieces) {
    piece += one;
    if (piece.length < pieceLength) continue;
    await write(piece);
    piece = "";
  }
  if (piece !== "") await write(piece);
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
  // A closed pipe is reported between two turns of the event loop.
  else await new Promise(setImmediate);
}

/**
 * Makes a standard stream to a file write all its data. Node's own stream treats a short write of the system,
 * as on a full disk, as complete, and loses the rest.
 */
export function writeWholePieces(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  if (stream.isTTY || !isFile(stream.fd)) return;
  stream._write = (chunk: Buffer | string, encoding, done) => {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk;
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(stream.fd, bytes, at);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Why standard output failed, and what to do about it. */
export function describeOutputError(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOSPC":
      return "the disk is full; free some space";
    case "EDQUOT":
      return "your disk quota is used up; free some space";
    case "EFBIG":
      return "the file would grow past the file size limit; raise it (ulimit -f)";
    case "EBADF":
      return "standard output is closed or open for reading only";
    default:
      return error.message;
  }
}
