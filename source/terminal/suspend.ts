import type { TerminalSession } from "./session.js";

/** How long the stop may take, in milliseconds. */
const stopDelay = 100;

/**
 * Suspends the program as Ctrl-Z does elsewhere: restores the terminal and stops every process of the job (also
 * a parent such as `npm start`, or the shell would not notice). After `fg`, sets up the terminal again and
 * redraws.
 */
export function suspend(session: TerminalSession, redraw: () => void, refuse: () => void): void {
  if (process.platform === "win32") {
    refuse();
    return;
  }
  session.leave();
  // Stop this process instead of calling its listener.
  const listeners = process.listeners("SIGTSTP");
  process.removeAllListeners("SIGTSTP");
  // With raw mode off, only this timer keeps the process alive. It also restores the screen if the stop was
  // ignored, as in a process without a job-controlling shell.
  const timer = setTimeout(resume, stopDelay);
  process.once("SIGCONT", resume);
  process.kill(0, "SIGTSTP");

  function resume(): void {
    clearTimeout(timer);
    process.off("SIGCONT", resume);
    for (const listener of listeners) process.on("SIGTSTP", listener);
    session.enter();
    redraw();
  }
}

/**
 * Handles stops from outside. Before a stop, restores the terminal. After one that cannot be caught (SIGSTOP),
 * the shell has changed the terminal, so sets it up again.
 */
export function followJobControl(session: TerminalSession, stop: () => void, redraw: () => void): void {
  if (process.platform === "win32") return;
  process.on("SIGTSTP", () => {
    if (session.isUp) stop();
  });
  process.on("SIGCONT", () => {
    if (!session.isUp) return;
    session.retake();
    redraw();
  });
}
