import { markBits, markFields, type PaperChange } from "../papers/marks.js";
import type { Kind } from "../papers/same-paper.js";
import type { JournalEntry } from "./journal-format.js";
import { compareIds } from "./journal-order.js";
import type { JournalScan, Place } from "./journal-scan.js";
import { PaperTable } from "./paper-table.js";
import { part, stride } from "./plain-line.js";
import type { SeenIds } from "./seen-ids.js";

/** About how many bytes a change of one paper takes. */
export const usualLine = 220;
/** What all journals come to: the marks of every paper that has any. */
export class Marks {
  readonly #table: PaperTable;
  /** Papers that are starred or put aside and of which nothing but the identity was known then. */
  readonly unknown = new Set<string>();

  /** @param journalBytes how long the journals are together: room is made for as many papers as are usual in that */
  constructor(journalBytes = 0) {
    this.#table = new PaperTable(journalBytes / usualLine);
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

  /** The kinds of identities that those papers have. */
  get kinds(): ReadonlySet<Kind> {
    return this.#table.kinds;
  }

  /** Whether the entry that a scan stands at is of a paper that was changed at that moment, or later. */
  isBehind(scan: JournalScan): boolean {
    const { entry, plain, bytes } = scan;
    const papers =
      entry === null
        ? Array.from({ length: plain.count }, (_, index) => {
            const base = index * stride;
            return bytes.toString("latin1", plain.parts[base + part.start], plain.parts[base + part.end]);
          })
        : entry.papers.map(({ paper }) => paper);
    return papers.some((paper) => this.stamp(paper) >= scan.time);
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

/** What takes the entries of journals; answers `false` where it wants no more of them. */
type Take = (scan: JournalScan, isLate: boolean) => unknown;

/**
 * Gives the entries of several journals to `take`, as nearly in their order (`journal-order.ts`) as
 * can be done by going through each file once: one that stands in its file behind a later one is
 * given `isLate`. An entry met twice (a copied or conflicting file) comes only the first time.
 */
export function foldJournals(journals: readonly JournalScan[], seen: SeenIds, take: Take): void {
  let open = journals.filter((journal) => !journal.isAtEnd);
  const newest = new Newest();
  while (open[0] !== undefined) {
    // Machines are few, so looking at each is cheaper than keeping them sorted.
    let next = open[0];
    for (let index = 1; index < open.length; index += 1) {
      const journal = open[index] as JournalScan;
      if (isBefore(journal, next)) next = journal;
    }
    const isLate = !newest.move(next);
    if (seen.addFrom(next) && take(next, isLate) === false) return;
    next.advance();
    if (next.isAtEnd) open = open.filter((journal) => journal !== next);
  }
}

/** The same in their very order, at more than twice the cost; nothing is late. */
export function foldInOrder(journals: readonly JournalScan[], seen: SeenIds, take: Take): void {
  const places: (Place & { readonly scan: JournalScan })[] = [];
  for (const scan of journals) {
    for (; !scan.isAtEnd; scan.advance()) {
      places.push({ scan, start: scan.start, entry: scan.entry, time: scan.time });
    }
  }
  const idOf = ({ scan, start, entry }: (typeof places)[number]) => (entry ?? scan.entryAt(start))?.id ?? "";
  places.sort((one, other) => one.time - other.time || compareIds(idOf(one), idOf(other)));
  for (const place of places) {
    place.scan.returnTo(place);
    if (seen.addFrom(place.scan) && take(place.scan, false) === false) return;
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
