import { FetchError } from "./fetch-error.js";

/** Waits for a number of milliseconds; rejects with a FetchError when cancelled. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      clearTimeout(timer);
      reject(new FetchError("cancelled", "cancelled"));
    };
    if (signal?.aborted) return cancel();
    timer = setTimeout(() => {
      signal?.removeEventListener("abort", cancel);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", cancel, { once: true });
  });
}
