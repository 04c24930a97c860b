import { topLevelParts } from "./parts.js";

/** A word of a person's name, perhaps with accents in TeX: "O'Brien", "J.-P.", "M{\"u}ller", "de". */
const nameWord = /^[\p{L}\p{M}{\\'’"`^~=.·-][\p{L}\p{M}{}\\'’"`^~=.·-]*$/u;
const initials = /^(?:\p{Lu}\p{M}*\.?[ -]?){1,4}$/u;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Words that only names of groups contain. */
const group =
  /(?:^|[ -])(?:AI|Academy|and|Association|Center|Centre|Co\.?|Collaboration|Committee|Company|Consortium|Corp\.?|Council|Dept\.?|Department|Group|GmbH|Inc\.?|Institute|Lab|Labs|Laboratory|LLC|Ltd\.?|Ministry|of|Project|Research|Society|Sons|Team|The|University|Univ\.?)(?=$|[ ,-])/;

/**
 * Splits a text between two " and ", which should be one name in BibTeX. It is split only if every part looks
 * like a name, so that no surname is mixed up or lost; otherwise it stays whole.
 */
export function nameList(text: string): readonly string[] {
  const name = text.replace(/^(?:and\s)?[\s,;]+|(?<![\s,;])[\s,;]+$/gi, "");
  const bySemicolon = partsAt(name, /;/g);
  if (bySemicolon.length > 1) {
    return bySemicolon.every(isWhole) ? bySemicolon.flatMap((part) => byCommas(part, true)) : [name];
  }
  // "Johnson & Johnson" is one name.
  const bySign = partsAt(name, /\s\\?&(?=\s)/g);
  if (bySign.length > 1) {
    const arePeople = bySign.every((part) => isWhole(part) && /[\s~,]/.test(part));
    return arePeople ? bySign.flatMap((part) => byCommas(part, true)) : [name];
  }
  // A comma before "and" ends a list of names.
  return byCommas(name, !/,\s*$/.test(text));
}

function partsAt(text: string, separator: RegExp): readonly string[] {
  return topLevelParts(text, separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Whether a part is a complete name: "John Smith", "Smith, John" or "Smith, J., Doe, K.". */
function isWhole(text: string): boolean {
  const parts = partsOf(text);
  return (
    parts.every(looksLikeName) && (parts.length > 1 || wordsIn(text) > 1 || /^\p{Lu}\p{L}+$/u.test(text))
  );
}

/** @param mayBeTurned whether the second of two parts may be the given name of the first */
function byCommas(name: string, mayBeTurned: boolean): readonly string[] {
  const parts = joinedSuffixes(partsOf(name).filter((part) => part !== ""));
  if (parts.length < 2 || !parts.every(looksLikeName)) return [name];
  if (parts.length === 2) {
    const areNames = parts.every((part) => initialsFirst.test(part)) || (!mayBeTurned && parts.every(isFull));
    return areNames ? parts : [name];
  }
  // "Ann One, Bo Two, Cy Three", "Pardee F., Kirk T., Mac K.": each part is a complete name.
  if (parts.every(isFull)) return parts;
  // "Smith, J., Doe, K.": family and given names alternate.
  const isInTurn = parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 0 || isGiven(part));
  const family = parts.filter((_, at) => at % 2 === 0);
  if (!isInTurn || family.some((part) => initials.test(part))) return [name];
  return family.map((part, at) => {
    const [, given = "", jr] =
      /^(.*?)(?: ((?:jr|sr|ii|iii|iv)\.?))?$/i.exec(parts[2 * at + 1] as string) ?? [];
    return jr === undefined ? `${part}, ${given}` : `${part}, ${jr}, ${given}`;
  });
}

/** "A. One": no family name begins like this. */
const initialsFirst = /^(?:\p{Lu}\.[ ~-]?)+ ?\p{Lu}?\p{L}{2,}/u;

/** Whether a part is more than a family name or initials. */
function isFull(part: string): boolean {
  return wordsIn(part) > 1 && !initials.test(part);
}

function partsOf(text: string): string[] {
  return topLevelParts(text, /,/g).map((part) => part.replace(/^\s*and\s+/i, "").trim());
}

/** "Smith", "Jr." as one part; the suffix in BibTeX's "Last, Jr, First" stays in place. */
function joinedSuffixes(parts: readonly string[]): readonly string[] {
  if (parts.length < 4) return parts;
  const joined: string[] = [];
  for (const part of parts) {
    if (suffix.test(part) && joined.length > 0) joined.push(`${joined.pop()} ${part}`);
    else joined.push(part);
  }
  return joined;
}

function isGiven(part: string): boolean {
  return (
    initials.test(part) ||
    /^(?:\p{Lu}[\p{L}\p{M}'’-]*\.?)(?: \p{Lu}[\p{L}\p{M}'’-]*\.?){0,2}( (?:jr|sr|ii|iii|iv)\.?)?$/iu.test(
      part,
    )
  );
}

function looksLikeName(part: string): boolean {
  const words = part.split(/[ ~]+/);
  return (
    words.length <= 5 && words.every((word) => nameWord.test(word)) && !group.test(part) && !/\d/.test(part)
  );
}

function wordsIn(part: string): number {
  return part.trim().split(/[ ~]+/).length;
}
