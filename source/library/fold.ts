import { markBits, markFields, type PaperChange } from "../papers/marks.js";
import type { Kind } from "../papers/same-paper.js";
import type { JournalScan } from "./journal-scan.js";
import type { KnownPapers } from "./known-papers.js";
import { PaperTable } from "./paper-table.js";
import { part, stride } from "./plain-line.js";
import type { SeenIds } from "./seen-ids.js";

/** About how many bytes a change of one paper takes. */
export const usualLine = 220;
/** How many journals a stamp can tell apart; those behind share the last place. */
export const rankCount = 16;

/**
 * The place of an entry in the order that every machine agrees on: by time, then by journal.
 * @param time as `timeKey` says it
 * @param rank the journal's place among all, by name
 */
export function stampOf(time: number, rank: number): number {
  return time * rankCount + Math.min(rank, rankCount - 1);
}

/** What all journals come to: the marks of every paper that has any. */
export class Marks {
  readonly #table: PaperTable;
  /** Papers that are starred or put aside and of which nothing but the identity was known then. */
  readonly unknown = new Set<string>();

  /**
   * @param journalBytes how long the journals are together: room is made for as many papers as are usual in that
   * @param known what was folded before, upon which all else comes
   */
  constructor(journalBytes = 0, known: KnownPapers | null = null) {
    this.#table = new PaperTable(journalBytes / usualLine, known);
  }

  /** The mark bits of a paper, 0 where it has none. */
  bits(paper: string): number {
    return this.#table.bits(paper);
  }

  /** How many papers have a mark. */
  get size(): number {
    return this.#table.marked;
  }

  /** Each paper that has or had a mark, with its bits. */
  papers(): Iterable<readonly [string, number]> {
    return this.#table.papers();
  }

  /** The stamp of the last change of a paper; -1 where there was none. */
  stamp(paper: string): number {
    return this.#table.stamp(paper);
  }

  /** Whether a paper of the entry that a scan stands at was changed behind `stamp` already. */
  isLate({ entry, plain, bytes }: JournalScan, stamp: number): boolean {
    if (entry !== null) return entry.papers.some(({ paper }) => this.#table.stamp(paper) > stamp);
    const { parts } = plain;
    for (let base = 0; base < plain.count * stride; base += stride) {
      const start = parts[base + part.start] as number;
      const end = parts[base + part.end] as number;
      if (this.#table.stampOf(bytes, start, end, parts[base + part.hash] as number) > stamp) return true;
    }
    return false;
  }

  /** The papers, to be kept. */
  get table(): PaperTable {
    return this.#table;
  }

  /** The kinds of identities that those papers have. */
  get kinds(): ReadonlySet<Kind> {
    return this.#table.kinds;
  }

  /** Takes over new values; the last one given for a field stands. */
  apply(papers: readonly PaperChange[], stamp: number): void {
    for (const one of papers) {
      if (one.title === "" && (one.starred || one.later)) this.unknown.add(one.paper);
      let told = 0;
      let set = 0;
      for (const field of markFields) {
        if (one[field] === undefined) continue;
        told |= markBits[field];
        if (one[field]) set |= markBits[field];
      }
      this.#table.setPaper(one.paper, told, set, stamp);
    }
  }

  /** Takes over what the entry says that a scan stands at; no text is made of it where none must. */
  take(scan: JournalScan, stamp: number): void {
    const { entry, plain, bytes } = scan;
    if (entry !== null) {
      this.apply(entry.papers, stamp);
      return;
    }
    const { parts } = plain;
    for (let base = 0; base < plain.count * stride; base += stride) {
      const start = parts[base + part.start] as number;
      const end = parts[base + part.end] as number;
      const told = (parts[base + part.marks] as number) & 0xff;
      const set = (parts[base + part.marks] as number) >> 8;
      this.#table.set(bytes, start, end, parts[base + part.hash] as number, told, set, stamp);
      const isUntitled = parts[base + part.titleStart] === parts[base + part.titleEnd];
      if (isUntitled && (set & (markBits.starred | markBits.later)) !== 0) {
        this.unknown.add(bytes.toString("latin1", start, end));
      }
    }
  }
}

/**
 * Gives the entries of several journals to `take`, in the one order that every machine agrees on: by
 * time, then by name; within a journal the order of its lines holds. An entry met twice (a copied or
 * conflicting file) comes only the first time.
 *
 * @param most after so many entries it stops, and goes on from there when it is called again
 * @returns how many entries had been met before; all are at their end only where the scans are
 */
export function foldJournals(
  journals: readonly JournalScan[],
  seen: Pick<SeenIds, "addFrom">,
  take: (scan: JournalScan) => void,
  most = Number.POSITIVE_INFINITY,
): number {
  let open = journals.filter((journal) => !journal.isAtEnd);
  let known = 0;
  for (let count = 0; open[0] !== undefined && count < most; count += 1) {
    // Machines are few, so looking at each is cheaper than keeping them sorted.
    let next = open[0];
    for (let index = 1; index < open.length; index += 1) {
      const journal = open[index] as JournalScan;
      if (isBefore(journal, next)) next = journal;
    }
    if (seen.addFrom(next)) take(next);
    else known += 1;
    next.advance();
    if (next.isAtEnd) open = open.filter((journal) => journal !== next);
  }
  return known;
}

function isBefore(one: JournalScan, other: JournalScan): boolean {
  if (one.time !== other.time) return one.time < other.time;
  return one.name < other.name;
}
