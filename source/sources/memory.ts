import { getHeapStatistics } from "node:v8";
import { thousands } from "../text/numbers.js";

/**
 * Bytes of V8's heap that reading a listing takes for each byte and each sign of its text, measured with
 * files of 60,000 long and 200,000 short entries in BibTeX, CSL-JSON, RIS and RSS: the text itself, and what
 * is made of lines, objects or entries (`{`), and elements (`<`).
 */
const cost = { byte: 1.4, wideByte: 2.2, line: 100, brace: 350, tag: 60 } as const;

/** What the program itself needs besides, in bytes. */
const reserve = 20_000_000;

/** Part of the heap's room that may be used: V8 gives up before the last byte. */
const usable = 0.85;

/**
 * Why a text is not read that the memory is too small for, with what to do about it; `null` where there is
 * room. V8 ends a process whose heap is full without any warning, with the screen still up.
 *
 * @param chunks the bytes of the text that have come
 */
export function tooLarge(chunks: readonly Buffer[]): string | null {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  const room = Math.max(0, limit - used) * usable - reserve;
  const length = chunks.reduce((sum, { length }) => sum + length, 0);
  // A byte costs no more than one that is a brace.
  if (length * cost.brace < room) return null;
  const needed = length * cost.byte > room ? length * cost.byte : neededFor(chunks);
  if (needed <= room) return null;
  const megabytes = Math.ceil((needed + reserve + used) / usable / 1_048_576 / 256) * 256;
  return (
    `it needs more memory than the program may use (${thousands(Math.round(limit / 1_048_576))} MB): ` +
    `set NODE_OPTIONS=--max-old-space-size=${megabytes}, or split it`
  );
}

function neededFor(chunks: readonly Buffer[]): number {
  let signs = 0;
  let length = 0;
  let isWide = false;
  for (const chunk of chunks) {
    length += chunk.length;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === 0x0a) signs += cost.line;
      else if (byte === 0x7b) signs += cost.brace;
      else if (byte === 0x3c) signs += cost.tag;
      // Beyond Latin-1 every character of the text takes two bytes.
      else if (byte >= 0xc4) isWide = true;
    }
  }
  return signs + length * (isWide ? cost.wideByte : cost.byte);
}
