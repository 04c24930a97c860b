import type { Block, PaperText } from "../../fulltext/blocks.js";
import { FetchError } from "../remote/fetch-error.js";
import { type ParseWatch, startParser, type ThreadLimits, tooLarge, tooSlow } from "./parse-thread.js";
import { type AddressedText, packText, readText, type TextPart, type TextRequest } from "./text-request.js";

/**
 * Bytes of a text that is read in this thread: 20 ms. A packed one is ten times as small, and its blocks are
 * only taken out.
 */
const short = 200_000;

export const tooLargeToKeep = "its text is too large to be kept";

/** A text that was read, and it packed if that was asked for; or why there is none. */
export type ParsedText =
  | ({ readonly ok: true; readonly packed: Uint8Array | null } & AddressedText)
  | { readonly ok: false; readonly reason: string };

/** The limits of a text that is read only to be kept. */
export interface KeepingLimits extends ThreadLimits {
  /** The size of the packed text, in bytes: writing more would hold up keys, and push other texts out of the cache. */
  readonly packed: number;
}

export interface TextWatch extends ParseWatch {
  /** Set where nobody waits for the text, and it is only to be kept: it is returned without its blocks. */
  readonly background?: KeepingLimits | undefined;
  /** Called where a long text is there and is being read. */
  readonly onReading?: (() => void) | undefined;
  /** Called with the first blocks of a long text while the rest is read. */
  readonly onFirst?: ((first: AddressedText) => void) | undefined;
}

/**
 * Reads a paper's text. A long one is read in a thread, which may take seconds: keys and signals still work. The
 * caller ends it by the signal; in the background it ends by itself.
 *
 * @param request its bytes are transferred to the thread
 * @throws FetchError where it was cancelled
 */
export async function parseText(request: TextRequest, watch: TextWatch = {}): Promise<ParsedText> {
  if (request.bytes.length > short || watch.background) {
    watch.onReading?.();
    return inThread(request, watch);
  }
  const found = readText(request);
  if (!found.ok) return found;
  return { ...found, packed: request.packs ? packText(found) : null };
}

function inThread(request: TextRequest, { signal, onFirst, background }: TextWatch): Promise<ParsedText> {
  return new Promise((resolve, reject) => {
    const worker = startParser(background);
    const blocks: Block[] = [];
    const none = (reason: string) => end(() => resolve({ ok: false, reason }));
    const timer = background && setTimeout(() => none(tooSlow), background.longest);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", callOff);
      void worker.terminate();
      settle();
    };
    const callOff = () => end(() => reject(new FetchError("cancelled", "cancelled")));
    const onPart = (part: TextPart): void => {
      switch (part.type) {
        case "first":
          onFirst?.({ text: part.text, address: request.address });
          break;
        case "blocks":
          for (const block of part.blocks) blocks.push(block);
          break;
        case "end": {
          const { packed, address } = part;
          const text: PaperText = { ...part.rest, blocks };
          if (background && packed && packed.length > background.packed) none(tooLargeToKeep);
          else end(() => resolve({ ok: true, text, address, packed }));
          return;
        }
        case "none":
          none(part.reason);
          return;
      }
      worker.postMessage("next");
    };
    signal?.addEventListener("abort", callOff, { once: true });
    worker.on("message", onPart);
    worker.once("error", (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      if (isMemory) none(tooLarge);
      else end(() => reject(error));
    });
    if (signal?.aborted) {
      callOff();
      return;
    }
    const bytes = ownBytes(request.bytes);
    worker.postMessage({ ...request, bytes }, [bytes.buffer]);
  });
}

/** Bytes with a buffer of their own: Node's pool of small buffers must not be transferred. */
function ownBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
