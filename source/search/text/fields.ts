import type { Paper } from "../../papers/paper.js";
import { plainTex } from "../../text/tex/render.js";
import type { TextField } from "../query/query.js";
import { withGreekApart, withGreekNames } from "./greek.js";

/** What a search has to know of a paper. */
export type SearchedPaper = Pick<
  Paper,
  | "id"
  | "title"
  | "abstract"
  | "authors"
  | "authorCount"
  | "organization"
  | "published"
  | "categories"
  | "keywords"
  | "upvotes"
  | "doi"
>;

/** Papers to be searched; a listing is one. */
export interface Searched {
  readonly size: number;
  paper(index: number): SearchedPaper;
}

/** The parts of a paper in which words are looked for, as bits: a word's places in a paper are one number. */
export const fields = { title: 1, authors: 2, keywords: 4, categories: 8, abstract: 16 } as const;

export const allFields = 31;
export const fieldBits: readonly number[] = Object.values(fields);

/** All but the abstract: what a reader sees of a paper in the list, and a tenth of the text. */
export const headFields = fields.title | fields.authors | fields.keywords | fields.categories;

/** Where misspelt words are looked for too: short texts, in which a near word is seldom chance. */
export const typoFields = fields.title | fields.authors | fields.keywords;

/** The texts of one field; words of different texts (two authors) are no neighbours. */
export function fieldTexts(paper: SearchedPaper, field: number): readonly string[] {
  switch (field) {
    case fields.title:
      return shownForms(paper.title);
    case fields.authors:
      return paper.authors;
    case fields.keywords:
      return paper.organization === null ? paper.keywords : [...paper.keywords, paper.organization];
    case fields.categories:
      return paper.categories;
    default:
      return shownForms(paper.abstract);
  }
}

/** A text as it is shown, its TeX as signs, and as its Greek letters are found: by their names, and each by itself. */
export function shownForms(source: string): readonly string[] {
  const shown = plainTex(source);
  const forms = [shown];
  for (const form of [withGreekNames(shown), withGreekApart(shown)]) if (form !== null) forms.push(form.text);
  return forms;
}

/** The fields a term looks at. Identifiers are not made of words: `id:` looks at none of them. */
export function fieldsOf(field: TextField | null): number {
  switch (field) {
    case null:
      return allFields;
    case "title":
      return fields.title;
    case "author":
      return fields.authors;
    case "abstract":
      return fields.abstract;
    case "category":
      return fields.categories;
    case "id":
      return 0;
  }
}
