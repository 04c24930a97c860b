import type { Library } from "../../library/library.js";
import { keptTextId } from "../../papers/identity.js";
import type { Listing } from "../../papers/listing.js";
import { markBits, type PaperChange } from "../../papers/marks.js";
import type { KeepingLimits } from "../../sources/parse/text-thread.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { TextCache } from "../../sources/texts/text-cache.js";
import { clean } from "../../text/clean.js";

/** How long quitting waits for a text to be saved, in milliseconds. */
const longestAtEnd = 2_000;
const wantedBits = markBits.starred | markBits.later;

/**
 * Saves the texts of files whose papers are starred or kept for later in the cache of texts, so that they can be read
 * after the file is gone.
 */
export class FileTexts {
  readonly #library: Pick<Library, "bits">;
  readonly #listing: () => Listing;
  readonly #options: TextOptions;
  readonly #limits: KeepingLimits;
  readonly #say: (text: string, tone: "warning") => void;
  readonly #ending = new AbortController();
  #work: Promise<void> = Promise.resolve();

  /** @param say shows a message if a text could not be saved */
  constructor(
    library: Pick<Library, "bits">,
    listing: () => Listing,
    options: TextOptions,
    limits: KeepingLimits,
    say: (text: string, tone: "warning") => void,
  ) {
    this.#library = library;
    this.#listing = listing;
    this.#options = options;
    this.#limits = limits;
    this.#say = say;
  }

  /** Saves the texts of the papers that these changes starred or kept for later. */
  marked(changes: readonly PaperChange[]): void {
    for (const { paper, starred, later } of changes) if (starred || later) this.keep(paper);
  }

  /** Saves the text of a paper of the listing if it is in a file, starred or for later, and not saved yet. */
  keep(paper: string): void {
    const listing = this.#listing();
    const path = listing.texts.get(paper);
    if (path === undefined || !this.#options.keeps) return;
    const id = keptTextId(listing.paper(listing.indexOf(paper)));
    const { signal } = this.#ending;
    this.#work = this.#work.then(async () => {
      const isKept = new TextCache(this.#options.cacheDirectory).has(id);
      if (signal.aborted || isKept || (this.#library.bits(paper) & wantedBits) === 0) return;
      try {
        const { keepTextFile } = await import("../../sources/texts/fetch-text.js");
        const why = await keepTextFile(path, id, this.#options, { signal, background: this.#limits });
        if (why !== null) this.#say(clean(why), "warning");
      } catch (error) {
        // An abort is no failure.
        if (!signal.aborted) this.#say(`the text was not saved: ${clean(String(error))}`, "warning");
      }
    });
  }

  /** Resolves when the texts of marked papers are saved, at the latest after `longestAtEnd`. The file may be gone at the next start. */
  async end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#work, new Promise((resolve) => (timer = setTimeout(resolve, longestAtEnd)))]);
    clearTimeout(timer);
    this.#ending.abort();
  }

  /** Stops saving. */
  close(): void {
    this.#ending.abort();
  }
}
