import type { SearchedPaper } from "../text/fields.js";
import { normalize } from "../text/normalize.js";

/** The identifiers of all papers as they are searched, so that one native search finds a part in any of them. */
export interface Identifiers {
  /** A line each for id and DOI, with `betweenPapers` before and after the lines of each paper. */
  readonly joined: string;
  /** Where the lines of each paper begin in `joined`. */
  readonly starts: Uint32Array;
}

export const betweenPapers = "\0";

/** The identifiers of papers, by the lines that each of them has. */
export function joinedIdentifiers(ids: readonly string[]): Identifiers {
  const starts = new Uint32Array(ids.length);
  let at = 1;
  for (const [paper, lines] of ids.entries()) {
    starts[paper] = at;
    at += lines.length + 1;
  }
  return { joined: betweenPapers + ids.map((lines) => lines + betweenPapers).join(""), starts };
}

/** What `id:` looks in. An identity made of the title says nothing the title does not. */
export function identifiersOf(paper: SearchedPaper): string {
  const own = paper.id.startsWith("title:") ? [] : [paper.id];
  return normalize([...own, ...(paper.doi === null ? [] : [paper.doi])].join("\n"));
}
