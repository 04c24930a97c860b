import type { TexStyle } from "../rendered.js";
import { skipSpaces } from "../scan.js";
import type { Argument, Typesetter } from "../typesetting.js";

/** What a command does. `at` is behind its name, `to` where the part of the source ends; returns where it goes on. */
export type Write = (setter: Typesetter, at: number, to: number, isMath: boolean) => number;

export interface Command {
  /** How many arguments it takes, optional ones not counted. */
  readonly takes: number;
  readonly write: Write;
}

/** Commands by their names, which are given with spaces between them. */
export class CommandTable {
  readonly commands = new Map<string, Command>();

  define(names: string, takes: number, write: Write): void {
    for (const name of names.split(/\s+/)) this.commands.set(name, { takes, write });
  }

  /** A command whose argument is set in prose or in a formula, wherever the command stands. */
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

  /** A switch: what it does holds up to the end of the group. */
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

  /** A command whose last argument is shown, and those before it are not. */
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

  /** A command that puts two signs round its argument. */
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

/** Reads arguments and hands them over; where one is missing, the command shows nothing. */
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
