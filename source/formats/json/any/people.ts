import { splitAuthors, withInitialsFirst } from "../../fields/author-line.js";
import { type Fields, isFields, listOf, nameAt, objectAt, text, texts } from "../fields.js";
import { authorNames } from "./names.js";

/** Author names, from an array of strings or objects, or from one string that lists them all. */
export function authorsOf(entry: Fields): readonly string[] {
  for (const name of authorNames) {
    const value = listInside(entry[name]);
    if (typeof value === "string" && value.trim() !== "") return fromText(value);
    const named = listOf(Array.isArray(value) ? value : isFields(value) ? [value] : [], nameOf);
    const [only] = named;
    // The array has a single string that lists all authors.
    if (named.length === 1 && only !== undefined && /;|,.*,/.test(only)) return fromText(only);
    if (named.length > 0) return withInitialsFirst(named);
  }
  return [];
}

/** IEEE wraps the list of authors in an object. */
function listInside(value: unknown): unknown {
  return isFields(value) && Array.isArray(value.authors) ? value.authors : value;
}

function fromText(written: string): readonly string[] {
  const line = withoutIdentifiers(written);
  if (line.includes(";"))
    return line.split(";").flatMap((name) => nameAt(name.replace(/(?<!\s)\s*\([^()]*\)\s*$/, "")) ?? []);
  if (/\sand\s/.test(line) && /,[^,]*\sand\s/.test(line) && !/,[^,]*,/.test(line.split(/\sand\s/)[0] ?? "")) {
    const names = line.split(/\sand\s/);
    // BibTeX style: "Lovelace, Ada and Babbage, Charles".
    if (names.every((name) => /^[^,]+,[^,]+$/.test(name))) return names.flatMap((name) => nameAt(name) ?? []);
  }
  return splitAuthors(line, { lastFirst: true }).authors;
}

function nameOf(value: unknown): string | null {
  if (typeof value === "string") return nameAt(value);
  // [last, first, suffix], as in the arXiv snapshot.
  if (Array.isArray(value)) return nameAt(texts([value[1], value[0], value[2]]).join(" "));
  // Zenodo's current software wraps the person; JSON-LD wraps the text.
  const one = objectAt(objectAt(value).person_or_org ?? value);
  const whole =
    nameAt(one.name) ??
    nameAt(one.full_name) ??
    nameAt(one.fullname) ??
    nameAt(one.fullName) ??
    nameAt(one.author) ??
    nameAt(one.creator) ??
    nameAt(one.display_name) ??
    nameAt(one["@value"]);
  if (whole !== null) return whole;
  const given =
    text(one.given) ?? text(one.first) ?? text(one.firstName) ?? text(one.first_name) ?? text(one.forename);
  const family =
    text(one.family) ?? text(one.last) ?? text(one.lastName) ?? text(one.last_name) ?? text(one.surname);
  return [given, family].filter(Boolean).join(" ") || null;
}

/** OpenCitations adds identifiers: "Holm, Ines [orcid:0000-0002-1825-0097 omid:ra/1]". */
export function withoutIdentifiers(text: string): string {
  return text.replace(/ \[(?:[a-z]{2,20}:[^\s[\]]{1,100} ?){1,20}\]/g, "");
}
