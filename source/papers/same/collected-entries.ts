import { type BibliographyEntry, distinctEntries, entriesOf, withEntries } from "../bibliography-entry.js";
import type { Paper } from "../paper.js";
import { joinRecords } from "./join-records.js";
import { workOf } from "./work.js";

/**
 * The entries of papers with several records, kept apart while records are joined: writing all entries again with
 * each record would take time that grows with their square.
 */
export class CollectedEntries {
  readonly #entries = new Map<number, BibliographyEntry[]>();

  /**
   * Joins a record with the paper at `index`, without the record's entries. One that says what kind of work it is
   * stays, because the next record may be of another.
   */
  join(index: number, paper: Paper, record: Paper): Paper {
    if (paper.entry === undefined || record.entry === undefined) return joinRecords(paper, record);
    const entries = this.#entries.get(index) ?? [...entriesOf(paper)];
    entries.push(...entriesOf(record));
    this.#entries.set(index, entries);
    const isNeeded = workOf(paper) === null && workOf(record) !== null;
    return joinRecords(paper, isNeeded ? record : withoutEntries(record));
  }

  /** The papers with their entries, by index. @param read the paper as it was joined */
  *take(read: (index: number) => Paper): Generator<[index: number, paper: Paper], void, undefined> {
    for (const [index, all] of this.#entries) {
      const entries = distinctEntries(all);
      if (entries.length === 1 && entries[0] === all[0]) continue;
      yield [index, { ...withoutEntries(read(index)), ...withEntries(entries) }];
    }
    this.#entries.clear();
  }
}

function withoutEntries({ entry: _, otherEntries: _others, ...paper }: Paper): Paper {
  return paper;
}
