import { closeSync, openSync, readSync, type Stats } from "node:fs";
import { join } from "node:path";
import {
  checksum,
  decodeHead,
  headBytes,
  type ImageHead,
  numbersOf,
  separated,
  textOf,
  wordsOf,
} from "./image-file.js";
import type { JournalEntry, LineFault } from "./journal-format.js";
import type { LastEntry } from "./journal-scan.js";
import { KnownPapers, type PaperCounts } from "./known-papers.js";
import { digest } from "./machine.js";
import { linesWith, type TitleColumns } from "./marked-titles.js";
import type { StoredIds } from "./seen-ids.js";

/**
 * What the journals came to when they were last read, kept in the cache directory so that a start reads
 * only what was appended since. It holds nothing that is not in the journals, and says of each how far it
 * goes and what was there; where anything of that is no longer so, it is no image of them, and they are
 * read whole. It may be deleted at any time.
 */
export interface ImagePlace {
  /** The program's cache directory. */
  readonly cache: string;
  /** The state directory, whose journals they are. */
  readonly state: string;
  /** The machine whose own changes can be undone. */
  readonly machine: string;
  /** What tells the code that folds journals: another version of it may come to something else. */
  readonly program: string;
}

/**
 * An image is made, or made anew, where journals have so many bytes that none has yet: to fold those of
 * 75 changes takes a cold start two milliseconds.
 */
export const leastBehind = 16 << 10;

/** What an image is of, which must be the same wherever it was found. */
export type ImageOf = Omit<ImagePlace, "cache">;

/** Where the image of a state directory is kept. */
export function imagePath({ cache, state, machine }: ImagePlace): string {
  return join(cache, "marks", `${machine}-${digest(state)}.image`);
}

/** A file, as far as an image goes. */
export interface KnownFile {
  /** Its name in the state directory. */
  readonly name: string;
  /** The file as it was just before it was read. */
  readonly stats: FileStats;
  /** How many bytes of it are in the image, all of them whole lines, and their checksum. */
  readonly length: number;
  readonly sum: number;
}

/** A journal, as far as an image goes. */
export interface KnownJournal extends KnownFile {
  /** How many lines that is. */
  readonly lines: number;
  /** The last of those bytes, as base64. */
  readonly tail: string;
  /** When the newest entry among them counts as made (`timeKey`); -1 where there is none. */
  readonly newest: number;
  /** The last of them. */
  readonly last: LastEntry | null;
}

/** What tells whether a file is another than it was; times in milliseconds. */
export type FileStats = Pick<Stats, "dev" | "ino" | "size" | "mtimeMs" | "ctimeMs">;

/** What is in an image beside its columns. */
export interface ImageAccount {
  readonly of: ImageOf;
  /** By name; `journals` of those that were there, `names` with this machine's, which may not have been. */
  readonly journals: readonly KnownJournal[];
  readonly names: readonly string[];
  /** Files that tell which papers were seen; they have no order, so of others it need not know. */
  readonly seen: readonly KnownFile[];
  /** When they were read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly counts: PaperCounts;
  /** Papers of which nothing but the identity was known when they were starred or put aside. */
  readonly unknown: readonly string[];
  /** Lines that are no entries: the journal's name, why, and the line from 1. */
  readonly skipped: readonly (readonly [string, LineFault, number])[];
}

/** An image that is whole and of this place; whether it still is of these journals is another question. */
export class MarksImage {
  readonly account: ImageAccount;
  readonly papers: KnownPapers;
  /** Papers that were seen at an earlier visit. */
  readonly seen: KnownPapers;
  readonly #path: string;
  readonly #head: ImageHead;
  readonly #sections: ReadonlyMap<string, Uint8Array>;

  constructor(path: string, head: ImageHead, sections: ReadonlyMap<string, Uint8Array>) {
    this.#path = path;
    this.#head = head;
    this.#sections = sections;
    this.account = JSON.parse(textOf(this.#section("account"))) as ImageAccount;
    this.papers = new KnownPapers(
      {
        ...this.#identities("paper"),
        bits: this.#section("paper bits"),
        stamps: numbersOf(this.#section("paper stamps")),
      },
      this.account.counts,
    );
    const identities = this.#identities("seen");
    const count = identities.starts.length - 1;
    this.seen = new KnownPapers(
      { ...identities, bits: new Uint8Array(count).fill(1), stamps: new Float64Array(count) },
      { papers: count, marked: count, titles: 0, dois: 0 },
    );
  }

  /** Which entries were met. */
  readonly ids = (): StoredIds => JSON.parse(textOf(this.#section("ids"))) as StoredIds;

  /** This machine's changes, the last that can be undone. */
  readonly own = (): JournalEntry[] => JSON.parse(textOf(this.#section("own"))) as JournalEntry[];

  /** Under which titles papers were marked, which few starts ask for; `null` where the file has become another. */
  titles(): TitleColumns | null {
    const { coreLength, restLength, restSum } = this.#head;
    const file = openSync(this.#path, "r");
    try {
      const head = decodeHead(readWhole(file, headBytes, 0));
      if (head?.coreSum !== this.#head.coreSum) return null;
      const bytes = readWhole(file, restLength, headBytes + coreLength);
      if (checksum?.(bytes) !== restSum) return null;
      const sections = separated(bytes);
      const section = (name: string) => sections.get(name) ?? missing(name);
      return {
        directory: wordsOf(section("title directory")),
        hashes: wordsOf(section("title hashes")),
        lines: numbersOf(section("title lines")),
      };
    } finally {
      closeSync(file);
    }
  }

  /** The lines of the journals with a title of one of these hashes; `null` where that cannot be told. */
  linesWith(hashes: ReadonlySet<number>): readonly [number, number][] | null {
    try {
      const columns = this.titles();
      return columns && linesWith(columns, hashes);
    } catch {
      return null;
    }
  }

  #identities(name: string) {
    return {
      directory: wordsOf(this.#section(`${name} directory`)),
      starts: wordsOf(this.#section(`${name} starts`)),
      ids: this.#section(`${name} ids`),
    };
  }

  #section(name: string): Uint8Array {
    return this.#sections.get(name) ?? missing(name);
  }
}

/** The image of a place; `null` where there is none that is whole. Never throws. */
export function readImage(place: ImagePlace): MarksImage | null {
  if (checksum === null) return null;
  try {
    const path = imagePath(place);
    const file = openSync(path, "r");
    try {
      const head = decodeHead(readWhole(file, headBytes, 0));
      if (head === null) return null;
      const core = readWhole(file, head.coreLength, headBytes);
      if (checksum(core) !== head.coreSum) return null;
      const image = new MarksImage(path, head, separated(core));
      const { state, machine, program } = image.account.of;
      const isOfHere = state === place.state && machine === place.machine && program === place.program;
      return isOfHere ? image : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** So many bytes of a file; throws where it is shorter. They begin where memory of their own does. */
function readWhole(file: number, length: number, from: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, from + read);
    if (more === 0) throw new Error("the file is shorter than it says");
    read += more;
  }
  return bytes;
}

function missing(name: string): never {
  throw new Error(`the image has no ${name}`);
}
