import { once } from "node:events";
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
