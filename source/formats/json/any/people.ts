import { splitAuthors, withInitialsFirst } from "../../fields/author-line.js";
import { type Fields, isFields, listOf, nameAt, objectAt, text, texts } from "../fields.js";
import { authorNames } from "./names.js";

/** Author names, from an array of strings or objects, or from one string that lists them all. */
export function authorsOf(entry: Fields): readonly string[] {
  for (const name of ["names", ...authorNames]) {
    // Web of Science has the authors among the names.
    const value = name === "names" ? objectAt(entry.names).authors : listInside(entry[name]);
    if (typeof value === "string" && value.trim() !== "") return fromText(value);
    const people = listOf(Array.isArray(value) ? value : isFields(value) ? [value] : [], personOf);
    const named = people.map((person) => person.name);
    const [only] = named;
    // The array has a single string that lists all authors.
    if (named.length === 1 && only !== undefined && /;|,.*,/.test(only)) return fromText(only);
    if (named.length > 0)
      return people.every((person) => !person.isOrdered) && named.some(hasInitialsLast)
        ? withInitialsFirst(named)
        : named;
  }
  return [];
}

/** Whether a name ends with initials and not perhaps with a name in capitals, as "Wei LI" and "Google AI" do. */
function hasInitialsLast(name: string): boolean {
  return /[\s.-](?:\p{Lu}|[B-DF-HJ-NP-TV-Z]{2,3})\.?$/u.test(name);
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
  const { authors } = splitAuthors(line, { lastFirst: true });
  // With a comma in it, a single name shows its order: "LI, Wei".
  return authors.length === 1 && line.includes(",") ? authors : withInitialsFirst(authors);
}

/** A person: the name in reading order, and whether its parts or a comma told the order. */
interface Person {
  readonly name: string;
  readonly isOrdered: boolean;
}

function personOf(value: unknown): Person | null {
  // Zenodo's current software wraps the person; JSON-LD wraps the text.
  const one = objectAt(objectAt(value).person_or_org ?? value);
  const names = typeof value === "string" ? [value] : wholeNames.map((field) => one[field]);
  for (const whole of names) {
    const name = nameAt(whole);
    if (name !== null) return { name, isOrdered: String(whole).includes(",") };
  }
  const name = Array.isArray(value)
    ? // [last, first, suffix], as in the arXiv snapshot.
      nameAt(texts([value[1], value[0], value[2]]).join(" "))
    : [firstText(one, givenNames), firstText(one, familyNames)].filter(Boolean).join(" ") || null;
  return name === null ? null : { name, isOrdered: true };
}

const wholeNames = [
  "name",
  "full_name",
  "fullname",
  "fullName",
  "author",
  "creator",
  "display_name",
  "displayName",
  "@value",
];
const givenNames = ["given", "first", "firstName", "first_name", "forename"];
const familyNames = ["family", "last", "lastName", "last_name", "surname"];

function firstText(one: Fields, fields: readonly string[]): string | null {
  return fields.map((field) => text(one[field])).find((found) => found !== null) ?? null;
}

/** OpenCitations adds identifiers: "Holm, Ines [orcid:0000-0002-1825-0097 omid:ra/1]". */
export function withoutIdentifiers(text: string): string {
  return text.replace(/ \[(?:[a-z]{2,20}:[^\s[\]]{1,100} ?){1,20}\]/g, "");
}
