import { lazily } from "../../papers/lazily.js";

/** Greek, including the mathematical letters (`𝛼`). */
const greek = /[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]/u;
/** Greek letters used as symbols: one or two in a row (`αβ-CROWN`). A longer run is a Greek word. */
const quantities =
  /(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]{1,2}(?![\u0370-\u03ff\u1f00-\u1fff])/gu;

/** Mathematical signs that people type by their TeX name, without the backslash. */
const signs: Readonly<Record<string, string>> = { "√": "sqrt", "∛": "cbrt", "∞": "infty", ℓ: "ell" };
const spoken = lazily(() => new RegExp(`${quantities.source}|[${Object.keys(signs).join("")}]`, "gu"));
const mayBeSpoken = lazily(() => new RegExp(`${greek.source}|[${Object.keys(signs).join("")}]`, "u"));

const names = lazily(
  (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      (
        "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa ϰ kappa " +
        "λ lambda μ mu ν nu ξ xi ο omicron π pi ϖ pi ρ rho ϱ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi " +
        "χ chi ψ psi ω omega"
      )
        .split(" ")
        .flatMap((one, at, all) => (at % 2 === 0 ? [[one, all[at + 1] as string]] : [])),
    ),
);

/** A rewritten text, with the original offset of each character. */
export interface Rewritten {
  readonly text: string;
  /** The offset of each character in the original text, and one more entry for the end. */
  readonly from: readonly number[];
}

/**
 * A text with Greek letters and signs spelled out, so that they can be typed: `α-divergence` becomes
 * `alpha-divergence`, `αβ` becomes `alpha beta` and `√T` becomes `sqrt T`; `null` if it has none.
 */
export function withSpokenSigns(text: string): Rewritten | null {
  // Most texts have none. A character class without lookarounds rejects them several times as fast.
  if (!mayBeSpoken().test(text)) return null;
  let named = "";
  const from: number[] = [];
  let done = 0;
  const take = (piece: string, at: number, step: 0 | 1) => {
    for (let i = 0; i < piece.length; i += 1) from.push(at + i * step);
    named += piece;
  };
  for (const found of text.matchAll(spoken())) {
    let at = found.index;
    take(text.slice(done, at), done, 1);
    const sign = signs[found[0]];
    if (sign !== undefined) {
      done = at + found[0].length;
      take(sign, at, 0);
      // A subscript stays with its letter: ℓ₂ is "ell2", but √T is two words.
      if (found[0] !== "ℓ" && /^[\p{L}\p{N}]/u.test(text.slice(done, done + 2))) take(" ", at, 0);
      continue;
    }
    for (const letter of found[0]) {
      const name = names()[letter.normalize("NFKC").toLowerCase()];
      if (at > found.index) take(" ", at, 0);
      take(name ?? letter, at, name === undefined ? 1 : 0);
      at += letter.length;
    }
    done = at;
  }
  if (done === 0) return null;
  take(text.slice(done), done, 1);
  return { text: named, from: [...from, text.length] };
}

/**
 * A text with each Greek letter separated from a letter or digit before it, so that it becomes a token of its
 * own: `αβ` becomes `α β` and `2π` becomes `2 π`; `null` if nothing changes.
 */
export function withGreekApart(text: string): Rewritten | null {
  if (!greek.test(text)) return null;
  let apart = "";
  const from: number[] = [];
  let done = 0;
  const take = (end: number) => {
    for (let at = done; at < end; at += 1) from.push(at);
    apart += text.slice(done, end);
    done = end;
  };
  for (const found of text.matchAll(quantities)) {
    let at = found.index;
    for (const letter of found[0]) {
      if (at > found.index || /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at))) {
        take(at);
        apart += " ";
        from.push(at);
      }
      at += letter.length;
    }
  }
  if (apart === "") return null;
  take(text.length);
  return { text: apart, from: [...from, text.length] };
}

/** Superscripts and subscripts, near which brackets may be omitted. */
const mayBeClosed = /[²³¹⁰ⁱ-₎^_]/;

/**
 * A text without the brackets and carets around superscripts and subscripts, as people type it: `(MGS)²-Net`
 * becomes `MGS²-Net`, `H^(1/2)` becomes `H1/2` and `A²utoBench` becomes `AutoBench`; `null` if nothing
 * changes.
 */
function withClosedFormulas(text: string): Rewritten | null {
  if (!mayBeClosed.test(text)) return null;
  const left = new Uint8Array(text.length);
  for (const found of text.matchAll(/\([\p{L}\p{N}]+\)(?=[²³¹⁰ⁱ-₎^_])/gu)) {
    left[found.index] = 1;
    left[found.index + found[0].length - 1] = 1;
  }
  for (const found of text.matchAll(/[\^_]\([^()]*\)/g)) {
    left.fill(1, found.index, found.index + 2);
    left[found.index + found[0].length - 1] = 1;
  }
  for (const found of text.matchAll(/(?<=\p{L})[²³](?=\p{L})/gu)) left[found.index] = 1;
  if (!left.includes(1)) return null;
  let closed = "";
  const from: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (left[at] === 1) continue;
    closed += text[at];
    from.push(at);
  }
  return { text: closed, from: [...from, text.length] };
}

/**
 * The other forms of a rendered text that are searched: signs spelled out, Greek letters apart, formulas
 * closed up.
 */
export function otherForms(text: string): readonly Rewritten[] {
  if (!mayHaveForms.test(text)) return [];
  return [withSpokenSigns(text), withGreekApart(text), withClosedFormulas(text)].filter(
    (form) => form !== null,
  );
}

/** Greek, the signs above and what formulas have, as one class of code units: it rejects a text at once. */
const mayHaveForms = /[\u0370-\u03ff\ud835√∛∞ℓ²³¹⁰ⁱ-₎^_]/;

const spokenNames = lazily(() => new Set([...Object.values(names()), ...Object.values(signs)]));

/**
 * Whether a word is the name of a Greek letter or sign, or begins like "ell", so that a text may show a
 * symbol instead.
 */
export function isSpoken(word: string): boolean {
  return spokenNames().has(word) || word.startsWith("ell");
}
