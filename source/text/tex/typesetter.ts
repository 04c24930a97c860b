import { LazyRegExp } from "../lazy-regexp.js";
import { commands } from "./commands/commands.js";
import type { Environment } from "./commands/environments.js";
import { signCommand, textAccent } from "./commands/signs.js";
import { formulaAt } from "./detect/dollars.js";
import { writeProse } from "./detect/prose.js";
import { Braces, isDigit, isSpace, lettersEnd, optionEnd, skipSpaces } from "./scan.js";
import { type Level, script } from "./scripts.js";
import { mathAccents } from "./tables/accents.js";
import { greekNames, symbols, type TexSymbol } from "./tables/symbols.js";
import type { Argument, Typesetter } from "./typesetting.js";
import { Writer } from "./writer.js";

/** The deepest nesting of groups and arguments; deeper ones are written as they are. */
const deepest = 32;
/** The most commands before the letter of an argument without braces: `\hat\mathbf x`. */
const longestChain = 8;

const mathSpecial = /[\\{}^_~&$'\s]/g;
const flatSpecial = /[\\{}]/g;
const primes = ["", "′", "″", "‴", "⁗"];
const endsOperand = new LazyRegExp(() => /[\p{L}\p{N})\]}⟩⌉⌋|‖′″°%!]/u);
const opens = /[([{⟨⌈⌊,;:=<>≤≥∼≈±×·/+\-→∈]/;
const idleBefore = /^\\(?:\\|right(?![a-z])|colon|rbrace|rceil|rfloor|rangle|rVert|rvert)/;
const closes = /^(?:[)\],;}$]|\.(?!\d))/;
const proseWord = /^[a-z]{2}/;
const relation = /[=<>+\-≤≥≈∼]/;
const wordEnd = new LazyRegExp(() => /[\p{L}\p{N})\]}⁾₎*′]/u);
const letterOrDigit = new LazyRegExp(() => /[\p{L}\p{N}]/u);

/** Scans a source once and writes readable text. Every position is a UTF-16 offset of the source. */
export class TexTypesetter implements Typesetter {
  readonly out = new Writer();
  readonly braces: Braces;
  readonly environments: Environment[] = [];
  /** How many scripts enclose the position; spaces do not count there. */
  scripts = 0;
  /** Open double quotes. */
  quotes = 0;
  private depth = 0;
  private formulaMark = 0;

  /** `hasTex`: braces group. `hasScripts`: a letter after `_` or `^` is a script even outside formulas. */
  constructor(
    readonly source: string,
    readonly hasTex: boolean,
    readonly hasScripts: boolean,
  ) {
    this.braces = new Braces(source);
  }

  /** Writes prose with commands and formulas. */
  text(from: number, to: number): void {
    if (this.depth >= deepest) {
      this.flat(from, to);
      return;
    }
    this.depth += 1;
    writeProse(this, from, to);
    this.depth -= 1;
  }

  /** Writes a formula between its delimiters, without spaces at its ends. */
  formula(from: number, to: number): void {
    const outer = this.formulaMark;
    this.formulaMark = this.out.mark;
    this.math(from, to);
    this.formulaMark = outer;
  }

  /** Whether the formula is still empty. */
  get isAtStart(): boolean {
    return this.out.mark === this.formulaMark;
  }

  /** Writes the content of a formula. */
  math(from: number, to: number): void {
    if (this.depth >= deepest) {
      this.flat(from, to);
      return;
    }
    this.depth += 1;
    const { source, out } = this;
    let at = skipSpaces(source, from, to);
    while (at < to) {
      mathSpecial.lastIndex = at;
      const found = mathSpecial.exec(source);
      const stop = found && found.index < to ? found.index : to;
      if (stop > at) out.write(source.slice(at, stop));
      if (stop >= to) break;
      at = this.mathSign(stop, to);
    }
    this.depth -= 1;
  }

  private mathSign(at: number, to: number): number {
    const { source, out } = this;
    switch (source.charAt(at)) {
      case "\\":
        return this.command(at, to, true);
      case "{": {
        const end = this.braces.endOf(at);
        if (end < 0 || end >= to) return at + 1;
        this.math(at + 1, end);
        return end + 1;
      }
      case "^":
      case "_":
        return this.scriptAt(at, to);
      case "'": {
        let count = 1;
        while (count < 4 && at + count < to && source.charAt(at + count) === "'") count += 1;
        out.attach(primes[count] as string);
        return at + count;
      }
      case "~":
        out.space();
        return at + 1;
      case "&":
        return this.column(at, to);
      case "}":
      case "$":
        return at + 1;
      default: {
        // Other kinds of space count as one character here, too.
        const next = skipSpaces(source, at + 1, to);
        const isIdle = next >= to || this.isIdleBefore(next);
        if (!isIdle) out.space();
        return next;
      }
    }
  }

  /** Whether a space before this position is dropped: before scripts, closing brackets and the end of a cell. */
  private isIdleBefore(at: number): boolean {
    const { source } = this;
    const character = source.charAt(at);
    if (character === "&") return (this.environments.at(-1)?.column ?? "") !== "";
    if (character === "\\") return idleBefore.test(source.slice(at, at + 8));
    return character === "^" || character === "_" || character === "'";
  }

  private column(at: number, to: number): number {
    const environment = this.environments.at(-1);
    if (!environment) this.out.write("&");
    else if (environment.column.startsWith(",") && /[,;]/.test(this.out.last)) this.out.space();
    else this.out.write(environment.column);
    return environment && environment.column !== "" ? skipSpaces(this.source, at + 1, to) : at + 1;
  }

  /** Writes the letters of text that is nested too deeply. */
  private flat(from: number, to: number): void {
    let at = from;
    while (at < to) {
      flatSpecial.lastIndex = at;
      const found = flatSpecial.exec(this.source);
      const stop = found && found.index < to ? found.index : to;
      if (stop > at) this.out.write(this.source.slice(at, stop));
      at = stop + 1;
    }
  }

  /** Writes the script whose `^` or `_` is at `at`; returns where the source continues. */
  scriptAt(at: number, to: number): number {
    const level = this.source.charAt(at) as Level;
    const argument = this.signedNumber(at + 1, to) ?? this.argument(at + 1, to);
    if (!argument) {
      this.out.write(level);
      return at + 1;
    }
    this.script(level, argument);
    return argument.next;
  }

  /** `^-1`, a common form without the braces that TeX needs. */
  private signedNumber(from: number, to: number): Argument | null {
    const { source } = this;
    if (source.charAt(from) !== "-") return null;
    let end = from + 1;
    while (end < to && isDigit(source.charCodeAt(end))) end += 1;
    return end > from + 1 ? { from, to: end, next: end } : null;
  }

  script(level: Level, { from, to }: Argument): void {
    const { out } = this;
    const owed = out.suspend();
    const place = out.reserve();
    this.scripts += 1;
    this.math(from, to);
    this.scripts -= 1;
    const text = out.since(place);
    if (text === null) {
      out.fill(place, `${level}(`);
      out.attach(")");
    } else {
      out.takeBack(place);
      const written = script(text, level);
      out.attach(written);
      out.resume(owed);
      // k_B T: without a space, T would join the script.
      if (written.startsWith(level) && !written.endsWith(")")) out.oweSpace("stroke");
      return;
    }
    out.resume(owed);
  }

  /** The argument at `at`: a group, a command with its own arguments, or one character; `null` at the end. */
  argument(at: number, to: number): Argument | null {
    const { source } = this;
    const from = skipSpaces(source, at, to);
    if (from >= to) return null;
    const code = source.charCodeAt(from);
    if (code === 123) {
      const end = this.braces.endOf(from);
      return end < 0 || end >= to ? null : { from: from + 1, to: end, next: end + 1 };
    }
    if (code === 125 || code === 36) return null;
    if (code === 92) {
      const end = this.chainEnd(from, to);
      return { from, to: end, next: end };
    }
    const size = code >= 0xd800 && code < 0xdc00 ? 2 : 1;
    const end = Math.min(to, from + size);
    return { from, to: end, next: end };
  }

  /** The end of a command used as an argument, including its own arguments. */
  private chainEnd(from: number, to: number): number {
    const { source } = this;
    let at = from;
    let wanted = 1;
    for (let link = 0; link < longestChain && wanted > 0 && at < to; link += 1) {
      const code = source.charCodeAt(at);
      wanted -= 1;
      if (code === 92) {
        const end = lettersEnd(source, at + 1, to);
        const name = source.slice(at + 1, Math.min(end, at + 24));
        at = Math.min(to, end > at + 1 ? end : at + 2);
        const takes = mathAccents.has(name) ? 1 : (commands.get(name)?.takes ?? 0);
        wanted += takes;
        if (takes > 0) at = skipSpaces(source, at, to);
      } else if (code === 123) {
        const end = this.braces.endOf(at);
        if (end < 0 || end >= to) break;
        at = end + 1;
      } else if (code === 125 || code === 36) break;
      else at += 1;
    }
    return at;
  }

  /** The end of the optional argument at `at`, or `at` if there is none. */
  option(at: number, to: number): number {
    if (at >= to || this.source.charAt(at) !== "[") return at;
    const end = optionEnd(this.source, this.braces, at, to);
    return end < 0 ? at : end + 1;
  }

  /** Writes the command whose backslash is at `at`; returns where the source continues. */
  command(at: number, to: number, isMath: boolean): number {
    const { source, out } = this;
    const from = at + 1;
    if (from >= to) {
      if (!isMath) out.write("\\");
      return from;
    }
    const end = lettersEnd(source, from, to);
    if (end === from) return signCommand(this, from, to, isMath);
    const name = source.slice(from, Math.min(end, from + 40));

    if (!isMath || name.length === 1) {
      const next = textAccent(this, name, end, to, isMath);
      if (next !== null) return next;
    }
    const known = commands.get(name);
    if (known) {
      const after = source.charAt(end) === "*" && end < to ? end + 1 : end;
      return known.write(this, known.takes > 0 ? after : end, to, isMath);
    }
    const symbol = symbols.get(name);
    if (symbol) return this.symbol(this.inPlace(name, symbol), end, to, isMath);
    return this.unknown(name, from, end, to, isMath);
  }

  /** Names with different meanings in different papers. */
  private inPlace(name: string, symbol: TexSymbol): TexSymbol {
    if (name === "deg" && /[\d}]/.test(this.out.last)) return { text: "°", kind: "sign" };
    if (name === "P" && this.out.mark > this.formulaMark) return symbol;
    if (name === "la" && this.hasAngles) return { text: "⟨", kind: "letter" };
    if (name === "ra" && this.hasAngles) return { text: "⟩", kind: "sign" };
    return symbol;
  }

  private angles: boolean | null = null;
  /** `\la` and `\ra` are angle brackets if both occur, else the comparisons of astronomers. */
  private get hasAngles(): boolean {
    this.angles ??= /\\ra(?![A-Za-z])/.test(this.source) && /\\la(?![A-Za-z])/.test(this.source);
    return this.angles;
  }

  private readonly found = new Map<string, { readonly from: number; readonly at: number }>();
  /** The next position of a text, or -1. Never searches the same range twice for it. */
  find(what: string, from: number): number {
    const known = this.found.get(what);
    if (known && from >= known.from && (known.at < 0 || known.at >= from)) return known.at;
    const at = this.source.indexOf(what, from);
    this.found.set(what, { from, at });
    return at;
  }

  /** Writes a symbol with its spacing. `at` is the position after its name. */
  symbol({ text, kind }: TexSymbol, end: number, to: number, isMath: boolean): number {
    const { source, out } = this;
    const at = source.startsWith("{}", end) && end + 2 <= to ? end + 2 : end;
    if (kind === "infix" || kind === "comparison") return this.infix(text, kind, at, to, isMath);
    if (kind === "name" && wordEnd.test(out.last) && (isMath || out.mark > 0) && out.mark > this.formulaMark)
      out.space();
    out.write(text);
    if (!isMath) {
      const isSwallowed = kind === "letter" && at === end && isSpace(source.charCodeAt(at)) && at + 1 < to;
      return isSwallowed ? at + 1 : at;
    }
    const next = skipSpaces(source, at, to);
    if (kind === "name" || kind === "big") out.oweSpace("name");
    else if (next > at && this.scripts === 0 && this.isRelation(next, to)) out.space();
    return next;
  }

  /** Whether an infix comes next, so that the space before it counts. */
  private isRelation(at: number, to: number): boolean {
    if (at >= to) return false;
    const { source } = this;
    if (source.charAt(at) !== "\\") return relation.test(source.charAt(at));
    const name = source.slice(at + 1, lettersEnd(source, at + 1, Math.min(to, at + 24)));
    const kind = symbols.get(name)?.kind;
    return kind === "infix" || kind === "comparison";
  }

  /** Writes an infix: with spaces on both sides or on none, as in the source. */
  infix(text: string, kind: TexSymbol["kind"], at: number, to: number, isMath: boolean): number {
    const { source, out } = this;
    const next = skipSpaces(source, at, to);
    if (this.scripts > 0) {
      out.write(text);
      return next;
    }
    const { last } = out;
    const isFirst = isMath && out.mark === this.formulaMark;
    const isPrefix = last === "" || opens.test(last) || (kind === "comparison" && isFirst);
    const isSpaced = last === " " || next > at;
    if (isPrefix || !isSpaced) {
      out.write(text);
      return isMath ? next : at;
    }
    // "2× faster": prose follows, and the symbol belongs to the number.
    const isSuffix = !isMath && last !== " " && proseWord.test(source.slice(next, Math.min(to, next + 4)));
    if (last !== " " && !isSuffix && (isMath || endsOperand.test(last))) out.space();
    out.write(text);
    const follows = next < to && !closes.test(source.slice(next, Math.min(to, next + 2)));
    if (follows && (isMath || (next === at && kind === "infix" && last === " "))) out.space();
    return isMath ? next : at;
  }

  /** An unknown command: its arguments in prose, `name(argument)` in a formula, else its name. */
  private unknown(name: string, from: number, end: number, to: number, isMath: boolean): number {
    const { source, out } = this;
    // `\acrshort[x]{desi}`: the optional argument is only a setting.
    const after = isMath ? end : this.option(end, to);
    const start = source.charAt(after) === "{" && after < to ? after : end;
    const hasGroup = source.charAt(start) === "{" && start < to;
    if (name.length === 1 && !isMath && !hasGroup) {
      out.write(`\\${name}`);
      return end;
    }
    const split = greekPrefix(name);
    if (split > 0) {
      out.write(symbols.get(name.slice(0, split))?.text ?? "");
      return from + split;
    }
    if (isMath && name.length > 1 && wordEnd.test(out.last) && out.mark > this.formulaMark) out.space();
    const whole = source.slice(from, end);
    let argument = hasGroup ? this.argument(start, to) : null;
    if (!argument) {
      out.write(whole);
      if (isMath && name.length > 1) out.oweSpace("name");
      return isMath ? skipSpaces(source, end, to) : end;
    }
    const isEmpty = argument.to === argument.from;
    // In prose a macro styles its argument; in a formula it is mostly a function.
    const isTransparent = (!isMath && !isEmpty) || name.length === 1;
    let next = argument.next;
    if (!isTransparent) out.write(isEmpty ? whole : `${whole}(`);
    while (argument) {
      if (isMath) this.math(argument.from, argument.to);
      else this.text(argument.from, argument.to);
      next = argument.next;
      argument = source.charAt(next) === "{" && next < to ? this.argument(next, to) : null;
      if (argument) out.write(isTransparent ? " " : ", ");
    }
    if (!isTransparent && !isEmpty) out.write(")");
    return next;
  }

  /** The formula between dollar signs at `at`; `null` if the dollar is only a character. */
  dollars(at: number, to: number): number | null {
    const formula = formulaAt(this.source, this.braces, at, to);
    if (!formula) return null;
    if (formula.isDisplayed) this.out.space();
    this.formula(formula.from, formula.to);
    if (formula.isDisplayed && formula.next < to && letterOrDigit.test(this.source.charAt(formula.next)))
      this.out.space();
    return formula.next;
  }
}

/** The length of a Greek letter's name that runs into a capital: `\muG`, `\alphaX`. 0 if there is none. */
function greekPrefix(name: string): number {
  const found = /^[A-Z]?[a-z]+(?=[A-Z]+[a-z]*$)/.exec(name);
  return found && greekNames.has(found[0]) ? found[0].length : 0;
}
