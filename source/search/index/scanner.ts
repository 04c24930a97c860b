import { mayBeCommand, texSigns } from "../../text/tex/detect/tex-detection.js";
import { jointBetween, maxGlued, maxParts, normalize, wordEnd } from "../text/normalize.js";
import { signsEnd } from "../text/signs.js";
import { base, codeOf, half, longestShort, type WordTable } from "./word-table.js";

/**
 * Tokenizes texts like `words`, but returns word numbers of a table. It works on UTF-8 bytes with one table
 * lookup per letter, and hardly any word becomes a string. The fields hold the result of the last `read`.
 */
export class Scanner {
  /** The word numbers of the text; the first `count` are valid. The order is not that of the text. */
  numbers = new Uint32Array(1 << 10);
  count = 0;
  /**
   * Whether the text is single-spaced ASCII without control characters or backslashes. Then normalizing it
   * only lowers the case.
   */
  isPlain = true;
  /** Whether the text is ASCII. */
  isAscii = true;
  /** The numbers of words that are alone in parentheses, as in the definition of an acronym. */
  readonly bracketed: number[] = [];
  /** Whether the text may contain TeX, with or without backslashes. Only set for ASCII. */
  mayHaveTex = false;

  readonly #table: WordTable;
  #bytes = new Uint8Array(1 << 12);
  /** Whether an opening parenthesis or an equals sign follows a word directly. */
  #hasBracket = false;
  /**
   * For each word of the table, whether it may be a TeX command that lost its backslash: 2 anywhere, 1 only
   * before a bracket.
   */
  #suspects = new Uint8Array(1 << 10);
  #looked = 0;
  readonly #signed = new Uint16Array(maxGlued);
  /**
   * The compound being collected: the number of its parts, its letters so far, and the joint before its last
   * part.
   */
  #parts = 0;
  readonly #letters = new Uint16Array(maxGlued);
  #length = 0;
  #joint = "";

  constructor(table: WordTable) {
    this.#table = table;
  }

  /** Tokenizes a text. */
  read(text: string): void {
    // A UTF-16 code unit takes up to three bytes. A zero after the last byte ends the last word.
    if (this.#bytes.length <= 3 * text.length) this.#bytes = new Uint8Array(6 * text.length);
    const { written } = encoder.encodeInto(text, this.#bytes);
    this.#bytes[written] = 0;
    // At most one number per word, and a compound for every two words.
    if (this.numbers.length <= written) this.numbers = new Uint32Array(2 * written);
    this.count = 0;
    this.bracketed.length = 0;
    this.isAscii = written === text.length;
    this.isPlain = this.isAscii;
    this.mayHaveTex = false;
    this.#hasBracket = false;
    this.#scan(text, written);
    if (!this.mayHaveTex) this.mayHaveTex = this.#hasSuspect();
  }

  #scan(text: string, length: number): void {
    const bytes = this.#bytes;
    const numbers = this.numbers;
    const table = this.#table;
    // A local copy: an imported binding would be looked up for each letter.
    const codes = codeOf;
    const looks = kinds;
    const times = base;
    const longest = longestShort;
    this.#parts = 0;
    let count = 0;
    /** The number of bytes minus the number of UTF-16 code units read so far. */
    let more = 0;
    /**
     * The previous word: the end of its code units, its byte range, and its normalized form if that is not
     * plain ASCII.
     */
    let to = -2;
    let fromByte = 0;
    let toByte = -4;
    let before: string | null = null;
    let at = 0;
    while (at < length) {
      const sign = bytes[at] as number;
      let code = codes[sign] as number;
      if (code === 0) {
        const kind = looks[sign] as number;
        if (kind === 0) {
          at += 1;
          continue;
        }
        if (kind & oddKind) {
          if (kind & texKind) this.mayHaveTex = true;
          if (kind & controlKind) this.isPlain = false;
          if (kind & bracketKind && at === toByte) this.#hasBracket = true;
          if (kind & pairKind && bytes[at + 1] === sign) {
            if (sign === space) this.isPlain = false;
            else this.mayHaveTex = true;
          }
        }
        if ((kind & beginsKind) === 0 || wordEnd(text, at - more) === at - more) {
          // Skip one character: the bytes after its first begin no other.
          at += 1;
          if (sign < 128) continue;
          while ((bytes[at] as number) >> 6 === 2) at += 1;
          more += sign < 0xe0 ? 1 : 2;
          continue;
        }
      }
      const startByte = at;
      const start = at - more;
      let first = 0;
      let rest = 0;
      if (code !== 0) {
        const sixth = at + half;
        do {
          first = (Math.imul(first, times) + code) | 0;
          at += 1;
          code = codes[bytes[at] as number] as number;
        } while (code !== 0 && at < sixth);
        while (code !== 0) {
          rest = (Math.imul(rest, times) + code) | 0;
          at += 1;
          code = codes[bytes[at] as number] as number;
        }
      }
      let normalized: string | null = null;
      if (((looks[bytes[at] as number] as number) & beginsKind) !== 0) {
        // Beyond ASCII, or TeX: a backslash or brace may belong to the word.
        const end = wordEnd(text, start);
        if (end > at - more) {
          // In ASCII text only TeX accents get here, and they always have a backslash.
          this.isPlain = false;
          this.mayHaveTex = true;
          while (at - more < end) {
            const lead = bytes[at] as number;
            at += 1;
            if (lead < 128) continue;
            while ((bytes[at] as number) >> 6 === 2) at += 1;
            more += lead < 0xe0 ? 1 : 2;
          }
          normalized = normalize(text.slice(start, end));
          if (normalized === "") continue; // a letter that normalizes to nothing, like the halfwidth ﾞ
        }
      }
      if (start === to + 1 && bytes[toByte] !== space && this.#isJoined(text, to, toByte)) {
        if (this.#parts === 0) this.#glue(fromByte, toByte, before);
        this.#glue(startByte, at, normalized);
      } else if (this.#parts > 0) {
        const glued = this.#glued();
        if (glued >= 0) {
          numbers[count] = glued;
          count += 1;
        }
      }
      if (normalized !== null) numbers[count] = table.word(normalized);
      else if (at - startByte <= longest) numbers[count] = table.short(first, rest);
      else numbers[count] = table.plain(bytes, startByte, at);
      const number = numbers[count] as number;
      count += 1;
      const tail = bytes[at] as number;
      if (tail === closing && bytes[startByte - 1] === opening) this.bracketed.push(number);
      else if (tail === plus || tail === hash || tail === star) {
        const end = at - more;
        const signed = signsEnd(text, start, end);
        const length = normalized?.length ?? at - startByte;
        if (signed > end && length < maxGlued - 2) {
          const letters = (normalized ?? text.slice(start, end).toLowerCase()) + text.slice(end, signed);
          for (let place = 0; place < letters.length; place += 1)
            this.#signed[place] = letters.charCodeAt(place);
          numbers[count] = table.glued(this.#signed, letters.length);
          count += 1;
        }
      }
      before = normalized;
      to = at - more;
      fromByte = startByte;
      toByte = at;
    }
    const glued = this.#glued();
    if (glued >= 0) {
      numbers[count] = glued;
      count += 1;
    }
    this.count = count;
  }

  /**
   * Whether the character at `at`, whose first byte is at `atByte`, joins the words around it. If so, keeps
   * its joint for `#glue`.
   */
  #isJoined(text: string, at: number, atByte: number): boolean {
    if ((kinds[this.#bytes[atByte] as number] as number) & joinsKind) {
      this.#joint = "";
      return true;
    }
    const joint = jointBetween(text, at);
    if (joint !== null) this.#joint = joint;
    return joint !== null;
  }

  /** Appends a part to the compound: the bytes from `start` to `end`, or `normalized` if given. */
  #glue(start: number, end: number, normalized: string | null): void {
    const isFirst = this.#parts === 0;
    this.#parts += 1;
    // Beyond the limit no compound is made, so stop collecting: "a-a-a-…" may go on for megabytes.
    if (this.#parts > maxParts) return;
    if (isFirst) this.#length = 0;
    else this.#keep(this.#joint);
    if (normalized !== null) this.#keep(normalized);
    else {
      const bytes = this.#bytes;
      if (this.#length + end - start > maxGlued) this.#length = maxGlued + 1;
      else {
        for (let at = start; at < end; at += 1) {
          const code = bytes[at] as number;
          this.#letters[this.#length] = code >= 65 && code <= 90 ? code | 32 : code;
          this.#length += 1;
        }
      }
    }
  }

  #keep(letters: string): void {
    if (this.#length + letters.length > maxGlued) {
      this.#length = maxGlued + 1;
      return;
    }
    for (let at = 0; at < letters.length; at += 1) {
      this.#letters[this.#length] = letters.charCodeAt(at);
      this.#length += 1;
    }
  }

  /**
   * Ends the compound and returns its number; -1 if it has fewer than two parts, or too many or too long
   * ones.
   */
  #glued(): number {
    const isWord = this.#parts > 1 && this.#parts <= maxParts && this.#length <= maxGlued;
    this.#parts = 0;
    return isWord ? this.#table.glued(this.#letters, this.#length) : -1;
  }

  /** Whether one of the words may be a TeX command that lost its backslash. */
  #hasSuspect(): boolean {
    const table = this.#table;
    while (this.#suspects.length < table.size) {
      const bigger = new Uint8Array(2 * this.#suspects.length);
      bigger.set(this.#suspects);
      this.#suspects = bigger;
    }
    const suspects = this.#suspects;
    const words = table.words();
    for (; this.#looked < words.length; this.#looked += 1) {
      const where = mayBeCommand(words[this.#looked] as string);
      if (where !== null) suspects[this.#looked] = where === "anywhere" ? 2 : 1;
    }
    const least = this.#hasBracket ? 1 : 2;
    const { numbers, count } = this;
    for (let place = 0; place < count; place += 1) {
      if ((suspects[numbers[place] as number] as number) >= least) return true;
    }
    return false;
  }
}

const encoder = new TextEncoder();

const space = 32;
const opening = 40;
const closing = 41;
const plus = 43;
const hash = 35;
const star = 42;

/** The kinds of bytes that are not letters, as bits. */
const beginsKind = 1; // a word may continue or begin with it
const texKind = 2;
const controlKind = 4; // not allowed in plain text
const pairKind = 8; // means something if doubled
const bracketKind = 16;
const joinsKind = 32; // joins two words if it is alone between them
const oddKind = texKind | controlKind | pairKind | bracketKind;

const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte);
  let kind = 0;
  if (byte > 127 || sign === "\\" || sign === "{") kind |= beginsKind;
  if (byte > 126 || byte < 32 || sign === "\\") kind |= controlKind;
  if (texSigns.has(sign)) kind |= texKind;
  if ("-'_^/&".includes(sign)) kind |= joinsKind;
  if (sign === "(" || sign === "=") kind |= bracketKind;
  if (sign === " " || sign === "-" || sign === "'") kind |= pairKind;
  return kind;
});
