import { decodeLine, entryTime, type JournalEntry, type LineFault, salvageLine } from "./journal-format.js";
import { timeKey } from "./journal-time.js";
import { PlainLine } from "./plain-line.js";
import type { Run } from "./seen-ids.js";

const newline = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** What of a journal is scanned. */
export interface Scanned {
  /** Decides between entries of the same moment. */
  readonly name: string;
  readonly bytes: Buffer;
  /** How many of the bytes are the journal's; `padding` zeros stand behind them. */
  readonly length: number;
  /** When the entry before the first one here counts as made (`timeKey`). */
  readonly time?: number;
  /** Where in the journal these bytes begin, and how many lines are ahead of them; 0 where it is not said. */
  readonly from?: number;
  readonly lines?: number;
  /** Whether more of the journal follows: what broke off at the end may stand whole on the next line. */
  readonly goesOn?: boolean;
  /** Told of each line, from 1, that is no entry, and why. */
  readonly skipped?: (fault: LineFault, line: number) => void;
}

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
  /** Whether several entries have run into that line. */
  isCrowded = false;
  /** Those of them that are still to come. */
  readonly #waiting: JournalEntry[] = [];
  /**
   * When the entry it stands at counts as made (`timeKey`): never before the one ahead of it, whatever
   * the clock did. At the end, when the last one did; -1 in an empty journal.
   */
  time: number;
  /** The run of the plain line it stands at, where that is known (`SeenIds`). */
  run: Run | null = null;
  readonly bytes: Buffer;
  /** Where in the journal its bytes begin. */
  readonly from: number;
  readonly #length: number;
  readonly #goesOn: boolean;
  readonly #skipped: (fault: LineFault, line: number) => void;
  #next = 0;
  #line: number;
  #torn: { readonly text: string; readonly line: number; readonly start: number } | null = null;
  /**
   * At the end: the place in the bytes behind the last line that is done with, and how many lines of the
   * journal are ahead of it. Only where more follows may it be short of the end.
   */
  settled = { at: 0, lines: 0 };

  constructor(scanned: Scanned) {
    const { name, bytes, length, time = -1, from = 0, lines = 0, goesOn = false } = scanned;
    const { skipped = () => {} } = scanned;
    this.name = name;
    this.time = time;
    this.from = from;
    this.#line = lines;
    this.#goesOn = goesOn;
    this.bytes = bytes;
    this.#length = length;
    this.#skipped = skipped;
    this.plain = new PlainLine(bytes, length);
    // A byte order mark is what some editors leave; it says nothing.
    const hasMark = from === 0 && byteOrderMark.every((byte, index) => bytes[index] === byte);
    if (hasMark) this.#next = byteOrderMark.length;
    this.advance();
  }

  /** Goes to the next entry, or to the end. */
  advance(): void {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      this.#standAt(waiting);
      return;
    }
    while (this.#next < this.#length) {
      this.start = this.#next;
      this.#line += 1;
      if (this.#torn === null && this.plain.read(this.start)) {
        this.#next = this.plain.end;
        this.entry = null;
        this.isCrowded = false;
        if (this.plain.time > this.time) this.time = this.plain.time;
        return;
      }
      if (this.#readOtherLine()) return;
    }
    this.settled = { at: this.#length, lines: this.#line };
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
    this.#next = breaks < 0 || breaks >= this.#length ? this.#length : breaks + 1;
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
    this.isCrowded = this.#waiting.length > 1;
    const first = this.#waiting.shift();
    if (first === undefined) return false;
    this.#standAt(first);
    return true;
  }

  #standAt(entry: JournalEntry): void {
    this.entry = entry;
    const time = timeKey(entryTime(entry));
    if (time > this.time) this.time = time;
  }

  /** The text of the line at `start`, without its break; bytes that are not UTF-8 become U+FFFD. */
  #text(start: number): string {
    const breaks = this.bytes.indexOf(newline, start);
    const end = breaks < 0 || breaks > this.#length ? this.#length : breaks;
    return this.bytes.toString("utf8", start, end);
  }
}
