import { statSync } from "node:fs";
import { readJournal } from "./journal-reader.js";
import { JournalScan } from "./journal-scan.js";
import { timeOfKey } from "./journal-time.js";

const newline = 0x0a;

/**
 * What was appended to a journal since it was last looked at, as far as its times go: whoever writes
 * behind a line counts as later, also where this machine's clock says otherwise.
 */
export class JournalTail {
  readonly #path: string;
  #readTo: number;

  /** @param size how many bytes of the journal have been read */
  constructor(path: string, size: number) {
    this.#path = path;
    this.#readTo = size;
  }

  /** When the newest of the lines that came since counts as made; "" where none came. Never throws. */
  newest(): string {
    try {
      const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
      if (size === this.#readTo) return "";
      // A shorter one has been begun anew.
      const from = size < this.#readTo ? 0 : this.#readTo;
      const { bytes, length } = readJournal(this.#path, from);
      // A line may be half there.
      const end = length === 0 ? 0 : bytes.lastIndexOf(newline, length - 1) + 1;
      const scan = new JournalScan({ name: this.#path, bytes, length: end });
      while (!scan.isAtEnd) scan.advance();
      this.#readTo = from + end;
      return timeOfKey(scan.newest);
    } catch {
      return "";
    }
  }
}
