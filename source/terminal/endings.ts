import { constants } from "node:os";

/**
 * Signals that end a program which does not catch them, and that can be caught. Those of a fault in the
 * program itself (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP) are not among them: whoever returned from one
 * would meet it again for ever. Which of them a system has differs.
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
  "SIGXFSZ",
  "SIGVTALRM",
  "SIGPROF",
  "SIGIO",
  "SIGPWR",
  "SIGSYS",
  "SIGBREAK",
] as const;

/** A second signal ends the process at once when leaving has taken so long, in milliseconds. */
const patience = 1_000;

/** Calls `end` for each signal that ends the program, with the exit code that shells have for it: 128 + n. */
export function onEndingSignal(end: (code: number) => void): void {
  let since: number | null = null;
  for (const signal of endings) {
    const number = constants.signals[signal as keyof typeof constants.signals];
    // Whoever listens already, as a tool that writes the heap out does, has another use for it.
    if (number === undefined || process.listenerCount(signal) > 0) continue;
    const code = 128 + number;
    try {
      process.on(signal, () => {
        if (since !== null && performance.now() - since > patience) process.exit(code);
        since ??= performance.now();
        end(code);
      });
    } catch {
      // This system does not let a program catch it.
    }
  }
}

/** SIGUSR1 would have Node open its debugger, which prints over the screen: it does nothing. */
export function ignoreDebuggerSignal(): void {
  if (process.platform !== "win32") process.on("SIGUSR1", () => {});
}
