import type { ReadStream, WriteStream } from "node:tty";
import type { Key } from "../reader/keys/key.js";
import type { Size } from "../reader/layout.js";
import { InputBytes } from "./input/bytes.js";
import { KeyDecoder, type Waiting } from "./keys.js";
import { drawOnScreen, holdStreams, releaseStreams } from "./streams.js";

/**
 * Modes the screen needs: alternate screen (1049), hidden cursor (25), bracketed paste (2004), and
 * no automatic wrap (7), so that a character in the last cell never scrolls anything.
 */
const enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[H\x1b[2J";
const leaveScreen = "\x1b[m\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l";

/**
 * How long the rest of what was begun may be in coming, in milliseconds. A lone Esc must act at once. The
 * letters of a sequence, a string or a paste must never be taken for keys, also where a slow line parts
 * them; but what is never ended must not eat keys for long.
 */
const delays: Readonly<Record<Exclude<Waiting, "nothing">, number>> = {
  escape: 30,
  sequence: 1_000,
  string: 2_000,
  pause: 100,
  // Its end is always sent.
  paste: 3_000,
};

/** After so long a string is given up at the next pause, whatever still comes, in milliseconds. */
const longestString = 5_000;

/** For so long the rest of a sequence is known again after its Esc was taken for the key, in milliseconds. */
const lateRest = 500;

/** The largest screen that is drawn. A terminal may claim 65,535 × 65,535, of which nobody sees more. */
const most: Size = { columns: 2_000, rows: 1_000 };

/**
 * The terminal while the screen is up: raw keys in, modes set and, whatever happens, set back.
 * All that the program changes about the terminal is changed here.
 */
export class TerminalSession {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #onKeys: (keys: readonly Key[]) => void;
  readonly #onEnd: () => void;
  readonly #decoder = new KeyDecoder();
  readonly #bytes = new InputBytes();
  #timer: NodeJS.Timeout | undefined;
  /** When the string under way began, in milliseconds; `null` where there is none. */
  #stringSince: number | null = null;
  #isUp = false;
  #wasUp = false;

  /**
   * `onKeys` gets the keys of one read together; `onEnd` is called when the terminal has gone away.
   */
  constructor(
    input: ReadStream,
    output: WriteStream,
    onKeys: (keys: readonly Key[]) => void,
    onEnd: () => void,
  ) {
    this.#input = input;
    this.#output = output;
    this.#onKeys = onKeys;
    this.#onEnd = onEnd;
  }

  /** Takes the terminal over. */
  enter(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    holdStreams();
    this.#setModes();
    this.#input.on("data", this.#read);
    this.#input.on("end", this.#onEnd);
    if (!this.#wasUp) {
      // Whatever ends the process, a library too, gives the terminal back.
      process.on("exit", () => this.leave());
      this.#input.on("error", this.#onEnd);
      this.#output.on("error", this.#onEnd);
    }
    this.#wasUp = true;
    this.#input.resume();
  }

  /** Takes the terminal over again after another program, or the shell, had it without our leave. */
  retake(): void {
    if (this.#isUp) this.#setModes();
  }

  #setModes(): void {
    // Node remembers the mode it last set and would skip setting it again after a suspension.
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    drawOnScreen(enterScreen);
  }

  /** Gives the terminal back as it was. Safe to call at any time, also while the process dies. */
  leave(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    clearTimeout(this.#timer);
    this.#input.off("data", this.#read);
    this.#input.off("end", this.#onEnd);
    this.#input.pause();
    // Where the terminal is gone there is nothing to give back.
    attempt(() => this.#input.setRawMode(false));
    attempt(() => drawOnScreen(leaveScreen));
    releaseStreams();
  }

  /** Whether the terminal is ours to write to. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Asks the terminal for its size again: a resize while the program was suspended told only the
   * shell. Whoever listens to SIGWINCH hears of it at once.
   */
  refreshSize(): void {
    process.emit("SIGWINCH", "SIGWINCH");
  }

  /** Columns and rows that are drawn: the terminal's, within reason; 80 × 24 where it does not say. */
  size(): Size {
    const { columns, rows } = this.#output;
    return { columns: Math.min(columns || 80, most.columns), rows: Math.min(rows || 24, most.rows) };
  }

  readonly #read = (bytes: Buffer): void => {
    clearTimeout(this.#timer);
    const keys = this.#decoder.push(this.#bytes.write(bytes));
    const { waitsFor } = this.#decoder;
    if (waitsFor !== "string") this.#stringSince = null;
    else this.#stringSince ??= performance.now();
    if (waitsFor !== "nothing") {
      const isTooLong = this.#stringSince !== null && performance.now() - this.#stringSince > longestString;
      this.#timer = setTimeout(this.#flush, delays[isTooLong ? "pause" : waitsFor]);
    }
    if (keys.length > 0) this.#onKeys(keys);
  };

  readonly #flush = (): void => {
    const keys = this.#decoder.flush();
    this.#stringSince = null;
    if (this.#decoder.mayContinue) this.#timer = setTimeout(this.#flush, lateRest);
    if (keys.length > 0) this.#onKeys(keys);
  };
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {}
}
