import type { Library } from "../../library/library.js";
import { textIdOf } from "../../papers/identity.js";
import { markBits, type PaperChange } from "../../papers/marks.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { TextCache } from "../../sources/texts/text-cache.js";
import { clean } from "../../text/clean.js";

/** Pauses in milliseconds, and how much of the past is made up for at a start. */
export interface BackgroundPace {
  /** Between a mark and its fetch, so that a mark that is undone at once fetches nothing. */
  readonly afterMark: number;
  /** Between the start and the fetch of what was marked before: by then the listing is there. */
  readonly afterStart: number;
  /** How many of the last marks of each kind are looked at. */
  readonly looked: number;
  /** How many texts are fetched at most. */
  readonly fetched: number;
}

const usualPace: BackgroundPace = { afterMark: 5_000, afterStart: 15_000, looked: 50, fetched: 20 };

/** After so many papers in a row that could not be asked for it is the network, and not the papers. */
const mostFailures = 3;

/** Marks that say that a paper is to be read. */
const wantedBits = markBits.starred | markBits.later;

/**
 * Fetches the texts of papers that were starred or put aside, one after the other, when it is quiet: those marked
 * in this visit, and after a start those marked last that have none yet, because the program was left, there was
 * no network, or the mark came from another machine.
 */
export class BackgroundTexts {
  readonly #library: Pick<Library, "bits" | "marked">;
  readonly #options: TextOptions;
  readonly #say: (text: string, tone: "warning") => void;
  readonly #pace: BackgroundPace;
  /** Papers by identity, in the order in which they are fetched. */
  readonly #waiting = new Set<string>();
  readonly #ending = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  #isFetching = false;

  /** @param say called where a text could not be kept */
  constructor(
    library: Pick<Library, "bits" | "marked">,
    options: TextOptions,
    say: (text: string, tone: "warning") => void,
    pace = usualPace,
  ) {
    this.#library = library;
    this.#options = options;
    this.#say = say;
    this.#pace = pace;
  }

  /** Makes up for what was marked before, after a while. */
  begin(): void {
    this.#in(this.#pace.afterStart, () => {
      const { looked, fetched } = this.#pace;
      const marked = (["later", "starred"] as const).flatMap((field) =>
        this.#library.marked(field).slice(0, looked),
      );
      const missing = new Set(marked.map(({ paper }) => paper).filter((paper) => this.#isMissing(paper)));
      for (const paper of [...missing].slice(0, fetched)) this.#waiting.add(paper);
      void this.#fetchWaiting();
    });
  }

  /** Takes note of changes: texts of papers that were starred or put aside are fetched after a while. */
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

  /** Whether a paper is still wanted, can have a text, and none is kept. */
  #isMissing(paper: string): boolean {
    const id = textIdOf({ id: paper });
    if (id === null || (this.#library.bits(paper) & wantedBits) === 0) return false;
    const { cacheDirectory, now } = this.#options;
    return !new TextCache(cacheDirectory).isAnswered(id, now());
  }

  async #fetchWaiting(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      while (this.#waiting.size > 0) {
        const papers = [...this.#waiting];
        this.#waiting.clear();
        await this.#fetch(papers);
      }
    } catch {
      // Called off.
    } finally {
      this.#isFetching = false;
    }
  }

  /** Where servers cannot be asked, the rest waits for the next start, or until it is opened. */
  async #fetch(papers: readonly string[]): Promise<void> {
    let failures = 0;
    for (const paper of papers) {
      if (!this.#isMissing(paper)) continue;
      failures = (await this.#isAnswered(paper)) ? 0 : failures + 1;
      if (failures === mostFailures) return;
    }
  }

  /** Fetches a text. Whether there was an answer, with a text or without. Throws only if it was called off. */
  async #isAnswered(paper: string): Promise<boolean> {
    const { fetchText } = await import("../../sources/texts/fetch-text.js");
    const { signal } = this.#ending;
    try {
      const found = await fetchText(textIdOf({ id: paper }) as string, this.#options, { signal });
      if (found.ok && found.notKept !== null) this.#say(clean(found.notKept), "warning");
      return found.ok || found.isAnswer;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  }
}
