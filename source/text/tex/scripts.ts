import { LazyRegExp } from "../lazy-regexp.js";

/** Characters in turn with what stands for them above or below the line. */
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
 * What Unicode has as superscript; the signs at the end stand high already. There is no q. The
 * letters that only look like α, ε, θ and ι belong to phonetics and are left to it.
 */
const above = table(
  "0123456789+-−=() ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾",
  "abcdefghijklmnoprstuvwxyz ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
  "ABDEGHIJKLMNOPRTUVW ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  "βγδφϕχ⊤⊺ ᵝᵞᵟᵠᵠᵡᵀᵀ",
  "′″‴⁗°†‡* ′″‴⁗°†‡*",
  "∗∘⋆★ *°⋆★",
);

/** What Unicode has as subscript: sixteen small letters and five Greek ones. */
const below = table(
  "0123456789+-−=() ₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎",
  "aehijklmnoprstuvx ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
  "βγρφϕχə ᵦᵧᵨᵩᵩᵪₔ",
);

/** Signs that are written behind their letter as they are: M⊙, R⊕. */
const alone = /^[⊙⊕☉♁⊗⊖]$/;
/** Scripts that need no brackets: a word or number of plain letters, one character with its marks. */
const simple = new LazyRegExp(() => /^(?:[A-Za-z0-9]+(?:\.\d+)?|.\p{M}*|\(.*\))$/u);
const spaces = /\s+/g;
/** A space between two words or numbers is read, any other of a script is not. */
const idleSpace = new LazyRegExp(() => /(?<![\p{L}\p{N}.,;:])\s+|\s+(?![\p{L}\p{N}])/gu);

export type Level = "^" | "_";

/**
 * A rendered script as it is written at its base: in Unicode's superscripts or subscripts where
 * every character of it has one (x², ₙ₋₁), else behind the sign that TeX has for it, in brackets
 * where it is more than a word: `x_q`, `T_eff`, `x^(n+kθ)`.
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

/** `null` where a character has no place above or below the line. */
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
