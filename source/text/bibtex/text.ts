import { clean } from "../clean.js";
import { fromMarkup } from "../markup.js";
import { fromTexAccents } from "../names.js";
import { plainTex } from "../tex/render.js";
import { withoutEscapes } from "./escaped-tex.js";
import { groupEnd } from "./groups.js";
import { cyrillic, isRendered, macroSign } from "./macros.js";

/** Commands for characters that `macros.ts` lacks or has differently. */
const signs: Readonly<Record<string, string>> = {
  textendash: "–",
  textemdash: "—",
  textquoteleft: "‘",
  textquoteright: "’",
  textquotedblleft: "“",
  textquotedblright: "”",
  textquotesingle: "'",
  quotesinglbase: "‚",
  quotedblbase: "„",
  guillemotleft: "«",
  guillemotright: "»",
  guilsinglleft: "‹",
  guilsinglright: "›",
  textexclamdown: "¡",
  textquestiondown: "¿",
  textasciitilde: "~",
  textasciicircum: "^",
  textbackslash: "\\",
  textunderscore: "_",
  textbraceleft: "{",
  textbraceright: "}",
  textless: "<",
  textgreater: ">",
  textbar: "|",
  textdollar: "$",
  textsterling: "£",
  pounds: "£",
  texteuro: "€",
  textyen: "¥",
  textregistered: "®",
  texttrademark: "™",
  textcopyright: "©",
  copyright: "©",
  textsection: "§",
  textparagraph: "¶",
  textdegree: "°",
  textcelsius: "℃",
  textohm: "Ω",
  textmu: "µ",
  textpm: "±",
  texttimes: "×",
  textdiv: "÷",
  textminus: "−",
  textonehalf: "½",
  textonequarter: "¼",
  textthreequarters: "¾",
  textperthousand: "‰",
  textperiodcentered: "·",
  textbullet: "•",
  textdagger: "†",
  textdaggerdbl: "‡",
  textordfeminine: "ª",
  textordmasculine: "º",
  textellipsis: "…",
  ldots: "…",
  dots: "…",
  slash: "/",
  hyphen: "-",
  glqq: "„",
  grqq: "“",
  glq: "‚",
  grq: "‘",
  flqq: "«",
  frqq: "»",
  flq: "‹",
  frq: "›",
  quad: " ",
  qquad: " ",
  enspace: " ",
  thinspace: " ",
  cprime: "'",
  Dash: " — ",
  BibTeX: "BibTeX",
  LaTeX: "LaTeX",
  LaTeXe: "LaTeX2e",
  TeX: "TeX",
};
const signCommand = /\\(?:([A-Za-z]+)(?:\{\}| (?=\S))?|([&%_#{}$]))/g;
/** Commands that only style their text, or do nothing; the text stays. */
const stylingCommands =
  /\\(?:emph|mbox|hbox|text|text(?:tt|it|bf|sc|sf|rm|sl|up|normal|md)|mkbib(?:emph|bold|italic|acro)|underline|uppercase|lowercase|Make(?:Upp|Low)ercase|nocase|it|bf|em|sc|sf|tt|rm|itshape|bfseries|scshape|upshape|protect|relax|xspace)(?![A-Za-z])\*? ?|\\@/g;
/** Commands whose setting has a meaning: powers, indices, chemical formulas, quantities. */
const setText =
  /\\(?:(?:text|mkbib)(?:super|sub)script|ce|SI|si|num|qty|unit|ang|SIrange|numrange)(?![A-Za-z])\s?(?:\[[^[\]{}]{0,200}\])?(?=\{)/g;
/** The longest group in braces. */
const groupLimit = 4_000;

interface Piece {
  readonly text: string;
  /** Whether it is finished: formulas, and a "\\" or "{" from a command. */
  readonly isRead: boolean;
}

/**
 * What TeX reads by other rules than text. A formula: the text between unescaped dollars, `\(` and `\)`, or `\[`
 * and `\]`. An address: the argument of `\url`.
 */
const formulaOrAddress =
  /(?<!\\)\$\$?[^$]{1,2000}\$\$?|\\\([^$]{1,2000}?\\\)|\\\[[^$]{1,2000}?\\\]|\\(?:url|nolinkurl|path) ?\{[^{}]{1,2000}\}/g;

/**
 * The readable text of a BibTeX field, at most `limit` characters of it. Outside formulas, commands for accents
 * and characters become those characters, braces and style commands are removed, and TeX's dashes, quotes and
 * ties become real ones. Formulas and commands that `renderTex` knows stay; other commands lose their name and
 * keep their argument. Names are never rendered, so nothing stays escaped in them.
 */
export function texText(text: string, limit: number, { isName = false } = {}): string {
  if (text === "") return "";
  const cut = text.length > limit;
  // Most fields need no more, and checking is many times as fast.
  if (!cut && isPlain(text)) return clean(text);
  // White space is collapsed first, so that no later pattern meets long runs of it.
  const flat = withSetText(withoutEscapes(text.slice(0, limit).replace(/\s+/g, " ")));
  const read = fromMarkup(readWith(flat, false));
  // An escaped character keeps its backslash if it would be read as TeX again.
  const mayDiffer = !isName && /\\[_{}$]/.test(flat);
  const escaped = mayDiffer ? fromMarkup(readWith(flat, true)) : read;
  const once = escaped === read || plainTex(escaped) === plainTex(read) ? read : escaped;
  return cut ? `${once}…` : once;
}

/** Whether text has nothing that TeX, markup or a terminal reads as other than itself. */
function isPlain(text: string): boolean {
  return !/[\\${}~<&`\x1b\x80-\x9f\ufeff]/.test(text) && !text.includes("--") && !text.includes("''");
}

/** @param keepsEscapes whether `\_`, `\{` and `\}` stay escaped */
function readWith(flat: string, keepsEscapes: boolean): string {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of flat.matchAll(formulaOrAddress)) {
    pieces.push(...piecesOf(flat.slice(from, found.index), keepsEscapes), {
      text: /^\\[a-z]/.test(found[0]) ? texAddress(found[0]) : withSigns(found[0]),
      isRead: true,
    });
    from = found.index + found[0].length;
  }
  pieces.push(...piecesOf(flat.slice(from), keepsEscapes));
  return withoutBraces(pieces);
}

/** A formula with characters instead of commands that `renderTex` does not know. */
function withSigns(text: string): string {
  return text.replace(/\\([A-Za-z]+)(?:\{\})?/g, (found, name: string) =>
    isRendered(name) || /^\p{M}/u.test(macroSign(name) ?? "") ? found : (macroSign(name) ?? found),
  );
}

/** Replaces powers, indices, quantities and bookmark alternatives by readable text. */
function withSetText(text: string): string {
  if (!text.includes("\\")) return text;
  const one = replaced(text, /\\texorpdfstring(?![A-Za-z])\s?(?=\{)/g, (_, first, rest) => ({
    text: first,
    taken: rest.startsWith("{") ? groupEnd(rest, 0) : 0,
  }));
  // Inside a formula all of this belongs to the formula.
  let whole = "";
  let from = 0;
  for (const found of one.matchAll(formulaOrAddress)) {
    whole += outsideOfFormulas(one.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return whole + outsideOfFormulas(one.slice(from));
}

function outsideOfFormulas(text: string): string {
  if (!text.includes("\\")) return text;
  const plain = replaced(text, /\\ensuremath(?![A-Za-z])\s?(?=\{)/g, (_, first) => ({
    text: `$${first}$`,
    taken: 0,
  }));
  return replaced(plain, setText, (name, first, rest) => {
    const isScript = /script$/.test(name);
    const second = !isScript && /^(?:SI|qty|SIrange|numrange)$/.test(name) && rest.startsWith("{");
    const taken = second ? Math.max(0, groupEnd(rest, 0)) : 0;
    const command = `\\${name.replace(/^mkbib/, "text")}{${first}}${rest.slice(0, taken)}`;
    const set = plainTex(
      isScript ? `\\${name.replace(/^mkbib/, "text")}{${fromTexAccents(first)}}` : command,
    );
    return { text: /[\\{}$]/.test(set) ? command : set, taken };
  });
}

/** Replaces each command and its first argument. */
function replaced(
  text: string,
  command: RegExp,
  by: (name: string, first: string, rest: string) => { readonly text: string; readonly taken: number },
): string {
  let whole = "";
  let from = 0;
  for (const found of text.matchAll(command)) {
    if (found.index < from) continue;
    const start = found.index + found[0].length;
    const end = groupEnd(text, start);
    if (end < 0) continue;
    const name = /[A-Za-z]+/.exec(found[0])?.[0] ?? "";
    const put = by(name, text.slice(start + 1, end - 1), text.slice(end, end + groupLimit));
    whole += text.slice(from, found.index) + put.text;
    from = end + Math.max(0, put.taken);
  }
  return whole + text.slice(from);
}

/** Text between formulas, split at commands for characters. */
function piecesOf(text: string, keepsEscapes: boolean): Piece[] {
  if (!text.includes("\\")) return [{ text: withoutTex(text), isRead: false }];
  const whole = withMarks(cyrillic(text));
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of whole.matchAll(signCommand)) {
    const [command, name = "", sign] = found;
    const read = sign ?? signs[name] ?? (isRendered(name) ? null : macroSign(name));
    // An accent is read with its letter, below.
    if (read === null || read === undefined || /^\p{M}/u.test(read)) continue;
    pieces.push({ text: withoutTex(whole.slice(from, found.index)), isRead: false });
    pieces.push({ text: keepsEscapes && /^[_{}$]$/.test(sign ?? "") ? `\\${read}` : read, isRead: true });
    from = found.index + command.length;
  }
  pieces.push({ text: withoutTex(whole.slice(from)), isRead: false });
  return pieces;
}

/** Letters with a combining accent from a command: `\textcommabelow{s}`. */
function withMarks(text: string): string {
  return text.replace(
    /\\([A-Za-z]{3,40})(?:\s?\{\s?(\p{L})\s?\}|\s(\p{L}))/gu,
    (found, name: string, braced: string | undefined, bare: string | undefined) => {
      const mark = isRendered(name) || signs[name] !== undefined ? null : macroSign(name);
      return mark !== null && /^\p{M}+$/u.test(mark) ? `${braced ?? bare}${mark}`.normalize("NFC") : found;
    },
  );
}

/** Text without TeX, except for its braces and unknown commands. */
function withoutTex(text: string): string {
  if (!/[\\~`'-]/.test(text)) return text;
  // Braces prevent ligatures.
  return fromTexAccents(text)
    .replace(stylingCommands, "")
    .replace(/\\[-/,;:!]/g, (found) => (found === "\\-" || found === "\\/" || found === "\\!" ? "" : " "))
    .replace(/\\\\| ?\\ |(?<!\\)~/g, " ")
    .replace(/(?<!-)---(?!-)/g, "—")
    .replace(/(?<!-)--(?!-)/g, "–")
    .replace(/``/g, "“")
    .replace(/''/g, "”");
}

/** The replacement of a pair of braces; its end is `null` if the content is removed. */
type Braces = readonly [opened: string, closed: string | null];

const mere: Braces = ["", ""];
const kept: Braces = ["{", "}"];
const unread: Braces = ["", null];
const quotation: Braces = ["“", "”"];

/** Commands whose argument is not text: names of environments, addresses before a label, sort keys. */
const unreadArguments =
  /^\\(?:href|begin|end|(?:sort)?noop(?:sort)?|SortNoop|NoopSort|[hv]space|[hv]?phantom|label|index)\*?$/i;
/** Commands of glossaries and programs that only name their text. */
const textOnly = /^\\(?:ac[flsp]?|acro|acr(?:short|long|full)|[Gg]ls(?:pl|first)?|code)\*?$/;
const quotes = /^\\(?:enquote|mkbibquote|say|textquote|textcquote)\*?$/;

/** The braces after a command; `null` if it is unknown and loses its name. */
function bracesOf(command: string): Braces | null {
  if (quotes.test(command)) return quotation;
  if (unreadArguments.test(command)) return unread;
  if (textOnly.test(command)) return null;
  return isRendered(command.slice(1).replace("*", "")) ? kept : null;
}

/** Text without braces, except for finished ones and those of commands that `renderTex` knows. One pass. */
function withoutBraces(pieces: readonly Piece[]): string {
  const state: Reading = { plain: "", open: [], hidden: 0, next: mere, isAfterCommand: false, unknown: "" };
  for (const { text, isRead } of pieces) {
    if (isRead || !/[{}\\]/.test(text)) {
      if (text !== "") write(state, text);
      continue;
    }
    for (const [token] of text.matchAll(/\\[A-Za-z]+\*?|[{}]|[^\\{}]+|\\/g)) take(state, token);
  }
  write(state, "");
  return state.plain;
}

interface Reading {
  plain: string;
  readonly open: Braces[];
  /** How many open braces hide their content. */
  hidden: number;
  /** The replacement of the next brace. */
  next: Braces;
  isAfterCommand: boolean;
  /** An unknown command, until its argument shows whether it loses its name. */
  unknown: string;
}

function write(state: Reading, text: string): void {
  if (state.hidden === 0) state.plain += state.unknown + text;
  state.unknown = "";
  state.next = mere;
  state.isAfterCommand = false;
}

function take(state: Reading, token: string): void {
  const { next, isAfterCommand } = state;
  if (token === "{") {
    state.unknown = "";
    write(state, next[0]);
    state.open.push(next);
    if (next[1] === null) state.hidden += 1;
  } else if (token === "}") {
    const braces = state.open.pop() ?? mere;
    // `{\mu}m`: without its braces the name must not run into the letters after it.
    if (isAfterCommand && braces === mere) write(state, "{}");
    if (braces[1] === null) {
      write(state, "");
      state.hidden -= 1;
    } else write(state, braces[1]);
    // `\frac{a}{b}`: the second pair belongs to the command too.
    state.next = braces === kept ? kept : mere;
  } else if (/^\\[A-Za-z]/.test(token)) {
    const braces = bracesOf(token);
    write(state, braces === kept ? token : "");
    if (braces === null) state.unknown = token;
    state.next = braces ?? mere;
    state.isAfterCommand = true;
  } else if (isAfterCommand && (token === " " || /^\[[^\]]*\] ?$/.test(token))) {
    // A space or an option may precede the braces of a command.
    if (state.unknown !== "") state.unknown += token;
    else write(state, token);
    state.next = next;
    state.isAfterCommand = true;
  } else write(state, token);
}

/** An address or identifier field: removes `\url{…}`, braces and escapes, and keeps the rest. */
export function texAddress(text: string): string {
  // Printable ASCII without the characters that are replaced below.
  if (text.length <= 4_000 && !/[^ -#%'-[\]-z|~]/.test(text)) return clean(text);
  // HTML entities would also match in "?a=1&copy=2".
  return clean(
    text
      .slice(0, 4_000)
      .replace(/&amp;/gi, "&")
      .replace(/\s+/g, " ")
      .replace(/\\(?:url|href|nolinkurl|path) ?(?=\{)/g, "")
      .replace(/\\textasciitilde|\\~|\$\\sim\$/g, "~")
      .replace(/\\textunderscore|\{\\textunderscore\}/g, "_")
      .replace(
        /\$([<>])\$|\\text(less|greater)(?:\{\})?/g,
        (_, sign?: string, name?: string) => sign ?? (name === "less" ? "<" : ">"),
      )
      .replace(/\\([&%_#$])/g, "$1")
      .replace(/[{}]/g, ""),
  );
}
