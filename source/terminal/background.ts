import type { Brightness } from "../reader/theme.js";

/** Asks for the background's colour (OSC 11, xterm), then for the kind of terminal (DA1), which all answer. */
const question = "\x1b]11;?\x1b\\\x1b[c";
/** Mode 2031: the terminal reports when it turns light or dark. */
const listening = "\x1b[?2031h";
const notListening = "\x1b[?2031l";

/** How long to wait for an answer, in milliseconds. */
const deadline = 1_000;

/**
 * The background of the terminal, if it reports it. Asking does not block: an answer arrives among the
 * keys, and the decoder separates it, however late it is.
 */
export class TerminalBackground {
  readonly #write: (text: string) => void;
  readonly #onAnswer: (brightness: Brightness) => void;
  #timer: NodeJS.Timeout | undefined;
  #isListening = false;
  #done: () => void = () => {};
  /** Settles when no answer is awaited. */
  #settled: Promise<void> = Promise.resolve();

  constructor(write: (text: string) => void, onAnswer: (brightness: Brightness) => void) {
    this.#write = write;
    this.#onAnswer = onAnswer;
  }

  /** Asks the terminal, and for notifications of changes. Does nothing while an answer is awaited. */
  ask(): void {
    if (this.#timer !== undefined) return;
    this.#settled = new Promise((resolve) => {
      this.#done = resolve;
    });
    this.#timer = setTimeout(() => this.#end(), deadline);
    this.#timer.unref();
    this.#write(listening + question);
    this.#isListening = true;
  }

  /** Handles a report that the decoder found among the keys. An answer after the deadline is dropped. */
  take(report: string): void {
    const changed = /^\[\?997;([12])n$/.exec(report);
    if (changed && this.#isListening) {
      this.#onAnswer(changed[1] === "1" ? "dark" : "light");
      this.ask();
      return;
    }
    if (this.#timer === undefined) return;
    const brightness = brightnessIn(report);
    if (brightness !== null) {
      this.#end();
      this.#onAnswer(brightness);
    } else if (/^\[\?[\d;]*c$/.test(report)) {
      // A terminal answers in order, so the colour will not follow. But tmux gives this answer at once and
      // asks the outer terminal for the colour.
      this.#done();
    }
  }

  /** Waits for a pending answer, so that it does not reach the shell; at most `most` milliseconds. */
  async settle(most: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, most);
    });
    await Promise.race([this.#settled, enough]);
    clearTimeout(timer);
  }

  /** The sequence that turns off notifications before leaving the terminal; `""` if they are off. */
  stop(): string {
    this.#end();
    if (!this.#isListening) return "";
    this.#isListening = false;
    return notListening;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#done();
  }
}

/**
 * Whether an answer to OSC 11 names a light or dark colour: `]11;rgb:ffff/ffff/ffff`, with one to four digits a
 * channel, `rgba:` with a fourth, or `#ffffff` (X11, XParseColor). `null` if it is no such answer.
 */
export function brightnessIn(report: string): Brightness | null {
  const [, named] = /^\]11;(.*)$/.exec(report) ?? [];
  if (named === undefined) return null;
  const digits = /^rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i.exec(named);
  const hex = /^#((?:[\da-f]{3}){1,4})$/i.exec(named)?.[1];
  const size = hex === undefined ? 0 : hex.length / 3;
  const parts = digits?.slice(1, 4) ?? (hex && [0, 1, 2].map((at) => hex.slice(at * size, (at + 1) * size)));
  if (!parts) return null;
  const [red = 0, green = 0, blue = 0] = parts.map(
    (part) => Number.parseInt(part, 16) / (16 ** part.length - 1),
  );
  // Perceived lightness (Rec. 709) of half or more is light.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue >= 0.5 ? "light" : "dark";
}
