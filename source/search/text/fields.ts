import type { BibliographyEntry } from "../../papers/bibliography-entry.js";
import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import type { CountField } from "../../papers/sort-and-column-names.js";
import { plainTex } from "../../text/tex/render.js";
import { otherForms } from "./greek.js";

/** The fields of a paper that the search uses. */
const searchedFields = [
  "id",
  "title",
  "abstract",
  "authors",
  "authorCount",
  "organization",
  "published",
  "categories",
  "keywords",
  "upvotes",
  "comments",
  "pdf",
  "code",
  "codeStars",
  "doi",
  "comment",
  "journal",
  "summary",
  "project",
  "citations",
  "discussion",
  "from",
] as const satisfies readonly (keyof Paper)[];

/** Of a bibliography entry only the key is searched. */
type Keyed = Pick<BibliographyEntry, "key">;

/** The part of a paper that the search uses. */
export type SearchedPaper = Pick<Paper, (typeof searchedFields)[number]> & {
  readonly entry?: Keyed;
  readonly otherEntries?: readonly Keyed[];
};

/** A copy of a paper with only these fields, to send to another thread. */
export function searchedPaper(paper: SearchedPaper): SearchedPaper {
  const { entry, otherEntries } = paper;
  const keyOf = ({ key }: Keyed): Keyed => ({ key });
  return {
    ...(Object.fromEntries(searchedFields.map((field) => [field, paper[field]])) as unknown as SearchedPaper),
    ...(entry && { entry: keyOf(entry) }),
    ...(otherEntries && { otherEntries: otherEntries.map(keyOf) }),
  };
}

/** The citation keys of a paper's entries. */
export function keysOf({ entry, otherEntries = [] }: SearchedPaper): readonly string[] {
  if (entry === undefined) return [];
  return [entry, ...otherEntries].map(({ key }) => key.trim()).filter((key) => key !== "");
}

/** Papers to search, for example a listing. */
export interface Searched {
  readonly size: number;
  paper(index: number): SearchedPaper;
}

/** A text field of the filter language. */
interface Field {
  /** Its names before a colon, including arXiv's own. The help shows the first one. */
  readonly names: readonly string[];
  /** The weight of a match in this field (see ranking.ts). */
  readonly worth: number;
  /** Whether the list shows it. Such fields are indexed first, and papers that match in them rank first. */
  readonly isHead?: true;
  /** Whether typos are corrected in it: in short texts a similar word is rarely a coincidence. */
  readonly takesTypos?: true;
  /** The texts of a paper's field. A phrase never spans two of them (two authors). */
  texts(paper: SearchedPaper): readonly string[];
  /** The same as raw TeX, if `texts` returns rendered text. */
  raw?(paper: SearchedPaper): readonly string[];
}

/** All text fields. A new one needs a row here and a property in `SearchedPaper`. */
const table = {
  title: {
    names: ["title", "ti"],
    worth: 3,
    isHead: true,
    takesTypos: true,
    texts: ({ title }) => shownForms(title),
    raw: ({ title }) => [title],
  },
  authors: {
    names: ["author", "au"],
    worth: 2,
    isHead: true,
    takesTypos: true,
    texts: ({ authors }) => authors,
  },
  keywords: {
    names: ["keyword"],
    worth: 2,
    isHead: true,
    takesTypos: true,
    texts: ({ keywords }) => keywords,
  },
  organization: {
    names: ["org", "organization", "organisation"],
    worth: 2,
    isHead: true,
    takesTypos: true,
    texts: ({ organization }) => (organization === null ? [] : [organization]),
  },
  categories: {
    names: ["category", "cat"],
    worth: 1.5,
    isHead: true,
    texts: ({ categories }) => categories,
  },
  abstract: {
    names: ["abstract", "abs"],
    worth: 1,
    texts: ({ abstract }) => shownForms(abstract),
    raw: ({ abstract }) => [abstract],
  },
  summary: {
    names: ["summary"],
    worth: 1,
    texts: ({ summary }) => formsOf(summary),
    raw: ({ summary }) => ownText(summary),
  },
  comment: {
    names: ["comment", "co"],
    worth: 0.8,
    texts: ({ comment }) => formsOf(comment),
    raw: ({ comment }) => ownText(comment),
  },
  venue: {
    names: ["venue", "journal", "jr"],
    worth: 0.8,
    texts: ({ journal }) => formsOf(journal),
    raw: ({ journal }) => ownText(journal),
  },
} as const satisfies Readonly<Record<string, Field>>;

/** The fields of a paper that are searched for words. */
export type FieldName = keyof typeof table;

/** A field that a filter can restrict a word or phrase to. */
export type TextField = (typeof table)[FieldName]["names"][0] | "id" | "key";

const rows = Object.entries(table) as readonly (readonly [FieldName, Field])[];

/** One bit per field, so that a number can hold the set of fields in which a word occurs. */
export const fields = Object.fromEntries(rows.map(([name], at) => [name, 1 << at])) as Readonly<
  Record<FieldName, number>
>;
export const fieldBits: readonly number[] = Object.values(fields);

/** An array of field sets, one for each word or paper. An element must have at least `placeBits` bits. */
export const PlaceSets = Uint16Array;
export type PlaceSets = Uint16Array;

/**
 * A posting is the index of a paper, shifted left by this many bits, and the set of fields that contain the
 * word.
 */
export const placeBits = rows.length;
/** The posting of paper `n` with an empty field set is `n * placeStep`. */
export const placeStep = 1 << placeBits;
export const allFields = placeStep - 1;

const bitsOf = (holds: (field: Field) => boolean) =>
  rows.reduce((bits, [name, field]) => (holds(field) ? bits | fields[name] : bits), 0);

/** The fields that the list shows. They hold a tenth of the text. */
export const headFields = bitsOf(({ isHead }) => isHead === true);
export const typoFields = bitsOf(({ takesTypos }) => takesTypos === true);
/** The fields that are indexed after all heads, as bits. */
export const bodyFields: readonly number[] = fieldBits.filter((bit) => (headFields & bit) === 0);

/** The weight of a match in each field, by its bit. */
export const fieldWorths: ReadonlyMap<number, number> = new Map(
  rows.map(([name, { worth }]) => [fields[name], worth]),
);

/** Each name of a field with the field's first name. */
export const fieldNames: ReadonlyMap<string, TextField> = new Map(
  rows.flatMap(([, { names }]) => names.map((name) => [name, names[0] as TextField] as const)),
);

/**
 * The numeric fields that a filter can compare; `null` if a paper does not have the number. A new one is a
 * new row.
 */
const numbers = {
  upvotes: ({ upvotes }) => upvotes,
  authors: ({ authorCount, authors }) => authorCount ?? (authors.length || null),
  stars: ({ codeStars }) => codeStars,
  comments: ({ comments }) => comments,
  citations: ({ citations }) => citations,
} as const satisfies Readonly<Record<string, (paper: SearchedPaper) => number | null>>;

export type NumberField = keyof typeof numbers;
export const numberFieldNames = Object.keys(numbers) as readonly NumberField[];

/** Each name of a numeric field with the field. The program itself says votes, and other sites likes. */
export const numberNames: ReadonlyMap<string, NumberField> = new Map([
  ...numberFieldNames.map((name) => [name, name] as const),
  ...["votes", "likes"].map((name) => [name, "upvotes"] as const),
]);

/**
 * The column of a listing that stores a numeric field; `null` if there is none and the paper must be read.
 */
export const numberColumns: Readonly<Record<NumberField, CountField | null>> = {
  upvotes: "upvotes",
  authors: null,
  stars: "codeStars",
  comments: "comments",
  citations: "citations",
};

/** A numeric field of a paper; `null` if unknown. */
export function numberOf(paper: SearchedPaper, field: NumberField): number | null {
  return numbers[field](paper);
}

/**
 * The parts that `has:` can ask for, by their first name. Other names are synonyms. A new one is a new row.
 */
const parts = {
  abstract: { names: ["abstract"], isIn: ({ abstract }) => abstract !== "" },
  summary: { names: ["summary", "tldr"], isIn: ({ summary }) => summary !== null },
  authors: { names: ["authors", "author"], isIn: ({ authors }) => authors.length > 0 },
  org: {
    names: ["org", "organization", "organisation"],
    isIn: ({ organization }) => organization !== null,
  },
  date: { names: ["date", "year"], isIn: ({ published }) => published !== null },
  keywords: { names: ["keywords", "keyword"], isIn: ({ keywords }) => keywords.length > 0 },
  venue: { names: ["venue", "journal"], isIn: ({ journal }) => journal !== null },
  comment: { names: ["comment"], isIn: ({ comment }) => comment !== null },
  code: { names: ["code", "github"], isIn: ({ code }) => code !== null },
  project: { names: ["project"], isIn: ({ project }) => project !== null },
  pdf: { names: ["pdf"], isIn: ({ pdf, id }) => pdf !== null || arxivId(id) !== null },
  doi: { names: ["doi"], isIn: ({ doi, id }) => doi !== null || doiOf(id) !== null },
  arxiv: { names: ["arxiv"], isIn: ({ id }) => arxivId(id) !== null },
  discussion: { names: ["discussion"], isIn: ({ discussion }) => discussion !== null },
  upvotes: { names: ["upvotes"], isIn: ({ upvotes }) => upvotes !== null },
  stars: { names: ["stars"], isIn: ({ codeStars }) => codeStars !== null },
  comments: { names: ["comments"], isIn: ({ comments }) => (comments ?? 0) > 0 },
  citations: { names: ["citations"], isIn: ({ citations }) => citations !== null },
} as const satisfies Readonly<
  Record<string, { readonly names: readonly string[]; isIn(paper: SearchedPaper): boolean }>
>;

export type PartName = keyof typeof parts;
const partRows = Object.entries(parts) as readonly (readonly [PartName, (typeof parts)[PartName]])[];

/** Each name that `has:` accepts, with its part. */
export const partNames: ReadonlyMap<string, PartName> = new Map(
  partRows.flatMap(([part, { names }]) => names.map((name) => [name, part] as const)),
);

/** Whether a paper has a part. */
export function hasPart(paper: SearchedPaper, part: PartName): boolean {
  return parts[part].isIn(paper);
}

/** The sources of a paper for `from:`, in lower case, one per line; "" if unknown. */
export function sourcesOf({ from = [] }: SearchedPaper): string {
  return from.join("\n").toLowerCase();
}

/** The parts that a paper has, as a bit set. */
export function partsOf(paper: SearchedPaper): number {
  let bits = 0;
  for (let at = 0; at < partRows.length; at += 1) {
    if ((partRows[at] as (typeof partRows)[number])[1].isIn(paper)) bits |= 1 << at;
  }
  return bits;
}

/** The bit of a part in `partsOf`. */
export function partBit(part: PartName): number {
  return 1 << partRows.findIndex(([name]) => name === part);
}

const byName = new Map<TextField, number>(
  rows.map(([name, { names }]) => [names[0] as TextField, fields[name]]),
);
const byBit = new Map(rows.map(([name, field]) => [fields[name], field]));

/** The texts of one field, given by its bit. A phrase never spans two of them (two authors). */
export function fieldTexts(paper: SearchedPaper, field: number): readonly string[] {
  return (byBit.get(field) as Field).texts(paper);
}

/** All searched texts of a paper, as raw TeX. */
export function rawTexts(paper: SearchedPaper): readonly string[] {
  return fieldBits.flatMap((field) => rawTextsOf(paper, field));
}

/** The texts of one field, given by its bit, as raw TeX. */
export function rawTextsOf(paper: SearchedPaper, bit: number): readonly string[] {
  const field = byBit.get(bit) as Field;
  return field.raw?.(paper) ?? field.texts(paper);
}

/**
 * The fields that a term searches, as a bit set. `id:` and `key:` search none of them: identifiers and keys are
 * not split into words.
 */
export function fieldsOf(field: TextField | null): number {
  return field === null ? allFields : (byName.get(field) ?? 0);
}

/**
 * The forms of a text that are searched: the text with its TeX rendered, and its variants with Greek letters
 * and roots spelled out or separated (`otherForms`).
 */
export function shownForms(source: string): readonly string[] {
  const shown = plainTex(source);
  return [shown, ...otherForms(shown).map(({ text }) => text)];
}

function ownText(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}

function formsOf(text: string | null): readonly string[] {
  return text === null ? [] : shownForms(text);
}
