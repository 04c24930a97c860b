import type { Library } from "../../library/library.js";
import { markBits, type PaperChange } from "../../papers/marks.js";

/** Pauses in milliseconds, and how much of the past is made up for at a start. */
export interface BackgroundPace {
  /** Between a mark and its fetch, so that a mark that is undone at once fetches nothing. */
  readonly afterMark: number;
  /** Between the start and the fetch of what was marked before: by then the listing is there. */
  readonly afterStart: number;
  /** How many of the last marks of each kind are looked at. */
  readonly looked: number;
  /** How many papers are asked for at most. */
  readonly fetched: number;
}

const usualPace: BackgroundPace = { afterMark: 5_000, afterStart: 15_000, looked: 50, fetched: 20 };

/** After so many papers in a row that could not be asked for it is the network, and not the papers. */
const mostFailures = 3;

/** Marks that say that a paper is to be read. */
const wantedBits = markBits.starred | markBits.later;

/** What is fetched of papers. */
export interface Wanted {
  /** Those of the papers that can be fetched and are not here. */
  readonly missing: (papers: readonly string[]) => Promise<readonly string[]>;
  /** Fetches one. Whether there was an answer, also that there is none. Throws only if it was called off. */
  readonly fetch: (paper: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * Fetches something of papers that were starred or kept for later, one after the other, when it is quiet: of those
 * marked in this visit, and after a start of those marked last that lack it, because the program was left, there
 * was no network, or the mark came from another machine.
 */
export class BackgroundFetches {
  readonly #library: Pick<Library, "bits" | "marked">;
  readonly #wanted: Wanted;
  readonly #pace: BackgroundPace;
  /** Papers by identity, in the order in which they are fetched. */
  readonly #waiting = new Set<string>();
  readonly #ending = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  #isFetching = false;

  constructor(library: Pick<Library, "bits" | "marked">, wanted: Wanted, pace = usualPace) {
    this.#library = library;
    this.#wanted = wanted;
    this.#pace = pace;
  }

  /** Makes up for what was marked before, after a while. */
  begin(): void {
    this.#in(this.#pace.afterStart, () => {
      const { looked, fetched } = this.#pace;
      const marked = (["later", "starred"] as const).flatMap((field) =>
        this.#library.marked(field).slice(0, looked),
      );
      void this.#fetchMissing([...new Set(marked.map(({ paper }) => paper))], fetched);
    });
  }

  /** Takes note of changes: what is missing of papers that were starred or kept for later is fetched after a while. */
  marked(changes: readonly PaperChange[]): void {
    const wanted = changes.filter(({ starred, later }) => starred || later);
    if (wanted.length === 0) return;
    for (const { paper } of wanted) this.#waiting.add(paper);
    this.#in(this.#pace.afterMark, () => void this.#fetchWaiting());
  }

  /** Ends what is under way. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#ending.abort();
  }

  #in(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, milliseconds).unref();
    this.#timers.add(timer);
  }

  #isWanted(paper: string): boolean {
    return (this.#library.bits(paper) & wantedBits) !== 0;
  }

  async #fetchWaiting(): Promise<void> {
    const papers = [...this.#waiting];
    if (this.#isFetching || papers.length === 0) return;
    this.#waiting.clear();
    await this.#fetchMissing(papers, papers.length);
  }

  /** Where servers cannot be asked, the rest waits for the next start, or until it is opened. */
  async #fetchMissing(papers: readonly string[], most: number): Promise<void> {
    if (this.#isFetching) {
      for (const paper of papers) this.#waiting.add(paper);
      return;
    }
    this.#isFetching = true;
    const { signal } = this.#ending;
    try {
      const missing = await this.#wanted.missing(papers.filter((paper) => this.#isWanted(paper)));
      let failures = 0;
      for (const paper of missing.slice(0, most)) {
        if (!this.#isWanted(paper)) continue;
        failures = (await this.#wanted.fetch(paper, signal)) ? 0 : failures + 1;
        if (failures === mostFailures) break;
      }
    } catch {
      // Called off.
      this.#waiting.clear();
    } finally {
      this.#isFetching = false;
    }
    void this.#fetchWaiting();
  }
}
