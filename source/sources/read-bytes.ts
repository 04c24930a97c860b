import type { Format, LineReader, ReadOptions } from "../formats/format.js";
import { type LineFormat, lineFormatOf, type ReadResult, readListing, unreadable } from "../formats/index.js";
import type { Problem } from "../papers/listing.js";
import { decode } from "../text/decode.js";
import { thousands } from "../text/numbers.js";
import type { Watched } from "./watched.js";

/** Enough of a text to tell its format by. */
const headSize = 64 * 1024;
/** What is no longer than this is read whole: it is there in a few milliseconds. */
const smallSize = 1024 * 1024;
const newline = 0x0a;

/**
 * Reads a listing from bytes as they come. A format of one paper a line is read line by line, so that
 * only its papers are in memory; of any other all bytes are collected first. Called off, it gives
 * the papers read by then.
 *
 * @param size how many bytes there will be, where that is known
 */
export async function readListingFrom(
  chunks: AsyncIterable<Buffer>,
  size: number | null,
  options: ReadOptions,
  watched: Watched,
): Promise<ReadResult> {
  const held: Buffer[] = [];
  let length = 0;
  let lines: LineStream | null = null;
  let isTold = false;
  for await (const chunk of untilCalledOff(chunks, watched.signal)) {
    if (lines !== null) lines.push(chunk);
    else held.push(chunk);
    length += chunk.length;
    if (!isTold && length > smallSize) {
      isTold = true;
      // UTF-16 cannot be cut at the byte of a line break.
      const isUtf16 = (held[0]?.[0] ?? 0) >= 0xfe;
      const format = isUtf16 ? null : await lineFormatOf(headOf(held));
      if (format) {
        lines = new LineStream(format);
        for (const one of held.splice(0)) lines.push(one);
      }
    }
    watched.progress(progressText(lines, length, size));
  }
  if (watched.signal?.aborted) {
    if (lines === null) return { ok: false, reason: "called off" };
    return lines.result({ line: null, message: calledOff(lines.count, size !== null) });
  }
  return lines?.result() ?? readListing(Buffer.concat(held, length), options);
}

/** @param isThere whether it can be read another time, as a pipe cannot */
function calledOff(count: number, isThere: boolean): string {
  return `called off: these are the first ${thousands(count)} papers${isThere ? " · r reads all" : ""}`;
}

/** The chunks up to the moment they are called off, also while the next one is waited for. */
async function* untilCalledOff(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  // One listener for all chunks: a race with a promise that never settles would keep every one of them.
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
  // Not waited for: it may itself wait for a chunk that never comes.
  if (signal?.aborted) void iterator.return?.();
}

/** The beginning of a text in whole lines, where it has any. */
function headOf(held: readonly Buffer[]): string {
  const bytes = Buffer.concat(held).subarray(0, headSize);
  const end = bytes.lastIndexOf(newline);
  return decode(end < 0 ? bytes : bytes.subarray(0, end + 1)).text;
}

function progressText(lines: LineStream | null, length: number, size: number | null): string {
  const part = size === null ? megabytes(length) : `${Math.min(99, Math.floor((100 * length) / size))} %`;
  return lines === null ? part : `${thousands(lines.count)} papers · ${part}`;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Cuts bytes into lines and gives them to the format's reader. */
class LineStream {
  readonly #format: Format;
  readonly #reader: LineReader;
  /** The beginning of a line whose end has not come. */
  #rest: Buffer[] = [];
  #number = 0;
  /** What was wrong with the bytes, once each. */
  readonly #problems = new Map<string, Problem>();

  constructor(format: LineFormat) {
    this.#format = format;
    this.#reader = format.lines();
  }

  get count(): number {
    return this.#reader.count;
  }

  push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      this.#take(Buffer.concat([...this.#rest, chunk.subarray(0, end)]));
      this.#rest = [];
    }
    // A copy: a few bytes of a line must not keep a whole chunk.
    if (end < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(end)));
  }

  result(problem?: Problem): ReadResult {
    const rest = Buffer.concat(this.#rest);
    // Called off in the middle of a line, the line is not to blame.
    if (rest.length > 0 && !problem) this.#take(rest);
    const listing = this.#reader.end(rest.length > 0 && !problem);
    const problems = [...(problem ? [problem] : []), ...this.#problems.values(), ...listing.problems];
    const whole = { ...listing, problems, ...(problem ? { isCut: true } : {}) };
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
