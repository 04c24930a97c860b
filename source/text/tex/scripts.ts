import { LazyRegExp } from "../lazy-regexp.js";

/** Characters, each followed by its superscript or subscript. */
function table(...pairs: string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of pairs) {
    const [from = "", to = ""] = pair.split(" ");
    const raised = [...to];
    [...from].forEach((character, at) => {
      found.set(character, raised[at] as string);
    });
  }
  return found;
}

/**
 * Unicode's superscripts; the last characters are raised already. There is no q. Letters that only look like α,
 * ε, θ and ι belong to phonetics and are not used.
 */
const above = table(
  "0123456789+-−=() ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾",
  "abcdefghijklmnoprstuvwxyz ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
  "ABDEGHIJKLMNOPRTUVW ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  "βγδφϕχ⊤⊺ ᵝᵞᵟᵠᵠᵡᵀᵀ",
  "′″‴⁗°†‡* ′″‴⁗°†‡*",
  "∗∘⋆★ *°⋆★",
);

/** Unicode's subscripts: sixteen lower-case letters and five Greek ones. */
const below = table(
  "0123456789+-−=() ₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎",
  "aehijklmnoprstuvx ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
  "βγρφϕχə ᵦᵧᵨᵩᵩᵪₔ",
);

/** Symbols that follow their letter unchanged: M⊙, R⊕. */
const alone = /^[⊙⊕☉♁⊗⊖]$/;
/** Scripts without brackets: a word or number of plain letters, one character with its marks. */
const simple = new LazyRegExp(() => /^(?:[A-Za-z0-9]+(?:\.\d+)?|.\p{M}*|\(.*\))$/u);
const spaces = /\s+/g;
/** Keep a space between two words or numbers, and drop all others in a script. */
const idleSpace = new LazyRegExp(() => /(?<![\p{L}\p{N}.,;:])\s+|\s+(?![\p{L}\p{N}])/gu);

export type Level = "^" | "_";

/**
 * A rendered script: in Unicode's superscripts or subscripts if every character has one (x², ₙ₋₁), else after
 * TeX's `^` or `_`, with brackets if it is more than a word: `x_q`, `T_eff`, `x^(n+kθ)`.
 */
export function script(text: string, level: Level): string {
  const raised = inUnicode(text.replace(spaces, "").replace("′′′", "‴").replace("′′", "″"), level);
  if (raised !== null) return raised;
  const kept = text.trim().replace(idleSpace.pattern, "");
  if (kept === "") return "";
  if (level === "_" && alone.test(kept)) return kept;
  const isWhole = simple.test(kept) && !(kept.startsWith("(") && kept.indexOf(")") < kept.length - 1);
  return isWhole ? level + kept : `${level}(${kept})`;
}

/** `null` if a character has no superscript or subscript. */
export function inUnicode(text: string, level: Level): string | null {
  const map = level === "^" ? above : below;
  let raised = "";
  for (const character of text) {
    const one = map.get(character);
    if (one === undefined) return null;
    raised += one;
  }
  return raised;
}
