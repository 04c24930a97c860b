import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { type IPty, spawn } from "@lydell/node-pty";

/** A program, the size of its terminal, and its complete environment. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly columns: number;
  readonly rows: number;
  readonly environment: Record<string, string>;
}

/** A piece of output, and its time: ms on the clock of `performance.now()`. */
export interface Piece {
  readonly at: number;
  readonly data: Uint8Array;
}

/** A program's response: the time to its last byte, and its size. */
export interface Response {
  readonly ms: number;
  readonly bytes: number;
}

/** A screen that has not changed for this long looks finished to a person. */
export const silence = 60;

/** How long to wait for the first byte before the response counts as empty; all in ms. */
const usualPatience = 1000;

/** A timer that lost its race must not keep this process alive. */
const unreferenced = { ref: false };

/**
 * A program in a pty whose output is time-stamped. The output is only stored; emulation and search happen
 * later, outside the measured time.
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
    // Without an encoding node-pty returns bytes, which its types do not say.
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
   * Calls `act` and measures the response: its last byte is the one before a silence. A key that changes
   * nothing gives 0 ms and 0 bytes.
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

  /** Calls `act` and measures the time to the first byte after it; a second at most. */
  async firstByte(act: () => void): Promise<number> {
    const before = this.pieces.length;
    const actedAt = performance.now();
    act();
    while (this.pieces.length === before && performance.now() - actedAt < usualPatience) await sleep(1);
    return (this.pieces[before]?.at ?? performance.now()) - actedAt;
  }

  /**
   * Resolves after output followed by `ms` of silence, or after a second (or `patience` ms) without output, or
   * when the program has ended.
   */
  async quiet(ms = silence, patience = usualPatience): Promise<void> {
    const before = this.pieces.length;
    const calledAt = performance.now();
    while (!this.#hasEnded) {
      const last = this.pieces.length > before ? this.pieces.at(-1) : undefined;
      const until = last ? last.at + ms : calledAt + patience;
      const left = until - performance.now();
      if (left <= 0) {
        // If this process was delayed, output may be waiting: read it before calling it silence.
        const seen = this.pieces.length;
        await setImmediate();
        if (this.pieces.length === seen) return;
      } else {
        // Never later than the earliest possible end of a silence that begins now.
        await Promise.race([this.#ended, sleep(Math.min(left, ms), undefined, unreferenced)]);
      }
    }
  }

  /** Resolves when the program ends; rejects after `ms`. */
  async ended(ms = 5000): Promise<void> {
    await Promise.race([this.#ended, sleep(ms, undefined, unreferenced)]);
    if (!this.#hasEnded) throw new Error(`the program did not end within ${ms} ms`);
  }

  async kill(): Promise<void> {
    if (!this.#hasEnded) this.#pty.kill("SIGKILL");
    await this.#ended;
  }
}
