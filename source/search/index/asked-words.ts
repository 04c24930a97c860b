import { glueMark } from "../words/pattern.js";

/**
 * The words that a search asks a vocabulary for: an index that has only these finds what a whole one finds.
 * Those that hang together in a text ("GPT-4") are always in it, as are all of a text that is not plain.
 */
export class AskedWords {
  readonly #words = new Set<string>();
  readonly #beginnings = new Set<string>();
  readonly #insides = new Set<string>();
  readonly #bracketed = new Set<string>();
  /** What was asked for since the last pass over the texts, as parts of a pattern. */
  #news = noNews();
  #isFirst = true;

  /** Asked for as a whole. */
  word(word: string): void {
    if (word.endsWith(glueMark)) {
      // What hangs together is there, but the signs of "C++" are told from the text.
      if (/[+#*]/.test(word)) this.beginning(word.slice(0, -glueMark.length));
    } else if (isFoundInPlain(word) && !this.#words.has(word) && !this.#isBegun(word)) {
      this.#words.add(word);
      this.#news.words.push(quoted(word));
    }
  }

  /** Asked for all words that begin so. */
  beginning(beginning: string): void {
    if (!isFoundInPlain(beginning) || this.#isBegun(beginning)) return;
    this.#beginnings.add(beginning);
    this.#news.beginnings.push(quoted(beginning));
  }

  /** Asked for all words that have it in them. */
  inside(part: string): void {
    if (!isFoundInPlain(part) || this.#isInside(part)) return;
    this.#insides.add(part);
    this.#news.insides.push(quoted(part));
  }

  /** Asked for what stands alone between brackets, as an acronym does, beginning with a letter. */
  bracketed(letter: string): void {
    if (!isFoundInPlain(letter) || this.#bracketed.has(letter)) return;
    this.#bracketed.add(letter);
    this.#news.insides.push(`\\(${quoted(letter)}[a-z0-9]+\\)`);
  }

  /** Whether nothing was asked for since the last pass over the texts. */
  get isAnswered(): boolean {
    return Object.values(this.#news).every((parts) => parts.length === 0);
  }

  /** What the next pass over the texts has to look for. */
  nextPass(): AskedText {
    const { words, beginnings, insides } = this.#news;
    const parts = this.#isFirst ? [hanging] : [];
    // Sorted, so that what begins alike is looked for as one.
    if (insides.length > 0) parts.push(insides.sort().join("|"));
    if (words.length > 0) parts.push(`${notBehind}(?:${words.sort().join("|")})${notBefore}`);
    if (beginnings.length > 0) parts.push(`${notBehind}(?:${beginnings.sort().join("|")})`);
    const pass = new AskedText(new RegExp(parts.join("|"), "gi"), this.#isFirst);
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
  /** Whether texts that are not plain have to be read. */
  readonly isFirst: boolean;
  readonly #pattern: RegExp;

  constructor(pattern: RegExp, isFirst: boolean) {
    this.#pattern = pattern;
    this.isFirst = isFirst;
  }

  /** What stands between the spaces of a plain text (`isPlainText`), as far as it may have a word that is asked for. */
  pieces(text: string): string {
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
const notBehind = "(?<![a-z0-9])";
const notBefore = "(?![a-z0-9])";

/** Whether a word can stand in a plain text and does not hang together. */
function isFoundInPlain(word: string): boolean {
  return /^[a-z0-9]+[+#*]*$/.test(word);
}

function quoted(word: string): string {
  return word.replace(/[+*]/g, "\\$&");
}
