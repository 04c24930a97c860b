/** The numbers of a paper that listings are sorted by; packed listings keep a column of each. */
export const countFields = ["upvotes", "codeStars", "comments", "citations"] as const;
export type CountField = (typeof countFields)[number];

/**
 * What the papers of a listing can be sorted by, also by the ranking and by what moved since they were last seen.
 */
export const sortNames = [
  "relevance",
  "order",
  "date",
  "listed",
  "title",
  "author",
  "upvotes",
  "stars",
  "comments",
  "citations",
  "for-you",
  "momentum",
] as const;
export type SortName = (typeof sortNames)[number];

/** The columns that a row of the list may have. The title is always among them. */
export const columnNames = [
  "votes",
  "title",
  "author",
  "organization",
  "categories",
  "stars",
  "comments",
  "citations",
  "listed",
  "date",
] as const;
export type ColumnName = (typeof columnNames)[number];
