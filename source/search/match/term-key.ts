import type { TextTerm } from "../query/types.js";

/** A letter in lower case, however it is written (𝒫); any other text as it is. */
function plainLetter(text: string): string {
  if (text.length > 2) return text;
  if (text < "\x7f") return text.length === 1 ? text.toLowerCase() : text;
  const letter = text.normalize("NFKC");
  return /^[A-Z]$/i.test(letter) ? letter.toLowerCase() : text;
}

/** What a term is remembered by: equal for terms that find the same. */
export function keyOf(term: TextTerm): string {
  const variant = term.kind === "phrase" ? term.open : [term.strict, term.plain, term.loose];
  const text = term.kind === "phrase" ? term.text : plainLetter(term.text);
  return JSON.stringify([term.kind, term.field, term.negated, variant, text]);
}
