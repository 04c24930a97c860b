import type { Environment } from "./commands/environments.js";
import type { Braces } from "./scan.js";
import type { Level } from "./scripts.js";
import type { TexSymbol } from "./tables/symbols.js";
import type { Writer } from "./writer.js";

/** Part of the source, and where the source goes on behind it. */
export interface Argument {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/**
 * What commands and signs may do while a source is typeset; `TexTypesetter` does it. All positions are UTF-16
 * offsets of the source, `to` is where the part at hand ends, and what returns a position returns where the
 * source goes on.
 */
export interface Typesetter {
  readonly source: string;
  readonly out: Writer;
  readonly braces: Braces;
  /** Environments that are open, the innermost last. */
  readonly environments: Environment[];
  /** How many scripts the position is in; spaces do not count there. */
  scripts: number;
  /** Opening double quotes that have not been closed. */
  quotes: number;
  /** Whether braces group. */
  readonly hasTex: boolean;
  /** Whether a letter after `_` or `^` is a script also outside of formulas. */
  readonly hasScripts: boolean;
  /** Whether nothing of the formula has been written yet. */
  readonly isAtStart: boolean;
  text(from: number, to: number): void;
  math(from: number, to: number): void;
  /** A formula between its delimiters; spaces at its ends do not count. */
  formula(from: number, to: number): void;
  /** A formula between dollar signs at `at`; `null` where the sign is only a sign. */
  dollars(at: number, to: number): number | null;
  command(at: number, to: number, isMath: boolean): number;
  argument(at: number, to: number): Argument | null;
  /** The end of the optional argument at `at`, where there is one; else `at`. */
  option(at: number, to: number): number;
  script(level: Level, argument: Argument): void;
  scriptAt(at: number, to: number): number;
  symbol(symbol: TexSymbol, end: number, to: number, isMath: boolean): number;
  infix(text: string, kind: TexSymbol["kind"], at: number, to: number, isMath: boolean): number;
  /** Where a text next occurs; -1: nowhere. No stretch is searched for the same text twice. */
  find(what: string, from: number): number;
}
