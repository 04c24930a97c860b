import { Terminal } from "../test/support/terminal.js";
import { Probe } from "./probe.js";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program to measure, and the keys for each action. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Record<string, string>;
  /** A text on the screen once the program is ready for keys. */
  readonly ready: string;
  readonly keys: {
    readonly down: string;
    readonly up: string;
    readonly top: string;
    readonly pageDown: string;
    readonly pageUp: string;
    readonly filter: string;
    readonly clearLine: string;
    readonly leaveFilter: string;
    readonly quit: string;
  };
  /**
   * The position of the cursor, from 1, and the number of rows, from the screen; `null` if it does not show
   * them.
   */
  position(screen: readonly string[]): { readonly at: number; readonly of: number } | null;
}

/** The built `papers-tui`, on its bundled listing or on another source. */
export function papersTui(program: string, environment: Record<string, string>, source = "sample"): Subject {
  return {
    name: "papers-tui",
    command: process.execPath,
    args: [program, source],
    environment,
    ready: "1/",
    keys: {
      down: "j",
      up: "k",
      top: "g",
      pageDown: "\x1b[6~",
      pageUp: "\x1b[5~",
      filter: "/",
      clearLine: "\x15",
      leaveFilter: "\x1b",
      quit: "q",
    },
    position(screen) {
      const found = /([\d,]+)\/([\d,]+)/.exec(screen.at(-1) ?? "");
      const number = (text = "") => Number(text.replaceAll(",", ""));
      return found ? { at: number(found[1]), of: number(found[2]) } : null;
    },
  };
}

/** The subject in a pty of that size, under a clock. */
export function probe({ command, args, environment }: Subject, { columns, rows }: Size): Probe {
  return new Probe({ command, args, columns, rows, environment });
}

/**
 * Every word on the subject's complete first screen. A start ends when all of them have arrived: a frame with a
 * footer but no papers does not count.
 */
export async function wordsOnFirstScreen(subject: Subject, size: Size): Promise<string[]> {
  const { command, args, environment, ready, keys } = subject;
  const terminal = Terminal.start({ command, args, ...size, env: environment });
  try {
    await terminal.until(ready);
    await terminal.settled();
    const words = new Set(terminal.text().match(/\p{L}{3,}/gu) ?? []);
    terminal.write(keys.quit);
    await terminal.exit();
    return [...words];
  } finally {
    await terminal.dispose();
  }
}
