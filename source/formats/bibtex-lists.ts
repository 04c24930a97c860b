import { fromMarkup } from "../text/markup.js";
import { personName } from "../text/names.js";
import { texText } from "./bibtex-text.js";

/**
 * The people of an `author` field: parted at each " and " outside of braces, "others" left out.
 * A name in braces is an organization and stays as it is; but where all names are, each with its one
 * comma, they are people (EDP Sciences). BibLaTeX's `family=…, given=…` is read too.
 */
export function texNames(text: string): string[] {
  const names = splitAtAnd(text.slice(0, namesLimit).replace(/\s+/g, " "))
    .map((part) => part.slice(0, nameLimit).trim())
    .filter((name) => name !== "" && !/^\{?(?:others|et al\.?)\}?$/i.test(name));
  const allBraced = names.length > 1 && names.every((name) => isOneGroup(name) && bracedPerson.test(name));
  return names.map((name) => oneName(allBraced ? name.slice(1, -1) : name)).filter((name) => name !== "");
}

/** "{Lovelace, Ada}", with accents as letters or as TeX; with any other signs it is no person. */
const bracedPerson = /^\{\p{L}[\p{L}\p{M}\\{}'"`^~. -]*, \p{Lu}[\p{L}\p{M}\\{}'"`^~. -]*\}$/u;

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
