import { hashByte, hashSeed } from "../papers/identity-hash.js";
import { hourKeyAt, withMinutes } from "./journal-time.js";

/** What `parts` holds of each paper of a line: places in the bytes, a hash, and marks. */
export const part = {
  start: 0,
  end: 1,
  hash: 2,
  titleStart: 3,
  titleEnd: 4,
  byStart: 5,
  byEnd: 6,
  marks: 7,
} as const;
/** How many numbers that is. */
export const stride = 8;

/** How many zeros must stand behind the last byte of a journal, where words are read without looking. */
export const padding = 64;

const head = literal('{"v":1,"id":"');
const at = literal('","at":"');
const orderedAt = literal('","orderedAt":"');
const label = literal('","label":"');
const undoes = literal('","undoes":"');
const redoes = literal('","redoes":"');
const papers = literal('","papers":[');
const paper = literal('{"paper":"');
const title = literal('","title":"');
const by = literal(',"by":"');
const fields = [
  [1, literal(',"read":')],
  [2, literal(',"starred":')],
  [4, literal(',"later":')],
] as const;
const isTrue = literal("true");
const isFalse = literal("false");

const timeLength = 24;
const hourLength = 14;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const closingBrace = 0x7d;
const closingBracket = 0x5d;
const carriageReturn = 0x0d;
const newline = 0x0a;

/** Whether a byte ends a text of plain ASCII: a quote, a backslash, a control character, another letter. */
const ends = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quote || byte === backslash || byte >= 0x80 ? 1 : 0,
);

/**
 * Reads lines of the journal's usual shape straight from the bytes: no text is made of them and
 * nothing is allocated, which takes a tenth of what JSON.parse takes. `encodeLine` writes that shape
 * where nothing has to be escaped; of every other line it is said that it is not of it. What is inside
 * a title or a label does not matter to the marks and is not looked at.
 */
export class PlainLine {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /** Where the bytes of the journal end and the padding begins. */
  readonly #length: number;
  /** The hour of the line before, which most lines share, and where it stands. */
  #hours = -1;
  #hoursAt = -1;

  idStart = 0;
  idEnd = 0;
  /** Where the number begins that the id ends in. */
  runEnd = 0;
  /** That number; -1 where it ends in none that a run could have counted. */
  number = -1;
  /** Whether the id is of the run of the plain line before this one. */
  isSameRun = false;
  /** When it counts as made, by `timeKey`. */
  time = 0;
  /** Whether it takes a change back or does one again. */
  isRevert = false;
  /** How many papers it has. */
  count = 0;
  /** `stride` numbers a paper, each at its place in `part`; of marks which are told, and eight bits up their values. */
  parts = new Int32Array(8 * stride);
  /** Behind its line break, or where the journal ends. */
  end = 0;

  /** @param bytes a journal of `length` bytes, and `padding` zeros behind it */
  constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#length = length;
  }

  /** Reads the line at `start`; only where it answers true is there anything to be known of it. */
  read(start: number): boolean {
    if (this.#read(start)) return true;
    // What was read of it is no line's, so the next line shares nothing with it.
    this.runEnd = this.idStart;
    return false;
  }

  /** Whether it says anything of the mark with that bit, of any paper. */
  tells(bit: number): boolean {
    for (let base = 0; base < this.count * stride; base += stride) {
      if (((this.parts[base + part.marks] as number) & bit) !== 0) return true;
    }
    return false;
  }

  #read(start: number): boolean {
    const id = this.#after(start, head);
    let from = id < 0 ? -1 : this.#readId(id);
    if (from <= id) return false;
    from = this.#after(from, at);
    if (from < 0) return false;
    const made = this.#timeAt(from);
    from += timeLength;
    if (made < 0) return false;
    this.time = made;
    const ordered = this.#after(from, orderedAt);
    if (ordered >= 0) {
      const time = this.#timeAt(ordered);
      if (time < 0) return false;
      if (time > made) this.time = time;
      from = ordered + timeLength;
    }
    from = this.#after(from, label);
    if (from < 0) return false;
    from = this.#endOfText(from);
    const reverts = Math.max(this.#after(from, undoes), this.#after(from, redoes));
    this.isRevert = reverts >= 0;
    if (this.isRevert) from = this.#endOfText(reverts);
    from = this.#after(from, papers);
    return from >= 0 && this.#readPapers(from);
  }

  #readId(start: number): number {
    const bytes = this.#bytes;
    const length = this.runEnd - this.idStart;
    this.isSameRun = length > 0 && this.#isSame(start, this.idStart, length);
    this.idStart = start;
    if (this.isSameRun) {
      this.runEnd = start + length;
    } else {
      this.runEnd = this.#endOfText(start);
      while (this.runEnd > start && isDigit(bytes[this.runEnd - 1] as number)) this.runEnd -= 1;
    }
    let from = this.runEnd;
    let number = 0;
    for (; isDigit(bytes[from] as number); from += 1) number = number * 10 + (bytes[from] as number) - 0x30;
    this.idEnd = from;
    // "07" and "7" are two ids but one number, and a longer number would not be exact.
    const digits = from - this.runEnd;
    const isNumber = digits > 0 && digits <= 15 && bytes[this.runEnd] !== 0x30;
    if (isNumber && this.runEnd > start + 1 && bytes[this.runEnd - 1] === 0x2d) {
      this.number = number;
    } else {
      this.number = -1;
      this.idEnd = this.#endOfText(start);
      this.runEnd = start;
      this.isSameRun = false;
    }
    return this.idEnd;
  }

  #readPapers(start: number): boolean {
    const bytes = this.#bytes;
    let from = start;
    this.count = 0;
    for (;;) {
      from = this.#readPaper(from);
      if (from < 0) return false;
      this.count += 1;
      if (bytes[from] !== comma) break;
      from += 1;
    }
    if (bytes[from] !== closingBracket || bytes[from + 1] !== closingBrace) return false;
    from += 2;
    if (bytes[from] === carriageReturn) from += 1;
    // The last line may lack its break.
    if (from !== this.#length && bytes[from] !== newline) return false;
    this.end = Math.min(from + 1, this.#length);
    return true;
  }

  /** Reads one paper and its marks; returns the place behind it, or -1. */
  #readPaper(start: number): number {
    const bytes = this.#bytes;
    let from = this.#after(start, paper);
    if (from < 0) return -1;
    const idStart = from;
    let hash = hashSeed;
    for (let byte = bytes[from] as number; ends[byte] === 0; byte = bytes[from] as number) {
      hash = hashByte(hash, byte);
      from += 1;
    }
    const idEnd = from;
    from = this.#after(from, title);
    if (from < 0 || idEnd === idStart) return -1;
    const titleStart = from;
    from = bytes.indexOf(quote, from);
    // Behind a backslash it may not be the end.
    if (from < 0 || bytes[from - 1] === backslash) return -1;
    const titleEnd = from;
    from += 1;
    const byStart = this.#after(from, by);
    let byEnd = byStart;
    if (byStart >= 0) {
      byEnd = bytes.indexOf(quote, byStart);
      if (byEnd < 0 || bytes[byEnd - 1] === backslash) return -1;
      from = byEnd + 1;
    }
    let marks = 0;
    for (const [bit, name] of fields) {
      const value = this.#after(from, name);
      if (value < 0) continue;
      const behindTrue = this.#after(value, isTrue);
      from = behindTrue >= 0 ? behindTrue : this.#after(value, isFalse);
      if (from < 0) return -1;
      marks |= behindTrue >= 0 ? bit | (bit << 8) : bit;
    }
    if (bytes[from] !== closingBrace) return -1;
    const base = this.count * stride;
    if (base === this.parts.length) this.#growParts();
    const { parts } = this;
    parts[base + part.start] = idStart;
    parts[base + part.end] = idEnd;
    parts[base + part.hash] = hash;
    parts[base + part.titleStart] = titleStart;
    parts[base + part.titleEnd] = titleEnd;
    parts[base + part.byStart] = byStart;
    parts[base + part.byEnd] = byEnd;
    parts[base + part.marks] = marks;
    return from + 1;
  }

  #growParts(): void {
    const grown = new Int32Array(this.parts.length * 2);
    grown.set(this.parts);
    this.parts = grown;
  }

  #timeAt(from: number): number {
    const isSameHour = this.#hoursAt >= 0 && this.#isSame(from, this.#hoursAt, hourLength);
    if (!isSameHour) {
      this.#hours = hourKeyAt(this.#bytes, from);
      this.#hoursAt = this.#hours < 0 ? -1 : from;
    }
    return this.#hours < 0 ? -1 : withMinutes(this.#bytes, from, this.#hours);
  }

  /** Where the plain ASCII that begins at `from` ends. */
  #endOfText(from: number): number {
    const bytes = this.#bytes;
    let end = from;
    while (ends[bytes[end] as number] === 0) end += 1;
    return end;
  }

  /** The place behind a literal, where it stands at `from`; -1 otherwise. */
  #after(from: number, { length, words, second, third, last }: Literal): number {
    const view = this.#view;
    const isThere =
      view.getInt32(from, true) === words[0] &&
      view.getInt32(from + second, true) === words[1] &&
      view.getInt32(from + third, true) === words[2] &&
      view.getInt32(from + last, true) === words[3];
    return isThere ? from + length : -1;
  }

  #isSame(one: number, other: number, length: number): boolean {
    const view = this.#view;
    const bytes = this.#bytes;
    let index = 0;
    for (; index + 4 <= length; index += 4) {
      if (view.getInt32(one + index, true) !== view.getInt32(other + index, true)) return false;
    }
    for (; index < length; index += 1) if (bytes[one + index] !== bytes[other + index]) return false;
    return true;
  }
}

/** A text of 4 to 16 bytes as four words to compare, which overlap where it is shorter than 16. */
interface Literal {
  readonly length: number;
  readonly words: readonly [number, number, number, number];
  /** Where the second word and those behind it begin. */
  readonly second: number;
  readonly third: number;
  readonly last: number;
}

function literal(text: string): Literal {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const last = bytes.length - 4;
  const second = Math.min(4, last);
  const third = Math.min(8, last);
  const wordAt = (from: number) => view.getInt32(from, true);
  return {
    length: bytes.length,
    words: [wordAt(0), wordAt(second), wordAt(third), wordAt(last)],
    second,
    third,
    last,
  };
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
