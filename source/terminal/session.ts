import { StringDecoder } from "node:string_decoder";
import type { ReadStream, WriteStream } from "node:tty";
import type { Key } from "../reader/key.js";
import type { Size } from "../reader/layout.js";
import { KeyDecoder } from "./keys.js";

/**
 * Modes the screen needs: alternate screen (1049), hidden cursor (25), bracketed paste (2004), and
 * no automatic wrap (7), so that a character in the last cell never scrolls anything.
 */
const enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[H\x1b[2J";
const leaveScreen = "\x1b[m\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1049l";

/** A lone Esc is the key itself when nothing has followed it for so long, in milliseconds. */
const escapeDelay = 30;

/**
 * A paste is given up when nothing of it has come for so long, in milliseconds. Over a slow line it comes
 * in pieces, and its letters must never be taken for keys; its end is always sent.
 */
const pasteDelay = 3_000;

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
  #bytes = new StringDecoder("utf8");
  #escapeTimer: NodeJS.Timeout | undefined;
  #isUp = false;

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
    // Node remembers the mode it last set and would skip setting it again after a suspension.
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    this.#output.write(enterScreen);
    this.#input.on("data", this.#read);
    this.#input.on("end", this.#onEnd);
    this.#input.on("error", this.#onEnd);
    this.#output.on("error", this.#onEnd);
    this.#input.resume();
  }

  /** Gives the terminal back as it was. Safe to call at any time, also while the process dies. */
  leave(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    clearTimeout(this.#escapeTimer);
    this.#input.off("data", this.#read);
    this.#input.off("end", this.#onEnd);
    this.#input.pause();
    try {
      this.#input.setRawMode(false);
      this.#output.write(leaveScreen);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
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

  /** Columns and rows of the terminal now; 80 × 24 where it does not say. */
  size(): Size {
    return { columns: this.#output.columns || 80, rows: this.#output.rows || 24 };
  }

  readonly #read = (bytes: Buffer): void => {
    clearTimeout(this.#escapeTimer);
    const keys = this.#decoder.push(this.#bytes.write(bytes));
    const { isWaiting, isPasting } = this.#decoder;
    if (isWaiting) this.#escapeTimer = setTimeout(this.#flush, isPasting ? pasteDelay : escapeDelay);
    if (keys.length > 0) this.#onKeys(keys);
  };

  readonly #flush = (): void => {
    const keys = this.#decoder.flush();
    if (keys.length > 0) this.#onKeys(keys);
  };
}
