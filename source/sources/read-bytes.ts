import type { LineReader, ReadOptions } from "../formats/format.js";
import { type LineFormat, lineFormatOf, type ReadResult, unreadable } from "../formats/index.js";
import type { ManyPapers, Problem } from "../papers/listing.js";
import { PackedPapers } from "../papers/packed/packed-papers.js";
import { decode } from "../text/encoding/decode.js";
import { counted, thousands } from "../text/numbers.js";
import { parseListing } from "./parse/parse-thread.js";
import type { Watched } from "./watched.js";
import { EventLoopTurns } from "./yield-to-event-loop.js";

/** How much of a text format detection needs, in bytes. */
const headSize = 64 * 1024;
/** Texts up to this size are read whole, in a few milliseconds. */
const smallSize = 1024 * 1024;
/** The longest string in V8: 2 ** 29 - 24 characters. */
const longestText = 2 ** 29 - 24;
const newline = 0x0a;

/** Callbacks while a listing is read. */
export interface Growing extends Omit<Watched, "grown"> {
  /** Called repeatedly with the papers so far, which still grow; never before the first paper. */
  readonly grown?: ((papers: PackedPapers) => void) | undefined;
}

/**
 * Reads a listing from a stream of bytes. Formats with one paper a line are read line by line, and only their
 * packed papers are in memory. For other formats all bytes are collected first. If cancelled, it returns the
 * papers read so far. Each piece of work is too short to delay a key.
 *
 * @param size the total number of bytes, if known
 * @param before the papers to replace; unchanged papers share their memory
 */
export async function readListingFrom(
  chunks: AsyncIterable<Buffer>,
  size: number | null,
  options: ReadOptions,
  watched: Growing,
  before: PackedPapers | null = null,
): Promise<ReadResult<ManyPapers>> {
  const held: Buffer[] = [];
  const turns = new EventLoopTurns();
  let length = 0;
  let lines: LineStream | null = null;
  let isReported = false;
  for await (const chunk of untilCalledOff(chunks, watched.signal)) {
    if (lines !== null) lines.push(chunk);
    else held.push(chunk);
    length += chunk.length;
    if (!isReported && length > smallSize) {
      isReported = true;
      // UTF-16 cannot be split at the byte of a line break.
      const isUtf16 = (held[0]?.[0] ?? 0) >= 0xfe;
      const format = isUtf16 ? null : await lineFormatOf(headOf(held));
      if (format) {
        lines = new LineStream(format, before);
        for (const one of held.splice(0)) {
          lines.push(one);
          await turns.take();
        }
      }
    }
    if (lines === null && length > longestText) {
      return {
        ok: false,
        reason: "it is larger than 512 MB; only formats with one paper per line may be larger",
      };
    }
    watched.progress(progressText(lines, length, size));
    if (lines !== null) watched.grown?.(lines.papers);
    await turns.take();
  }
  if (watched.signal?.aborted) {
    if (lines === null) return { ok: false, reason: "cancelled" };
    return lines.result(turns, { line: null, message: calledOff(lines.count, size !== null) });
  }
  return (
    lines?.result(turns) ?? parseListing(Buffer.concat(held, length), options, { signal: watched.signal })
  );
}

/** @param isThere whether it can be read again; a pipe cannot */
function calledOff(count: number, isThere: boolean): string {
  return `cancelled: ${firstOnes(count)}${isThere ? " · r reads all" : ""}`;
}

/** How much of a listing there is if it could not be read to its end. */
export function firstOnes(count: number): string {
  return count === 1 ? "this is the first paper" : `these are the first ${thousands(count)} papers`;
}

/** The chunks until cancelled, even while waiting for the next one. */
async function* untilCalledOff(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  // One listener for all chunks: a race with a promise that never settles would retain every chunk.
  let callOff: () => void = () => {};
  signal?.addEventListener("abort", () => callOff(), { once: true });
  while (!signal?.aborted) {
    const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
      callOff = () => resolve({ done: true, value: undefined });
      iterator.next().then(resolve, reject);
    });
    if (next.done) break;
    yield next.value;
  }
  // Not awaited: it may wait for a chunk that never arrives.
  if (signal?.aborted) void iterator.return?.();
}

/** The beginning of a text, cut after a whole line if it has one. */
function headOf(held: readonly Buffer[]): string {
  const bytes = Buffer.concat(held).subarray(0, headSize);
  const end = bytes.lastIndexOf(newline);
  return decode(end < 0 ? bytes : bytes.subarray(0, end + 1)).text;
}

function progressText(lines: LineStream | null, length: number, size: number | null): string {
  const part = size === null ? megabytes(length) : `${Math.min(99, Math.floor((100 * length) / size))} %`;
  return lines === null ? part : `${counted(lines.count, "paper")} · ${part}`;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Splits bytes into lines and passes them to the format's reader. */
class LineStream {
  readonly papers: PackedPapers;
  readonly #format: LineFormat;
  readonly #reader: LineReader;
  /** The beginning of an unfinished line. */
  #rest: Buffer[] = [];
  #number = 0;
  /** Problems of the bytes, each once. */
  readonly #problems = new Map<string, Problem>();

  constructor(format: LineFormat, before: PackedPapers | null) {
    this.papers = new PackedPapers(before);
    this.#format = format;
    this.#reader = format.lines(this.papers);
  }

  get count(): number {
    return this.#reader.count;
  }

  push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      this.#take(
        this.#rest.length === 0
          ? chunk.subarray(0, end)
          : Buffer.concat([...this.#rest, chunk.subarray(0, end)]),
      );
      this.#rest = [];
    }
    // A copy: a few bytes of a line must not retain a whole chunk.
    if (end < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(end)));
  }

  async result(turns: EventLoopTurns, problem?: Problem): Promise<ReadResult<ManyPapers>> {
    const rest = Buffer.concat(this.#rest);
    // If cancelled in the middle of a line, the line is not at fault.
    if (rest.length > 0 && !problem) this.#take(rest);
    const papers = await turns.through(this.papers.settling());
    const { day, problems: said } = this.#reader.end(rest.length > 0 && !problem);
    const problems = [...(problem ? [problem] : []), ...this.#problems.values(), ...said];
    const whole = { papers, day, problems, ...(problem ? { isCut: true } : {}) };
    const reason = unreadable(this.#format, whole);
    return reason === null ? { ok: true, format: this.#format, listing: whole } : { ok: false, reason };
  }

  #take(bytes: Buffer): void {
    const { text, problems } = decode(bytes);
    for (const one of problems) {
      const line = one.line === null ? null : this.#number + one.line;
      if (!this.#problems.has(one.message)) this.#problems.set(one.message, { ...one, line });
    }
    let start = 0;
    while (start < text.length) {
      const found = text.indexOf("\n", start);
      const end = found < 0 ? text.length : found;
      this.#number += 1;
      this.#reader.take(text.slice(start, end), this.#number);
      start = end + 1;
    }
  }
}
