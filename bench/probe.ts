import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { type IPty, spawn } from "@lydell/node-pty";

/** What is started: a program, the size of its terminal, and its environment as a whole. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly environment: Record<string, string>;
}

/** A piece of output, and when it came: ms on the clock of `performance.now()`. */
export interface Piece {
  readonly at: number;
  readonly data: Uint8Array;
}

/** What a program wrote because of something: the time from that to the last byte, and how much. */
export interface Response {
  readonly ms: number;
  readonly bytes: number;
}

/** A person takes a screen that has not changed for so long as finished. */
export const silence = 60;

/** How long to wait for a first byte before it is said that there is none; all in ms. */
const usualPatience = 1000;

/** A timer that lost its race must not keep this process up. */
const unheld = { ref: false };

/**
 * A program in a pty with a clock at its mouth. Output is only stamped and kept: whatever is made of it
 * (emulation, search) happens afterwards, outside the time that is measured.
 */
export class Probe {
  readonly pieces: Piece[] = [];
  readonly startedAt: number;
  readonly pid: number;
  readonly #pty: IPty;
  readonly #ended: Promise<void>;
  #hasEnded = false;

  constructor({ command, args, columns, rows, environment }: Start) {
    this.startedAt = performance.now();
    // Without an encoding node-pty hands over the bytes as they come, which its types do not know.
    this.#pty = spawn(command, [...args], { cols: columns, rows, env: environment, encoding: null });
    this.#pty.onData((data) => {
      this.pieces.push({ at: performance.now(), data: data as unknown as Uint8Array });
    });
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(() => {
        this.#hasEnded = true;
        resolve();
      });
    });
    this.pid = this.#pty.pid;
  }

  write(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
  }

  /**
   * Does `act` and measures what it brings: the last byte is the one before a silence. A response of no
   * bytes (a key that changes nothing) is 0 ms and 0 bytes.
   */
  async response(act: () => void): Promise<Response> {
    const before = this.pieces.length;
    const actedAt = performance.now();
    act();
    await this.quiet();
    const pieces = this.pieces.slice(before);
    const bytes = pieces.reduce((sum, { data }) => sum + data.length, 0);
    return { ms: (pieces.at(-1)?.at ?? actedAt) - actedAt, bytes };
  }

  /** Does `act` and measures the time to the first byte after it, of whatever it is; a second at most. */
  async firstByte(act: () => void): Promise<number> {
    const before = this.pieces.length;
    const actedAt = performance.now();
    act();
    while (this.pieces.length === before && performance.now() - actedAt < usualPatience) await sleep(1);
    return (this.pieces[before]?.at ?? performance.now()) - actedAt;
  }

  /**
   * Resolves when something has come and then nothing for `ms`, or when nothing came at all for a
   * second (or `patience` ms), or when the program has ended.
   */
  async quiet(ms = silence, patience = usualPatience): Promise<void> {
    const before = this.pieces.length;
    const calledAt = performance.now();
    while (!this.#hasEnded) {
      const last = this.pieces.length > before ? this.pieces.at(-1) : undefined;
      const until = last ? last.at + ms : calledAt + patience;
      const left = until - performance.now();
      if (left <= 0) {
        // Where this process was held up, output may be waiting to be read: look before it is called silence.
        const seen = this.pieces.length;
        await setImmediate();
        if (this.pieces.length === seen) return;
      } else {
        // Never past the earliest end of a silence that begins now.
        await Promise.race([this.#ended, sleep(Math.min(left, ms), undefined, unheld)]);
      }
    }
  }

  /** Resolves when the program ends; rejects if it has not after `ms`. */
  async ended(ms = 5000): Promise<void> {
    await Promise.race([this.#ended, sleep(ms, undefined, unheld)]);
    if (!this.#hasEnded) throw new Error(`the program did not end within ${ms} ms`);
  }

  /** Ends the program, whatever it is doing. */
  async kill(): Promise<void> {
    if (!this.#hasEnded) this.#pty.kill("SIGKILL");
    await this.#ended;
  }
}
