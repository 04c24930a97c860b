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
  // With raw mode off nothing else would keep the process alive. The timer also brings the screen
  // back where the stop was ignored, as it is for a process that has no job-controlling shell.
  const timer = setTimeout(resume, stopDelay);
  process.once("SIGCONT", resume);
  process.kill(0, "SIGTSTP");

  function resume(): void {
    clearTimeout(timer);
    process.off("SIGCONT", resume);
    session.enter();
    redraw();
  }
}
