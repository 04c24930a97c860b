/** Signs that exporters write as commands within a formula that they have escaped. */
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

/** Better BibTeX escapes the dollars of a formula that it puts in braces: `\${$\sigma$\$}`. */
const halfEscaped = /\\\$\{\$((?:[^$\\]|\\[^$]){1,2000})(?:\$\\\$|\\\$\$)\}/g;
/** A tag whose brackets Better BibTeX has written as formulas: `{$<$}i{$>$}`. */
const escapedTag = /\{?\$<\$\}?(\/?[A-Za-z][\w:-]{0,40}\/?)\{?\$>\$\}?/g;

/**
 * The TeX of a text that an exporter has escaped, as if each of its signs was meant: formulas that came
 * with a title or an abstract are formulas again, and tags are tags. Linear in the length of the text.
 */
export function withoutEscapes(text: string): string {
  if (!text.includes("$") && !text.includes("\\vphantom")) return text;
  return fromZotero(
    fromMendeley(
      text
        .replace(halfEscaped, (_, inside: string) => `$${inside}$`)
        .replace(escapedTag, "{\\textless}$1{\\textgreater}"),
    ),
  );
}

/**
 * Mendeley: `R$\backslash$'enyi` is "R\'enyi", and `{\$}E{\_}{\{}\backslashmax{\}}{\$}` is "$E_{\max}$".
 * Two dollars with nothing of TeX between them are prices.
 */
function fromMendeley(text: string): string {
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
  return withNamedSigns(formula).replace(/\{\\(?:([_{}#%&])|(\^)\{\})\}/g, "$1$2");
}

/**
 * Zotero: `\$x{\textasciicircum}\{\vphantom{\}}2\vphantom{\{}\}\$` is "$x^{2}$". As in Pandoc's rule no
 * blank follows the first dollar or is before the last one, and no digit follows that: `\$5 to \$10` are prices.
 */
function fromZotero(text: string): string {
  const braces = text.includes("\\vphantom")
    ? text
        .replace(commandWithText, "\\$1{$2}")
        .replace(/\\\{\s?\\vphantom\s?\{\\\}\}/g, "\\{")
        .replace(/\\vphantom\s?\{\\\{\}\s?\\\}/g, "\\}")
    : text;
  if (!/\\\$[\s\S]*\\\$/.test(braces)) return braces;
  // Once the exporter's own escapes are seen in a formula, its others are formulas too.
  const isEscaped = [...braces.matchAll(zoteroFormula)].some(([, inside = ""]) => hasEscapedTex(inside));
  if (!isEscaped) return braces;
  return braces.replace(zoteroFormula, (whole, inside: string) =>
    hasEscapedTex(inside) || !/[A-Za-z]{4}|^\d[\d.,]*$|[^\x20-\x7e]/.test(withNamedSigns(inside))
      ? `$${withNamedSigns(inside).replace(/\\([_{}#&])/g, "$1")}$`
      : whole,
  );
}

const commandWithText =
  /\{\\textbackslash\}([A-Za-z]{2,20})\\\{\\vphantom\{\\\}\}([^\\{}$]{1,300})\\vphantom\{\\\{\}\\\}/g;
const zoteroFormula = /\\\$(?!\s)((?:\\[^$]|[^\\$]){1,500}?)(?<!\s)\\\$(?!\d)/g;

/** Whether TeX is in it that was escaped: a command, a power, an index, braces. */
function hasEscapedTex(inside: string): boolean {
  return /\\text(?:backslash|asciicircum)|\\[_{]/.test(inside);
}

function withNamedSigns(formula: string): string {
  return formula.replace(
    /\{\\(text[a-z]{2,20})\}|\\(text[a-z]{2,20})(?:\{\}|\s(?=\S)|(?=[^a-zA-Z]))/g,
    (found, braced: string | undefined, bare: string | undefined) => signs[braced ?? bare ?? ""] ?? found,
  );
}
