/** An encoding: its label in https://encoding.spec.whatwg.org, and its name for people. */
export interface Encoding {
  readonly label: string;
  readonly name: string;
}

/** So many bytes decide; more of a file says nothing new. */
const enough = 65_536;
/** Fewer bytes are too few to tell encodings apart. */
const fewest = 6;

/**
 * The encoding of text that is neither UTF-8 nor windows-1252, from the bytes alone; `null` if it may be
 * windows-1252. In Western text letters beyond ASCII stand alone or in twos ("Größe", "créée"), so only text
 * most of whose bytes beyond ASCII come in longer runs is taken for another script. MacRoman is known by
 * letters where windows-1252 has signs or capitals inside words ("MŸller").
 *
 * @param bytes lines that are not UTF-8
 */
export function detectEncoding(bytes: Uint8Array): Encoding | null {
  const some = bytes.subarray(0, enough);
  if (isOfOtherScript(some)) return ofEastAsia(some) ?? ofOtherAlphabet(some);
  return isMacRoman(some) ? { label: "macintosh", name: "MacRoman" } : null;
}

/** Whether most bytes beyond ASCII are in runs; a no-break space, or dashes in a row, say nothing. */
function isOfOtherScript(bytes: Uint8Array): boolean {
  const isBeyond = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte !== 0xa0;
  let all = 0;
  let inRuns = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const start = at;
    let differs = false;
    for (; isBeyond(bytes[at]); at += 1) differs ||= bytes[at] !== bytes[start];
    all += at - start;
    if (differs && at - start >= 3) inRuns += at - start;
  }
  return inRuns >= fewest && inRuns * 2 >= all;
}

type IsCommon = (lead: number, trail: number) => boolean;
const isEuc = (trail: number) => trail >= 0xa1 && trail <= 0xfe;

/** Encodings of two bytes a character, and the lead bytes of their common characters. */
const eastAsian: readonly (Encoding & { readonly isCommon: IsCommon; readonly least: number })[] = [
  // Hangul is the first part of what GBK has its common characters in: Chinese text uses all of it.
  {
    label: "euc-kr",
    name: "EUC-KR",
    isCommon: (lead, trail) => isEuc(trail) && ((lead >= 0xb0 && lead <= 0xc8) || lead <= 0xa3),
    least: 0.98,
  },
  // Levels 1 of GB 2312 and JIS X 0208, with punctuation; Japanese is known by its kana.
  {
    label: "gb18030",
    name: "GBK",
    isCommon: (lead, trail) => isEuc(trail) && ((lead >= 0xb0 && lead <= 0xd7) || lead <= 0xa3),
    least: 0.85,
  },
  {
    label: "euc-jp",
    name: "EUC-JP",
    isCommon: (lead, trail) => isEuc(trail) && ((lead >= 0xb0 && lead <= 0xcf) || lead <= 0xa5),
    least: 0.9,
  },
  { label: "big5", name: "Big5", isCommon: (lead) => lead >= 0xa1 && lead <= 0xc6, least: 0.9 },
  {
    label: "shift_jis",
    name: "Shift-JIS",
    isCommon: (lead) => (lead >= 0x81 && lead <= 0x83) || (lead >= 0x88 && lead <= 0x97),
    least: 0.85,
  },
];

function ofEastAsia(bytes: Uint8Array): Encoding | null {
  let best: Encoding | null = null;
  let most = 0;
  for (const encoding of eastAsian) {
    const share = decoded(bytes, encoding.label) === null ? 0 : commonShare(bytes, encoding.isCommon);
    if (share < encoding.least || share <= most) continue;
    [best, most] = [encoding, share];
  }
  return best;
}

/** The share of common characters among those of two bytes. */
function commonShare(bytes: Uint8Array, isCommon: IsCommon): number {
  let all = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    all += 1;
    at += 1;
    if (isCommon(lead, bytes[at] ?? 0)) common += 1;
  }
  return all === 0 ? 0 : common / all;
}

const cyrillic = /[\u0400-\u04ff]/;
const commonCyrillic = /[оеаинтсрвлкі]/i;
const alphabets: readonly (Encoding & { readonly letter: RegExp; readonly common: RegExp })[] = [
  { label: "windows-1251", name: "windows-1251", letter: cyrillic, common: commonCyrillic },
  { label: "koi8-u", name: "KOI8", letter: cyrillic, common: commonCyrillic },
  { label: "iso-8859-5", name: "ISO-8859-5", letter: cyrillic, common: commonCyrillic },
  { label: "x-mac-cyrillic", name: "MacCyrillic", letter: cyrillic, common: commonCyrillic },
  { label: "ibm866", name: "IBM 866", letter: cyrillic, common: commonCyrillic },
  {
    label: "windows-1253",
    name: "windows-1253",
    letter: /[\u0370-\u03ff]/,
    common: /[αοιετνσςρπκμάέήίόύώ]/i,
  },
];
/** In text of one of these alphabets at least this share of the letters is common and in words of lower case. */
const leastCommon = 0.5;

function ofOtherAlphabet(bytes: Uint8Array): Encoding | null {
  let best: Encoding | null = null;
  let most = leastCommon;
  for (const encoding of alphabets) {
    const text = decoded(bytes, encoding.label);
    if (text === null) continue;
    const beyond = text.match(/[^\0-\x7f]/g)?.length ?? 0;
    let common = 0;
    for (const [word] of text.matchAll(/[^\0-\x7f]{2,}/g)) {
      // Capitals alone are lower case in another encoding.
      if (!/^\p{L}?\p{Ll}+$/u.test(word)) continue;
      for (const sign of word) if (encoding.letter.test(sign) && encoding.common.test(sign)) common += 1;
    }
    if (common > most * beyond) [best, most] = [encoding, common / beyond];
  }
  return best;
}

/**
 * Signs and capitals of windows-1252 that are letters like é and ü in MacRoman, after a letter. What typists
 * put inside words, as ’ and š, is none of them.
 */
const macLetters = new Set([0x87, 0x88, 0x89, 0x8a, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9f]);

function isMacRoman(bytes: Uint8Array): boolean {
  const isLetter = (byte: number | undefined) =>
    byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte));
  let found = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0x80 || !isLetter(bytes[at - 1]) || !/[a-z]/.test(String.fromCharCode(bytes[at + 1] ?? 0)))
      continue;
    // Letters of windows-1252 that are signs in MacRoman.
    if (byte >= 0xe0) return false;
    if (macLetters.has(byte)) found += 1;
  }
  return found >= 2;
}

/** The text in an encoding; `null` if it is not valid in it, or this build of Node does not know it. */
function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    // The last character may be cut off.
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}
