import { Braces, isDigit, isLetter, lettersEnd } from "../scan.js";
import { greekNames, symbols } from "../tables/symbols.js";
import { isBetween, isGreekLetter, leadingOperator } from "./operands.js";
import { codeEnd } from "./quotes.js";

/** Names that are not words in any language: alone, they always had a backslash. */
const sure = new Set(
  `leq geq neq leqslant geqslant lesssim gtrsim rightarrow leftarrow leftrightarrow longrightarrow Rightarrow
Leftrightarrow Longrightarrow longleftrightarrow mapsto hookrightarrow infty cdot cdots ldots varepsilon vartheta
varphi subseteq supseteq subsetneq notin otimes oplus lceil rceil lfloor rfloor langle rangle lVert rVert lvert
rvert nabla simeq propto setminus emptyset varnothing bigcup bigcap bigoplus`.split(/\s+/),
);
/** Names that are words too, or nearly: operators only between two operands. */
const between = new Set(
  "times sim approx cdot le ge ll gg pm mp div circ in to equiv cong cup cap subset supset mid neq ne to perp mapsto wedge vee ast star".split(
    " ",
  ),
);
/** Commands that take a group right after them. */
const grouping = new Set(
  `mathcal mathbb mathbf mathrm mathsf mathit mathfrak mathscr mathds mathbbm boldsymbol bm operatorname textbf textit
textrm texttt textsc textsf emph text frac tfrac dfrac sqrt hat tilde bar vec dot ddot widehat widetilde overline
underline binom href url mbox stackrel overset underset ensuremath textcolor`.split(/\s+/),
);
/** Those whose content is prose or an address. */
const proseGrouping = new Set(
  "textbf textit textrm texttt textsc textsf emph text href url mbox textcolor".split(" "),
);
/** Big operators and functions, recognised by their script: `sum_{i=1}^n`, `log_2 N`. */
const scripted = new Set(
  "sum prod int bigcup bigcap ell lim sum inf sup argmax argmin max min log ln".split(" "),
);
/** Names that make sense as an exponent: `360^circ`, `A^top`. */
const raised = new Set("circ top dagger prime ast star infty perp pm times star".split(" "));
const fonts = /^(?:bf|rm|it|em|sf|tt|sc|cal)$/;

/** All names that are tried everywhere, and not only after a number or a symbol. */
const names: ReadonlySet<string> = new Set([
  ...sure,
  ...between,
  ...grouping,
  ...scripted,
  ...raised,
  ...greekNames,
  "bullet",
]);

const operandBefore = /(?:(?:^|[^A-Za-z0-9_])[A-Za-z0-9]|[\d)\]}|%]|_[A-Za-z0-9]|\^[A-Za-z0-9*])\s?$/;

/** Characters that formulas have and prose has not; the other tests are for texts without any. */
const formulaSign = /[_^]|\{[A-Za-z]/;
const product = /[\d})\]|%]times(?![a-z])|[\d)}\]|KM] times |\b[A-Za-z] times /;
const behindNumber = /\d(?:sim|pm|approx|circ|sigma|pi|mu|alpha|beta|lambda|epsilon)(?![a-z])/;
const behindSpace =
  /[\s(\d)}=,%](?:(?:leq|geq|neq|rightarrow|leftarrow|leftrightarrow|Rightarrow|longrightarrow|mapsto|infty|cdot|cdots|ldots|varepsilon|varphi|lesssim|gtrsim|subseteq|otimes|oplus|nabla|langle|lceil|lfloor|notin)(?![a-z])|(?:sim|approx)\d|(?:gg|ll|le|ge|sim|pm|bullet) |in (?:Theta|Omega)\b)/;
/** Text before a bracket or an equals sign that contains the name of a command or Greek letter. */
const beforeBracket = /[A-Za-z][={[]|[A-Za-z]\([A-Za-z0-9\\{|]/;
const bracketed =
  /(?:alpha|beta|mma|lta|epsilon|eta|kappa|mu|pi|rho|sigma|tau|phi|psi|omega|Omega|Sigma|Phi|Psi|Pi|Lambda)[=(]|(?:mathcal|mathbb|mathbf|mathrm|sqrt|frac|text(?:bf|it|tt|sc)?|emph|hat|tilde|bar|href|url|operatorname)[[{]/;

/** Whether a text may contain a TeX name that is not a word. Fast: most texts have none. */
export function mayHaveLostBackslashes(text: string): boolean {
  return (
    formulaSign.test(text) ||
    (text.includes("times") && product.test(text)) ||
    behindNumber.test(text) ||
    behindSpace.test(text) ||
    /^(?:leq|geq|sim\d|sim )/.test(text) ||
    (beforeBracket.test(text) && bracketed.test(text))
  );
}

/**
 * Restores lost backslashes: `8timesA800` becomes `8\times{}A800`, `mathcal{O}(1)` becomes `\mathcal{O}(1)`,
 * `{bf 1}_n` becomes `{\bf 1}_n`. The result is TeX, rendered like any other. Changes a name that is also an
 * English word only where nothing but a formula makes sense: between operands, at a script, in a group. One
 * pass; the result is at most four times as long.
 */
export function withBackslashes(text: string): string {
  return new Repair(text).whole();
}

/** The same for the inside of a formula, where every name is a command. */
export function formulaWithBackslashes(text: string): string {
  return new Repair(text).inFormula(0, text.length);
}

/** Text that only a formula without its backslashes has: there, a Greek letter's name before `=` counts too. */
const evidence =
  /[_^]\{|\{(?:bf|rm|it) |\dtimes\b|(?:mathcal|mathbb|mathbf|mathrm|sqrt|frac)[[{]|[_^](?:alpha|beta|gamma|theta|lambda|pi|phi|top|circ|infty)\b/;

/** Operators between names that end in a number: "H100times8", "R2approx". */
const productAfterName = /^(?:times|pm|cdot|leq|geq|rightarrow)/;

/** Whether a word follows a number that follows a letter, as in `ccg2lambda`, `real2sim` and `YOLOv5mu`. */
function isInName(source: string, start: number): boolean {
  let at = start;
  const limit = Math.max(0, start - 12);
  while (at > limit && isDigit(source.charCodeAt(at - 1))) at -= 1;
  return at < start && at > 0 && isLetter(source.charCodeAt(at - 1));
}

/** The replacement of the source up to `next`; `null` if it stays. */
interface Change {
  readonly text: string | null;
  readonly next: number;
}

class Repair {
  private readonly braces: Braces;
  private readonly isEvident: boolean;

  constructor(private readonly source: string) {
    this.braces = new Braces(source);
    this.isEvident = evidence.test(source);
  }

  whole(): string {
    const { source } = this;
    const to = source.length;
    let repaired = "";
    let done = 0;
    let at = 0;
    while (at < to) {
      const code = source.charCodeAt(at);
      if (code !== 123 && !isLetter(code)) {
        at = code === 96 ? Math.max(at + 1, codeEnd(source, at)) : at + 1;
        continue;
      }
      const end = code === 123 ? at + 1 : lettersEnd(source, at, to);
      const change = code === 123 ? this.group(at, to) : this.run(at, end, to);
      if (change && change.text !== null) {
        repaired += source.slice(done, at) + change.text;
        done = change.next;
      }
      at = change ? Math.max(end, change.next) : end;
    }
    return repaired + source.slice(done, to);
  }

  /** A run of letters: the scheme of an address, a name, or nearly always a word. */
  private run(start: number, end: number, to: number): Change | null {
    const { source } = this;
    const before = start > 0 ? source.charCodeAt(start - 1) : 32;
    if (before === 92) return null;
    if (source.charCodeAt(end) === 58 || (end - start === 3 && source.startsWith("www.", start))) {
      const address = addressEnd(source, start, end, to);
      if (address > 0) return this.link(start, address, to) ?? { text: null, next: address };
    }
    const word = source.slice(start, end);
    if (!names.has(word) && (before === 32 || before > 126)) return null;
    return this.word(word, start, end, to);
  }

  /** `https://…{text}` was `\href{https://…}{text}`. */
  private link(from: number, end: number, to: number): Change | null {
    const close = this.braces.endOf(end);
    if (close < 0 || close >= to || close - end > 300) return null;
    const url = this.source.slice(from, end);
    const label = this.source.slice(end + 1, close);
    const text = label === url ? `\\url{${url}}` : `\\href{${url}}{${label}}`;
    return { text, next: close + 1 };
  }

  private group(at: number, to: number): Change | null {
    const { source } = this;
    const end = this.braces.endOf(at);
    if (end < 0 || end >= to) return null;
    const before = source.charAt(at - 1);
    if (before === "^" && raised.has(source.slice(at + 1, Math.min(end, at + 12))))
      return { text: `{\\${source.slice(at + 1, end)}}`, next: end + 1 };
    if (before === "_" || before === "^") return { text: `{${this.inFormula(at + 1, end)}}`, next: end + 1 };
    const content = source.slice(at + 1, Math.min(end, at + 40));
    const [name = "", space = ""] = /^[A-Za-z]+(\s?)/.exec(content) ?? [];
    const word = name.trim();
    const isWhole = word.length === end - at - 1;
    if (isWhole && symbols.has(word) && (between.has(word) || greekNames.has(word) || sure.has(word)))
      return { text: `{\\${word}}`, next: end + 1 };
    if (fonts.test(word) && space !== "") return { text: `{\\${source.slice(at + 1, end)}}`, next: end + 1 };
    // `{0,1}` was `\{0,1\}`: a set, not a group.
    if (!/^[\s([=,|+*<>-]?$/.test(before)) return null;
    const isSet = /^\s*[^\s\\]{1,12}\s*(?:,\s?[^\s\\,]{1,12}\s*){1,8}$/.test(content) && end - at < 40;
    if (!isSet || before === "\\") return null;
    return { text: `\\{${this.inFormula(at + 1, end)}\\}`, next: end + 1 };
  }

  private word(word: string, start: number, end: number, to: number): Change | null {
    const { source } = this;
    const before = source.charAt(start - 1);
    const next = end < to ? source.charAt(end) : "";
    const isOver = before === "/" && (grouping.has(word) || /[\d)}]/.test(source.charAt(start - 2)));
    if (/[\\@#/.'’]/.test(before) && !isOver) return null;
    if (isInName(source, start) && !productAfterName.test(word)) return null;
    if (next === "{" || next === "[") {
      const change = this.grouping(word, start, end, to);
      if (change) return change;
    }
    if (before === "^" || before === "_") return this.scriptWord(word, start, end, before);
    if (next === "_" || next === "^") {
      if (isScripted(word, source, end)) return { text: `\\${word}`, next: end };
      return null;
    }
    return this.operator(word, start, end, to) ?? this.greek(word, start, end);
  }

  private greek(word: string, start: number, end: number): Change | null {
    const isLetter = isGreekLetter(word, this.source, start, end, this.isEvident);
    return isLetter ? { text: `\\${word}`, next: end } : null;
  }

  private grouping(word: string, start: number, end: number, to: number): Change | null {
    const { source } = this;
    // "2sqrt{n}" and "sigmasqrt{n}" match, "context{a}" does not: the whole run is the name.
    if (!grouping.has(word) || /\w/.test(source.charAt(start - 1).replace(/\d/, ""))) return null;
    let at = end;
    let text = `\\${word}`;
    if (source.charAt(at) === "[") {
      const size = source.slice(at, at + 12).indexOf("]");
      const close = at + size;
      if (word !== "sqrt" || size < 0 || source.charAt(close + 1) !== "{") return null;
      text += source.slice(at, close + 1);
      at = close + 1;
    }
    let isFirst = true;
    while (at < to && source.charAt(at) === "{") {
      const close = this.braces.endOf(at);
      if (close < 0 || close >= to) return isFirst ? null : { text, next: at };
      const isProse = proseGrouping.has(word) || word === "operatorname";
      const inner = isProse ? source.slice(at + 1, close) : this.inFormula(at + 1, close);
      text += `{${inner}}`;
      at = close + 1;
      isFirst = false;
    }
    return { text, next: at };
  }

  /** A word right after `^` or `_`: `x^top`, `pi_theta`. */
  private scriptWord(word: string, start: number, end: number, sign: string): Change | null {
    const isName =
      greekNames.has(word) || word === "infty" || word === "ell" || (sign === "^" && raised.has(word));
    if (!isName || /[\w]/.test(this.source.charAt(end).replace(/[_^]/, ""))) return null;
    const base = /(?:^|[^A-Za-z])([A-Za-z]*|\d+)[)}\]|]?$/.exec(
      this.source.slice(Math.max(0, start - 14), start - 1),
    )?.[1];
    const isBase =
      base !== undefined &&
      (base.length <= 2 || greekNames.has(base) || sure.has(base) || /^\d+$/.test(base));
    return isBase || sign === "^" ? { text: `\\${word}`, next: end } : null;
  }

  private operator(word: string, start: number, end: number, to: number): Change | null {
    const { source } = this;
    const before = source.charAt(start - 1);
    const next = end < to ? source.charAt(end) : "";
    if (/[\d)}\]%|]/.test(before)) {
      // "85.3pm 0.2" is not a time of day.
      const isMeasured =
        /\.\d+$/.test(source.slice(Math.max(0, start - 6), start)) &&
        /^\s\d+\.\d/.test(source.slice(end, end + 6));
      const length = leadingOperator(word, next, isMeasured);
      if (length > 0) {
        const name = word.slice(0, length);
        return {
          text: `\\${name}${length < word.length || /[a-z]/i.test(next) ? "{}" : ""}`,
          next: start + length,
        };
      }
    }
    if (word === "bullet" && /(?:^|[.:;)!?])\s$/.test(source.slice(Math.max(0, start - 2), start))) {
      return /^\s[A-Z(]/.test(source.slice(end, end + 2)) ? { text: "\\bullet", next: end } : null;
    }
    if (/\w/.test(before) || /[A-Za-z_]/.test(next)) return null;
    if (sure.has(word)) return before === "-" || next === "-" ? null : { text: `\\${word}`, next: end };
    if (!between.has(word)) return null;
    if (
      (word === "sim" || word === "approx") &&
      /^(?:\d[\d,.]*(?:%|[kKMBx]\b|\s|[),;]|times|$)|\s\d[\d,.]*(?:%|times))/.test(
        source.slice(end, end + 16),
      )
    )
      return { text: `\\${word}`, next: end };
    const left = source.slice(Math.max(0, start - 14), start);
    const right = source.slice(end, Math.min(to, end + 60));
    return isBetween(word, left, right) ? { text: `\\${word}`, next: end } : null;
  }

  /** The inside of a formula: each name gets its backslash, other words stay. */
  inFormula(from: number, to: number): string {
    const content = this.source.slice(from, to);
    let repaired = "";
    let done = 0;
    let skipped = -1;
    for (const found of content.matchAll(/[A-Za-z]+/g)) {
      const [word] = found;
      const start = found.index;
      if (start < skipped || content.charAt(start - 1) === "\\") continue;
      const end = start + word.length;
      const text = this.formulaWord(word, from + start, from + end, from, to);
      if (text === null) continue;
      if (proseGrouping.has(word)) skipped = Math.max(end, this.braces.endOf(from + end) - from);
      repaired += content.slice(done, start) + text;
      done = end;
    }
    return repaired + content.slice(done);
  }

  private formulaWord(word: string, start: number, end: number, from: number, to: number): string | null {
    const { source } = this;
    const next = end < to ? source.charAt(end) : "";
    const before = start > from ? source.charAt(start - 1) : "";
    if ((next === "{" || next === "[") && grouping.has(word)) return `\\${word}`;
    if (before === "{" && fonts.test(word) && next === " ") return `\\${word}`;
    if (greekNames.has(word) || sure.has(word) || word === "ell" || word === "log" || word === "exp")
      return `\\${word}`;
    if (before === "^" && raised.has(word)) return `\\${word}`;
    if ((next === "_" || next === "^") && scripted.has(word)) return `\\${word}`;
    if (between.has(word)) {
      const isInside = start > from && end < to && /\S/.test(source.slice(from, start)) && next !== "";
      const isAfterNumber = /\d/.test(before) && leadingOperator(word, next, true) > 0;
      return (isInside && before === " " && isOperand(source.slice(Math.max(from, start - 12), start))) ||
        isAfterNumber
        ? `\\${word}`
        : null;
    }
    return commandsRunTogether(word);
  }
}

/** The end of an address whose scheme is the word from `start` to `end`; 0 if it is not an address. */
function addressEnd(source: string, start: number, end: number, to: number): number {
  if (!source.startsWith("://", end) && !(source.startsWith("www.", start) && end === start + 3)) return 0;
  let at = end;
  while (at < to && !/[\s{}"<>]/.test(source.charAt(at))) at += 1;
  return at;
}

/** `pi_theta`, `tau^2`, `sum_{i}`: whether a name before a script is a command. */
function isScripted(word: string, source: string, end: number): boolean {
  const script = source.slice(end + 1, end + 20);
  if (scripted.has(word))
    return (
      script.startsWith("{") ||
      (word === "ell"
        ? /^(?:\d|p\b|q\b|infty)/.test(script)
        : // `int_8` is a type of a program and `max_1` a name; an integral has its upper limit too.
          (word === "log" ? /^\d/ : /^\d+\s?\^/).test(script))
    );
  if (!greekNames.has(word)) return sure.has(word);
  if (/^[{*\\(]/.test(script)) return true;
  const name = /^[A-Za-z]+|^[-+]?\d+/.exec(script)?.[0] ?? "";
  if (/^[-+\d]/.test(name)) return true;
  const isWhole = !/\w/.test(script.charAt(name.length));
  return isWhole && (name.length <= 3 || greekNames.has(name)) && name !== "";
}

/** Names run together: `Phicirc`, `alphabeta`. */
function commandsRunTogether(word: string): string | null {
  let text = "";
  let at = 0;
  while (at < word.length) {
    let size = 0;
    for (let length = Math.min(10, word.length - at); length >= 2 && size === 0; length -= 1) {
      const part = word.slice(at, at + length);
      if (greekNames.has(part) || part === "circ" || part === "times" || part === "cdot" || sure.has(part))
        size = length;
    }
    if (size === 0) return null;
    text += `\\${word.slice(at, at + size)} `;
    at += size;
  }
  return text;
}

function isOperand(left: string): boolean {
  return operandBefore.test(left) || greekNames.has(/([A-Za-z]+)\s$/.exec(left)?.[1] ?? "");
}
