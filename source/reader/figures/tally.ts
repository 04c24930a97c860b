import type { Paper } from "../../papers/paper.js";

/** The fields that a listing is counted by. */
export const tallyKinds = ["year", "category", "organization", "keyword"] as const;
export type TallyKind = (typeof tallyKinds)[number];

/** How many papers have a value, the most frequent first; years the latest first. */
export type Tally = readonly (readonly [name: string, papers: number])[];

/** Rows of each kind. */
const mostRows = 12;

/** The figures of papers: how many are of each year, category, organisation and keyword. */
export function tallyOf(papers: Iterable<Paper>): Readonly<Record<TallyKind, Tally>> {
  const counts = {
    year: new Map<string, number>(),
    category: new Map<string, number>(),
    organization: new Map<string, number>(),
    keyword: new Map<string, number>(),
  };
  const add = (kind: TallyKind, names: Iterable<string>) => {
    for (const name of new Set(names)) counts[kind].set(name, (counts[kind].get(name) ?? 0) + 1);
  };
  for (const { published, categories, organization, keywords } of papers) {
    if (published !== null) add("year", [published.slice(0, 4)]);
    add("category", categories);
    if (organization !== null) add("organization", [organization]);
    add(
      "keyword",
      keywords.map((keyword) => keyword.toLowerCase()),
    );
  }
  const most = (kind: TallyKind) =>
    [...counts[kind]].sort(([one, x], [other, y]) => y - x || (one < other ? -1 : 1)).slice(0, mostRows);
  return {
    year: most("year").sort(([one], [other]) => (one < other ? 1 : -1)),
    category: most("category"),
    organization: most("organization"),
    keyword: most("keyword"),
  };
}

/** The filter that finds the papers of a row. */
export function tallyFilter(kind: TallyKind, name: string): string {
  const field = { year: "year", category: "category", organization: "org", keyword: "keyword" }[kind];
  if (kind === "year") return `year:${name}`;
  if (!name.includes('"')) return `${field}:"${name}"`;
  // A phrase cannot contain quotes, but its words can be searched one by one.
  const words = name.split(/[\s"]+/).filter((word) => word !== "");
  return words.map((word) => `${field}:${word}`).join(" ");
}
