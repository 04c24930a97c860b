/** Greek, also as the letters of mathematics (`𝛼`). */
const greek = /[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]/u;
/**
 * Greek letters that stand for quantities: one or two of them (`αβ-CROWN`). In a word of Greek there
 * are more beside them.
 */
const quantities =
  /(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]{1,2}(?![\u0370-\u03ff\u1f00-\u1fff])/gu;

/** Signs of mathematics that people type as TeX calls them, without its backslash. */
const signs: Readonly<Record<string, string>> = { "√": "sqrt", "∛": "cbrt", "∞": "infty", ℓ: "ell" };
const spoken = new RegExp(`${quantities.source}|[${Object.keys(signs).join("")}]`, "gu");
const mayBeSpoken = new RegExp(`${greek.source}|[${Object.keys(signs).join("")}]`, "u");
const letterOrDigit = /^[\p{L}\p{N}]/u;

const names: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa ϰ kappa " +
    "λ lambda μ mu ν nu ξ xi ο omicron π pi ϖ pi ρ rho ϱ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi " +
    "χ chi ψ psi ω omega"
  )
    .split(" ")
    .flatMap((one, at, all) => (at % 2 === 0 ? [[one, all[at + 1] as string]] : [])),
);

/** A text written another way, and where each of its characters comes from. */
export interface Rewritten {
  readonly text: string;
  /** The offset in the text before that a character comes from; one more entry for the end. */
  readonly from: readonly number[];
}

/**
 * A text with such letters and signs written out, `α-divergence` as `alpha-divergence`, `αβ` as `alpha beta`
 * and `√T` as `sqrt T`, so that a keyboard can find them; `null` where it has none.
 */
export function withSpokenSigns(text: string): Rewritten | null {
  // Most texts have none: a class without conditions is told apart several times as fast.
  if (!mayBeSpoken.test(text)) return null;
  let named = "";
  const from: number[] = [];
  let done = 0;
  const take = (piece: string, at: number, step: 0 | 1) => {
    for (let i = 0; i < piece.length; i += 1) from.push(at + i * step);
    named += piece;
  };
  for (const found of text.matchAll(spoken)) {
    let at = found.index;
    take(text.slice(done, at), done, 1);
    const sign = signs[found[0]];
    if (sign !== undefined) {
      done = at + found[0].length;
      take(sign, at, 0);
      // An index keeps to its letter: ℓ₂ is "ell2", but √T is two words.
      if (found[0] !== "ℓ" && letterOrDigit.test(text.slice(done, done + 2))) take(" ", at, 0);
      continue;
    }
    for (const letter of found[0]) {
      const name = names[letter.normalize("NFKC").toLowerCase()];
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
 * A text in which such letters stand apart from a letter or digit before them, `αβ` as `α β` and `2π` as
 * `2 π`, so that each is found by itself; `null` where none is to be set apart.
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
      if (at > found.index || letterOrDigitAtEnd.test(text.slice(Math.max(0, at - 2), at))) {
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

const letterOrDigitAtEnd = /[\p{L}\p{N}]$/u;

/** What has signs of powers and indices in it, where brackets may be left out. */
const mayBeClosed = /[²³¹⁰ⁱ-₎^_]/;

/**
 * A text whose powers and indices are closed up, `(MGS)²-Net` as `MGS²-Net`, `H^(1/2)` as `H1/2` and
 * `A²utoBench` as `AutoBench`, as people type them; `null` where it has none.
 */
export function withClosedFormulas(text: string): Rewritten | null {
  if (!mayBeClosed.test(text)) return null;
  const left = new Uint8Array(text.length);
  for (const found of text.matchAll(bracketsBeforePower)) {
    left[found.index] = 1;
    left[found.index + found[0].length - 1] = 1;
  }
  for (const found of text.matchAll(bracketsOfPower)) {
    left.fill(1, found.index, found.index + 2);
    left[found.index + found[0].length - 1] = 1;
  }
  for (const found of text.matchAll(powerInWord)) left[found.index] = 1;
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

const bracketsBeforePower = /\([\p{L}\p{N}]+\)(?=[²³¹⁰ⁱ-₎^_])/gu;
const bracketsOfPower = /[\^_]\([^()]*\)/g;
const powerInWord = /(?<=\p{L})[²³](?=\p{L})/gu;

/** The other forms in which a shown text is searched: signs by their names, Greek letters apart, formulas closed up. */
export function otherForms(text: string): readonly Rewritten[] {
  if (isAscii.test(text) && !text.includes("^") && !text.includes("_")) return [];
  return [withSpokenSigns(text), withGreekApart(text), withClosedFormulas(text)].filter(
    (form) => form !== null,
  );
}

const isAscii = /^[\x00-\x7f]*$/;

const spokenNames = new Set([...Object.values(names), ...Object.values(signs)]);

/** Whether a word is, or begins as, the name of a letter or sign that a text may show instead. */
export function isSpoken(word: string): boolean {
  return spokenNames.has(word) || word.startsWith("ell");
}
