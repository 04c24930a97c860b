import type { TerminalSession } from "./session.js";

/** How long the stop may take to come about, in milliseconds. */
const stopDelay = 100;

/**
 * Suspends the program as Ctrl-Z does in any other: the terminal is given back, every process of
 * the job is stopped (a parent such as `npm start` as well, or the shell would never notice), and
 * when `fg` continues it, the terminal is taken again and drawn anew.
 */
export function suspend(session: TerminalSession, redraw: () => void, refuse: () => void): void {
  if (process.platform === "win32") {
    refuse();
    return;
  }
  session.leave();
  // The stop must stop us, and not be heard by us.
  const listeners = process.listeners("SIGTSTP");
  process.removeAllListeners("SIGTSTP");
  // With raw mode off nothing else would keep the process alive. The timer also brings the screen
  // back where the stop was ignored, as it is for a process that has no job-controlling shell.
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
 * Follows what others do to the job: a stop that comes from outside gives the terminal back first, and
 * after one that cannot be caught (SIGSTOP) the shell has changed the terminal, so it is taken again.
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
