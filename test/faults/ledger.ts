import type { Library } from "../../source/library/library.js";
import { isInterestId } from "../../source/papers/interests/interest.js";
import { markBits } from "../../source/papers/marks.js";

/** What children said they did, and so what must be on disk. */
export class Ledger {
  /** Acknowledged: read or not. */
  readonly #known = new Map<string, boolean>();
  /** Begun and never acknowledged: may be one or the other. */
  readonly #open = new Set<string>();
  /** How many changes of papers were acknowledged. */
  acknowledged = 0;
  /** What was said to have gone wrong. */
  readonly errors: string[] = [];

  /** Undos and redos that took another change than the one that was meant. */
  readonly mistaken: string[] = [];

  /** Takes in all that one child printed; the last line may be cut. */
  read(printed: string): void {
    let begun: [string, boolean][] = [];
    for (const line of printed.split("\n").slice(0, -1)) {
      if (line.startsWith("?")) begun.push([line.slice(2), line[1] === "+"]);
      else if (line === "=") {
        for (const [paper, isRead] of begun) {
          this.#known.set(paper, isRead);
          this.acknowledged += 1;
        }
        begun = [];
      } else if (line.startsWith("~")) {
        this.mistaken.push(line.slice(1));
      } else if (line.startsWith("!")) {
        this.errors.push(line.slice(1));
        for (const [paper] of begun) this.#open.add(paper);
        begun = [];
      }
    }
    for (const [paper] of begun) this.#open.add(paper);
  }

  /** The papers that are not marked as was acknowledged, and the watches and the like that are not as they were left. */
  lost(library: Library): string[] {
    const filters = new Map(library.interests().map(({ id, filter }) => [id, filter]));
    const isKept = (paper: string, isRead: boolean) =>
      isInterestId(paper)
        ? filters.get(paper) === (isRead ? paper : undefined) && library.bits(paper) === 0
        : library.bits(paper) === (isRead ? markBits.read : 0);
    return [...this.#known]
      .filter(([paper]) => !this.#open.has(paper))
      .filter(([paper, isRead]) => !isKept(paper, isRead))
      .map(([paper]) => paper);
  }
}
