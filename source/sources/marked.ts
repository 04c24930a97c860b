import { ownPaper } from "../formats/json/own-json.js";
import { arxivAddresses, arxivId, doiOf } from "../papers/identity.js";
import type { Extent, ParsedListing, Problem } from "../papers/listing.js";
import type { MarkField } from "../papers/marks.js";
import { makePaper, type Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { thousands } from "../text/numbers.js";

/** The marks that can be listed, and all papers that the reader wanted, which the ranking learns from. */
export type ListedMark = Exclude<MarkField, "read"> | "yours";

/** A marked paper: its identity, its title at that time, and its kept data. */
export interface KeptMark {
  readonly id: string;
  readonly title: string;
  readonly kept: Readonly<Record<string, unknown>> | null;
}

/** The name of a listing of marked papers in the header. */
export const markedNames: Readonly<Record<ListedMark, string>> = {
  starred: "Starred",
  later: "Read later",
  yours: "Yours",
};

const whyEmpty: Readonly<Record<ListedMark, string>> = {
  starred: "Nothing is starred yet: s stars a paper, in any listing.",
  later: "Nothing is kept for later yet: L keeps a paper for later, in any listing.",
  yours: "Nothing here yet: star papers with s, or run papers-tui learn with a bibliography.",
};

/** The listing of marked papers, in the order given. */
export function markedListing(
  field: ListedMark,
  marks: readonly KeptMark[],
): ParsedListing & Pick<Extent, "whyEmpty"> {
  const papers = marks.map(toPaper);
  const bare = papers.filter(({ title, id }) => title === clean(id));
  return { papers, day: null, problems: bareProblems(bare), whyEmpty: whyEmpty[field] };
}

/** How papers marked by their identity alone get their titles. */
function bareProblems([first, ...others]: readonly Paper[]): readonly Problem[] {
  if (first === undefined) return [];
  const what = others.length === 0 ? "1 paper is" : `${thousands(others.length + 1)} papers are`;
  const one = arxivId(first.id) === null ? "its file" : `papers-tui ${first.id}`;
  const message = `${what} listed by identifier alone · open a listing with the title, such as ${one}`;
  return [{ line: null, message }];
}

/** The paper: its kept data, or else its identity and title. */
function toPaper({ id, title, kept }: KeptMark): Paper {
  const paper = kept === null ? null : ownPaper(kept);
  if (paper !== null) return { ...paper, id };
  const arxiv = arxivId(id);
  const addresses = arxiv === null ? {} : arxivAddresses(arxiv);
  return makePaper({ id, title: clean(title) || clean(id), doi: doiOf(id), ...addresses });
}
