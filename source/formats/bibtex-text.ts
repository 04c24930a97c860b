import { clean } from "../text/clean.js";
import { fromMarkup } from "../text/markup.js";
import { fromTexAccents } from "../text/names.js";

/** Characters that TeX writes as commands. */
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
  quad: " ",
  qquad: " ",
  enspace: " ",
  thinspace: " ",
  cprime: "'",
  LaTeX: "LaTeX",
  TeX: "TeX",
};
const signCommand = new RegExp(
  `\\\\(?:(${Object.keys(signs).join("|")})(?![A-Za-z])(?:\\{\\}| (?=\\S))?|([&%_#{}$]))`,
  "g",
);
/** Commands that only say how their text looks, or nothing at all; the text stays. */
const looks =
  /\\(?:emph|mbox|hbox|text|text(?:tt|it|bf|sc|sf|rm|sl|up|normal|md|superscript|subscript)|mkbib(?:emph|bold|italic|acro|superscript|subscript)|underline|uppercase|lowercase|Make(?:Upp|Low)ercase|nocase|ensuremath|ce|url|path|it|bf|em|sc|sf|tt|rm|itshape|bfseries|scshape|upshape|protect|relax|xspace)(?![A-Za-z])\*? ?/g;
interface Piece {
  readonly text: string;
  /** Whether it is read already: formulas, and a "\\" or "{" that a command stands for. */
  readonly isRead: boolean;
}

/** A formula: what stands between unescaped dollars, or `\(` and `\)`. */
const formula = /(?<!\\)\$\$?[^$]{1,2000}\$\$?|\\\([^$]{1,2000}?\\\)/g;

/**
 * A field of a BibTeX entry as it is read, at most `limit` characters of it: outside of formulas,
 * accents and other characters written as commands are those characters, braces and commands of
 * mere looks are gone, TeX's dashes, quotes and ties are the real ones. Formulas stay as they are;
 * so do commands that are not known, with their braces.
 */
export function texText(text: string, limit: number): string {
  const cut = text.length > limit;
  // White space is made one first, so that no pattern behind this meets long runs of it.
  const flat = withoutEscapedTex(text.slice(0, limit).replace(/\s+/g, " "));
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of flat.matchAll(formula)) {
    pieces.push(...piecesOf(flat.slice(from, found.index)), { text: found[0], isRead: true });
    from = found.index + found[0].length;
  }
  pieces.push(...piecesOf(flat.slice(from)));
  const read = fromMarkup(withoutBraces(pieces));
  return cut ? `${read}…` : read;
}

/**
 * Mendeley escapes the TeX that a text brings along: `R$\backslash$'enyi` is "R\'enyi", and
 * `{\$}E{\_}{\{}\backslashmax{\}}{\$}` is "$E_{\max}$". Two dollars with nothing of TeX between them
 * are prices.
 */
function withoutEscapedTex(text: string): string {
  if (!text.includes("\\backslash") && !text.includes("{\\$}")) return text;
  const commands = text.includes("$\\backslash$") ? text.replace(/\{\\([{}])\}/g, "$1") : text;
  const bare = commands.replaceAll("$\\backslash$", "\\").replace(/\\backslash(?=[A-Za-z])/g, "\\");
  const pieces = bare.split("{\\$}");
  let whole = pieces[0] as string;
  for (let at = 1; at < pieces.length; at += 1) {
    const piece = pieces[at] as string;
    const behind = pieces[at + 1];
    if (behind !== undefined && piece.length < 2_000 && /\{\\(?:[_{]|\^\{\})\}|\\[A-Za-z]/.test(piece)) {
      whole += `$${unescaped(piece).replaceAll("$", "")}$${behind}`;
      at += 1;
    } else whole += `{\\$}${piece}`;
  }
  return whole;
}

function unescaped(formula: string): string {
  return formula
    .replace(/\{\\(text[a-z]{2,20})\}/g, (found, name: string) => signs[name] ?? found)
    .replace(/\{\\(?:([_{}#%&])|(\^)\{\})\}/g, "$1$2");
}

/** Text between formulas, parted at the commands that are characters. */
function piecesOf(text: string): Piece[] {
  if (!text.includes("\\")) return [{ text: withoutTex(text), isRead: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(signCommand)) {
    const [whole, name = "", sign] = found;
    pieces.push({ text: withoutTex(text.slice(from, found.index)), isRead: false });
    pieces.push({ text: sign ?? signs[name] ?? "", isRead: true });
    from = found.index + whole.length;
  }
  pieces.push({ text: withoutTex(text.slice(from)), isRead: false });
  return pieces;
}

/** Text without TeX, but for its braces and commands that are not known. */
function withoutTex(text: string): string {
  if (!/[\\~`'-]/.test(text)) return text;
  // Braces keep two signs from becoming one.
  return fromTexAccents(text)
    .replace(looks, "")
    .replace(/\\[-/,;:!]/g, (found) => (found === "\\-" || found === "\\/" || found === "\\!" ? "" : " "))
    .replace(/\\\\| ?\\ |(?<!\\)~/g, " ")
    .replace(/(?<!-)---(?!-)/g, "—")
    .replace(/(?<!-)--(?!-)/g, "–")
    .replace(/``/g, "“")
    .replace(/''/g, "”");
}

/** What a pair of braces becomes; its end is `null` where all that stands in it is left out. */
type Braces = readonly [opened: string, closed: string | null];

const mere: Braces = ["", ""];
const kept: Braces = ["{", "}"];
const unread: Braces = ["", null];
const quotation: Braces = ["“", "”"];

/** The braces behind a command. An environment's name is not read, nor an address before its label. */
function bracesOf(command: string): Braces {
  if (/^\\(?:enquote|mkbibquote)\*?$/.test(command)) return quotation;
  return /^\\(?:href|begin|end)$/.test(command) ? unread : kept;
}

/** Text without its braces, but for those that are read already and of commands that are not known. One pass. */
function withoutBraces(pieces: readonly Piece[]): string {
  const state = { plain: "", open: [] as Braces[], hidden: 0, next: mere, isBehindCommand: false };
  for (const { text, isRead } of pieces) {
    if (isRead || !/[{}\\]/.test(text)) {
      if (text !== "") write(state, text);
      continue;
    }
    for (const [token] of text.matchAll(/\\[A-Za-z]+\*?|[{}]|[^\\{}]+|\\/g)) take(state, token);
  }
  return state.plain;
}

interface Reading {
  plain: string;
  readonly open: Braces[];
  /** How many of the open braces hide what stands in them. */
  hidden: number;
  /** What a brace that follows becomes. */
  next: Braces;
  isBehindCommand: boolean;
}

function write(state: Reading, text: string): void {
  if (state.hidden === 0) state.plain += text;
  state.next = mere;
  state.isBehindCommand = false;
}

function take(state: Reading, token: string): void {
  const { next, isBehindCommand } = state;
  if (token === "{") {
    write(state, next[0]);
    state.open.push(next);
    if (next[1] === null) state.hidden += 1;
  } else if (token === "}") {
    const braces = state.open.pop() ?? mere;
    if (braces[1] === null) state.hidden -= 1;
    else write(state, braces[1]);
    // `\frac{a}{b}`: the second pair is the command's as well.
    state.next = braces === kept ? kept : mere;
  } else if (/^\\[A-Za-z]/.test(token)) {
    const braces = bracesOf(token);
    write(state, braces === kept ? token : "");
    state.next = braces;
    state.isBehindCommand = true;
  } else {
    write(state, token);
    // A space may stand between a command and its braces.
    if (token === " " && isBehindCommand) state.next = next;
    state.isBehindCommand = token === " " && isBehindCommand;
  }
}

/** A field that is an address or an identifier: `\url{…}`, braces and escapes are gone, all else stays. */
export function texAddress(text: string): string {
  // Entities as HTML has them would be found in "?a=1&copy=2" too.
  return clean(
    text
      .slice(0, 4_000)
      .replace(/&amp;/gi, "&")
      .replace(/\s+/g, " ")
      .replace(/\\(?:url|href|path) ?(?=\{)/g, "")
      .replace(/\\textasciitilde|\\~|\$\\sim\$/g, "~")
      .replace(/\\([&%_#$])/g, "$1")
      .replace(/[{}]/g, ""),
  );
}
