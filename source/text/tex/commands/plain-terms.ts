import { LazyRegExp } from "../../lazy-regexp.js";

/** Which terms a fraction or a root on one line shows without brackets: `a/b`, but `(a+b)/c`. */

/** A single term, as needed under a fraction or root sign: a number, a letter with its marks and scripts. */
const atom = new LazyRegExp(
  () =>
    /^[-+]?(?:\p{N}+(?:[.,]\p{N}+)*|[∂∇dδΔ]?\p{L}[\p{M}′″]*[₀-₉ₐ-ₜᵢᵣᵤᵥⱼᵦ-ᵪ₊-₎⊙⊕]*[⁰-⁾²³¹ⁱᵃ-ᵿʰ-ˣ*†]*(?:_[\p{L}\p{N}]+)?)!?$/u,
);
/** A word is a single term too, and so is a function: `f(x)`. */
const word = new LazyRegExp(() => /^\p{L}{2,}$/u);
const call = new LazyRegExp(() => /^\p{L}+[′₀-₉ₐ-ₜᵢ]*\([^()]*\)$/u);
const rooted = new LazyRegExp(() => /^[√∛∜](?:\p{L}|\p{N}+|\([^()]*\))$/u);
const bracketed = /^(?:\([^()]*\)|\|[^|]*\||‖[^‖]*‖|\[[^[\]]*\])$/u;
/** Characters that a product over a fraction bar must not have: its end would be unclear. */
const summed = /[\s+\-−±∓=<>≤≥∼≈/|,;×·]/u;

/** The longest single term, in characters. */
const longest = 200;

/** Whether a numerator needs no brackets; a product needs none: `2πr/h`. */
export function isPlainNumerator(text: string): boolean {
  if (text.length > longest) return false;
  return isAtom(text) || !summed.test(text.replace(/\([^()]*\)/g, ""));
}

/** Whether a denominator needs no brackets. */
export function isAtom(text: string): boolean {
  if (text.length > longest) return false;
  return atom.test(text) || word.test(text) || call.test(text) || rooted.test(text) || bracketed.test(text);
}

/** Whether a root's sign alone is clear: √2, √n, but √(x²) and √(n+1). */
export function isPlainRadicand(text: string): boolean {
  return /^(?:\p{L}\p{M}*[₀-₉ₐ-ₜᵢᵣᵤᵥⱼ]*|\p{N}+(?:\.\p{N}+)?|\([^()]*\))$/u.test(text);
}
