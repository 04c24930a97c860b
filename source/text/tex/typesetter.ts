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

/** Groups and arguments are followed this deep; what lies deeper is written without being understood. */
const deepest = 32;
/** An argument without braces has at most so many commands before its letter: `\hat\mathbf x`. */
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

/** Walks once through a source and writes what is to be read. Every position is a UTF-16 offset of the source. */
export class TexTypesetter implements Typesetter {
  readonly out = new Writer();
  readonly braces: Braces;
  readonly environments: Environment[] = [];
  /** How many scripts the place is in; spaces do not count there. */
  scripts = 0;
  /** Opening double quotes that have not been closed. */
  quotes = 0;
  private depth = 0;
  private formulaMark = 0;

  /** `hasTex`: braces group. `hasScripts`: a letter behind `_` or `^` is a script also outside of formulas. */
  constructor(
    readonly source: string,
    readonly hasTex: boolean,
    readonly hasScripts: boolean,
  ) {
    this.braces = new Braces(source);
  }

  /** Prose, with commands and formulas in it. */
  text(from: number, to: number): void {
    if (this.depth >= deepest) {
      this.flat(from, to);
      return;
    }
    this.depth += 1;
    writeProse(this, from, to);
    this.depth -= 1;
  }

  /** A formula between its delimiters; spaces at its ends do not count. */
  formula(from: number, to: number): void {
    const outer = this.formulaMark;
    this.formulaMark = this.out.mark;
    this.math(from, to);
    this.formulaMark = outer;
  }

  /** Whether nothing of the formula has been written yet. */
  get isAtStart(): boolean {
    return this.out.mark === this.formulaMark;
  }

  /** What stands in a formula. */
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
        // Spaces of other kinds than the usual ones are one character here, too.
        const next = skipSpaces(source, at + 1, to);
        const isIdle = next >= to || this.isIdleBefore(next);
        if (!isIdle) out.space();
        return next;
      }
    }
  }

  /** Whether a space before this place is no space: before scripts, closing brackets and the end of a cell. */
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

  /** What lies too deep to be understood: its letters. */
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

  /** A script whose `^` or `_` stands at `at`; returns where the source goes on. */
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

  /** `^-1`, as many write without the braces that TeX wants. */
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
      // k_B T: without a space, the letter would belong to the script.
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

  /** Where a command that is an argument ends, with the arguments it takes itself. */
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

  /** The end of the optional argument at `at`, where one stands; else `at`. */
  option(at: number, to: number): number {
    if (at >= to || this.source.charAt(at) !== "[") return at;
    const end = optionEnd(this.source, this.braces, at, to);
    return end < 0 ? at : end + 1;
  }

  /** The command whose backslash stands at `at`; returns where the source goes on. */
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
      const behind = source.charAt(end) === "*" && end < to ? end + 1 : end;
      return known.write(this, known.takes > 0 ? behind : end, to, isMath);
    }
    const symbol = symbols.get(name);
    if (symbol) return this.symbol(this.inPlace(name, symbol), end, to, isMath);
    return this.unknown(name, from, end, to, isMath);
  }

  /** Names that mean one thing here and another there. */
  private inPlace(name: string, symbol: TexSymbol): TexSymbol {
    if (name === "deg" && /[\d}]/.test(this.out.last)) return { text: "°", kind: "sign" };
    if (name === "P" && this.out.mark > this.formulaMark) return symbol;
    if (name === "la" && this.hasAngles) return { text: "⟨", kind: "letter" };
    if (name === "ra" && this.hasAngles) return { text: "⟩", kind: "sign" };
    return symbol;
  }

  private angles: boolean | null = null;
  /** `\la` and `\ra` are angle brackets where both occur, else what astronomers mean by them. */
  private get hasAngles(): boolean {
    this.angles ??= /\\ra(?![A-Za-z])/.test(this.source) && /\\la(?![A-Za-z])/.test(this.source);
    return this.angles;
  }

  private readonly found = new Map<string, { readonly from: number; readonly at: number }>();
  /** Where a text next occurs; no stretch is searched for the same text twice. -1: nowhere. */
  find(what: string, from: number): number {
    const known = this.found.get(what);
    if (known && from >= known.from && (known.at < 0 || known.at >= from)) return known.at;
    const at = this.source.indexOf(what, from);
    this.found.set(what, { from, at });
    return at;
  }

  /** A sign of the table, with the space that belongs to it. `at` is behind its name. */
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

  /** Whether a sign between two things comes next, so that the space before it is meant. */
  private isRelation(at: number, to: number): boolean {
    if (at >= to) return false;
    const { source } = this;
    if (source.charAt(at) !== "\\") return relation.test(source.charAt(at));
    const name = source.slice(at + 1, lettersEnd(source, at + 1, Math.min(to, at + 24)));
    const kind = symbols.get(name)?.kind;
    return kind === "infix" || kind === "comparison";
  }

  /** A sign between two things: spaced on both sides or on none, as the source is. */
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
    // "2× faster": what follows is prose, and the sign belongs to the number.
    const isSuffix = !isMath && last !== " " && proseWord.test(source.slice(next, Math.min(to, next + 4)));
    if (last !== " " && !isSuffix && (isMath || endsOperand.test(last))) out.space();
    out.write(text);
    const follows = next < to && !closes.test(source.slice(next, Math.min(to, next + 2)));
    if (follows && (isMath || (next === at && kind === "infix" && last === " "))) out.space();
    return isMath ? next : at;
  }

  /** A command of the paper's own: its arguments in prose, `name(argument)` in a formula, else its name. */
  private unknown(name: string, from: number, end: number, to: number, isMath: boolean): number {
    const { source, out } = this;
    // `\acrshort[x]{desi}`: what is optional says how, and not what.
    const behind = isMath ? end : this.option(end, to);
    const start = source.charAt(behind) === "{" && behind < to ? behind : end;
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
    // In prose a macro marks its argument up; in a formula its name is mostly that of a function.
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

  /** A formula between dollar signs at `at`; `null` where the sign is only a sign. */
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

/** How much of a name is a Greek letter that ran into a capital: `\muG`, `\alphaX`. 0: none. */
function greekPrefix(name: string): number {
  const found = /^[A-Z]?[a-z]+(?=[A-Z]+[a-z]*$)/.exec(name);
  return found && greekNames.has(found[0]) ? found[0].length : 0;
}
