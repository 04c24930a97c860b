import { groupEnd } from "../../text/bibtex/groups.js";
import { isRendered, macroSign } from "../../text/bibtex/macros.js";
import { clean } from "../../text/clean.js";
import { fromTexAccents } from "../../text/names.js";
import { plainTex } from "../../text/tex/render.js";
import { formulaAt, isSound } from "./formulas.js";
import { escapedTex } from "./tex-escapes.js";

/** A stretch of a text. */
export interface Part {
  /** Whether it is a formula, with its delimiters. */
  readonly isFormula: boolean;
  /** The plain text; a formula unchanged. */
  readonly text: string;
  /** Its TeX; `null` for plain text, which must be escaped. */
  readonly tex: string | null;
}

/** Characters that begin something other than plain text. */
const opener =
  /\\|\$\$?|~|-{2,}|``|''|\{(?=\\(?:bf|it|em|tt|sc|sl|rm|sf)(?:series|shape|family)?(?![A-Za-z]))/g;
/** Commands with a text argument in LaTeX itself. */
const wrappers: ReadonlySet<string> = new Set(
  "emph textbf textit textsl texttt textsc textrm textsf textup textmd textnormal underline mbox".split(" "),
);
const scripts: ReadonlySet<string> = new Set(["textsuperscript", "textsubscript"]);
/** Switches, and the commands that do the same to an argument. */
const switches: Readonly<Record<string, string>> = {
  bf: "textbf",
  bfseries: "textbf",
  it: "textit",
  itshape: "textit",
  em: "emph",
  tt: "texttt",
  ttfamily: "texttt",
  sc: "textsc",
  scshape: "textsc",
  sl: "textsl",
  slshape: "textsl",
  rm: "textrm",
  rmfamily: "textrm",
  sf: "textsf",
  sffamily: "textsf",
};
/** Letter and accent commands, which `fromTexAccents` reads. */
const letters = /^(?:[A-Za-z]|ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|dj|DJ|ng|NG)$/;
/** Groups nested deeper than this are text. */
const deepest = 8;

/**
 * Splits a text into formulas, commands and plain text. The texts of the parts, joined, are the readable text;
 * their TeX, joined, is the text in TeX. A formula is `$…$`, `$$…$$`, `\(…\)`, `\[…\]` or `\ensuremath{…}` that
 * TeX could set. Dollars that may be money are text, by the rule of
 * https://pandoc.org/MANUAL.html#extension-tex_math_dollars, unless a command, a script or a brace shows that
 * it is TeX. Style commands (`\emph{…}`), ties, thin spaces, dashes and quotes stay TeX; accents and signs in
 * TeX (`\"o`, `\&`) become characters. An unknown command loses its name, or without an argument is text. The
 * text is cleaned first, so that no part contains a line break. Takes linear time.
 */
export function texParts(text: string, depth = 0): Part[] {
  return new Splitter(clean(text), depth).parts();
}

class Splitter {
  readonly #parts: Part[] = [];
  /** The end of the finished parts. */
  #from = 0;
  /** The last of the quotes among the parts. */
  #lastQuote = "";

  constructor(
    private readonly whole: string,
    private readonly depth: number,
  ) {}

  parts(): Part[] {
    const { whole } = this;
    const pattern = new RegExp(opener);
    for (let found = pattern.exec(whole); found; found = pattern.exec(whole)) {
      const end = this.#take(found.index, found[0]);
      // An escaped character begins nothing.
      pattern.lastIndex = Math.max(end, this.#from, found.index + (found[0] === "\\" ? 2 : found[0].length));
    }
    this.#text(whole.length);
    return this.#parts;
  }

  /** Reads the part at `at`. @returns its end, or 0 if it is text */
  #take(at: number, sign: string): number {
    switch (sign[0]) {
      case "$":
        return this.#formula(at, sign);
      case "~":
        return isTie(this.whole, at) ? this.#put(at, at + 1, " ", "~") : 0;
      case "-":
        return this.#dash(at, sign.length);
      case "`":
      case "'":
        return this.#quote(at, sign);
      case "{":
        return this.#switch(at);
      default:
        return this.#command(at);
    }
  }

  #formula(at: number, sign: string): number {
    const formula = formulaAt(this.whole, at, sign);
    // A single dollar may begin a formula where two do not.
    if (formula === null) return sign === "$$" ? this.#formulaAfter(at) : 0;
    return this.#put(at, at + formula.length, formula, formula, true);
  }

  #formulaAfter(at: number): number {
    const formula = formulaAt(this.whole, at + 1, "$");
    return formula === null ? 0 : this.#put(at + 1, at + 1 + formula.length, formula, formula, true);
  }

  #dash(at: number, length: number): number {
    const sign = length === 3 ? "—" : length === 2 ? "–" : null;
    const before = this.whole[at - 1] ?? "";
    const after = this.whole[at + length] ?? "";
    const isBetween = /[\p{L}\p{N}.)\]}$”"'’]/u.test(before) && /[\p{L}\p{N}([{$\\“"'‘`]/u.test(after);
    if (sign === null || !(isBetween || (before === " " && after === " "))) return 0;
    return this.#put(at, at + length, sign, "-".repeat(length));
  }

  /** TeX quotes, if closed before another begins: "5''" are inches. */
  #quote(at: number, sign: string): number {
    if (sign === "``") {
      // Only up to the next one: a search to the end for each would take quadratic time.
      const next = this.whole.indexOf("``", at + 2);
      const inside = this.whole.slice(at + 2, next < 0 ? undefined : next);
      return inside.indexOf("''") > 0 ? this.#put(at, at + 2, "“", sign) : 0;
    }
    return this.#lastQuote === "``" ? this.#put(at, at + 2, "”", sign) : 0;
  }

  /** `{\bf x}` as `\textbf{x}`. */
  #switch(at: number): number {
    const end = this.depth < deepest ? groupEnd(this.whole, at) : -1;
    const found = /^\{\\([A-Za-z]+) ?(.*)\}$/s.exec(this.whole.slice(at, Math.max(at, end)));
    const name = switches[found?.[1] ?? ""];
    return found && name ? this.#wrapped(at, end, name, found[2] as string) : 0;
  }

  #command(at: number): number {
    const { whole } = this;
    const next = whole[at + 1] ?? "";
    if (next === "(" || next === "[") return this.#formula(at, `\\${next}`);
    if (/[,;: ]/.test(next)) return this.#put(at, at + 2, " ", `\\${next}`);
    if (/[-/@]/.test(next)) return this.#put(at, at + 2, "", "{}");
    const name = /^[A-Za-z]{1,60}/.exec(whole.slice(at + 1, at + 61))?.[0] ?? "";
    if (name === "" || letters.test(name)) return 0;
    const nameEnd = at + 1 + name.length;
    const first = argumentAt(whole, nameEnd);
    if (this.depth >= deepest) return 0;
    if (first === null) return this.#sign(at, nameEnd, name);
    const inside = whole.slice(first.start + 1, first.end - 1);
    if (wrappers.has(name)) return this.#wrapped(at, first.end, name, inside);
    if (name === "ensuremath") {
      const formula = inside.replaceAll("$", "");
      return isSound(formula) && formula !== ""
        ? this.#put(at, first.end, `$${formula}$`, `$${formula}$`, true)
        : this.#inner(at, first.end, inside);
    }
    const second = argumentAt(whole, first.end);
    if (name === "texorpdfstring") return this.#inner(at, second?.end ?? first.end, inside);
    if (name === "url") {
      const tex = /^[^\s{}\\%#]+$/.test(inside) ? `\\url{${inside}}` : null;
      return this.#put(at, first.end, inside.replace(/\\([%#&_~])/g, "$1"), tex);
    }
    if (name === "href" && second)
      return this.#inner(at, second.end, whole.slice(second.start + 1, second.end - 1));
    if (scripts.has(name)) {
      const set = plainTex(`\\${name}{${inside}}`);
      return this.#put(at, first.end, set, `\\${name}{${texOf(inside, this.depth + 1)}}`);
    }
    return isRendered(name)
      ? this.#rendered(at, second?.end ?? first.end, first.end)
      : this.#inner(at, first.end, inside);
  }

  /** A command without an argument. */
  #sign(at: number, nameEnd: number, name: string): number {
    // `\textbf` without an argument, and switches outside groups, only style the following text.
    if (wrappers.has(name) || switches[name] !== undefined)
      return this.#put(at, afterSpace(this.whole, nameEnd), "", "");
    if (isRendered(name)) return this.#rendered(at, nameEnd, nameEnd);
    const sign = macroSign(name);
    return sign === null || /^\p{M}/u.test(sign)
      ? 0
      : this.#put(at, afterSpace(this.whole, nameEnd), sign, null);
  }

  /** A command as rendered by `renderTex`, with its second argument or, if that does not help, its first. */
  #rendered(at: number, end: number, shortEnd: number): number {
    for (const one of end === shortEnd ? [end] : [end, shortEnd]) {
      const shown = plainTex(this.whole.slice(at, one));
      if (!/[\\{}$]/.test(shown)) return this.#put(at, one, shown, null);
    }
    return 0;
  }

  #wrapped(at: number, end: number, name: string, inside: string): number {
    const parts = texParts(inside, this.depth + 1);
    const text = parts.map((part) => part.text).join("");
    return this.#put(at, end, text, text === "" ? "" : `\\${name}{${joinedTex(parts)}}`);
  }

  /** The content of the braces instead of the whole. */
  #inner(at: number, end: number, inside: string): number {
    this.#text(at);
    for (const part of texParts(inside, this.depth + 1)) this.#push(part);
    this.#from = end;
    return end;
  }

  #put(at: number, end: number, text: string, tex: string | null, isFormula = false): number {
    this.#text(at);
    this.#push({ isFormula, text, tex });
    this.#from = end;
    return end;
  }

  #push(part: Part): void {
    if (part.tex === "``" || part.tex === "''") this.#lastQuote = part.tex;
    this.#parts.push(part);
  }

  /** Text before `to` that is in no part yet is plain. */
  #text(to: number): void {
    if (to > this.#from) this.#parts.push(plainPart(this.whole.slice(this.#from, to)));
    this.#from = Math.max(this.#from, to);
  }
}

/** The group after a command, perhaps after a space. */
function argumentAt(text: string, at: number): { readonly start: number; readonly end: number } | null {
  const start = text[at] === " " && text[at + 1] === "{" ? at + 1 : at;
  const end = groupEnd(text, start);
  return end < 0 ? null : { start, end };
}

/** The position after the space or empty braces that end a command's name. */
function afterSpace(text: string, at: number): number {
  return text.startsWith("{}", at) ? at + 2 : text[at] === " " ? at + 1 : at;
}

/** Whether a tilde is a non-breaking space: in "13~TeV", but not in "~10", "10~20" or "org/~me". */
function isTie(text: string, at: number): boolean {
  const before = text[at - 1] ?? "";
  const after = text.slice(at + 1, at + 3);
  if (/\d/.test(before) && /^\d/.test(after)) return false;
  return /[\p{L}\p{M}\p{N}.,)}$\]%]/u.test(before) && /^(?:[\p{L}\p{N}$(]|\\[A-Za-z("'`^~=.])/u.test(after);
}

function plainPart(text: string): Part {
  const plain = fromTexAccents(text).replace(/\\\\|\\([&%#_${}])/g, (found, sign?: string) => sign ?? found);
  return { isFormula: false, text: plain, tex: null };
}

/** The readable text: accents and signs as characters, style commands removed, formulas unchanged. */
export function readableText(text: string): string {
  if (!/[\\$~`]|--/.test(text)) return clean(text);
  return clean(
    texParts(text)
      .map((part) => part.text)
      .join(""),
  );
}

/** The text as TeX, with special characters escaped. */
export function texOf(text: string, depth = 0): string {
  return joinedTex(texParts(text, depth));
}

function joinedTex(parts: readonly Part[]): string {
  let tex = "";
  let wasFormula = false;
  for (const part of parts) {
    // Two adjacent formulas would give "$$", which begins a displayed formula.
    if (part.isFormula && wasFormula) tex += "{}";
    tex += part.tex ?? escapedTex(part.text);
    wasFormula = part.isFormula;
  }
  return tex;
}
