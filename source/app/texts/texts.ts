import type { Library } from "../../library/library.js";
import type { Settings } from "../../library/settings/settings.js";
import { arxivId } from "../../papers/identity.js";
import type { Listing } from "../../papers/listing.js";
import type { PaperChange } from "../../papers/marks.js";
import type { Message } from "../../reader/messages.js";
import { arxivOfReference } from "../../reader/text/references.js";
import type { TextEffect } from "../../reader/text/text-messages.js";
import { FetchError } from "../../sources/remote/fetch-error.js";
import { SourceError } from "../../sources/source.js";
import type { FoundPaperText } from "../../sources/texts/fetch-text.js";
import type { Watched } from "../../sources/watched.js";
import { openFile } from "../../terminal/open-file.js";
import { thousands } from "../../text/numbers.js";
import { knownPapers } from "./known-papers.js";
import { textOptions } from "./text-options.js";

export interface TextsContext {
  readonly library: Library;
  readonly settings: Settings;
  /** Asks arXiv for one paper. */
  readonly readPaper: (arxiv: string, watched: Watched) => Promise<Listing>;
  readonly dispatch: (message: Message) => void;
  readonly say: (text: string, tone: "info" | "warning" | "error") => void;
}

/** After a mark so long, in milliseconds, nothing is fetched: who takes it back at once wanted no text. */
const quietTime = 5_000;

/** Reads texts of papers for the screen, and in the background those of papers that were starred or put aside. */
export class Texts {
  readonly #context: TextsContext;
  #reading: AbortController | null = null;
  readonly #background = new AbortController();
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isFetching = false;

  constructor(context: TextsContext) {
    this.#context = context;
  }

  run(effect: TextEffect): void {
    switch (effect.type) {
      case "read-text":
        void this.#read(effect.paper, effect.arxiv);
        return;
      case "read-reference":
        void this.#readReference(effect.arxiv);
        return;
      case "stop-reading-text":
        this.#reading?.abort();
        return;
      case "show-picture":
        void this.#showPicture(effect.address);
        return;
      case "keep-place": {
        const error = this.#context.library.keepPlace(effect.paper, effect.title, effect.place);
        if (error !== null) this.#context.say(error, "error");
        return;
      }
    }
  }

  /** Takes note of papers that were starred or put aside: their texts are fetched when it is quiet. */
  marked(changes: readonly PaperChange[]): void {
    if (this.#context.settings.keepText !== "starred") return;
    for (const { paper, starred, later } of changes) {
      const arxiv = arxivId(paper);
      if (arxiv === null) continue;
      if (starred || later) this.#waiting.add(arxiv);
      else if (starred === false || later === false) this.#waiting.delete(arxiv);
    }
    this.#wait();
  }

  /** Ends what is under way. */
  close(): void {
    clearTimeout(this.#timer);
    this.#reading?.abort();
    this.#background.abort();
  }

  async #read(paper: string, arxiv: string): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { dispatch, settings } = this.#context;
    const options = textOptions(settings);
    const progress = (words: string) => dispatch({ type: "text-progress", paper, words });
    try {
      const { fetchText } = await import("../../sources/texts/fetch-text.js");
      const found = await fetchText(arxiv, options, {
        signal: reading.signal,
        onWait: (milliseconds, why) =>
          progress(milliseconds < 500 ? why : `${why} in ${Math.ceil(milliseconds / 1_000)} s`),
        onProgress: (bytes) => progress(`fetching the text · ${thousands(Math.ceil(bytes / 1_000))} kB`),
      });
      if (reading.signal.aborted) return;
      if (found.ok) this.#show(paper, found);
      else dispatch({ type: "text-failed", paper, reason: found.reason });
    } catch (error) {
      if (reading.signal.aborted) return;
      const reason = error instanceof FetchError ? error.message : `the text cannot be read: ${error}`;
      dispatch({ type: "text-failed", paper, reason });
    }
  }

  #show(paper: string, { text, address }: Extract<FoundPaperText, { ok: true }>): void {
    const { library, dispatch } = this.#context;
    const marks: Record<string, number> = {};
    for (const block of text.blocks) {
      const id = arxivOfReference(block);
      if (id !== null) marks[id] = library.bits(id);
    }
    const note = text.hasLostFormulas
      ? "only a plain text was found: its formulas are garbled · o opens its page"
      : text.isTruncated
        ? "this text breaks off: its conversion failed · O opens the PDF"
        : null;
    dispatch({ type: "text-read", paper, text, address, marks, place: library.place(paper), note });
  }

  async #readReference(arxiv: string): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { dispatch, readPaper, library } = this.#context;
    try {
      const known = (await knownPapers(new Set([arxiv]))).get(arxiv) ?? null;
      let found = known;
      if (found === null) {
        const listing = await readPaper(arxiv, {
          signal: reading.signal,
          progress: (said) =>
            dispatch({ type: "text-progress", paper: arxiv, words: `asking arXiv · ${said}` }),
        });
        const at = listing.indexOf(arxiv);
        found = at < 0 ? null : listing.paper(at);
      }
      if (reading.signal.aborted) return;
      if (found === null)
        dispatch({ type: "text-failed", paper: arxiv, reason: `arXiv does not know ${arxiv}` });
      else
        dispatch({
          type: "reference-read",
          paper: arxiv,
          found: { paper: found, bits: library.bits(found.id) },
        });
    } catch (error) {
      if (reading.signal.aborted) return;
      const isKnown = error instanceof FetchError || error instanceof SourceError;
      const reason = isKnown ? error.message : `this reference cannot be looked up: ${error}`;
      dispatch({ type: "text-failed", paper: arxiv, reason });
    }
  }

  async #showPicture(address: string): Promise<void> {
    const { say, settings } = this.#context;
    say("fetching the picture", "info");
    try {
      const { fetchPicture } = await import("../../sources/texts/picture.js");
      const path = await fetchPicture(address, textOptions(settings), { signal: this.#background.signal });
      const failure = await openFile(path, process.env, process.platform);
      if (failure === null) say("opened the picture", "info");
      else say(`${failure}: the picture is in ${path}`, "warning");
    } catch (error) {
      if (this.#background.signal.aborted) return;
      say(error instanceof Error ? error.message : String(error), "warning");
    }
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#fetchNext(), quietTime).unref();
  }

  /** One text after the other; what fails is asked for when it is opened. */
  async #fetchNext(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    try {
      const { fetchText } = await import("../../sources/texts/fetch-text.js");
      for (const arxiv of this.#waiting) {
        this.#waiting.delete(arxiv);
        await fetchText(arxiv, textOptions(this.#context.settings), { signal: this.#background.signal });
      }
    } catch {
      // Called off.
    } finally {
      this.#isFetching = false;
    }
  }
}
