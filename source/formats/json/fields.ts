import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { isIsoDay } from "../fields/dates.js";

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** What an entry is told to be where it has no title. */
export const noTitle = "has no title and was skipped";

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const noFields: Fields = {};
const noEntries: readonly unknown[] = [];

/** The object that a field holds; an empty one where it holds something else. */
export function objectAt(value: unknown): Fields {
  return isFields(value) ? value : noFields;
}

/** The array that a field holds; an empty one where it holds something else. */
export function arrayAt(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noEntries;
}

/** The longest text of a field, in characters: nobody writes megabytes, so more is a broken file. */
export const textLimit = 200_000;

/** A field's text, cut at the limit; `null` where it is none. */
function raw(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;
}

/** The text that a field holds, cleaned; `null` where it holds none. */
export function text(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : clean(found) || null;
}

/** The text that a field holds, out of its HTML or JATS; `null` where it holds none. */
export function markup(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return fromMarkup(found) || null;
}

/** The title that a field holds, TeX accents and markup read; `null` where it holds none. */
export function titleAt(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : markup(fromTexAccents(found));
}

/** The name of a person that a field holds; `null` where it holds none. */
export function nameAt(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return personName(found) || null;
}

/** The texts of an array's fields, cleaned, without what is none. */
export function texts(value: unknown): string[] {
  return listOf(value, text);
}

/** What `read` makes of an array's fields, without `null`. */
export function listOf<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  const found: T[] = [];
  for (const one of arrayAt(value)) {
    const what = read(one);
    if (what !== null) found.push(what);
  }
  return found;
}

/** The count that a field holds: a whole number, not below zero. */
export function countAt(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

/** The calendar day that a date or a timestamp begins with, as written. */
export function dayAt(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const day = value.slice(0, 10);
  return isIsoDay(day) ? day : null;
}

/** The web address that a field holds; nothing but http and https is one. */
export function addressAt(value: unknown): string | null {
  const address = text(value);
  return address !== null && /^https?:\/\/[^\s/]\S*$/i.test(address) ? address : null;
}
