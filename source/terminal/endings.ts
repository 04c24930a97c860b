import { constants } from "node:os";

/**
 * Signals that can be caught, and by default end the program; systems differ. Without those of a fault in the
 * program itself (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP): returning from such a handler repeats the fault
 * for ever.
 */
const endings = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGABRT",
  "SIGUSR2",
  "SIGALRM",
  "SIGTERM",
  "SIGSTKFLT",
  "SIGXCPU",
  "SIGVTALRM",
  "SIGPROF",
  "SIGIO",
  "SIGPWR",
  "SIGSYS",
  "SIGBREAK",
] as const;

/** After this time of a slow exit, a second signal ends the process at once, in milliseconds. */
const exitGrace = 1_000;

/** Calls `end` for each of these signals, with the exit code of shells: 128 + n. */
export function onEndingSignal(end: (code: number) => void): void {
  let since: number | null = null;
  for (const signal of endings) {
    const number = constants.signals[signal as keyof typeof constants.signals];
    // An existing listener, such as a heap dump tool, has another use for it.
    if (number === undefined || process.listenerCount(signal) > 0) continue;
    const code = 128 + number;
    try {
      process.on(signal, () => {
        if (since !== null && performance.now() - since > exitGrace) process.exit(code);
        since ??= performance.now();
        end(code);
      });
    } catch {
      // This system does not allow catching it.
    }
  }
}

/**
 * Ignores SIGUSR1, at which Node would open its debugger and print over the screen, and SIGXFSZ, at which a
 * package would end the program: a write past the file size limit fails with EFBIG and is reported like a full
 * disk.
 */
export function ignoreHarmlessSignals(): void {
  if (process.platform === "win32") return;
  for (const signal of ["SIGUSR1", "SIGXFSZ"] as const) process.on(signal, () => {});
}
