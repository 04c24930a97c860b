import { clean } from "./clean.js";
import { textAccents } from "./tex/tables/accents.js";

/** Letters with a command of their own. */
const letters: Readonly<Record<string, string>> = {
  ss: "ß",
  o: "ø",
  O: "Ø",
  l: "ł",
  L: "Ł",
  ae: "æ",
  AE: "Æ",
  oe: "œ",
  OE: "Œ",
  aa: "å",
  AA: "Å",
  i: "ı",
  j: "ȷ",
  dh: "ð",
  DH: "Ð",
  th: "þ",
  TH: "Þ",
  dj: "đ",
  DJ: "Đ",
  ng: "ŋ",
  NG: "Ŋ",
};
const signAccent =
  /\\(["'`^~=.])\s{0,9}(?:\{\s{0,9}(\\[ij](?![A-Za-z])|[^{}\\]?)\s{0,9}\}|(\\[ij](?![A-Za-z])\s?|[A-Za-z]))/g;
/** `Mar\'\ia`, which lacks the braces that it has in BibTeX. */
const dotlessBefore = /\\(["'`^~=])\\i(?!math)(?=[a-z])/g;
const letterAccent =
  /\\([uvHckrdbt])(?:\s{0,9}\{\s{0,9}(\\[ij](?![A-Za-z])|[^{}\\]{0,2})\s{0,9}\}|\s{1,9}(\\[ij](?![A-Za-z])|[A-Za-z]))/g;
/** An accent alone in braces: a sign is meant for the letter after it, a letter's command has none to be on. */
const signAlone = /\{\\(["'`^~=.])\s{0,9}\}([A-Za-z])/g;
const letterAlone = /\{\\[uvHckrdbt]\s{0,9}\}/g;
const letterCommand = new RegExp(
  `\\\\(${Object.keys(letters).join("|")})(?![A-Za-z])(?:\\{\\}|\\s(?=\\S))?`,
  "g",
);

/**
 * Replaces TeX accents and letters by characters: `H\"older`, `{\'e}`, `Erd{\H o}s`, `\L ukasz`,
 * `Fran\c{c}ois`. For names and titles outside formulas; other commands stay. Latin letters with accents, The
 * TeXbook, chapter 9.
 */
export function fromTexAccents(text: string): string {
  if (!text.includes("\\")) return text;
  return text
    .replace(signAlone, signBefore)
    .replace(letterAlone, "")
    .replace(dotlessBefore, "\\$1{\\i}")
    .replace(signAccent, accented)
    .replace(letterAccent, accented)
    .replace(letterCommand, (_, name: string) => letters[name] ?? name)
    .normalize("NFC");
}

/** `Ev{\'}a` is Evá; before a letter that never has the accent the sign is itself: `O{\'}Brien`. */
function signBefore(_: string, sign: string, letter: string): string {
  const whole = `${letter}${textAccents[sign] ?? ""}`.normalize("NFC");
  return whole.length === 1 ? whole : `${sign}${letter}`;
}

function accented(_: string, accent: string, braced: string | undefined, bare: string | undefined): string {
  // On a dotless i or j the accent replaces the dot.
  const letters = (braced ?? bare ?? "").trim().replace(/^\\/, "");
  if (letters === "") return "";
  const first = String.fromCodePoint(letters.codePointAt(0) as number);
  return `${first}${textAccents[accent] ?? ""}${letters.slice(first.length)}`;
}

const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * A person's name in reading order: TeX accents become letters, braces and ties are removed, "Last, First" and
 * "Last, Jr, First" (BibTeX's orders) are turned round. `""` if nothing is left.
 */
export function personName(text: string): string {
  // Nearly every name needs no change, and checking is faster: a listing has many names.
  if (!/[\\{}~,]/.test(text)) return clean(text);
  const comma = text.indexOf(",");
  if (comma > 0 && text.indexOf(",", comma + 1) < 0 && !/[\\{}~]/.test(text)) {
    const given = clean(text.slice(comma + 1));
    const family = clean(text.slice(0, comma));
    if (given !== "" && family !== "" && !suffix.test(given)) return `${given} ${family}`;
  }
  const plain = clean(
    fromTexAccents(text)
      .replace(/[{}]/g, "")
      .replace(/\\?~/g, " ")
      .replace(/\\([&_%#$ -])/g, "$1"),
  );
  const parts = plain
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const [last = "", second, third] = parts;
  const isSuffix = (part: string) => suffix.test(part);
  // "King, Martin, Jr." is not BibTeX's order, but people write it.
  if (third !== undefined && second !== undefined)
    return isSuffix(third) && !isSuffix(second) ? `${second} ${last} ${third}` : `${third} ${last} ${second}`;
  if (second === undefined) return last;
  // "Smith, Jr." and "King, III" have no first name after the comma.
  return isSuffix(second) ? `${last} ${second}` : `${second} ${last}`;
}
