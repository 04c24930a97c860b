import { appendBeside, type FileNow } from "../../files/append.js";
import { describeFsError } from "../../files/fs-errors.js";
import { encodeLine, type JournalEntry } from "./format.js";

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
  #last: { readonly path: string; readonly file: FileNow } | null = null;
  /** The lines written in this session, each with its line break, for the day that the journal is removed. */
  #saved: string[] = [];
  #unsaved: string[] = [];

  /** @param path the journal */
  constructor(path: string) {
    this.#path = path;
  }

  /** The lines of this session, saved or not. */
  get lines(): readonly string[] {
    return [...this.#saved, ...this.#unsaved];
  }

  /** Whether all that was made is in the journal. */
  get isSaved(): boolean {
    return this.#unsaved.length === 0;
  }

  /**
   * Writes entries, after those still unsaved, in one write.
   * @returns `null` when all of them are written, otherwise a sentence saying why not and what to do
   */
  append(entries: readonly JournalEntry[]): string | null {
    for (const entry of entries) this.#unsaved.push(`${encodeLine(entry)}\n`);
    const why = this.#flush();
    return why && `${why} Kept until you quit, and tried again with the next change.`;
  }

  /** Writes again what was written, into a journal that was emptied or replaced by an older one. */
  restore(): void {
    this.#unsaved = [...this.#saved, ...this.#unsaved];
    this.#saved = [];
    this.#flush();
  }

  /** Tries a last time to write what is unsaved; a sentence where it is lost, `null` also for nothing to do. */
  flush(): string | null {
    return this.#flush();
  }

  #flush(): string | null {
    const count = this.#unsaved.length;
    if (count === 0) return null;
    try {
      this.#write();
      return null;
    } catch (error) {
      const what = count === 1 ? "1 change is" : `${count} changes are`;
      return `${what} not saved: ${describeFsError(error, this.#path)}.`;
    }
  }

  /** Throws where not everything was written; then everything counts as unwritten. */
  #write(): void {
    const before = this.#last;
    this.#last = appendBeside(this.#path, (file, path) => {
      // What was acknowledged in this session may not be in a shorter or another file. Where it is in
      // one that was put aside (`compact.ts`) nothing changes either: a change counts once.
      const isSame =
        before?.path === path && file.begins === before.file.begins && file.size >= before.file.size;
      return (isSame ? this.#unsaved : this.lines).join("");
    });
    for (const line of this.#unsaved) this.#saved.push(line);
    this.#unsaved = [];
  }
}
