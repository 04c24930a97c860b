import { decodeLine, type JournalEntry, type LineFault, salvageLine } from "./journal-format.js";
import { splitId, timeOf } from "./journal-order.js";
import { PlainLine } from "./plain-line.js";
import type { Run } from "./seen-ids.js";

const newline = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** What of a journal is scanned. */
export interface Scanned {
  /** The path it was read from. */
  readonly name: string;
  readonly bytes: Buffer;
  /** How many of the bytes are the journal's; `padding` zeros stand behind them. */
  readonly length: number;
  /** The entry before the first one here; `null` where that is the first of all. */
  readonly after?: LastEntry | null;
  /** Where in the journal these bytes begin, and how many lines are ahead of them; 0 where it is not said. */
  readonly from?: number;
  readonly lines?: number;
  /** Whether more of the journal follows: what broke off at the end may stand whole on the next line. */
  readonly goesOn?: boolean;
  /** Told of each line, from 1, that is no entry, and why. */
  readonly skipped?: (fault: LineFault, line: number) => void;
}

/** The last entry of some lines, as far as the time of the next may depend on it. */
export interface LastEntry {
  /** When it counts as made (`timeKey`). */
  readonly time: number;
  /** `null` where its line is damaged. */
  readonly id: string | null;
}

/** An entry, as something to go back to. */
export type Place = Pick<JournalScan, "start" | "entry" | "time">;

/**
 * Goes through the entries of a journal in the order of its lines. What is no entry is left out and
 * told; only a line that was begun, broke off and stands whole on the next line is passed over in
 * silence, because nothing of it is missing.
 */
export class JournalScan {
  readonly name: string;
  /** The line it stands at, where `entry` is null and it is not at the end. */
  readonly plain: PlainLine;
  /** The entry it stands at, where that line was not of the usual shape. */
  entry: JournalEntry | null = null;
  isAtEnd = false;
  /** Where the line begins that it stands at. */
  start = 0;
  /** Whether that entry shares its line with others, or with what is none. */
  isCrowded = false;
  /** Those of them that are still to come. */
  readonly #waiting: JournalEntry[] = [];
  /**
   * When the entry it stands at counts as made (`timeKey`). Early versions wrote down what the clock
   * said and nothing else: so where two lines of one run follow each other, the second is never before
   * the first.
   */
  time = -1;
  /** When the newest of those it has stood at does; -1 where there was none. */
  newest = -1;
  /** The run of the plain line it stands at, where that is known (`SeenIds`). */
  run: Run | null = null;
  readonly bytes: Buffer;
  /** Where in the journal its bytes begin. */
  readonly from: number;
  /** How many of the bytes are the journal's. */
  readonly length: number;
  readonly #goesOn: boolean;
  readonly #skipped: (fault: LineFault, line: number) => void;
  #next = 0;
  #line: number;
  #torn: { readonly text: string; readonly line: number; readonly start: number } | null = null;
  /** Where it stood before: the line's beginning, and the entry where that was made. */
  #startBefore = 0;
  #entryBefore: JournalEntry | null = null;
  /** What it goes on behind, and whether that is the entry before. */
  readonly #after: LastEntry | null;
  #isFirst = true;
  /**
   * At the end: the place in the bytes behind the last line that is done with, and how many lines of the
   * journal are ahead of it. Only where more follows may it be short of the end.
   */
  settled = { at: 0, lines: 0 };
  #lastTime = -1;

  constructor(scanned: Scanned) {
    const { name, bytes, length, after = null, from = 0, lines = 0, goesOn = false } = scanned;
    const { skipped = () => {} } = scanned;
    this.name = name;
    this.from = from;
    this.time = after?.time ?? -1;
    this.#after = after;
    this.#line = lines;
    this.#goesOn = goesOn;
    this.bytes = bytes;
    this.length = length;
    this.#skipped = skipped;
    this.plain = new PlainLine(bytes, length);
    // A byte order mark is what some editors leave; it says nothing.
    const hasMark = from === 0 && byteOrderMark.every((byte, index) => bytes[index] === byte);
    if (hasMark) this.#next = byteOrderMark.length;
    this.advance();
  }

  /** Goes to the next entry, or to the end. */
  advance(): void {
    this.#startBefore = this.start;
    this.#entryBefore = this.entry;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      this.#standAt(waiting);
      return;
    }
    while (this.#next < this.length) {
      this.start = this.#next;
      this.#line += 1;
      if (this.#torn === null && this.plain.read(this.start)) {
        this.#next = this.plain.end;
        this.entry = null;
        this.isCrowded = false;
        this.#setTime(this.plain.time);
        return;
      }
      if (this.#readOtherLine()) return;
    }
    this.settled = { at: this.length, lines: this.#line };
    this.#lastTime = this.time;
    if (this.#torn !== null) {
      if (this.#goesOn) this.settled = { at: this.#torn.start, lines: this.#torn.line - 1 };
      else this.#skipped("torn", this.#torn.line);
    }
    this.#torn = null;
    this.entry = null;
    this.isAtEnd = true;
  }

  /** The entry it stands at, made of the text of its line; `null` where a title is damaged. */
  current(): JournalEntry | null {
    return this.isAtEnd ? null : (this.entry ?? this.entryAt(this.start));
  }

  /** The entry of the line that begins at `start`; `null` where it has none or several. */
  entryAt(start: number): JournalEntry | null {
    return decodeLine(this.#text(start)).entry;
  }

  /** The last entry of the journal so far, when it has been at the end; `null` where there is none. */
  last(): LastEntry | null {
    if (this.#isFirst) return this.#after;
    return { time: this.#lastTime, id: this.#idBefore() ?? null };
  }

  /** Goes back to an entry that it has stood at; from there it does not go on. */
  returnTo({ start, entry, time }: Place): void {
    this.start = start;
    this.entry = entry;
    this.time = time;
    this.isCrowded = entry !== null;
    this.isAtEnd = false;
    if (entry === null) this.plain.read(start);
  }

  /** The id of the entry it stands at. */
  id(): string {
    return this.entry === null ? this.idText() : this.entry.id;
  }

  /** The id of the plain line it stands at, and the part of it that all of its run share. */
  idText(): string {
    return this.bytes.toString("latin1", this.plain.idStart, this.plain.idEnd);
  }
  runText(): string {
    return this.bytes.toString("latin1", this.plain.idStart, this.plain.runEnd);
  }

  /** Whether the line was begun by another and has an entry that could be read. */
  #readOtherLine(): boolean {
    const text = this.#text(this.start);
    const breaks = this.bytes.indexOf(newline, this.start);
    this.#next = breaks < 0 || breaks >= this.length ? this.length : breaks + 1;
    if (this.#torn !== null) {
      if (!text.startsWith(this.#torn.text)) this.#skipped("torn", this.#torn.line);
      this.#torn = null;
    }
    if (text.trim() === "") return false;
    const pieces = salvageLine(text);
    for (const { entry, fault } of pieces) {
      if (entry !== null) this.#waiting.push(entry);
      else if (fault === "torn" && pieces.length === 1)
        this.#torn = { text, line: this.#line, start: this.start };
      else this.#skipped(fault, this.#line);
    }
    this.isCrowded = pieces.length > 1;
    const first = this.#waiting.shift();
    if (first === undefined) return false;
    this.#standAt(first);
    return true;
  }

  #standAt(entry: JournalEntry): void {
    this.entry = entry;
    this.#setTime(timeOf(entry));
  }

  #setTime(time: number): void {
    if (time >= this.time || !this.#isNextOfRun()) this.time = time;
    if (time > this.newest) this.newest = time;
    this.#isFirst = false;
  }

  /** Whether the entry it stands at was made by the same run as the one before it, and later. */
  #isNextOfRun(): boolean {
    const before = this.#isFirst ? this.#after?.id : this.#idBefore();
    if (before === undefined || before === null) return false;
    const { run, number } = splitId(before);
    const now = splitId(this.id());
    return run === now.run && number < now.number;
  }

  /** The id of the entry before, where that could be read. */
  #idBefore(): string | undefined {
    return (this.#entryBefore ?? this.entryAt(this.#startBefore))?.id;
  }

  /** The text of the line at `start`, without its break; bytes that are not UTF-8 become U+FFFD. */
  #text(start: number): string {
    const breaks = this.bytes.indexOf(newline, start);
    const end = breaks < 0 || breaks > this.length ? this.length : breaks;
    return this.bytes.toString("utf8", start, end);
  }
}
