import type { Library } from "../../library/library.js";
import { keptTextId } from "../../papers/identity.js";
import type { Listing } from "../../papers/listing.js";
import { markBits, type PaperChange } from "../../papers/marks.js";
import type { AddressedText } from "../../sources/parse/text-request.js";
import type { KeepingLimits } from "../../sources/parse/text-thread.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { TextCache } from "../../sources/texts/text-cache.js";
import { clean } from "../../text/clean.js";

/** Milliseconds that somebody who quits waits for a text to be kept. */
const longestAtEnd = 2_000;
const wantedBits = markBits.starred | markBits.later;

/**
 * Keeps the texts of files whose papers are starred or kept for later, so that they can be read when the file is
 * gone, as those that were fetched.
 */
export class FileTexts {
  readonly #library: Pick<Library, "bits">;
  readonly #listing: () => Listing;
  readonly #options: TextOptions;
  readonly #limits: KeepingLimits;
  readonly #say: (text: string, tone: "warning") => void;
  readonly #ending = new AbortController();
  /** The text of a file that is on the screen: the file may be gone when its paper is starred. */
  #opened: { readonly paper: string; readonly text: AddressedText } | null = null;
  #work: Promise<void> = Promise.resolve();

  /** @param say called where a text could not be kept */
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

  /** Takes note of changes: the texts of papers that were starred or kept for later are kept at once. */
  marked(changes: readonly PaperChange[]): void {
    for (const { paper, starred, later } of changes) if (starred || later) this.look(paper);
  }

  /** Takes note of the text that was read for the screen, and keeps it as `look` does. */
  opened(paper: string, text: AddressedText): void {
    this.#opened = this.#listing().texts.has(paper) ? { paper, text } : null;
    this.look(paper);
  }

  /** Keeps the text of a paper of the listing if it is in a file, wanted, and not kept. */
  look(paper: string): void {
    const listing = this.#listing();
    const path = listing.texts.get(paper);
    if (path === undefined || !this.#options.keeps) return;
    const id = keptTextId(listing.paper(listing.indexOf(paper)));
    const { signal } = this.#ending;
    const opened = this.#opened?.paper === paper ? this.#opened.text : null;
    this.#work = this.#work.then(async () => {
      const isKept = new TextCache(this.#options.cacheDirectory).has(id);
      if (signal.aborted || isKept || (this.#library.bits(paper) & wantedBits) === 0) return;
      try {
        const { keepTextFile } = await import("../../sources/texts/fetch-text.js");
        const watch = { signal, background: this.#limits };
        const why = await keepTextFile(path, id, this.#options, watch, opened);
        if (why !== null) this.#sayNotKept(why);
      } catch (error) {
        // Called off.
        if (!signal.aborted) this.#sayNotKept(error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** Takes the place of the notice of the mark, which is what the person asked for and is not lost. */
  #sayNotKept(why: string): void {
    this.#say(`marked, but the text was not saved: ${clean(why)}`, "warning");
  }

  /** Resolves once what was marked is kept, or soon after: the file may be gone the next time. */
  async end(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#work, new Promise((resolve) => (timer = setTimeout(resolve, longestAtEnd)))]);
    clearTimeout(timer);
    this.#ending.abort();
  }

  /** Ends what is under way. */
  close(): void {
    this.#ending.abort();
  }
}
