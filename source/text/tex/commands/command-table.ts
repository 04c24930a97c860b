import type { TexStyle } from "../rendered.js";
import { skipSpaces } from "../scan.js";
import type { Argument, Typesetter } from "../typesetting.js";

/**
 * What a command does. `at` is the position after its name, `to` the end of this part of the source. Returns
 * where the source continues.
 */
export type Write = (setter: Typesetter, at: number, to: number, isMath: boolean) => number;

export interface Command {
  /** How many arguments it takes, without optional ones. */
  readonly takes: number;
  readonly write: Write;
}

/** Commands by name, from names separated by spaces. */
export class CommandTable {
  readonly commands = new Map<string, Command>();

  define(names: string, takes: number, write: Write): void {
    for (const name of names.split(/\s+/)) this.commands.set(name, { takes, write });
  }

  /** A command whose argument is set as prose or as a formula, wherever the command is. */
  over(names: string, mode: "text" | "math" | "same", style: TexStyle["style"] | null): void {
    this.define(names, 1, (setter, at, to, isMath) => {
      const argument = setter.argument(at, to);
      if (!argument) return at;
      const { mark } = setter.out;
      if (mode === "math" || (mode === "same" && isMath)) setter.math(argument.from, argument.to);
      else setter.text(argument.from, argument.to);
      if (style) setter.out.style(mark, style);
      return argument.next;
    });
  }

  /** A switch: its effect lasts to the end of the group. */
  switches(names: string, style: TexStyle["style"]): void {
    this.define(names, 0, (setter, at, to, isMath) => {
      const { mark } = setter.out;
      const from = skipSpaces(setter.source, at, to);
      if (isMath) setter.math(from, to);
      else setter.text(from, to);
      setter.out.style(mark, style);
      return to;
    });
  }

  /** A command that takes arguments and shows nothing. */
  silent(names: string, takes: number): void {
    this.define(names, takes, (setter, at, to) => {
      let next = at;
      for (let count = 0; count < takes; count += 1) {
        next = setter.option(next, to);
        const argument = setter.argument(next, to);
        if (!argument) return next;
        next = argument.next;
      }
      return /^\s?$/.test(setter.out.last) ? skipSpaces(setter.source, next, to) : next;
    });
  }

  /** A command that shows only its last argument. */
  last(names: string, takes: number): void {
    this.define(names, takes, (setter, at, to, isMath) => {
      let next = at;
      for (let count = 1; count <= takes; count += 1) {
        next = setter.option(next, to);
        const argument = setter.argument(next, to);
        if (!argument) return next;
        next = argument.next;
        if (count < takes) continue;
        if (isMath) setter.math(argument.from, argument.to);
        else setter.text(argument.from, argument.to);
      }
      return next;
    });
  }

  /** A command that puts two characters round its argument. */
  around(names: string, open: string, close: string): void {
    this.define(
      names,
      1,
      withArguments(1, (setter, [inner]) => {
        setter.out.write(open);
        if (inner) setter.math(inner.from, inner.to);
        setter.out.write(close);
      }),
    );
  }
}

/** Reads arguments and passes them on; if one is missing, the command shows nothing. */
export function withArguments(
  takes: number,
  write: (setter: Typesetter, found: Argument[], isMath: boolean, to: number) => void,
): Write {
  return (setter, at, to, isMath) => {
    const found: Argument[] = [];
    let next = at;
    for (let count = 0; count < takes; count += 1) {
      const argument = setter.argument(next, to);
      if (!argument) break;
      found.push(argument);
      next = argument.next;
    }
    if (found.length === takes) write(setter, found, isMath, to);
    else for (const { from, to: end } of found) setter.math(from, end);
    return next;
  };
}
