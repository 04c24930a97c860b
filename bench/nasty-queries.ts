import type { Listing } from "../source/papers/listing.js";

/**
 * Queries that once were slow, or are of a kind that may be: each kind with a function that makes one from
 * the words of a listing.
 */

/** The longest query that the prompt accepts at once, in characters. */
const longest = 200;

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const frequent =
  "the of and in a to we for that on with is this by an as our are model data learning network".split(" ");
const beyondAscii = [..."éñαβℓ∑√∞≤学习яßœλμσ²₂ﬁ🤗→×"];
const formulas = ["O(n)", "n^2", "l_2", "$k$", "x_i", "\\ell_2", "√t", "(1+e)", "\\sqrt{t}", "\\alpha"];
const fields = ["title", "author", "abstract", "cat", "keyword", "org", "comment", "venue", "all"];

/** Random numbers from 0 to below 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `each` queries of every kind, at most 200 characters each; the same for the same listing and seed. */
export function nastyQueries(
  listing: Listing,
  each: number,
  seed = 1,
): readonly { readonly kind: string; readonly query: string }[] {
  const next = random(seed);
  const pick = <One>(from: readonly One[]) => from[Math.floor(next() * from.length)] as One;
  const letter = () => pick(letters);
  const common = () => pick(frequent);
  const titleOf = () => listing.paper(Math.floor(next() * listing.size)).title.split(/\s+/);
  const abstractOf = () => listing.paper(Math.floor(next() * listing.size)).abstract.split(/\s+/);
  const wordOf = () => pick(abstractOf()) || "model";
  const typo = (word: string) => {
    const at = Math.floor(next() * word.length);
    return word.slice(0, at) + letter() + word.slice(at + Math.floor(next() * 2));
  };
  const many = (make: () => string, joint = " ", count = longest) =>
    Array.from({ length: count }, make).join(joint);
  const few = (make: () => string, joint = " ") => many(make, joint, 2 + Math.floor(next() * 6));
  const kinds: Readonly<Record<string, () => string>> = {
    letters: () => few(letter),
    "letters, many": () => many(letter),
    "letters and signs": () => few(letter, pick([..."-^'_/&.+,"])),
    "letters and signs, many": () => many(letter, pick([..."-'./&"])),
    "letters with a hyphen": () => many(() => `${letter()}-${letter()}`),
    "letters with a hyphen, left out": () => many(() => `-${letter()}-${letter()}`),
    "a letter in brackets": () => `${letter()}(${letter()} ${letter()}) ${wordOf()}`,
    "a letter after a letter and an apostrophe": () => `${letter()}'${letter()}`,
    "letters, any of": () => many(letter, "|"),
    "letters with a hyphen, any of": () => many(() => `${letter()}-${letter()}`, "|"),
    "groups of letters": () => many(() => `(${letter()} OR ${letter()})`),
    "a group and a letter": () => `(${letter()} OR ${letter()}) ${letter()}`,
    "groups of words": () => many(() => `(${wordOf()} OR ${common()})`),
    "groups with marks": () =>
      ["starred", "read", "later", "new", "muted", "followed", "watched"]
        .map((mark) => `(is:${mark} OR ${letter()})`)
        .join(" "),
    "brackets, many": () => `${"(".repeat(40)}${letter()} OR ${letter()}${")".repeat(40)} ${letter()}`,
    "letters left out": () => many(() => `-${letter()}`),
    "words left out": () => many(() => `-${common()}`),
    "letters, or not": () => many(() => `${letter()} OR NOT ${letter()}`),
    "words with a hyphen": () => many(() => `${common()}-${common()}`),
    "words in one": () => few(common, "-"),
    "frequent words": () => many(common),
    "frequent words, any of": () => many(common, "|"),
    "two letters": () => many(() => letter() + letter()),
    "three letters": () => many(() => letter() + letter() + letter()),
    "three letters, any of": () => many(() => letter() + letter() + letter(), "|"),
    "quoted letters": () => few(() => `"${letter()}"`),
    "quoted pairs": () => many(() => `"${letter()} ${letter()}"`),
    "quoted capitals": () => many(() => `"${letter().toUpperCase()}"`),
    "quoted words": () => many(() => `"${common()} ${common()}"`),
    "quoted words, any of": () => many(() => `"${common()} ${common()}"`, " OR "),
    "a quoted sign": () => `"${pick([..."-,.(/:?'"])}"`,
    "letters in fields": () => many(() => `${pick(fields)}:${letter()}`),
    "letters with a hyphen in a field": () => `${pick(fields)}:${letter()}-${letter()}`,
    "names with a letter, any of": () => many(() => `au:${pick(["wang", "li"])}-${letter()}`, "|"),
    "quoted names, any of": () => many(() => `author:"${letter()} ${pick(["wang", "li"])}"`, " OR "),
    initials: () => `${letter()}. ${letter()}. ${titleOf()[0]}`,
    years: () => many(() => `year:20${10 + Math.floor(next() * 15)}`, " OR "),
    identifiers: () => many(() => `id:${Math.floor(next() * 100)}`, "|"),
    "beyond ASCII": () => few(() => pick(beyondAscii), pick(["", "-", " "])),
    "beyond ASCII, many": () => many(() => pick(beyondAscii)),
    formulas: () => few(() => pick(formulas)),
    "formulas, many": () => many(() => pick(formulas)),
    "formulas, any of": () => many(() => pick(formulas), "|"),
    "long words misspelt": () => few(() => typo(wordOf())),
    "words misspelt, any of": () => many(() => typo(wordOf().replace(/[^a-z]/gi, "") || "model"), "|"),
    "a title": () => titleOf().join(" "),
    "a title misspelt": () => titleOf().map(typo).join(" "),
    "beginnings of a title": () =>
      titleOf()
        .map((word) => word.slice(0, 3))
        .join(" "),
    "an abstract": () => abstractOf().join(" "),
    "an abstract misspelt": () => abstractOf().map(typo).join(" "),
    "beginnings of an abstract": () =>
      abstractOf()
        .map((word) => word.slice(0, 1 + Math.floor(next() * 4)))
        .join(" "),
    digits: () => many(() => String(Math.floor(next() * 10 ** (1 + next() * 5)))),
    "one long word": () => many(letter, ""),
  };
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: each }, () => ({ kind, query: make().slice(0, longest) })),
  );
}
