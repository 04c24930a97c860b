import { LazyRegExp } from "../../lazy-regexp.js";
import { isDigit, isLetter, isSpace, skipSpaces } from "../scan.js";
import { accented, textAccents } from "../tables/accents.js";
import type { Typesetter } from "../typesetting.js";

/** The letters that an accent takes without braces, as in `\\c c`. */
const bareAccents: Readonly<Record<string, string>> = {
  c: "cCsStTeEgGkKlLnNrR",
  v: "cCsSzZrRnNeEdDtTlLgG\\",
  H: "oOuU",
  k: "aAeEiIoOuU",
  u: "aAgGiIoOuUeE\\",
  r: "AU",
};
const spaceCommands = ",;:> ";
const literalCommands = /[%&_#${}]/;
const wordEnd = new LazyRegExp(() => /[\p{L}\p{N})\]}]/u);
const letterOrDigit = new LazyRegExp(() => /[\p{L}\p{N}]/u);

/**
 * A command of one character: an escaped one, a space, an accent, a bracket. `at` is its position; returns
 * where the source continues.
 */
export function signCommand(setter: Typesetter, at: number, to: number, isMath: boolean): number {
  const { source, out } = setter;
  const sign = source.charAt(at);
  if (literalCommands.test(sign)) {
    out.write(sign);
    return at + 1;
  }
  if (spaceCommands.includes(sign)) {
    thinSpace(setter, at + 1, to);
    return at + 1;
  }
  if (sign === "\\") return lineEnd(setter, at + 1, to);
  if (sign === "(" || sign === "[") return bracketed(setter, at, to, isMath);
  if ("!/-@])".includes(sign)) return at + 1;
  if (sign === "|") {
    out.write(isMath ? "‖" : "|");
    return at + 1;
  }
  const accent = textAccents[sign];
  if (accent !== undefined) {
    const next = accentAt(setter, accent, at + 1, to);
    if (next !== null) return next;
    out.write(sign);
    return source.startsWith("{}", at + 1) ? at + 3 : at + 1;
  }
  if (isMath || isDigit(sign.charCodeAt(0))) return at;
  out.write(`\\${sign}`);
  return at + 1;
}

/** A thin space; in scripts only between a number and its unit. */
function thinSpace(setter: Typesetter, at: number, to: number): void {
  const isSeen =
    setter.scripts === 0 ||
    (wordEnd.test(setter.out.last) && at < to && isLetter(setter.source.charCodeAt(at)));
  if (isSeen) setter.out.space();
}

function lineEnd(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  let next = source.charAt(at) === "*" && at < to ? at + 1 : at;
  next = skipSpaces(source, setter.option(next, to), to);
  const row = setter.environments.at(-1)?.row ?? " ";
  if (next < to && row !== " " && !/[,;.:]/.test(out.last)) out.write(row);
  else out.space();
  return next;
}

/** `\( … \)` and `\[ … \]`. */
function bracketed(setter: Typesetter, at: number, to: number, isMath: boolean): number {
  const sign = setter.source.charAt(at);
  if (isMath) {
    setter.out.write(sign);
    return at + 1;
  }
  const end = setter.find(sign === "(" ? "\\)" : "\\]", at + 1);
  if (end < 0 || end >= to) {
    setter.out.write(sign);
    return at + 1;
  }
  if (sign === "[") setter.out.space();
  setter.formula(at + 1, end);
  if (sign === "[" && end + 2 < to && letterOrDigit.test(setter.source.charAt(end + 2))) setter.out.space();
  return end + 2;
}

/** `\c{c}`, `\v s`; `null` if no letter follows. */
export function textAccent(
  setter: Typesetter,
  name: string,
  end: number,
  to: number,
  isMath: boolean,
): number | null {
  if (name.length !== 1) return null;
  const accent = textAccents[name];
  if (accent === undefined) return null;
  const next = setter.source.charAt(end);
  if (isMath && next !== "{") return null;
  if (next !== "{") {
    // In a text on regular expressions, `\b and \d or` are not accents.
    const letters = bareAccents[name];
    if (!isSpace(setter.source.charCodeAt(end)) || !letters?.includes(setter.source.charAt(end + 1)))
      return null;
  }
  return accentAt(setter, accent, end, to);
}

function accentAt(setter: Typesetter, accent: string, at: number, to: number): number | null {
  const { source, out } = setter;
  const argument = setter.argument(at, to);
  if (!argument || argument.to === argument.from) return null;
  const code = source.charCodeAt(argument.from);
  const isBare = argument.next === argument.to;
  if (
    isBare &&
    !(code === 92
      ? /^\\[ij](?![A-Za-z])/.test(source.slice(argument.from, argument.from + 3))
      : letterOrDigit.test(source.charAt(argument.from)))
  )
    return null;
  const mark = out.mark;
  setter.text(argument.from, argument.to);
  accentSince(setter, mark, accent);
  // A space ends the name of a dotless letter: `\'\i n`.
  return isBare && code === 92 && /\s[A-Za-z]/.test(source.slice(argument.next, argument.next + 2))
    ? argument.next + 1
    : argument.next;
}

/** Puts an accent on the text written since a mark. */
function accentSince(setter: Typesetter, mark: number, accent: string): void {
  const text = setter.out.since(mark);
  if (text === null) return;
  setter.out.takeBack(mark);
  setter.out.attach(accented(text, accent));
}
