import { clean } from "../text/clean.js";
import { fromMarkup } from "../text/markup.js";
import { fromTexAccents, personName } from "../text/names.js";

/** Characters that TeX writes as commands. */
const signs: Readonly<Record<string, string>> = {
  textendash: "–",
  textemdash: "—",
  textquoteleft: "‘",
  textquoteright: "’",
  textquotedblleft: "“",
  textquotedblright: "”",
  textquotesingle: "'",
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
  textregistered: "®",
  texttrademark: "™",
  textdegree: "°",
  textellipsis: "…",
  ldots: "…",
  dots: "…",
  slash: "/",
  LaTeX: "LaTeX",
  TeX: "TeX",
};
const signCommand = new RegExp(
  `\\\\(?:(${Object.keys(signs).join("|")})(?![A-Za-z])(?:\\{\\}| (?=\\S))?|([&%_#{}$]))`,
  "g",
);
/** Commands that only say how their text looks; the text stays. */
const looks =
  /\\(?:emph|enquote|mbox|hbox|texttt|textit|textbf|textsc|textsf|textrm|textsl|textup|textnormal|textmd|underline|uppercase|lowercase|MakeUppercase|MakeLowercase|nocase|url|path|(?:it|bf|em|sc|sf|tt|rm|itshape|bfseries|scshape|upshape)(?![A-Za-z])) ?(?=[{ A-Za-z0-9$"`]|$)/g;
/** A formula: what stands between unescaped dollars, or `\(` and `\)`. */
const formula = /(?<!\\)\$\$?[^$]{1,2000}\$\$?|\\\([^$]{1,2000}?\\\)/g;

/**
 * A field of a BibTeX entry as it is read, at most `limit` characters of it: outside of formulas,
 * accents and other characters written as commands are those characters, braces and commands of
 * mere looks are gone, TeX's dashes, quotes and ties are the real ones. Formulas stay as they are.
 */
export function texText(text: string, limit: number): string {
  const cut = text.length > limit;
  // White space is made one first, so that no pattern behind this meets long runs of it.
  const flat = text.slice(0, limit).replace(/\s+/g, " ");
  let plain = "";
  let from = 0;
  for (const found of flat.matchAll(formula)) {
    plain += withoutTex(flat.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  plain += withoutTex(flat.slice(from));
  const read = fromMarkup(plain);
  return cut ? `${read}…` : read;
}

function withoutTex(text: string): string {
  if (!/[\\{}~`'-]/.test(text)) return text;
  let plain = "";
  let from = 0;
  // A "\" or "{" that a command stands for is not read as TeX again.
  for (const found of text.matchAll(signCommand)) {
    const [whole, name = "", sign] = found;
    plain += withoutCommands(text.slice(from, found.index)) + (sign ?? signs[name]);
    from = found.index + whole.length;
  }
  return plain + withoutCommands(text.slice(from));
}

function withoutCommands(text: string): string {
  if (!/[\\{}~`'-]/.test(text)) return text;
  return (
    fromTexAccents(text)
      .replace(looks, "")
      .replace(/\\[-/,;:!]/g, (found) => (found === "\\-" || found === "\\/" || found === "\\!" ? "" : " "))
      .replace(/\\\\| ?\\ |(?<!\\)~/g, " ")
      // Braces keep two signs from becoming one.
      .replace(/(?<!-)---(?!-)/g, "—")
      .replace(/(?<!-)--(?!-)/g, "–")
      .replace(/``/g, "“")
      .replace(/''/g, "”")
      .replace(/[{}]/g, "")
  );
}

/**
 * The people of an `author` field: parted at each " and " outside of braces, "others" left out.
 * A name in braces is an organization and stays as it is; BibLaTeX's `family=…, given=…` is read too.
 */
export function texNames(text: string): string[] {
  const names: string[] = [];
  for (const part of splitAtAnd(text.slice(0, namesLimit).replace(/\s+/g, " "))) {
    const name = part.slice(0, nameLimit).trim();
    if (name === "" || /^\{?others\}?$/i.test(name)) continue;
    const read = oneName(name);
    if (read !== "") names.push(read);
  }
  return names;
}

/** The collaborations of CERN, the longest there are, write some 100,000 characters of names. */
const namesLimit = 1_000_000;
const nameLimit = 500;

function oneName(name: string): string {
  if (isOneGroup(name)) return texText(name, nameLimit);
  if (/^(?:family|given|prefix|suffix)(?:-i)? ?=/i.test(name)) {
    const parts = new Map(
      name.split(/, ?/).map((part) => {
        const [key = "", value = ""] = part.split("=");
        return [key.trim().toLowerCase(), value];
      }),
    );
    const order = ["given", "prefix", "family", "suffix"];
    return texText(order.map((key) => parts.get(key) ?? "").join(" "), nameLimit);
  }
  return fromMarkup(personName(name));
}

/** Whether the text is one pair of braces with all the rest in it. */
function isOneGroup(text: string): boolean {
  if (!text.startsWith("{") || !text.endsWith("}")) return false;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return false;
  }
  return true;
}

function splitAtAnd(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "{") depth += 1;
    else if (sign === "}") depth = Math.max(0, depth - 1);
    else if (sign === " " && depth === 0 && / and /iy.test(text.slice(at, at + 5))) {
      parts.push(text.slice(from, at));
      from = at + 4;
      at += 3;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/**
 * The items of a list of keywords, as TeX: parted at commas and semicolons outside of braces, which
 * may also stand around the whole list, as some databases put them around every value.
 */
export function texItems(text: string): string[] {
  const list = isOneGroup(text.trim()) ? text.trim().slice(1, -1) : text;
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at += 1) {
    const sign = list[at];
    if (sign === "{") depth += 1;
    else if (sign === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (sign === "," || sign === ";")) {
      items.push(list.slice(from, at));
      from = at + 1;
    }
  }
  return [...items, list.slice(from)];
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
