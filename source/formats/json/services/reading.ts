import { dateIn, knownDate } from "../../fields/dates.js";
import { text } from "../fields.js";
import { headOf, startsJson } from "../json.js";

/** Recognises a JSON text by marks that all have to be in its beginning. */
export function marked(sureness: number, ...marks: readonly RegExp[]): (whole: string) => number {
  return (whole) => {
    const head = headOf(whole);
    return startsJson(head) && marks.every((mark) => mark.test(head)) ? sureness : 0;
  };
}

/** The first text of a field that is one or an array of them. */
export function firstText(value: unknown): string | null {
  return text(Array.isArray(value) ? value[0] : value);
}

/** A date like "2021-03-00", whose day is not known, or any other. */
export function dateFrom(value: unknown): string | null {
  const said = typeof value === "number" ? String(value) : (text(value) ?? "");
  const [, year, month, day] = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?/.exec(said) ?? [];
  return year === undefined ? dateIn(said) : knownDate(year, month, day);
}

/** A title as DBLP, PubMed and others write it, with the full stop of a citation. */
export function withoutStop(title: string | null): string | null {
  return title === null ? null : title.replace(/(?<![.\s][A-Za-z]|\.\.)\.$/, "");
}
