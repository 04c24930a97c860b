import { markFields } from "../papers/marks.js";
import { historyLength } from "./history.js";
import type { JournalEntry } from "./journal-format.js";

/** Room for about 250 changes of one paper, in bytes. */
const pieceLength = 1 << 16;
/** Below this nothing is left out, in bytes. */
const little = 1 << 20;

/**
 * The lines of what was saved in this session, for the day that the journal is removed under the program.
 * They are kept in bytes, as objects 30,000 changes would be 25 MB; and when they have become many, those
 * are left out of which later ones say all that they say. The last changes, which can be undone, stay.
 */
export class SavedLines {
  #pieces: Buffer[] = [];
  /** How much of the last piece is filled, and of all of them. */
  #filled = 0;
  #length = 0;
  /** When there is more than that, lines are left out. */
  #limit = little;

  /** @param line of a journal, with its line break */
  add(line: string): void {
    this.#append(line);
    if (this.#length <= this.#limit) return;
    const lines = standing(this.lines());
    this.clear();
    for (const one of lines) this.#append(one);
    // Looked through again when there is twice as much, so that it costs little for each line.
    this.#limit = Math.max(little, 2 * this.#length);
  }

  /** All that are kept, in order, each with its line break. */
  lines(): readonly string[] {
    return this.text().match(/[^\n]+\n/g) ?? [];
  }

  /** The same as one text. */
  text(): string {
    const last = this.#pieces.length - 1;
    return this.#pieces
      .map((piece, at) => piece.toString("utf8", 0, at === last ? this.#filled : piece.length))
      .join("");
  }

  clear(): void {
    this.#pieces = [];
    this.#filled = 0;
    this.#length = 0;
    this.#limit = little;
  }

  #append(line: string): void {
    const length = Buffer.byteLength(line);
    let piece = this.#pieces.at(-1);
    if (piece === undefined || this.#filled + length > piece.length) {
      // What is not filled of the last one stays behind, and is cut off.
      if (piece !== undefined) this.#pieces[this.#pieces.length - 1] = piece.subarray(0, this.#filled);
      piece = Buffer.allocUnsafeSlow(Math.max(pieceLength, length));
      this.#pieces.push(piece);
      this.#filled = 0;
    }
    this.#filled += piece.write(line, this.#filled);
    this.#length += length;
  }
}

/** The lines that tell a mark which none behind them tells, and the last ones. */
function standing(lines: readonly string[]): readonly string[] {
  const told = new Set<string>();
  const kept: string[] = [];
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] as string;
    const { papers } = JSON.parse(line) as JournalEntry;
    let isNew = lines.length - at <= historyLength;
    for (const change of papers) {
      for (const field of markFields) {
        if (change[field] === undefined) continue;
        const key = `${field} ${change.paper}`;
        isNew ||= !told.has(key);
        told.add(key);
      }
    }
    if (isNew) kept.push(line);
  }
  return kept.reverse();
}
