import { appendBeside, type FileNow } from "../../files/append.js";
import { describeFsError } from "../../files/fs-errors.js";

/**
 * Appends entries to one journal (`appendLines`), and keeps them in memory until they can be written. What is saved
 * survives any end of this process, but not a power failure: an fsync takes longer than the millisecond a key has.
 */
export class JournalWriter {
  readonly #path: string;
  /** The file last written to. It shrinks or changes only if somebody else changes it. */
  #last: { readonly path: string; readonly file: FileNow } | null = null;
  /** The lines of this session, with line breaks, saved or not: the journal may be removed. */
  readonly lines: string[] = [];
  /** How many of them are in the journal. */
  #saved = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether all entries are in the journal. */
  get isSaved(): boolean {
    return this.#saved === this.lines.length;
  }

  /** Writes lines (`encodeLine`), after those still unsaved, in one write. Returns a sentence if that fails. */
  append(lines: readonly string[]): string | null {
    for (const line of lines) this.lines.push(`${line}\n`);
    return this.flush();
  }

  /** Writes this session's lines again, to a journal that was emptied or replaced by an older one. */
  restore(): void {
    this.#saved = 0;
    this.flush();
  }

  /** Tries again to write what is unsaved. Returns a sentence if that fails. */
  flush(): string | null {
    const unsaved = this.lines.slice(this.#saved);
    if (unsaved.length === 0) return null;
    const before = this.#last;
    try {
      this.#last = appendBeside(this.#path, (file, path) => {
        // A shorter or different file may lack saved entries of this session. Entries that are also in a sealed
        // file (`compact.ts`) do no harm: a change counts once.
        const isSame =
          before?.path === path && file.begins === before.file.begins && file.size >= before.file.size;
        return (isSame ? unsaved : this.lines).join("");
      });
    } catch (error) {
      const what = unsaved.length === 1 ? "1 change is" : `${unsaved.length} changes are`;
      return `${what} not saved: ${describeFsError(error, this.#path)}.`;
    }
    this.#saved = this.lines.length;
    return null;
  }
}
