/** Greek, also as the letters of mathematics (`𝛼`). */
const greek = /[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]/u;
/**
 * Greek letters that stand for quantities: one or two of them (`αβ-CROWN`). In a word of Greek there
 * are more beside them.
 */
const quantities =
  /(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0370-\u03ff\u{1d6a8}-\u{1d7cb}]{1,2}(?![\u0370-\u03ff\u1f00-\u1fff])/gu;

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
 * A text with such letters written out, `α-divergence` as `alpha-divergence` and `αβ` as `alpha beta`,
 * so that a keyboard can find them; `null` where it has none.
 */
export function withGreekNames(text: string): NamedGreek | null {
  // Most texts have none: a class without conditions is told apart several times as fast.
  if (!greek.test(text)) return null;
  let named = "";
  const from: number[] = [];
  let done = 0;
  const take = (piece: string, at: number, step: 0 | 1) => {
    for (let i = 0; i < piece.length; i += 1) from.push(at + i * step);
    named += piece;
  };
  for (const found of text.matchAll(quantities)) {
    let at = found.index;
    take(text.slice(done, at), done, 1);
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
export function withGreekApart(text: string): NamedGreek | null {
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
