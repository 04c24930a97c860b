import { fromMarkup } from "../markup.js";
import { nameList } from "./name-list.js";
import { isOneGroup, topLevelParts } from "./parts.js";
import { texText } from "./text.js";

/** The people in a field of names. */
export interface TexNames {
  readonly names: readonly string[];
  /** Whether it ends in "and others" or "et al.". */
  readonly andOthers: boolean;
}

/** The longest field of names: the collaborations of CERN take some 100,000 characters. */
const namesLimit = 1_000_000;
const nameLimit = 500;
const others = /^\{?(?:others|et\.? al\.?|u\. ?a\.)\}?$/i;
const othersAtEnd = /(?:,|\s)\s*(?:et\.? al|and others)\.?\s*$/i;
/** "{Lovelace, Ada}", with accents as letters or TeX; with other characters it is not a person. */
const bracedPerson = /^\{\p{L}[\p{L}\p{M}\\{}'"`^~. -]*, \p{Lu}[\p{L}\p{M}\\{}'"`^~. -]*\}$/u;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * The people of an `author` field: split at each " and " outside braces, and at commas, semicolons or "&" if
 * people used them (`nameList`). A name in braces is an organization and stays unchanged. But if all names are
 * in braces, each with one comma, they are people (EDP Sciences). Reads BibLaTeX's `family=…, given=…` too.
 */
export function texNames(text: string): TexNames {
  const parts = topLevelParts(text.slice(0, namesLimit).replace(/\s+/g, " "), / and /gi)
    .map((part) => part.slice(0, nameLimit * 20).trim())
    .filter((name) => name !== "");
  let andOthers = false;
  const written: string[] = [];
  for (const part of parts) {
    const isLast = othersAtEnd.test(part);
    andOthers ||= isLast || others.test(part);
    if (!others.test(part)) written.push(isLast ? part.replace(othersAtEnd, "") : part);
  }
  const allBraced =
    written.length > 1 && written.every((name) => isOneGroup(name) && bracedPerson.test(name));
  const names: string[] = [];
  for (const name of written) {
    const plain = plainPerson(name);
    if (plain !== null) names.push(plain);
    else {
      const people = allBraced ? [name.slice(1, -1)] : isOneGroup(name) ? [name] : nameList(name);
      for (const person of people) names.push(oneName(person.slice(0, nameLimit)));
    }
  }
  return { names: names.filter((name) => name !== ""), andOthers };
}

const letter = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]";
const word = String.raw`${letter}(?:\.?['’-]?${letter})*\.?`;
const plainName = new RegExp(`^(?![Aa][Nn][Dd] )(${word}(?: ${word})*)(?:, (${word}(?: ${word})*))?$`);

/**
 * A name of Latin letters as nearly all are, "Own, Ann B." or "Ann B. Own", in reading order; `null` for any
 * other, which takes many times as long to read.
 */
function plainPerson(name: string): string | null {
  if (name.length > nameLimit) return null;
  const [, first, second] = plainName.exec(name) ?? [];
  if (first === undefined || second === undefined) return first ?? null;
  // "A. One, B. Two" may be two people.
  return first[1] === "." || suffix.test(second) ? null : `${second} ${first}`;
}

function oneName(name: string): string {
  if (isOneGroup(name)) return texText(name, nameLimit, { isName: true });
  if (/^(?:family|given|prefix|suffix)(?:-i)? ?=/i.test(name)) return extendedName(name);
  const parts = topLevelParts(name, /,/g)
    .map((part) => withoutQuotes(nameText(part)))
    .filter((part) => part !== "");
  return ordered(parts);
}

/** The name in reading order, from BibTeX's "von Last, Jr, First". */
function ordered([last = "", second, third, ...rest]: readonly string[]): string {
  if (rest.length > 0) return [last, second, third, ...rest].join(", ");
  if (second === undefined) return last;
  // "King, Martin, Jr." is not BibTeX's order, but people write it.
  if (third !== undefined)
    return suffix.test(third) && !suffix.test(second)
      ? `${second} ${last} ${third}`
      : `${third} ${last} ${second}`;
  // "Smith, Jr." and "King, III" have no first name after the comma.
  return suffix.test(second) ? `${last} ${second}` : `${second} ${last}`;
}

/** BibLaTeX's names by parts: `family={de Own}, given="Ann", prefix=van`. */
function extendedName(name: string): string {
  const parts = new Map<string, string>();
  for (const part of topLevelParts(name.replace(/"([^"{}]*)"/g, "{$1}"), /, ?/g)) {
    const [, key = "", value = ""] = /^\s*([a-z-]+)\s*=\s*(.*)$/is.exec(part) ?? [];
    parts.set(key.toLowerCase(), value);
  }
  const order = ["given", "prefix", "family", "suffix"];
  const words = order.map((key) => nameText(parts.get(key) ?? "")).filter((part) => part !== "");
  return words.join(" ");
}

/** A tie, which some programs escape: `A.~B.`, `A.\~B.`; but `\~n` is ñ, as are `\~{n}` and `{\~}n`. */
const tie = /(?<!\\)~|(?<=\.)\\~(?!\{)|\\~(?!\s?[{}]?\s?(?:[aeinouvy]|\\[ij](?![a-z])))/gi;

/** A part of a name, without TeX. */
function nameText(part: string): string {
  const plain = part
    // `\a'e` is an accent whose name a tabbing environment uses, `\i\'a` one after its letter.
    .replace(/\\a(['`=])\s*\{?([A-Za-z])/g, (found, accent: string, letter: string) =>
      found.includes("{") ? `\\${accent}{${letter}` : `\\${accent}${letter}`,
    )
    .replace(/\\i\s*\\(['`^"~=])(?=[A-Za-z])/g, "\\$1{\\i}")
    // Names have no formulas, so a single dollar is text.
    .replace(tie, " ");
  return texText(plain, nameLimit, { isName: true });
}

/** `Own` from `"Own"`, a name in quotes. */
function withoutQuotes(name: string): string {
  return fromMarkup(name)
    .replace(/^(["“”„])([^"“”„]+)["“”]$/, "$2")
    .trim();
}
