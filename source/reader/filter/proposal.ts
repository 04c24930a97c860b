import { longestQuery, type Mistake, type Query } from "../../search/query/query.js";
import { editDistance } from "../../search/words/typos.js";

/** A query with its misspelt conditions as they are probably meant. */
export interface Proposal {
  /** The conditions that take the place of misspelt ones: `author:xu`. */
  readonly conditions: readonly string[];
  readonly query: string;
}

/** The right spelling of a condition; `null` if none is near: of `is:xyz` nobody knows what is meant. */
export function nearSpelling({ kind, written, nearest, isSynonym = false }: Mistake): string | null {
  if (kind !== "unknown" || nearest === null) return null;
  if (isSynonym) return nearest;
  return editDistance(written, nearest) <= Math.max(2, Math.floor(written.length / 4)) ? nearest : null;
}

/** The query with every misspelt condition spelt right; `null` if none can be. */
export function proposalFor({ text, mistakes }: Query): Proposal | null {
  const conditions: string[] = [];
  let query = text;
  for (const mistake of mistakes) {
    const right = nearSpelling(mistake);
    if (right === null) continue;
    // In the text a value may be in quotes, which the mistake leaves out.
    const pairs = [
      [mistake.written, right],
      [quoted(mistake.written), quoted(right)],
    ] as const;
    const pair = pairs.find(([wrong]) => query.includes(wrong));
    if (pair === undefined) continue;
    const [wrong, put] = pair;
    const at = query.indexOf(wrong);
    query = query.slice(0, at) + put + query.slice(at + wrong.length);
    conditions.push(put);
  }
  return conditions.length === 0 ? null : { conditions, query };
}

function quoted(condition: string): string {
  return condition.replace(/:(.*)$/s, ':"$1"');
}

/**
 * Why a filter cannot be kept as a watch or a mute, which would go on finding something else than was meant;
 * `null` if it can. The shell refuses the same.
 */
export function whyNotKept({ mistakes, text }: Query): string | null {
  if (text.length > longestQuery) return `only its first ${longestQuery} characters are searched`;
  const [mistake] = mistakes;
  if (mistake === undefined) return null;
  const { kind, written, what, nearest } = mistake;
  const wrong = what.replace(/ yet$|; searched as words$| and ignored$/, "");
  const right = nearSpelling(mistake) ?? (kind === "unfinished" ? nearest : null);
  if (right !== null) return `${wrong}: did you mean ${right}?`;
  return kind === "unknown" ? `${wrong}: as text it is "${written}"` : wrong;
}
