import { appendLines, type FileNow } from "./append.js";
import { faultText } from "./faults.js";
import { encodeLine, type JournalEntry } from "./journal-format.js";

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
  /** The file that was last written to, or read; it cannot have become shorter unless somebody else did it. */
  #file: FileNow;
  /** Names under which journals had been put aside by then. */
  #older: ReadonlySet<string>;
  readonly #listOlder: () => readonly string[];
  readonly #saved: JournalEntry[] = [];
  #unsaved: JournalEntry[] = [];

  /**
   * @param path the journal
   * @param file the file as it was when it was read
   * @param listOlder tells what of this journal was put aside by compaction, as paths
   */
  constructor(path: string, file: FileNow, listOlder: () => readonly string[] = () => []) {
    this.#path = path;
    this.#file = file;
    this.#listOlder = listOlder;
    this.#older = new Set(quietly(listOlder));
  }

  /**
   * Writes entries, behind those still unsaved, in one write.
   * @returns `null` when all of them are written, otherwise a sentence saying why not and what to do
   */
  append(entries: readonly JournalEntry[]): string | null {
    this.#unsaved.push(...entries);
    return this.flush();
  }

  /** Writes again what was written, into a journal that was emptied or replaced by an older one. */
  restore(): void {
    if (this.#wasPutAside()) return;
    this.#unsaved = [...this.#saved.splice(0), ...this.#unsaved];
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
      return `${what} not saved: ${faultText(error, this.#path)}. ${again}`;
    }
  }

  /** Throws where not everything was written; then everything counts as unwritten. */
  #write(): void {
    const size = appendLines(this.#path, (file) => {
      const isAnother = file.ino !== this.#file.ino || file.dev !== this.#file.dev;
      const isShorter = file.size < this.#file.size;
      if (isAnother || isShorter) this.#wasPutAside();
      this.#file = file;
      // A shorter file is another file: what was acknowledged in this session is not in it. Should
      // it be there after all, nothing is lost either, since the fold takes an id only once.
      const entries = isShorter ? [...this.#saved, ...this.#unsaved] : this.#unsaved;
      return entries.map((entry) => `${encodeLine(entry)}\n`).join("");
    });
    this.#file = { ...this.#file, size };
    this.#saved.push(...this.#unsaved);
    this.#unsaved = [];
  }

  /**
   * Whether the journal is another because compaction has put it aside. Then all that was saved is in
   * what it became, for it was read after it had been put aside.
   */
  #wasPutAside(): boolean {
    const older = quietly(this.#listOlder);
    const isNew = older.some((path) => !this.#older.has(path));
    this.#older = new Set(older);
    if (isNew) this.#saved.length = 0;
    return isNew;
  }
}

function quietly(list: () => readonly string[]): readonly string[] {
  try {
    return list();
  } catch {
    return [];
  }
}
