import { statSync } from "node:fs";
import type { Library } from "../../library/library.js";
import { keptScheme, keptTextId } from "../../papers/identity.js";
import type { Listing } from "../../papers/listing.js";
import { markBits, type PaperChange } from "../../papers/marks.js";
import type { AddressedText } from "../../sources/parse/text-request.js";
import type { KeepingLimits } from "../../sources/parse/text-thread.js";
import { SourceError } from "../../sources/source.js";
import type { TextOptions } from "../../sources/texts/requests.js";
import { TextCache } from "../../sources/texts/text-cache.js";
import { clean } from "../../text/clean.js";
import { counted } from "../../text/numbers.js";

/** How long quitting waits for a text to be saved, in milliseconds. */
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
  readonly #atEnd: number;
  readonly #ending = new AbortController();
  /** The text of a file that is on the screen: the file may be gone when its paper is starred. */
  #opened: { readonly paper: string; readonly text: AddressedText } | null = null;
  #work: Promise<void> = Promise.resolve();
  /** How many texts are to be kept, and what went wrong since the screen was left. */
  #waiting = 0;
  #failures: string[] | null = null;

  /**
   * @param say shows a message if a text could not be saved
   * @param atEnd milliseconds that the end waits for texts to be kept
   */
  constructor(
    library: Pick<Library, "bits">,
    listing: () => Listing,
    options: TextOptions,
    limits: KeepingLimits,
    say: (text: string, tone: "warning") => void,
    atEnd = longestAtEnd,
  ) {
    this.#library = library;
    this.#listing = listing;
    this.#options = options;
    this.#limits = limits;
    this.#say = say;
    this.#atEnd = atEnd;
  }

  /** Takes note of changes: the texts of papers that were starred or kept for later are kept at once. */
  marked(changes: readonly PaperChange[]): void {
    for (const { paper, starred, later } of changes) if (starred || later) this.keep(paper);
  }

  /** Takes note of the text that was read for the screen, and keeps it as `keep` does. */
  opened(paper: string, text: AddressedText): void {
    this.#opened = this.#listing().texts.has(paper) ? { paper, text } : null;
    this.keep(paper);
  }

  /** Keeps the text of a paper of the listing if it is in a file, wanted, and not kept. */
  keep(paper: string): void {
    const listing = this.#listing();
    const path = listing.texts.get(paper);
    const at = listing.indexOf(paper);
    if (path === undefined || at < 0 || !this.#options.keeps) return;
    const id = keptTextId(listing.paper(at));
    const opened = this.#opened?.paper === paper ? this.#opened.text : null;
    this.#waiting += 1;
    this.#work = this.#work.then(async () => {
      const isWanted = (this.#library.bits(paper) & wantedBits) !== 0;
      const why = isWanted ? await this.#keep(path, id, opened) : null;
      this.#waiting -= 1;
      if (why === null) return;
      const sentence = clean(`the text was not saved: ${why}`);
      if (this.#failures === null) this.#say(sentence, "warning");
      else this.#failures.push(sentence);
    });
  }

  /** Keeps the text of a file. Resolves to why it is not kept; `null` if it is, or if that was called off. */
  async #keep(path: string, id: string, opened: AddressedText | null): Promise<string | null> {
    const { signal } = this.#ending;
    try {
      if (signal.aborted || isKept(path, id, this.#options)) return null;
      const { keepTextFile } = await import("../../sources/texts/fetch-text.js");
      const watch = { signal, background: this.#limits };
      return await keepTextFile(path, id, this.#options, watch, opened);
    } catch (error) {
      if (signal.aborted) return null;
      return error instanceof SourceError ? error.message : String(error);
    }
  }

  /**
   * Resolves once what was marked is kept, or soon after: the file may be gone the next time. What could not be kept
   * is a sentence, as the screen is left; `null` if all is kept.
   */
  async end(): Promise<string | null> {
    this.#failures = [];
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#work, new Promise((resolve) => (timer = setTimeout(resolve, this.#atEnd)))]);
    clearTimeout(timer);
    const left = this.#ending.signal.aborted ? 0 : this.#waiting;
    this.#ending.abort();
    const [failure] = this.#failures;
    if (left === 0) return failure ?? null;
    return `${counted(left, "text")} of starred papers not saved, as there was no time: read them again before the files are gone`;
  }

  /** Ends what is under way. */
  close(): void {
    this.#ending.abort();
  }
}

/** Whether a text is in the cache. A file that no server has may have changed since it was kept. */
function isKept(path: string, id: string, { cacheDirectory, now }: TextOptions): boolean {
  const cache = new TextCache(cacheDirectory);
  if (!id.startsWith(keptScheme)) return cache.has(id);
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const kept = cache.read(id, now());
  return kept !== null && kept.fetched > changed;
}
