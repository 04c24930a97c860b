import { glueMark } from "../words/pattern.js";

/**
 * The words that a search asks a vocabulary for: an index that has only these finds what a whole one finds.
 * Those that hang together in a text ("GPT-4") are always in it, as are those beside what is no ASCII.
 */
export class AskedWords {
  readonly #words = new Set<string>();
  readonly #beginnings = new Set<string>();
  readonly #insides = new Set<string>();
  readonly #bracketed = new Set<string>();
  readonly #seen = new Map<string, Set<string>>();
  /** What was asked for since the last pass over the texts, as parts of a pattern. */
  #news = noNews();
  #isFirst = true;

  /** Asked for as a whole. */
  word(word: string): void {
    if (word.endsWith(glueMark)) {
      // What hangs together is there, but the signs of "C++" are told from the text.
      if (/[+#*]/.test(word)) this.beginning(word.slice(0, -glueMark.length));
    } else if (isOfAscii(word) && !this.#words.has(word) && !this.#isBegun(word)) {
      this.#words.add(word);
      this.#news.words.push(quoted(word));
    }
  }

  /** Asked for all words that begin so. */
  beginning(beginning: string): void {
    if (!isOfAscii(beginning) || this.#isBegun(beginning)) return;
    this.#beginnings.add(beginning);
    this.#news.beginnings.push(quoted(beginning));
  }

  /** Asked for all words that have it in them. */
  inside(part: string): void {
    if (!isOfAscii(part) || this.#isInside(part)) return;
    this.#insides.add(part);
    this.#news.insides.push(quoted(part));
  }

  /** Asked for what stands alone between brackets, as an acronym does, beginning with a letter. */
  bracketed(letter: string): void {
    if (!isOfAscii(letter) || this.#bracketed.has(letter)) return;
    this.#bracketed.add(letter);
    this.#news.insides.push(`\\(${quoted(letter)}[a-z0-9]+\\)`);
  }

  /** What stands alone between brackets in a text may be asked for next. */
  noteBrackets(text: string): void {
    for (const [, word = ""] of text.matchAll(betweenBrackets)) {
      const normalized = word.toLowerCase();
      const letter = normalized[0] as string;
      const seen = this.#seen.get(letter);
      if (seen === undefined) this.#seen.set(letter, new Set([normalized]));
      else seen.add(normalized);
    }
  }

  /** What was seen alone between brackets, beginning with a letter; there may be more. */
  seenInBrackets(letter: string): Iterable<string> {
    return this.#seen.get(letter) ?? [];
  }

  /** Whether nothing was asked for since the last pass over the texts. */
  get isAnswered(): boolean {
    return Object.values(this.#news).every((parts) => parts.length === 0);
  }

  /** What the next pass over the texts has to look for. */
  nextPass(): AskedText {
    const { words, beginnings, insides } = this.#news;
    const parts = this.#isFirst ? [hanging, beyondAscii] : [];
    // Sorted, so that what begins alike is looked for as one.
    if (insides.length > 0) parts.push(insides.sort().join("|"));
    if (words.length > 0) parts.push(`${notBehind}(?:${words.sort().join("|")})${notBefore}`);
    if (beginnings.length > 0) parts.push(`${notBehind}(?:${beginnings.sort().join("|")})`);
    const pass = new AskedText(new RegExp(parts.join("|"), "gi"));
    this.#isFirst = false;
    this.#news = noNews();
    return pass;
  }

  #isBegun(word: string): boolean {
    for (let end = 1; end <= word.length; end += 1) if (this.#beginnings.has(word.slice(0, end))) return true;
    return this.#isInside(word);
  }

  #isInside(word: string): boolean {
    for (const part of this.#insides) if (word.includes(part)) return true;
    return false;
  }
}

/** One pass over the texts. */
export class AskedText {
  readonly #pattern: RegExp;

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  /** What stands between the spaces of a text, as it is shown, as far as it may have a word that is asked for. */
  pieces(text: string): string {
    // An accent of TeX, or a line break, may reach over a space.
    if (unusual.test(text)) return text;
    const pattern = this.#pattern;
    let pieces = "";
    pattern.lastIndex = 0;
    while (pattern.test(text)) {
      let end = text.indexOf(" ", pattern.lastIndex);
      if (end < 0) end = text.length;
      pieces += text.slice(text.lastIndexOf(" ", pattern.lastIndex - 1) + 1, end + 1);
      if (end === text.length) break;
      pattern.lastIndex = end;
    }
    return pieces;
  }
}

function noNews(): Record<"words" | "beginnings" | "insides", string[]> {
  return { words: [], beginnings: [], insides: [] };
}

/** What joins two words where it stands alone between them, in ASCII (see normalize.ts). */
const hanging = "[-'._/&,](?=[a-z0-9])";
const beyondAscii = "[^\\0-\\x7f]";
const unusual = /[\\{\0-\x1f]/;
const betweenBrackets = /\(([a-z0-9]{2,9})\)/gi;
const notBehind = "(?<![a-z0-9])";
const notBefore = "(?![a-z0-9])";

/** Whether a word can be all of ASCII, and does not hang together: others are always in it. */
function isOfAscii(word: string): boolean {
  return /^[a-z0-9]+[+#*]*$/.test(word);
}

function quoted(word: string): string {
  return word.replace(/[+*]/g, "\\$&");
}
