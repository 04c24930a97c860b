import { identifiersIn } from "../../papers/pasted-identifiers.js";
import type { Place } from "./tokens.js";
import type { Node, Term, WordTerm } from "./types.js";

/**
 * What a query means that holds only identifiers: any of these papers, as no paper has two. `null` for any other
 * query, and for a single arXiv identifier, which may be typed in part. Records the places of the terms.
 */
export function pastedNode(text: string, negated: boolean, places: Map<Term, Place>): Node | null {
  const found = identifiersIn(text);
  if (found.length === 0 || (found.length === 1 && found[0]?.kind === "arxiv")) return null;
  const terms = found.map(({ id, start, end }): WordTerm => {
    const term: WordTerm = { kind: "word", text: id, field: "id", negated };
    places.set(term, { start, end, valueStart: start, valueEnd: end });
    return term;
  });
  return terms.length === 1 ? (terms[0] as WordTerm) : { kind: negated ? "all" : "any", parts: terms };
}
