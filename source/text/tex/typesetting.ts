import type { Environment } from "./commands/environments.js";
import type { Braces } from "./scan.js";
import type { Level } from "./scripts.js";
import type { TexSymbol } from "./tables/symbols.js";
import type { Writer } from "./writer.js";

/** A part of the source, and where the source continues after it. */
export interface Argument {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/**
 * The operations of commands and symbols while a source is typeset; `TexTypesetter` implements them. All
 * positions are UTF-16 offsets of the source; `to` is the end of the current part, and a returned position is
 * where the source continues.
 */
export interface Typesetter {
  readonly source: string;
  readonly out: Writer;
  readonly braces: Braces;
  /** Open environments, the innermost last. */
  readonly environments: Environment[];
  /** How many scripts enclose the position; spaces do not count there. */
  scripts: number;
  /** Open double quotes. */
  quotes: number;
  /** Whether braces group. */
  readonly hasTex: boolean;
  /** Whether a letter after `_` or `^` is a script even outside formulas. */
  readonly hasScripts: boolean;
  /** Whether the formula is still empty. */
  readonly isAtStart: boolean;
  text(from: number, to: number): void;
  math(from: number, to: number): void;
  /** Writes a formula between its delimiters, without spaces at its ends. */
  formula(from: number, to: number): void;
  /** The formula between dollar signs at `at`; `null` if the dollar is only a character. */
  dollars(at: number, to: number): number | null;
  command(at: number, to: number, isMath: boolean): number;
  argument(at: number, to: number): Argument | null;
  /** The end of the optional argument at `at`, or `at` if there is none. */
  option(at: number, to: number): number;
  script(level: Level, argument: Argument): void;
  scriptAt(at: number, to: number): number;
  symbol(symbol: TexSymbol, end: number, to: number, isMath: boolean): number;
  infix(text: string, kind: TexSymbol["kind"], at: number, to: number, isMath: boolean): number;
  /** The next position of a text, or -1. Never searches the same range twice for it. */
  find(what: string, from: number): number;
}
