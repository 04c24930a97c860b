import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { faultCode } from "./faults.js";
import { decodeLine, type JournalEntry, type LineFault, salvageLine } from "./journal-format.js";

/**
 * Text is decoded this much at a time: a journal may be longer than the longest string, and a piece
 * of text kept from a block keeps the block.
 */
const blockBytes = 1024 * 1024;
const newline = 0x0a;

/** The file a machine's journal is kept in. */
export function journalPath(stateDirectory: string, machine: string): string {
  return join(stateDirectory, `marks-${machine}.jsonl`);
}

/**
 * All journals in a state directory, sorted by name, as paths. None where the directory does not
 * exist yet; throws where it exists and cannot be read.
 */
export function findJournals(stateDirectory: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(stateDirectory);
  } catch (error) {
    if (faultCode(error) === "ENOENT") return [];
    throw error;
  }
  return names
    .filter((name) => /^marks-.+\.jsonl$/.test(name))
    .sort()
    .map((name) => join(stateDirectory, name));
}

/** The bytes of a journal. Throws where it cannot be read or is not a file (a pipe would never end). */
export function readJournal(path: string): Buffer {
  const stats = statSync(path);
  if (!stats.isFile() && !stats.isDirectory()) throw new Error("is not an ordinary file; move it away");
  return readFileSync(path);
}

/**
 * The entries of a journal in the order of its lines. What is no entry is left out and told to
 * `skipped` with its line, from 1; only a line that was begun, broke off and stands whole on the
 * next line is passed over in silence, because nothing of it is missing.
 */
export function* journalEntries(
  bytes: Buffer,
  skipped: (fault: LineFault, line: number) => void,
): Generator<JournalEntry, void, undefined> {
  let number = 0;
  let torn: { readonly text: string; readonly line: number } | null = null;
  for (const line of textLines(bytes)) {
    number++;
    if (torn !== null) {
      if (!line.startsWith(torn.text)) skipped("torn", torn.line);
      torn = null;
    }
    const whole = decodeLine(line);
    if (whole.entry !== null) {
      yield whole.entry;
      continue;
    }
    if (line.trim() === "") continue;
    const pieces = salvageLine(line);
    for (const { entry, fault } of pieces) {
      if (entry !== null) yield entry;
      else if (fault === "torn" && pieces.length === 1) torn = { text: line, line: number };
      else skipped(fault, number);
    }
  }
  if (torn !== null) skipped("torn", torn.line);
}

/** The lines of a text, without their breaks; bytes that are not UTF-8 become U+FFFD. */
function* textLines(bytes: Buffer): Generator<string, void, undefined> {
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.length;
    if (end - start > blockBytes) {
      const before = bytes.lastIndexOf(newline, start + blockBytes);
      const cut = before >= start ? before : bytes.indexOf(newline, start);
      if (cut >= 0) end = cut + 1;
    }
    const text = bytes.toString("utf8", start, end);
    // A byte order mark is what some editors leave; it says nothing.
    let from = start === 0 && text.startsWith("\uFEFF") ? 1 : 0;
    while (from < text.length) {
      const to = text.indexOf("\n", from);
      yield to < 0 ? text.slice(from) : text.slice(from, to);
      from = to < 0 ? text.length : to + 1;
    }
    start = end;
  }
}

/** Collects what could not be read, over all journals, into a few sentences for the footer. */
export class JournalProblems {
  readonly #unreadable: string[] = [];
  readonly #newer: string[] = [];
  readonly #files: string[] = [];

  /** A line that was skipped. */
  line(path: string, fault: LineFault, line: number): void {
    const place = `${basename(path)}:${line}`;
    (fault === "newer version" ? this.#newer : this.#unreadable).push(place);
  }

  /** A journal, or the whole directory, that could not be read, in a sentence that says what follows. */
  file(sentence: string): void {
    this.#files.push(sentence);
  }

  /** One sentence or two a problem, the gravest first. */
  sentences(): readonly string[] {
    const said = [...this.#files];
    if (this.#unreadable.length > 0) {
      const was = this.#unreadable.length === 1 ? "was" : "were";
      said.push(
        `${counted(this.#unreadable)} could not be read and ${was} skipped ${places(this.#unreadable)}`,
      );
    }
    if (this.#newer.length > 0) {
      const was = this.#newer.length === 1 ? "was" : "were";
      said.push(
        `${counted(this.#newer)} ${was} written by a newer papers-tui and left alone ${places(this.#newer)}: update to see those marks`,
      );
    }
    return said;
  }
}

function counted(list: readonly string[]): string {
  return list.length === 1 ? "1 line of the journal" : `${list.length} lines of the journal`;
}

/** The first few places: whoever repairs a file wants to know where, the footer has one line. */
function places(list: readonly string[]): string {
  const shown = list.slice(0, 3).join(", ");
  return list.length > 3 ? `(${shown}, …)` : `(${shown})`;
}
