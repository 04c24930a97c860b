import { once } from "node:events";
import { fstatSync, writeSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

/** Characters written in one go. */
const pieceLength = 64 * 1024;

/**
 * Prints pieces of text to standard output as fast as they are taken there, so that no more than a piece
 * waits in memory. Whoever closes the pipe, as `head` does, ends the program between two pieces (`cli.ts`).
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
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
  // That the pipe is closed is told between two turns.
  else await setImmediate();
}

/**
 * Makes a standard stream that leads to a file write all that it is given. Node's own takes a write that the
 * system cut short, as it does on a disk that has just become full, for a whole one, and the rest is lost.
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

/** Why standard output takes no more, in words, and what to do about it. */
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
