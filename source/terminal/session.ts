import type { ReadStream, WriteStream } from "node:tty";
import type { Key } from "../reader/keys/key.js";
import type { Size } from "../reader/layout.js";
import type { Brightness } from "../reader/theme.js";
import { TerminalBackground } from "./background.js";
import { InputBytes } from "./input/bytes.js";
import { KeyDecoder, type Waiting } from "./keys.js";
import { drawOnScreen, holdStreams, releaseStreams } from "./streams.js";

/**
 * The terminal modes of the screen: alternate screen (1049), the wheel as arrow keys (1007, which some terminals turn
 * on only when asked, so its value is saved and restored), hidden cursor (25), bracketed paste (2004), and no automatic
 * wrap (7), so that a character in the last cell never scrolls.
 */
const enterScreen = "\x1b[?1049h\x1b[?1007h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[H\x1b[2J";
/** Not after a stop that nothing was restored for: it would save what this program has set. */
const saveWheel = "\x1b[?1007s";
const leaveScreen = "\x1b[m\x1b[?7h\x1b[?2004l\x1b[?25h\x1b[?1007r\x1b[?1049l";

/**
 * How long to wait for the rest of a sequence, in milliseconds. A lone Esc must act at once. Parts of a
 * sequence, string or paste must never become keys, even on a slow line. But an endless string must not swallow
 * keys for long.
 */
const delays: Readonly<Record<Exclude<Waiting, "nothing">, number>> = {
  escape: 30,
  // Longer than the line took for the Esc, and short for a key after Esc.
  late: 100,
  // A person who pressed Alt-] waits for it, and so does an answer that comes in pieces.
  begun: 400,
  sequence: 1_000,
  string: 2_000,
  pause: 100,
  // Terminals always send its end.
  paste: 3_000,
};

/** After this time a string is abandoned at the next pause, in milliseconds. */
const longestString = 5_000;

/** How long the rest of a sequence is recognized after its Esc was taken for the key, in milliseconds. */
const lateRest = 500;

/** How long to wait for the terminal's last answer before leaving the screen, in milliseconds. */
const longestWait = 200;

/** The largest screen that is drawn. A terminal may claim 65,535 × 65,535. */
const most: Size = { columns: 2_000, rows: 1_000 };

/**
 * The terminal while the screen is up: reads raw keys, sets modes and always restores them. All changes to the
 * terminal's state are made here.
 */
export class TerminalSession {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #onKeys: (keys: readonly Key[]) => void;
  readonly #onEnd: () => void;
  readonly #decoder = new KeyDecoder();
  readonly #bytes = new InputBytes();
  readonly #background: TerminalBackground;
  #timer: NodeJS.Timeout | undefined;
  /** When the unfinished string began, in milliseconds, or `null`. */
  #stringSince: number | null = null;
  #isUp = false;
  #wasUp = false;
  #asksBackground = false;

  /**
   * `onKeys` gets the keys of one read; `onEnd` is called when the terminal is gone; `onBackground` gets the answers
   * to `askBackground`.
   */
  constructor(
    input: ReadStream,
    output: WriteStream,
    onKeys: (keys: readonly Key[]) => void,
    onEnd: () => void,
    onBackground: (brightness: Brightness) => void = () => {},
  ) {
    this.#input = input;
    this.#output = output;
    this.#onKeys = onKeys;
    this.#onEnd = onEnd;
    this.#background = new TerminalBackground((text) => drawOnScreen(text), onBackground);
  }

  /** Asks the terminal whether its background is light or dark, now and whenever that changes. */
  askBackground(): void {
    this.#asksBackground = true;
    if (this.#isUp) this.#background.ask();
  }

  /** Waits a moment for a pending answer, which must not reach the shell. */
  async settle(): Promise<void> {
    if (this.#isUp) await this.#background.settle(longestWait);
  }

  /** Sets up the terminal. */
  enter(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    holdStreams();
    this.#setModes(saveWheel);
    this.#input.on("data", this.#read);
    this.#input.on("end", this.#onEnd);
    if (!this.#wasUp) {
      // Restores the terminal whatever ends the process.
      process.on("exit", () => this.leave());
      this.#input.on("error", this.#onEnd);
      this.#output.on("error", this.#onEnd);
    }
    this.#wasUp = true;
    this.#input.resume();
    // The terminal may have turned light or dark while the shell had it.
    if (this.#asksBackground) this.#background.ask();
  }

  /** Sets up the terminal again after another program or the shell has used it. */
  retake(): void {
    if (!this.#isUp) return;
    this.#setModes();
    if (this.#asksBackground) this.#background.ask();
  }

  #setModes(before = ""): void {
    // Node remembers its last mode and would skip setting it again after a suspension.
    this.#input.setRawMode(false);
    this.#input.setRawMode(true);
    drawOnScreen(before + enterScreen);
  }

  /** Restores the terminal. Safe to call at any time, even while the process dies. */
  leave(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    clearTimeout(this.#timer);
    this.#input.off("data", this.#read);
    this.#input.off("end", this.#onEnd);
    this.#input.pause();
    // If the terminal is gone, there is nothing to restore.
    attempt(() => this.#input.setRawMode(false));
    attempt(() => drawOnScreen(this.#background.stop() + leaveScreen));
    releaseStreams();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Reads the terminal's size again, because a resize during a suspension notified only the shell. Listeners of
   * SIGWINCH are called at once.
   */
  refreshSize(): void {
    process.emit("SIGWINCH", "SIGWINCH");
  }

  /** The columns and rows to draw: the terminal's, within limits; 80 × 24 if unknown. */
  size(): Size {
    const { columns, rows } = this.#output;
    return { columns: Math.min(columns || 80, most.columns), rows: Math.min(rows || 24, most.rows) };
  }

  readonly #read = (bytes: Buffer): void => {
    clearTimeout(this.#timer);
    const keys = this.#decoder.push(this.#bytes.write(bytes));
    for (const report of this.#decoder.takeReports()) this.#background.take(report);
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
