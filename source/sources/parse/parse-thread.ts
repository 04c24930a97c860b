import { Worker } from "node:worker_threads";
import type { ReadOptions } from "../../formats/format.js";
import { type FormatName, type ReadResult, readListing } from "../../formats/index.js";
import type { ManyPapers, ParsedListing } from "../../papers/listing.js";
import { PackedPapers, type SharedPapers, SharedPapersReader } from "../../papers/packed/packed-papers.js";
import type { Paper } from "../../papers/paper.js";
import { EventLoopTurns } from "../yield-to-event-loop.js";

export interface ParseRequest {
  readonly bytes: Uint8Array;
  readonly options: ReadOptions;
}

export type ParseAnswer =
  | { readonly ok: false; readonly reason: string }
  | {
      readonly ok: true;
      readonly format: FormatName;
      readonly rest: Omit<ParsedListing, "papers">;
      /** The papers; empty if they are packed. */
      readonly papers: readonly Paper[];
      readonly packed: SharedPapers | null;
    };

/** The limits of reading what nobody waits for: a hostile server must not keep the machine busy. */
export interface ThreadLimits {
  /** How long it may take, in milliseconds. */
  readonly longest: number;
  /** The memory of its thread, in MB. */
  readonly memory: number;
}

export interface ParseWatch {
  /** Ends the thread at once. */
  readonly signal?: AbortSignal | undefined;
  /** Set where nobody waits for the result: it is read in a thread however short it is. */
  readonly background?: ThreadLimits | undefined;
}

/** Why something is not read that nobody waits for. */
export const tooSlow = "it takes too long to read";

/** A text up to this size is parsed in this thread: 0.2 s on a slow machine. Starting a thread takes 0.1 s. */
const longText = 2 * 1024 * 1024;

/** The thread's entry: next to the main file in the bundle, next to this one in the source. */
const parseEntry = new URL(
  import.meta.url.endsWith(".ts") ? "./parse-worker.ts" : "./parse-worker.mjs",
  import.meta.url,
);

/**
 * Reads a listing from all its bytes, as `readListing` does. A thread parses long texts, so that keys and
 * signals still work: JSON.parse alone blocks for half a second at 50 MB and cannot be interrupted.
 *
 * @param bytes transferred to the thread if it is read there
 */
export async function parseListing(
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadOptions,
  watch: ParseWatch = {},
): Promise<ReadResult<ManyPapers>> {
  if (bytes.length <= longText && !watch.background) return readListing(bytes, options);
  const answer = await inThread({ bytes, options }, watch);
  if (!answer.ok) return answer;
  const { format, rest, papers, packed } = answer;
  if (packed === null) return { ok: true, format, listing: { ...rest, papers } };
  return { ok: true, format, listing: { ...rest, papers: await own(packed) } };
}

/** A thread that parses; it waits for one request. */
export function startParser(limits: ThreadLimits | undefined): Worker {
  return new Worker(parseEntry, limits ? { resourceLimits: { maxOldGenerationSizeMb: limits.memory } } : {});
}

function inThread(request: ParseRequest, { signal, background }: ParseWatch): Promise<ParseAnswer> {
  return new Promise((resolve, reject) => {
    const worker = startParser(background);
    const timer = background && setTimeout(() => end({ ok: false, reason: tooSlow }), background.longest);
    const end = (answer: ParseAnswer) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", callOff);
      void worker.terminate();
      resolve(answer);
    };
    const callOff = () => end({ ok: false, reason: "cancelled" });
    signal?.addEventListener("abort", callOff, { once: true });
    worker.once("message", end);
    worker.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") end({ ok: false, reason: tooLarge });
      else reject(error);
    });
    if (signal?.aborted) callOff();
    else worker.postMessage(request, [request.bytes.buffer as ArrayBuffer]);
  });
}

/** Why a text cannot be read whose thread had too little memory. */
export const tooLarge =
  "it needs more memory than Node gives a program; NODE_OPTIONS=--max-old-space-size=8192 allows it 8 GB";

/** Papers from the thread, to which more can be added here. */
async function own(packed: SharedPapers): Promise<PackedPapers> {
  const reader = new SharedPapersReader(packed);
  const papers = new PackedPapers();
  const turns = new EventLoopTurns();
  for (let index = 0; index < packed.size; index += 1) {
    papers.push(reader.paper(index));
    if (index % 200 === 0) await turns.take();
  }
  return turns.through(papers.settling());
}
