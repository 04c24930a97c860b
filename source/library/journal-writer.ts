import { describeFsError } from "../files/fs-errors.js";
import { appendLines, type FileNow } from "./append.js";
import { encodeLine, type JournalEntry } from "./journal-format.js";
import { SavedLines } from "./saved-lines.js";

/**
 * Appends entries to one journal, and keeps in memory those that could not be written until they
 * can (`appendLines`).
 *
 * An entry that `append` reported as saved is with the operating system and survives the end of this
 * process in any way. Only a power failure can still take it: there is no fsync, which would cost
 * more than the millisecond a key has.
 */
export class JournalWriter {
  readonly #path: string;
  /** The file that was last written to; it does not become shorter, or another, unless somebody else does it. */
  #file: FileNow = { size: 0, begins: "" };
  readonly #saved = new SavedLines();
  /** Lines, each with its line break. */
  #unsaved: string[] = [];

  /** @param path the journal */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Writes entries, behind those still unsaved, in one write.
   * @returns `null` when all of them are written, otherwise a sentence saying why not and what to do
   */
  append(entries: readonly JournalEntry[]): string | null {
    for (const entry of entries) this.#unsaved.push(`${encodeLine(entry)}\n`);
    return this.flush();
  }

  /** Writes again what was written, into a journal that was emptied or replaced by an older one. */
  restore(): void {
    this.#unsaved = [...this.#saved.lines(), ...this.#unsaved];
    this.#saved.clear();
    this.flush();
  }

  /** Tries again to write what is unsaved; returns as `append` does, `null` also for nothing to do. */
  flush(): string | null {
    const count = this.#unsaved.length;
    if (count === 0) return null;
    try {
      this.#write();
      return null;
    } catch (error) {
      const what = count === 1 ? "1 change is" : `${count} changes are`;
      const again = "Kept till you quit, and tried again with the next change.";
      return `${what} not saved: ${describeFsError(error, this.#path)}. ${again}`;
    }
  }

  /** Throws where not everything was written; then everything counts as unwritten. */
  #write(): void {
    this.#file = appendLines(this.#path, (file) => {
      // What was acknowledged in this session may not be in a shorter or another file. Where it is in
      // one that was put aside (`compaction.ts`) nothing is lost either: an id counts only once.
      const isSame = file.begins === this.#file.begins && file.size >= this.#file.size;
      const unsaved = this.#unsaved.join("");
      return isSame ? unsaved : this.#saved.text() + unsaved;
    });
    for (const line of this.#unsaved) this.#saved.add(line);
    this.#unsaved = [];
  }
}
