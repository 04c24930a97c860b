import { markBits, markFields, type PaperChange } from "../papers/marks.js";
import type { Kind } from "../papers/same-paper.js";
import type { JournalEntry } from "./journal-format.js";
import { compareIds } from "./journal-order.js";
import type { JournalScan, Place } from "./journal-scan.js";
import type { KnownPapers } from "./known-papers.js";
import { PaperTable } from "./paper-table.js";
import { part, stride } from "./plain-line.js";
import type { SeenIds } from "./seen-ids.js";
import { atOnce } from "./steps.js";

/** About how many bytes a change of one paper takes. */
export const usualLine = 220;
/** How many entries are folded in one step, where it is done in steps. */
export const entriesAtOnce = 250;

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

  /** How many papers have or had a mark. */
  get known(): number {
    return this.#table.known;
  }

  /** Each paper that has or had a mark, with its bits. */
  papers(): Iterable<readonly [string, number]> {
    return this.#table.papers();
  }

  /** As `PaperTable.eachMarked`. */
  eachMarked(take: Parameters<PaperTable["eachMarked"]>[0]): void {
    this.#table.eachMarked(take);
  }

  /** When the last change of a paper counts as made (`timeKey`); -1 where there was none. */
  stamp(paper: string): number {
    return this.#table.stamp(paper);
  }

  /** The papers, to be kept. */
  get table(): PaperTable {
    return this.#table;
  }

  /** The kinds of identities that those papers have. */
  get kinds(): ReadonlySet<Kind> {
    return this.#table.kinds;
  }

  /** Whether the entry that a scan stands at is of a paper that was changed at that moment, or later. */
  isBehind(scan: JournalScan): boolean {
    return isBehind(scan, this.#table);
  }

  /**
   * Takes over new values; the last one given for a field stands.
   * @param stamp when they count as given (`timeKey`)
   */
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

/** Papers, each with when it last changed. */
interface Stamped {
  stamp(paper: string): number;
  /** The same of the paper whose identity is the bytes from `start` to `end`; `hash` is made of them by `hashByte`. */
  stampOf(bytes: Uint8Array, start: number, end: number, hash: number): number;
}

/** Whether the entry that a scan stands at is of one that was changed at that moment, or later. */
export function isBehind({ entry, plain, bytes, time }: JournalScan, papers: Stamped): boolean {
  if (entry !== null) return entry.papers.some(({ paper }) => papers.stamp(paper) >= time);
  const { parts } = plain;
  for (let base = 0; base < plain.count * stride; base += stride) {
    const start = parts[base + part.start] as number;
    const end = parts[base + part.end] as number;
    if (papers.stampOf(bytes, start, end, parts[base + part.hash] as number) >= time) return true;
  }
  return false;
}

/** What takes the entries of journals; answers `false` where it wants no more of them. */
type Take = (scan: JournalScan, isLate: boolean) => unknown;

/**
 * Goes through the entries of several journals, as nearly in their order (`journal-order.ts`) as can be
 * done by going through each file once: one that stands in its file behind a later one is late. An entry
 * met twice (a copied or conflicting file) comes only the first time.
 */
export class Folding {
  readonly #seen: Pick<SeenIds, "addFrom">;
  readonly #take: Take;
  readonly #newest = new Newest();
  #open: readonly JournalScan[];
  /** How many entries had been met before. */
  again = 0;
  /**
   * Whether each of those was met at its earliest time first, which is the one that counts. A copy of an
   * entry may stand at another time than the entry.
   */
  isEarliestFirst = true;

  constructor(journals: readonly JournalScan[], seen: Pick<SeenIds, "addFrom">, take: Take) {
    this.#open = journals.filter((journal) => !journal.isAtEnd);
    this.#seen = seen;
    this.#take = take;
  }

  /** Goes on, for so many entries at most; whether there are more. */
  goOn(most = Number.POSITIVE_INFINITY): boolean {
    for (let count = 0; this.#open[0] !== undefined && count < most; count += 1) {
      // Machines are few, so looking at each is cheaper than keeping them sorted.
      let next = this.#open[0];
      for (let index = 1; index < this.#open.length; index += 1) {
        const journal = this.#open[index] as JournalScan;
        if (isBefore(journal, next)) next = journal;
      }
      const isLate = !this.#newest.move(next);
      if (!this.#seen.addFrom(next)) {
        this.again += 1;
        if (isLate) this.isEarliestFirst = false;
      } else if (this.#take(next, isLate) === false) return false;
      next.advance();
      if (next.isAtEnd) this.#open = this.#open.filter((journal) => journal !== next);
    }
    return this.#open.length > 0;
  }
}

/** Gives the entries of several journals to `take`, in one go (`Folding`); answers `isEarliestFirst`. */
export function foldJournals(journals: readonly JournalScan[], seen: SeenIds, take: Take): boolean {
  const folding = new Folding(journals, seen, take);
  folding.goOn();
  return folding.isEarliestFirst;
}

/** The same in their very order, at more than twice the cost; nothing is late. */
export function foldInOrder(journals: readonly JournalScan[], seen: SeenIds, take: Take): boolean {
  atOnce(foldInOrderInSteps(journals, seen, take));
  return true;
}

/** The same in steps, of which the one that sorts takes the time of a hundred others. */
export function* foldInOrderInSteps(
  journals: readonly JournalScan[],
  seen: Pick<SeenIds, "addFrom">,
  take: Take,
): Generator<void, void> {
  const places: (Place & { readonly scan: JournalScan })[] = [];
  for (const scan of journals) {
    for (; !scan.isAtEnd; scan.advance()) {
      places.push({ scan, start: scan.start, entry: scan.entry, time: scan.time });
      if (places.length % entriesAtOnce === 0) yield;
    }
  }
  const idOf = ({ scan, start, entry }: (typeof places)[number]) => (entry ?? scan.entryAt(start))?.id ?? "";
  places.sort((one, other) => one.time - other.time || compareIds(idOf(one), idOf(other)));
  yield;
  for (const [index, place] of places.entries()) {
    place.scan.returnTo(place);
    if (seen.addFrom(place.scan) && take(place.scan, false) === false) return;
    if (index % entriesAtOnce === 0) yield;
  }
}

function isBefore(one: JournalScan, other: JournalScan): boolean {
  if (one.time !== other.time) return one.time < other.time;
  return compareIds(one.id(), other.id()) < 0;
}

/** The newest entry of those that were met. */
class Newest {
  #time = -1;
  #scan: JournalScan | null = null;
  #start = 0;
  #entry: JournalEntry | null = null;
  #number = -1;

  /** Moves on to the entry that a scan stands at, unless that is before it; whether it could. */
  move(scan: JournalScan): boolean {
    const { entry, time } = scan;
    if (time < this.#time || (time === this.#time && !this.#isNext(scan) && this.#isBehind(scan))) {
      this.#number = Number.POSITIVE_INFINITY;
      return false;
    }
    this.#time = time;
    this.#scan = scan;
    this.#start = scan.start;
    this.#entry = entry;
    this.#number = entry === null ? scan.plain.number : Number.POSITIVE_INFINITY;
    return true;
  }

  /** Whether a scan stands at what the same run did next, as it nearly always does where times are the same. */
  #isNext(scan: JournalScan): boolean {
    const { entry, plain } = scan;
    return scan === this.#scan && entry === null && plain.isSameRun && plain.number > this.#number;
  }

  #isBehind(scan: JournalScan): boolean {
    return compareIds(scan.id(), this.#id()) < 0;
  }

  #id(): string {
    return (this.#entry ?? this.#scan?.entryAt(this.#start))?.id ?? "";
  }
}
