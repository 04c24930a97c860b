import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import type { CountField } from "../../papers/sort-and-column-names.js";
import { plainTex } from "../../text/tex/render.js";
import { otherForms } from "./greek.js";

/** The fields of a paper that a search has to know. */
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

/** What a search has to know of a paper. */
export type SearchedPaper = Pick<Paper, (typeof searchedFields)[number]>;

/** A copy of a paper with nothing else in it, to be sent to another thread. */
export function searchedPaper(paper: SearchedPaper): SearchedPaper {
  return Object.fromEntries(searchedFields.map((field) => [field, paper[field]])) as unknown as SearchedPaper;
}

/** Papers to be searched; a listing is one. */
export interface Searched {
  readonly size: number;
  paper(index: number): SearchedPaper;
}

/** One field of text in the filter's language. */
interface Field {
  /** What it is called before a colon, the first name as the help has it; arXiv's own names are among them. */
  readonly names: readonly string[];
  /** What a match there is worth beside others (see ranking.ts). */
  readonly worth: number;
  /** Whether a reader sees it in the list: it is indexed first, and its papers come first. */
  readonly isHead?: true;
  /** Whether misspelt words are looked for there: short texts, in which a near word is seldom chance. */
  readonly takesTypos?: true;
  /** The texts of a paper's field; words of different texts (two authors) are no neighbours. */
  texts(paper: SearchedPaper): readonly string[];
  /** The same as the source writes them, where `texts` has them as they are shown. */
  raw?(paper: SearchedPaper): readonly string[];
}

/** All fields of text. A new one is one row more, and a property of `SearchedPaper`. */
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

/** The parts of a paper in which words are looked for. */
export type FieldName = keyof typeof table;

/** Where a word or phrase may be told to be looked for. */
export type TextField = (typeof table)[FieldName]["names"][0] | "id";

const rows = Object.entries(table) as readonly (readonly [FieldName, Field])[];

/** A bit for each field, so that a word's places in a paper are one number. */
export const fields = Object.fromEntries(rows.map(([name], at) => [name, 1 << at])) as Readonly<
  Record<FieldName, number>
>;
export const fieldBits: readonly number[] = Object.values(fields);

/** Room for a set of fields of each of many words or papers; `placeBits` must fit. */
export const PlaceSets = Uint16Array;
export type PlaceSets = Uint16Array;

/** A posting is a paper's index and, in so many low bits, the fields that have the word. */
export const placeBits = rows.length;
/** The posting of a paper without fields is its index times this. */
export const placeStep = 1 << placeBits;
export const allFields = placeStep - 1;

const bitsOf = (holds: (field: Field) => boolean) =>
  rows.reduce((bits, [name, field]) => (holds(field) ? bits | fields[name] : bits), 0);

/** What a reader sees of a paper in the list, and a tenth of the text. */
export const headFields = bitsOf(({ isHead }) => isHead === true);
export const typoFields = bitsOf(({ takesTypos }) => takesTypos === true);
/** The fields that are indexed after all heads. */
export const bodyFields: readonly number[] = fieldBits.filter((bit) => (headFields & bit) === 0);

/** What a match in each of the fields is worth, by its bit. */
export const fieldWorths: ReadonlyMap<number, number> = new Map(
  rows.map(([name, { worth }]) => [fields[name], worth]),
);

/** Every name of a field, and the field by its first name. */
export const fieldNames: ReadonlyMap<string, TextField> = new Map(
  rows.flatMap(([, { names }]) => names.map((name) => [name, names[0] as TextField] as const)),
);

/** What of a paper is a number that can be compared; `null` where it is not known. A new one is one row more. */
const numbers = {
  upvotes: ({ upvotes }) => upvotes,
  authors: ({ authorCount, authors }) => authorCount ?? (authors.length || null),
  stars: ({ codeStars }) => codeStars,
  comments: ({ comments }) => comments,
  citations: ({ citations }) => citations,
} as const satisfies Readonly<Record<string, (paper: SearchedPaper) => number | null>>;

export type NumberField = keyof typeof numbers;
export const numberFieldNames = Object.keys(numbers) as readonly NumberField[];

/** The column of listings that has a number; `null` where there is none, and the paper is asked. */
export const numberColumns: Readonly<Record<NumberField, CountField | null>> = {
  upvotes: "upvotes",
  authors: null,
  stars: "codeStars",
  comments: "comments",
  citations: "citations",
};

/** A paper's number; `null` where it is not known. */
export function numberOf(paper: SearchedPaper, field: NumberField): number | null {
  return numbers[field](paper);
}

/** What `has:` asks for, by its first name; further names mean the same. A new one is one row more. */
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

/** Every name that `has:` takes, with the part it means. */
export const partNames: ReadonlyMap<string, PartName> = new Map(
  partRows.flatMap(([part, { names }]) => names.map((name) => [name, part] as const)),
);

/** Whether a paper has a part. */
export function hasPart(paper: SearchedPaper, part: PartName): boolean {
  return parts[part].isIn(paper);
}

/** The sources of a paper as `from:` looks for them, in lower case, one a line; "" where they are not known. */
export function sourcesOf({ from = [] }: SearchedPaper): string {
  return from.join("\n").toLowerCase();
}

/** The parts that a paper has, a bit each. */
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

/** The texts of one field; words of different texts (two authors) are no neighbours. */
export function fieldTexts(paper: SearchedPaper, field: number): readonly string[] {
  return (byBit.get(field) as Field).texts(paper);
}

/** All texts of a paper that are searched, as the source writes them. */
export function rawTexts(paper: SearchedPaper): readonly string[] {
  return rows.flatMap(([, field]) => field.raw?.(paper) ?? field.texts(paper));
}

/** The fields a term looks at. Identifiers are not made of words: `id:` looks at none of them. */
export function fieldsOf(field: TextField | null): number {
  return field === null ? allFields : (byName.get(field) ?? 0);
}

/**
 * A text as it is shown, its TeX as signs, and as its Greek letters and roots are found: by their names, and
 * each Greek letter by itself.
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
