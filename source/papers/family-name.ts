/** "et al." and "and others" at the end of a name, meaning further authors. */
const andOthers = /(?:,?\s{1,9}(?:et\s{1,9}al\.?|and\s{1,9}others)){1,3}\s{0,9}$/i;
const suffix = /^(?:jr|sr|[ivx]{2,4})\.?$/i;
/** The usual form of names, where only the last word matters. */
const plainName = /^(?:[A-Z][a-z]*\.? )+([A-Z][a-z]{2,})$/;
/** Initials after the family name, as in PubMed and Web of Science: `J`, `JA`, `J.A.`, `J.-A.`. */
const initials = /^(?:\p{Lu}{1,2}|(?:\p{Lu}\p{M}*\.-?){1,4})$/u;

/**
 * The last word of a person's family name, in the author's spelling: `Dao` of `Tri Dao`, `Dao, Tri`, `T. Dao`,
 * `Dao T` and `Dao, T., Jr.`. Only one word, because sources disagree on whether `van` and the first of two
 * family names belong to it. `""` without a name.
 */
export function familyName(author: string): string {
  const plain = plainName.exec(author);
  if (plain !== null) return plain[1] as string;
  const [beforeComma = "", ...rest] = author.replace(andOthers, "").split(",");
  const words = beforeComma.trim().split(/\s+/);
  while (words.length > 1 && suffix.test(words.at(-1) as string)) words.pop();
  const isSurnameFirst = rest.length > 0 && !rest.every((part) => suffix.test(part.trim()));
  if (!isSurnameFirst) dropInitials(words);
  return words.at(-1) ?? "";
}

/** Removes initials after a family name. "MIN XU" has none, as nothing in it is in lower case. */
function dropInitials(words: string[]): void {
  const isMixed = words.some((word) => /\p{Ll}/u.test(word));
  for (;;) {
    const last = words.at(-1) as string;
    const before = words.slice(0, -1);
    const hasName = before.some((word) => !initials.test(word));
    const isInitial = initials.test(last) && (isMixed || last.replace(/\P{L}/gu, "").length === 1);
    if (!hasName || !isInitial) return;
    words.pop();
  }
}

/** Whether a word cannot be a family name, like the initials recorded by earlier versions. */
export function isInitials(word: string): boolean {
  return initials.test(word);
}

/**
 * Whether a word recorded as a family name may be none: earlier versions took the initials of "Doe J" and "Doe JAB"
 * and the suffix of "da Silva Jr AB" for names.
 */
export function mayBeNoName(word: string): boolean {
  return isInitials(word) || /^\p{Lu}{3}$/u.test(word) || suffix.test(word);
}

/** A group among or instead of personal authors. */
export function isGroup(author: string): boolean {
  return /\b(?:collaborations?|consortium|team|group|committee|network|society|association|organi[sz]ation|institute|project)\b/i.test(
    author,
  );
}
