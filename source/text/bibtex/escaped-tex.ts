/** Characters that exporters write as commands inside an escaped formula. */
const signs: Readonly<Record<string, string>> = {
  textbackslash: "\\",
  textasciicircum: "^",
  textasciitilde: "~",
  textless: "<",
  textgreater: ">",
  textbar: "|",
  textunderscore: "_",
  textquotesingle: "'",
  textemdash: "—",
  textendash: "–",
};

/** Better BibTeX escapes the dollars of a formula in braces: `\${$\sigma$\$}`. */
const halfEscaped = /\\\$\{\$((?:[^$\\]|\\[^$]){1,2000})(?:\$\\\$|\\\$\$)\}/g;
/** A tag whose brackets Better BibTeX wrote as formulas: `{$<$}i{$>$}`. */
const escapedTag = /\{?\$<\$\}?(\/?[A-Za-z][\w:-]{0,40}\/?)\{?\$>\$\}?/g;

/**
 * Undoes an exporter's escaping of TeX: formulas in a title or abstract become formulas again, tags become tags,
 * and line breaks become blanks. Linear in the length of the text.
 */
export function withoutEscapes(text: string): string {
  const words = withoutProtection(text);
  const plain = /\\(?:n|r|u|text|backslash)/.test(words) ? withoutJsonEscapes(words) : words;
  if (!/\$|\\vphantom|\\textbackslash|\\[\^_]\\\{/.test(plain)) return plain;
  return fromZotero(
    fromMendeley(
      plain
        .replace(halfEscaped, (_, inside: string) => `$${inside}$`)
        .replace(escapedTag, "{\\textless}$1{\\textgreater}"),
    ),
  );
}

/** A formula, or a name in escaped braces: a word with a second capital. */
const protectedName =
  /(?<!\\)\$[^$]{1,2000}\$|(?<![^\s("'/-])\\\{([A-Za-z\d][\w-]{0,30}[A-Z][\w-]{0,30})\\\}(?![^\s)"',.;:/-])/g;

/**
 * ADS and some libraries escape the braces with which an author protects a name from lower case: `\{PID\}` is
 * "PID". In formulas and around lists they are meant.
 */
export function withoutProtection(text: string): string {
  if (!text.includes("\\{")) return text;
  return text.replace(protectedName, (found, name: string | undefined) => name ?? found);
}

/** A backslash as text, however an exporter writes it. */
const backslash = String.raw`(?:\\(?!text)|\\textbackslash(?:\{\}|\s)?|\{\\textbackslash\}|\$\\backslash\$)`;
/**
 * Mendeley and Zotero keep the escapes of the web page that an abstract came from: `\n\nMETHODS`, `\u2019`. No
 * command of TeX that begins with an n goes on with a capital, a digit or a sign.
 */
const lineBreaks = new RegExp(
  // A formula is matched first and kept.
  String.raw`(?<!\\)\$(?!\\backslash\$)[^$]{1,2000}\$|(?<!\\)(?:${backslash}r${backslash}n|${backslash}n(?![a-z]))+`,
  "g",
);
const codePoint = new RegExp(`${backslash}u([0-9a-f]{4})`, "g");

function withoutJsonEscapes(text: string): string {
  return text
    .replace(lineBreaks, (found) => (/^\$(?!\\b)/.test(found) ? found : " "))
    .replace(codePoint, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/**
 * Mendeley: `R$\backslash$'enyi` is "R\'enyi", and `{\$}E{\_}{\{}\backslashmax{\}}{\$}` is "$E_{\max}$". Two
 * dollars without TeX between them are prices.
 */
function fromMendeley(text: string): string {
  if (!text.includes("\\backslash") && !text.includes("{\\$}")) return text;
  const commands = text.includes("$\\backslash$") ? text.replace(/\{\\([{}])\}/g, "$1") : text;
  const bare = commands.replaceAll("$\\backslash$", "\\").replace(/\\backslash(?=[A-Za-z])/g, "\\");
  const pieces = bare.split("{\\$}");
  let whole = pieces[0] as string;
  for (let at = 1; at < pieces.length; at += 1) {
    const piece = pieces[at] as string;
    const next = pieces[at + 1];
    if (next !== undefined && piece.length < 2_000 && /\{\\(?:[_{]|\^\{\})\}|\\[A-Za-z]/.test(piece)) {
      whole += `$${unescaped(piece).replaceAll("$", "")}$${next}`;
      at += 1;
    } else whole += `{\\$}${piece}`;
  }
  return whole;
}

function unescaped(formula: string): string {
  return withNamedSigns(formula).replace(/\{\\(?:([_{}#%&])|(\^)\{\})\}/g, "$1$2");
}

/**
 * Zotero: `\$x{\textasciicircum}\{\vphantom{\}}2\vphantom{\{}\}\$` is "$x^{2}$". As in Pandoc's rule, no space
 * follows the first dollar or precedes the last one, and no digit follows it: `\$5 to \$10` are prices.
 */
function fromZotero(text: string): string {
  const commands = text
    .replace(comparison, (_, sign: string) => (sign === "<" ? "{\\textless}" : "{\\textgreater}"))
    .replace(plainCommandWithText, "\\$1{$2}");
  const braces = commands.includes("\\vphantom")
    ? commands
        .replace(commandWithText, "\\$1{$2}")
        .replace(/\\\{\s?\\vphantom\s?\{\\\}\}/g, "\\{")
        .replace(/\\vphantom\s?\{\\\{\}\s?\\\}/g, "\\}")
    : commands;
  return withFormulas(braces).replace(
    bareScript,
    (_, sign: string, inside: string) => `$${sign}{${inside}}$`,
  );
}

function withFormulas(text: string): string {
  if (!/\\\$[\s\S]*\\\$/.test(text)) return text;
  const braces = text.replace(loneSign, (_, inside: string) => `$${withNamedSigns(inside)}$`);
  // If a formula has the exporter's own escapes, its other escapes belong to the formula too.
  const isEscaped = [...braces.matchAll(zoteroFormula)].some(([, inside = ""]) => hasEscapedTex(inside));
  return braces.replace(zoteroFormula, (whole, inside: string) =>
    shortFormula.test(inside) ||
    hasEscapedTex(inside) ||
    (isEscaped && !/[A-Za-z]{4}|^\d[\d.,]*$|[^\x20-\x7e]/.test(withNamedSigns(inside)))
      ? `$${withNamedSigns(inside).replace(/\\([_{}#&])/g, "$1")}$`
      : whole,
  );
}

const commandWithText =
  /\{\\textbackslash\}([A-Za-z]{2,20})\\\{\\vphantom\{\\\}\}([^\\{}$]{1,300})\\vphantom\{\\\{\}\\\}/g;
/** The same without the phantoms of Better BibTeX: `\textbackslash emph\{WFIRST\}`. */
const plainCommandWithText =
  /(?:\\textbackslash(?:\{\}|\s)|\{\\textbackslash\})([A-Za-z]{2,20})\\\{([^\\{}$]{1,300})\\\}/g;
/** A comparison as an exporter writes it: `\$T{$>$}12\$`. */
const comparison = /\{\$([<>])\$\}/g;
/** An escaped power or index outside of a formula: `58\^\{+21\}\_\{-20\}`. */
const bareScript = /\\([\^_])\\\{([^\\{}$]{1,60})\\\}/g;
/** A formula of one command or sign, which a digit may follow: `\$\textbackslash sim\$8`. */
const loneSign = /\\\$((?:\\textbackslash(?:\{\}|\s)?|\{\\textbackslash\}\s?)[A-Za-z]{2,20}|[-+~])\\\$/g;
/** A formula whatever else is escaped: one letter, a signed number, a comparison. */
const shortFormula =
  /^(?:[A-Za-z]|[-+]\d[\d.]*|[A-Za-z] ?(?:=|[<>]|\{\\text(?:less|greater)\}) ?-?[\d.]{1,20})$/;
const zoteroFormula = /\\\$(?!\s)((?:\\[^$]|[^\\$]){1,500}?)(?<!\s)\\\$(?!\d)/g;

/**
 * Whether it contains escaped TeX: a command, a power, an index, braces. An empty pair of braces that keeps signs
 * apart, as our exports write it, shows that it is text.
 */
function hasEscapedTex(inside: string): boolean {
  if (/[-'`?!]\{\}|\\textbackslash\{\}\{\}/.test(inside)) return false;
  return /\\text(?:backslash|asciicircum)|\\[_{]/.test(inside);
}

function withNamedSigns(formula: string): string {
  return formula.replace(
    /\{\\(text[a-z]{2,20})\}|\\(text[a-z]{2,20})(?:\{\}|\s(?=\S)|(?=[^a-zA-Z]))/g,
    (found, braced: string | undefined, bare: string | undefined) => signs[braced ?? bare ?? ""] ?? found,
  );
}
