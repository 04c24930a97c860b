import type { LineReader, ReadOptions } from "../formats/format.js";
import { type LineFormat, lineFormatOf, type ReadResult, unreadable } from "../formats/index.js";
import type { ManyPapers, Problem } from "../papers/listing.js";
import { PackedPapers } from "../papers/packed/packed-papers.js";
import { decode } from "../text/decode.js";
import { counted, thousands } from "../text/numbers.js";
import { parseListing } from "./parse/parse-thread.js";
import type { Watched } from "./watched.js";
import { EventLoopTurns } from "./yield-to-event-loop.js";

/** Enough of a text to tell its format by. */
const headSize = 64 * 1024;
/** What is no longer than this is read whole: it is there in a few milliseconds. */
const smallSize = 1024 * 1024;
/** No text can be longer: 2 ** 29 - 24 characters. */
const longestText = 2 ** 29 - 24;
const newline = 0x0a;

/** What is told of a listing whose bytes come in. */
export interface Growing extends Omit<Watched, "grown"> {
  /** Told again and again of the papers so far, to which more are added; never where they may yet be none. */
  readonly grown?: ((papers: PackedPapers) => void) | undefined;
}

/**
 * Reads a listing from bytes as they come. A format of one paper a line is read line by line, so that
 * only its papers are in memory, packed; of any other all bytes are collected first. Called off, it gives
 * the papers read by then. What it does at a stretch is too short to be felt at a key.
 *
 * @param size how many bytes there will be, where that is known
 * @param before the papers that these take the place of, whose memory is used for those that are the same
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
        reason: "it is longer than 512 MB, which only a listing of one paper a line may be",
      };
    }
    watched.progress(progressText(lines, length, size));
    if (lines !== null) watched.grown?.(lines.papers);
    await turns.take();
  }
  if (watched.signal?.aborted) {
    if (lines === null) return { ok: false, reason: "called off" };
    return lines.result(turns, { line: null, message: calledOff(lines.count, size !== null) });
  }
  return lines?.result(turns) ?? parseListing(Buffer.concat(held, length), options, watched.signal);
}

/** @param isThere whether it can be read another time, as a pipe cannot */
function calledOff(count: number, isThere: boolean): string {
  return `called off: ${firstOnes(count)}${isThere ? " · r reads all" : ""}`;
}

/** How much of a listing there is where it could not be read to its end. */
export function firstOnes(count: number): string {
  return count === 1 ? "this is the first paper" : `these are the first ${thousands(count)} papers`;
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
  return lines === null ? part : `${counted(lines.count, "paper")} · ${part}`;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Cuts bytes into lines and gives them to the format's reader. */
class LineStream {
  readonly papers: PackedPapers;
  readonly #format: LineFormat;
  readonly #reader: LineReader;
  /** The beginning of a line whose end has not come. */
  #rest: Buffer[] = [];
  #number = 0;
  /** What was wrong with the bytes, once each. */
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
    // A copy: a few bytes of a line must not keep a whole chunk.
    if (end < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(end)));
  }

  async result(turns: EventLoopTurns, problem?: Problem): Promise<ReadResult<ManyPapers>> {
    const rest = Buffer.concat(this.#rest);
    // Called off in the middle of a line, the line is not to blame.
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
