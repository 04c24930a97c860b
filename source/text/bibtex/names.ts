import { fromMarkup } from "../markup.js";
import { nameList } from "./name-list.js";
import { isOneGroup, topLevelParts } from "./parts.js";
import { texText } from "./text.js";

/** The people that a field of names tells of. */
export interface TexNames {
  readonly names: readonly string[];
  /** Whether it ends in "and others" or "et al.". */
  readonly andOthers: boolean;
}

/** The collaborations of CERN, the longest there are, write some 100,000 characters of names. */
const namesLimit = 1_000_000;
const nameLimit = 500;
const others = /^\{?(?:others|et\.? al\.?|u\. ?a\.)\}?$/i;
const othersAtEnd = /(?:,|\s)\s*(?:et\.? al|and others)\.?\s*$/i;
/** "{Lovelace, Ada}", with accents as letters or as TeX; with any other signs it is no person. */
const bracedPerson = /^\{\p{L}[\p{L}\p{M}\\{}'"`^~. -]*, \p{Lu}[\p{L}\p{M}\\{}'"`^~. -]*\}$/u;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * The people of an `author` field: parted at each " and " outside of braces, and where somebody has
 * written them with commas, semicolons or "&" between them, there too (`nameList`). A name in braces is
 * an organization and stays as it is; but where all names are, each with its one comma, they are
 * people (EDP Sciences). BibLaTeX's `family=…, given=…` is read too.
 */
export function texNames(text: string): TexNames {
  const parts = topLevelParts(text.slice(0, namesLimit).replace(/\s+/g, " "), / and /iy)
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
  const names = written
    .flatMap((name) => (allBraced ? [name.slice(1, -1)] : isOneGroup(name) ? [name] : nameList(name)))
    .map((name) => oneName(name.slice(0, nameLimit)))
    .filter((name) => name !== "");
  return { names, andOthers };
}

function oneName(name: string): string {
  if (isOneGroup(name)) return texText(name, nameLimit, { isName: true });
  if (/^(?:family|given|prefix|suffix)(?:-i)? ?=/i.test(name)) return extendedName(name);
  const parts = topLevelParts(name, /,/y)
    .map((part) => withoutQuotes(nameText(part)))
    .filter((part) => part !== "");
  return ordered(parts);
}

/** The name in the order in which it is read, of BibTeX's "von Last, Jr, First". */
function ordered([last = "", second, third, ...rest]: readonly string[]): string {
  if (rest.length > 0) return [last, second, third, ...rest].join(", ");
  if (second === undefined) return last;
  // "King, Martin, Jr." is no order of BibTeX, but people write it.
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
  for (const part of topLevelParts(name.replace(/"([^"{}]*)"/g, "{$1}"), /, ?/y)) {
    const [, key = "", value = ""] = /^\s*([a-z-]+)\s*=\s*(.*)$/is.exec(part) ?? [];
    parts.set(key.toLowerCase(), value);
  }
  const order = ["given", "prefix", "family", "suffix"];
  const words = order.map((key) => nameText(parts.get(key) ?? "")).filter((part) => part !== "");
  return words.join(" ");
}

/** A part of a name without its TeX. */
function nameText(part: string): string {
  const plain = part
    // `\a'e` is an accent where tabs have taken its name, `\i\'a` one that was put after its letter.
    .replace(/\\a(['`=])\s*\{?([A-Za-z])/g, (found, accent: string, letter: string) =>
      found.includes("{") ? `\\${accent}{${letter}` : `\\${accent}${letter}`,
    )
    .replace(/\\i\s*\\(['`^"~=])(?=[A-Za-z])/g, "\\$1{\\i}")
    // Names have no formulas, and a single dollar opens none.
    .replace(/\\?~/g, " ");
  return texText(plain, nameLimit, { isName: true });
}

/** `"Own"` as `Own`, a name that somebody has put into quotes. */
function withoutQuotes(name: string): string {
  return fromMarkup(name)
    .replace(/^(["“”„])([^"“”„]+)["“”]$/, "$2")
    .trim();
}
