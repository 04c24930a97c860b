import { LazyRegExp } from "../../lazy-regexp.js";
import { type Braces, isDigit, isLetter, isSpace, lettersEnd } from "../scan.js";
import { greekNames, symbols } from "../tables/symbols.js";
import type { Argument, Typesetter } from "../typesetting.js";
import { quote } from "./quotes.js";

const special = /[\\${}^_~`&"]|--|''|:\/\//g;
const wordCharacter = new LazyRegExp(() => /[\p{L}\p{N}_]/u);
const letterOrDigit = new LazyRegExp(() => /[\p{L}\p{N}]/u);
/** Characters of a group in a text without other TeX: `{Ki(z)}`, but no `{name}` of a template. */
const looseGroup = /^(?!\d+$)(?!.*\.\.)(?=[^a-z]|[a-z]+[^a-z_])[^\s,:;"'=<>{}|]+$|^\d[\d.]*\s?[A-Za-z%]+$/;
const longestGroup = 200;

/** Writes prose: text outside commands and formulas stays unchanged. */
export function writeProse(setter: Typesetter, from: number, to: number): void {
  const { source, out } = setter;
  let at = from;
  while (at < to) {
    special.lastIndex = at;
    const found = special.exec(source);
    const stop = found && found.index < to ? found.index : to;
    if (stop > at) out.write(source.slice(at, stop));
    if (stop >= to) return;
    at = proseSign(setter, stop, to);
  }
}

function proseSign(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  switch (source.charAt(at)) {
    case "\\":
      return backslash(setter, at, to);
    case "$": {
      const next = setter.dollars(at, to);
      if (next !== null) return next;
      break;
    }
    case "{":
      return group(setter, at, to);
    case "}":
      if (setter.hasTex) return at + 1;
      break;
    case "^":
    case "_": {
      const argument = proseScript(setter, at, to);
      if (!argument) break;
      setter.script(source.charAt(at) === "^" ? "^" : "_", argument);
      return argument.next;
    }
    case "~":
      if (!isTie(setter, at, to)) break;
      out.space();
      return at + 1;
    case "&": {
      const environment = setter.environments.at(-1);
      if (!environment) break;
      out.write(environment.column);
      return at + 1;
    }
    case ":":
      return address(source, at, to, out);
    case "-":
      return dash(setter, at, to);
    default:
      return quote(setter, at, to);
  }
  out.write(source.charAt(at));
  return at + 1;
}

function backslash(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  const before = source.charCodeAt(at - 1);
  const isDrive =
    at >= 2 &&
    before === 58 &&
    isLetter(source.charCodeAt(at - 2)) &&
    !wordCharacter.test(source.charAt(at - 3));
  const isShare =
    source.startsWith("\\\\", at) && isLetter(source.charCodeAt(at + 2)) && (at === 0 || isSpace(before))
      ? source.charAt(lettersEnd(source, at + 2, Math.min(to, at + 40))) === "\\"
      : false;
  if (isDrive || isShare) return verbatim(source, at, to, out);
  if (source.charAt(at + 1) === '"' && at + 1 < to) {
    const end = escapedQuote(source, at, to);
    if (end > 0) {
      out.write(`"${source.slice(at + 2, end)}"`);
      return end + 2;
    }
  }
  return setter.command(at, to, false);
}

/** `\"word\"` is a quotation escaped by a program, and not an accent. Returns its end, or -1. */
function escapedQuote(source: string, at: number, to: number): number {
  if (at > 0 && letterOrDigit.test(source.charAt(at - 1))) return -1;
  const limit = Math.min(to, at + 60);
  for (let end = at + 2; end < limit; end += 1) {
    const code = source.charCodeAt(end);
    if (code === 92) {
      const isEnd = source.charAt(end + 1) === '"' && !letterOrDigit.test(source.charAt(end + 2));
      return isEnd && source.charAt(end + 2) !== "{" ? end : -1;
    }
    if (code === 123) return -1;
  }
  return -1;
}

/** A path or other text that is not TeX, up to the next space. */
function verbatim(source: string, at: number, to: number, out: Typesetter["out"]): number {
  let end = at;
  while (end < to && !isSpace(source.charCodeAt(end))) end += 1;
  out.write(source.slice(at, end));
  return end;
}

/** An address after its `://`: its only TeX is the backslash before `_`, `%`, `#`, `&` and `~`. */
function address(source: string, at: number, to: number, out: Typesetter["out"]): number {
  let from = at;
  let end = at;
  while (end < to) {
    const character = source.charAt(end);
    if (/[\s{}$"<>`]/.test(character)) break;
    if (character === "\\") {
      if (!/[_%#&~]/.test(source.charAt(end + 1))) break;
      out.write(source.slice(from, end));
      from = end + 1;
      end += 1;
    }
    end += 1;
  }
  out.write(source.slice(from, Math.min(end, to)));
  return Math.min(end, to);
}

function group(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  const end = setter.braces.endOf(at);
  const before = at > 0 ? source.charAt(at - 1) : " ";
  if (end < 0 || end >= to) {
    // `we propose {MixFrag, a …`: a group that lost its end.
    const isLost = setter.hasTex || (isSpace(before.charCodeAt(0)) && isLetter(source.charCodeAt(at + 1)));
    if (!isLost) out.write("{");
    return at + 1;
  }
  if (isGroup(setter, at, end, before)) {
    setter.text(at + 1, end);
    return end + 1;
  }
  out.write("{");
  setter.text(at + 1, end);
  out.write("}");
  return end + 1;
}

function isGroup(setter: Typesetter, at: number, end: number, before: string): boolean {
  if (setter.hasTex) return true;
  if (/[{$#%@=]/.test(before)) return false;
  if (end - at > longestGroup) return false;
  const content = setter.source.slice(at + 1, end);
  // "18{,}267": a comma that TeX sets without a space after it.
  if (content === "," && /\d/.test(before) && /\d/.test(setter.source.charAt(end + 1))) return true;
  return /[\\$]/.test(content) ? true : looseGroup.test(content);
}

/**
 * The script at a `^` or `_` outside formulas, or `null` if it is an ordinary character: `D^{-1}`, `10^13`,
 * `L_2` and `x^\mu` are formulas, `snake_case`, `a^b` and `v_1.0` are not.
 */
function proseScript(setter: Typesetter, at: number, to: number): Argument | null {
  const { source, braces } = setter;
  const before = at > 0 ? source.charAt(at - 1) : " ";
  const next = at + 1 < to ? source.charAt(at + 1) : "";
  if (before === "_" || before === "^" || next === "") return null;
  if (next === "{") return grouped(braces, at, to);
  if (next === "\\") {
    const isCommand = isLetter(source.charCodeAt(at + 2)) && /\S/.test(before);
    return isCommand ? setter.argument(at + 1, to) : null;
  }
  if (!letterOrDigit.test(before) && !/[)\]}|$′’'*]/.test(before)) return null;
  const tail = source.slice(at + 1, Math.min(to, at + 10));
  const argument = (size: number, from = at + 1): Argument => ({ from, to: from + size, next: from + size });
  const isAbove = source.charAt(at) === "^";
  const bracket = isAbove ? /^\(([-+]?\d{1,4})\)/.exec(tail) : null;
  if (bracket)
    return { from: at + 2, to: at + 2 + (bracket[1] as string).length, next: at + 1 + bracket[0].length };
  const number = (isAbove ? /^[-+−]?\d{1,5}/ : /^\d{1,4}/).exec(tail)?.[0];
  const word = wordBefore(source, at);
  if (number !== undefined) {
    const rest = tail.slice(number.length);
    if (/^(?:[\d_^@]|[.,]\d|\.[A-Za-z]{2})/.test(rest)) return null;
    if (isAbove) return word === "HEAD" ? null : argument(number.length);
    if (/^[A-Za-z]/.test(rest) && !/^[A-Z](?![a-z0-9])/.test(rest)) return null;
    return isIndexed(word, before, number, setter.hasTex) ? argument(number.length) : null;
  }
  if (isAbove && next === "*" && word?.length === 1 && !/^\*[*\w]/.test(tail)) return argument(1);
  const isLetterScript = /^[A-Za-z](?![\w@])/.test(tail);
  const isBase = (word !== null && /^(?:[A-Za-z]|[A-Z]{2})$/.test(word)) || /[)\]}|]/.test(before);
  return (setter.hasScripts || before === "}") && isLetterScript && isBase ? argument(1) : null;
}

function grouped(braces: Braces, at: number, to: number): Argument | null {
  const end = braces.endOf(at + 1);
  return end < 0 || end >= to ? null : { from: at + 2, to: end, next: end + 1 };
}

/**
 * Whether a number after `_` is an index: the base is a letter, a Greek letter's name, a bracket, or two
 * letters as in chemical formulas (`CO_2`, `He_3`). Two lower-case letters and a number name a program or a
 * device (`sm_120`, `fp_16`), unless the text has TeX and the number one digit.
 */
function isIndexed(word: string | null, before: string, number: string, hasTex: boolean): boolean {
  if (word === null) return false;
  if (word === "") return /[)\]}|$′α-ω]/.test(before);
  if (word.length === 1 || greekNames.has(word)) return true;
  if (word.length > 2) return false;
  return /^[A-Z]/.test(word) ? number.length <= 2 : hasTex && number.length === 1;
}

/** The letters before a position; `null` if they belong to something longer: a name, a path, an address. */
function wordBefore(source: string, at: number): string | null {
  let from = at;
  const limit = Math.max(0, at - 12);
  while (from > limit && isLetter(source.charCodeAt(from - 1))) from -= 1;
  // After a command's name the rules for its character apply.
  if (source.charAt(from - 1) === "\\") return symbols.has(source.slice(from, at)) ? "x" : null;
  if (from > 0 && /[\w./@#]/.test(source.charAt(from - 1))) return null;
  return source.slice(from, at);
}

/** Whether a tilde is a tie, a non-breaking space: `Table~3`. `~5` and `~/.bashrc` are not. */
function isTie({ source, hasTex }: Typesetter, at: number, to: number): boolean {
  if (at === 0 || at + 1 >= to) return false;
  const before = source.charAt(at - 1);
  const next = source.charAt(at + 1);
  if (!/[\p{L}\p{N}\\$({["'“`]/u.test(next)) return false;
  // P(x)~Q(x) is not a tie if the text has no other TeX.
  if (/[)\]]/.test(before) && !hasTex) return false;
  if (/[.,;:)\]}$%!?'"’]/.test(before)) return !/\d/.test(next) || hasTex || before === ".";
  if (!letterOrDigit.test(before)) return false;
  if (isDigit(before.charCodeAt(0))) return hasTex && !isDigit(next.charCodeAt(0));
  const word = wordBefore(source, at);
  return word !== "HEAD" && word !== null && (hasTex || word.length !== 1);
}

/** `--` and `---` between words are dashes; `--flag`, `-->`, `<!--` and rules of hyphens stay. */
function dash(setter: Typesetter, at: number, to: number): number {
  const { source, out } = setter;
  let end = at;
  while (end < to && source.charAt(end) === "-") end += 1;
  const before = at > 0 ? source.charAt(at - 1) : " ";
  const next = end < to ? source.charAt(end) : " ";
  const isRule = end - at > 3 || /[>|+]/.test(next) || /[<!|+]/.test(before);
  const isCell =
    source.slice(Math.max(0, at - 2), at).includes("|") || source.slice(end, end + 2).includes("|");
  const isOperator = /[;,:.)\]}=<>*&!?]/.test(next);
  const isFlag = isSpace(before.charCodeAt(0)) && !isSpace(next.charCodeAt(0));
  const isAlone = at === 0 || /[("'`[=]/.test(before);
  if (isRule || isFlag || isAlone || isCell || isOperator) out.write(source.slice(at, end));
  else out.write(end - at === 3 ? "—" : "–");
  return end;
}
