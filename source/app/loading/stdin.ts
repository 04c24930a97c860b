import { SourceError } from "../../sources/source.js";

/** How many bytes of a pipe are kept, so that it can be read a second time. */
const keptSize = 16 * 1024 * 1024;

/**
 * Returns a function that reads standard input as it arrives; its second call reads from memory, if the
 * input was not too long.
 */
export function standardInput(): () => AsyncIterable<Buffer> {
  let kept: Buffer[] | null = null;
  let isEnded = false;
  async function* first(): AsyncGenerator<Buffer> {
    kept = [];
    let size = 0;
    for await (const chunk of process.stdin) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > keptSize) kept = null;
      kept?.push(bytes);
      yield bytes;
    }
    isEnded = true;
  }
  async function* again(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  let isBegun = false;
  return () => {
    if (!isBegun) {
      isBegun = true;
      return first();
    }
    if (kept === null || !isEnded) throw new SourceError("standard input cannot be read a second time");
    return again(kept);
  };
}
