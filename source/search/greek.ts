/** A Greek letter that stands for a quantity; in a word of Greek it has Greek letters beside it. */
const letter = /(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0370-\u03ff](?![\u0370-\u03ff\u1f00-\u1fff])/;
const greek = /[\u0370-\u03ff]/;
const letters = new RegExp(letter, "g");

const names: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "α alpha β beta γ gamma δ delta ε epsilon ϵ epsilon ζ zeta η eta θ theta ϑ theta ι iota κ kappa ϰ kappa " +
    "λ lambda μ mu ν nu ξ xi ο omicron π pi ϖ pi ρ rho ϱ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi " +
    "χ chi ψ psi ω omega"
  )
    .split(" ")
    .flatMap((one, at, all) => (at % 2 === 0 ? [[one, all[at + 1] as string]] : [])),
);

/** A text in which Greek letters stand by their names, and where each of its characters comes from. */
export interface NamedGreek {
  readonly text: string;
  /** The offset in the text before that a character comes from; one more entry for the end. */
  readonly from: readonly number[];
}

/**
 * A text with its single Greek letters written out, `α-divergence` as `alpha-divergence`, so that a
 * keyboard can find them; `null` where it has none.
 */
export function withGreekNames(text: string): NamedGreek | null {
  // Most texts have none: a class without conditions is told apart several times as fast.
  if (!greek.test(text) || !letter.test(text)) return null;
  let named = "";
  const from: number[] = [];
  let done = 0;
  const take = (piece: string, at: number, step: 0 | 1) => {
    for (let i = 0; i < piece.length; i += 1) from.push(at + i * step);
    named += piece;
  };
  for (const found of text.matchAll(letters)) {
    const name = names[found[0].toLowerCase()];
    if (name === undefined) continue;
    take(text.slice(done, found.index), done, 1);
    take(name, found.index, 0);
    done = found.index + 1;
  }
  if (done === 0) return null;
  take(text.slice(done), done, 1);
  return { text: named, from: [...from, text.length] };
}
