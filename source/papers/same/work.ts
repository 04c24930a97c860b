import { type BibliographyFormat, entriesOf, type WithEntries } from "../bibliography-entry.js";

/** Kinds of works that are never one, whatever their titles, authors and years. */
export const works = ["thesis", "book", "article"] as const;
export type Work = (typeof works)[number];

/** The types of entries that say which kind it is, in lower case. A chapter is an article in a book. */
const types: Readonly<Record<BibliographyFormat, Readonly<Record<Work, string>>>> = {
  bibtex: {
    thesis: "phdthesis mastersthesis thesis bathesis candthesis",
    book: "book mvbook collection mvcollection reference mvreference proceedings mvproceedings edited_book",
    article:
      "article suppperiodical journal_article inproceedings conference conference_paper conference_proceeding " +
      "incollection inbook bookinbook suppbook suppcollection book_section book_chapter chapter inreference",
  },
  ris: {
    thesis: "thes",
    book: "book ebook edbook",
    article: "jour ejour inpr conf cpaper chap echap mgzn news",
  },
  "csl-json": {
    thesis: "thesis",
    book: "book collection",
    // CSL's "article" is a preprint.
    article: "article-journal article-magazine article-newspaper paper-conference chapter",
  },
};

const workOfType = new Map(
  Object.entries(types).flatMap(([format, ofWorks]) =>
    works.flatMap((work) =>
      ofWorks[work].split(" ").map((type): [string, Work] => [`${format} ${type}`, work]),
    ),
  ),
);

/** What kind of work a paper is, if the type of one of its entries says so. */
export function workOf(paper: WithEntries): Work | null {
  for (const { format, type } of entriesOf(paper)) {
    const work = workOfType.get(`${format} ${type.toLowerCase()}`);
    if (work !== undefined) return work;
  }
  return null;
}

/** Whether both are known and differ, as a thesis and the article of the same title. */
export function areOtherWorks(one: Work | null, other: Work | null): boolean {
  return one !== null && other !== null && one !== other;
}
