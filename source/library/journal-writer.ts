import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { faultCode, faultText } from "./faults.js";
import { encodeLine, type JournalEntry } from "./journal-format.js";

const newline = 0x0a;

/**
 * Appends entries to one journal, and keeps in memory those that could not be written until they
 * can. The file is opened for every append: a file or directory that was moved, removed or replaced
 * while the program runs is then noticed, where an open descriptor would go on writing into a file
 * nobody can find.
 *
 * An entry that `append` reported as saved is with the operating system and survives the end of this
 * process in any way. Only a power failure can still take it: there is no fsync, which would cost
 * more than the millisecond a key has.
 */
export class JournalWriter {
  readonly #path: string;
  /** The file cannot have become shorter than this unless somebody else did it. */
  #size: number;
  readonly #saved: JournalEntry[] = [];
  #unsaved: JournalEntry[] = [];

  /**
   * @param path the journal
   * @param size how many bytes it had when it was read
   */
  constructor(path: string, size: number) {
    this.#path = path;
    this.#size = size;
  }

  /**
   * Writes an entry, behind those still unsaved, in one write.
   * @returns `null` when all of them are written, otherwise a sentence saying why not and what to do
   */
  append(entry: JournalEntry): string | null {
    this.#unsaved.push(entry);
    return this.flush();
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
    const file = openForAppend(this.#path);
    try {
      const { size } = fstatSync(file);
      // A shorter file is another file: what was acknowledged in this session is not in it. Should
      // it be there after all, nothing is lost either, since the fold takes an id only once.
      const entries = size < this.#size ? [...this.#saved, ...this.#unsaved] : this.#unsaved;
      const text = entries.map((entry) => `${encodeLine(entry)}\n`).join("");
      const bytes = Buffer.from(endsWithNewline(file, size) ? text : `\n${text}`);
      const written = writeSync(file, bytes);
      // The rest is not written after it: another process may have appended in between. The torn
      // line stays, and the next append begins with a line break and brings the line whole.
      if (written < bytes.length) throw shortWrite(written, bytes.length);
      this.#size = size + written;
    } catch (error) {
      closeQuietly(file);
      throw error;
    }
    // Some network file systems say only here that there was no room.
    closeSync(file);
    this.#saved.push(...this.#unsaved);
    this.#unsaved = [];
  }
}

/** Opens a journal to append to and to look at its end; makes it, and its directory, where missing. */
function openForAppend(path: string): number {
  try {
    return openSync(path, "a+", 0o600);
  } catch (error) {
    if (faultCode(error) !== "ENOENT") throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, "a+", 0o600);
  }
}

/** Whether the next byte begins a line; also so in an empty file. */
function endsWithNewline(file: number, size: number): boolean {
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] === newline;
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // What made the write fail is the better message.
  }
}

/** A write that stopped halfway means that the disk is full, or a limit was reached. */
function shortWrite(written: number, wanted: number): Error {
  const error = new Error(`only ${written} of ${wanted} bytes could be written`);
  return Object.assign(error, { code: "ENOSPC" });
}
