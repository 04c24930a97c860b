import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { isIsoDay } from "../fields/dates.js";

/** A JSON object of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** The problem reported for an entry without a title. */
export const noTitle = "has no title and was skipped";

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const noFields: Fields = {};
const noEntries: readonly unknown[] = [];

/** The object in a field; an empty object if the field holds anything else. */
export function objectAt(value: unknown): Fields {
  return isFields(value) ? value : noFields;
}

/** The array in a field; an empty array if the field holds anything else. */
export function arrayAt(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noEntries;
}

/** The longest text read from a field, in characters. A longer one means that the file is broken. */
export const textLimit = 200_000;

/** A field's text, cut to `textLimit`; `null` if it is not text. */
function raw(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return value.length > textLimit ? `${value.slice(0, textLimit)}…` : value;
}

/** A field's text, cleaned; `null` if it has none. */
export function text(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : clean(found) || null;
}

/** A field's text with HTML or JATS markup converted to plain text; `null` if it has none. */
export function markup(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return fromMarkup(found) || null;
}

/** A field's title with TeX accents and markup converted; `null` if it has none. */
export function titleAt(value: unknown): string | null {
  const found = raw(value);
  return found === null ? null : markup(fromTexAccents(found));
}

/** A person's name from a field; `null` if it has none. */
export function nameAt(value: unknown): string | null {
  const found = raw(value);
  if (found === null) return null;
  return personName(found) || null;
}

/** The texts in an array, cleaned; other values are skipped. */
export function texts(value: unknown): string[] {
  return listOf(value, text);
}

/** The results of `read` for each element of an array, without `null`. */
export function listOf<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  const found: T[] = [];
  for (const one of arrayAt(value)) {
    const what = read(one);
    if (what !== null) found.push(what);
  }
  return found;
}

/** A field's count: a whole number of zero or more; `null` if it has none. */
export function countAt(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

/** The calendar day at the start of a date or timestamp, as written. */
export function dayAt(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const day = value.slice(0, 10);
  return isIsoDay(day) ? day : null;
}

/** A field's web address; only http and https are accepted. */
export function addressAt(value: unknown): string | null {
  const address = text(value);
  return address !== null && /^https?:\/\/[^\s/]\S*$/i.test(address) ? address : null;
}
