/** Alphabets of Unicode's block of mathematical letters, and their letters outside the block. */
interface Alphabet {
  readonly capitals: number;
  readonly small: number | null;
  readonly digits: number | null;
  readonly elsewhere: Readonly<Record<string, string>>;
}

const doubleStruck: Alphabet = {
  capitals: 0x1d538,
  small: 0x1d552,
  digits: 0x1d7d8,
  elsewhere: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
};
const script: Alphabet = {
  capitals: 0x1d49c,
  small: 0x1d4b6,
  digits: null,
  elsewhere: {
    B: "ℬ",
    E: "ℰ",
    F: "ℱ",
    H: "ℋ",
    I: "ℐ",
    L: "ℒ",
    M: "ℳ",
    R: "ℛ",
    e: "ℯ",
    g: "ℊ",
    o: "ℴ",
  },
};
const fraktur: Alphabet = {
  capitals: 0x1d504,
  small: 0x1d51e,
  digits: null,
  elsewhere: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" },
};

/**
 * Alphabets whose letters differ in meaning from plain ones. Bold, upright, sans serif and italic letters are
 * not among them: those stay plain, so that a search finds them, and are styled.
 */
export const alphabets: ReadonlyMap<string, Alphabet> = new Map([
  ["mathbb", doubleStruck],
  ["mathds", doubleStruck],
  ["mathbbm", doubleStruck],
  ["Bbb", doubleStruck],
  ["mathcal", script],
  ["mathscr", script],
  ["cal", script],
  ["mathfrak", fraktur],
  ["frak", fraktur],
]);

const letters = /[A-Za-z0-9]/g;
const plainWord = /^[A-Za-z]+$/;

/** A text in one of the alphabets; characters that it lacks stay plain. */
export function inAlphabet(text: string, alphabet: Alphabet): string {
  // TeX's calligraphic letters are capitals only; in `\mathcal{C_x/m}` the lower-case ones are not.
  const hasSmall = alphabet !== script || plainWord.test(text);
  return text.replace(letters, (letter) => {
    const other = alphabet.elsewhere[letter];
    const code = letter.charCodeAt(0);
    if (code >= 97) {
      if (!hasSmall || alphabet.small === null) return letter;
      return other ?? String.fromCodePoint(alphabet.small + code - 97);
    }
    if (code >= 65) return other ?? String.fromCodePoint(alphabet.capitals + code - 65);
    return alphabet.digits === null ? letter : String.fromCodePoint(alphabet.digits + code - 48);
  });
}
