import { dateIn, knownDate } from "../../fields/dates.js";
import { text } from "../fields.js";
import { headOf, startsJson } from "../json.js";

/** Returns a detector for JSON that gives `sureness` if all `marks` match the beginning of the text. */
export function marked(sureness: number, ...marks: readonly RegExp[]): (whole: string) => number {
  return (whole) => {
    const head = headOf(whole);
    return startsJson(head) && marks.every((mark) => mark.test(head)) ? sureness : 0;
  };
}

/** The text of a field, or the first one if the field is an array. */
export function firstText(value: unknown): string | null {
  return text(Array.isArray(value) ? value[0] : value);
}

/** Reads a date like "2021-03-00", whose day is unknown, or any other. */
export function dateFrom(value: unknown): string | null {
  const written = typeof value === "number" ? String(value) : (text(value) ?? "");
  const [, year, month, day] = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?/.exec(written) ?? [];
  return year === undefined ? dateIn(written) : knownDate(year, month, day);
}

/** A title without the final full stop that DBLP, PubMed and others add. */
export function withoutStop(title: string | null): string | null {
  return title === null ? null : title.replace(/(?<![.\s][A-Za-z]|\.\.)\.$/, "");
}
