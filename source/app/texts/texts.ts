import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { anchorsOf, type Block } from "../../fulltext/blocks.js";
import type { Library } from "../../library/library.js";
import type { Listing } from "../../papers/listing.js";
import { hasDetails, type Paper } from "../../papers/paper.js";
import type { Message } from "../../reader/messages.js";
import { arxivOfReference } from "../../reader/text/references.js";
import type { TextEffect } from "../../reader/text/text-messages.js";
import type { Settings } from "../../settings/settings.js";
import type { AddressedText } from "../../sources/parse/text-request.js";
import type { TextWatch } from "../../sources/parse/text-thread.js";
import { FetchError } from "../../sources/remote/fetch-error.js";
import type { Watch } from "../../sources/remote/fetcher.js";
import { SourceError } from "../../sources/source.js";
import type { FoundPaperText } from "../../sources/texts/requests.js";
import type { Watched } from "../../sources/watched.js";
import { EventLoopTurns } from "../../sources/yield-to-event-loop.js";
import { openFile } from "../../terminal/open-file.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { keptForNow } from "../marks-of.js";
import { knownPapers } from "./known-papers.js";
import { textOptions } from "./text-options.js";

export interface TextsContext {
  readonly library: Library;
  readonly settings: Settings;
  /** Asks arXiv for one paper. */
  readonly readPaper: (arxiv: string, watched: Watched) => Promise<Listing>;
  /** Keeps the text of a file if its paper is wanted, now or while it is open. */
  readonly keepFile: (paper: string, text: AddressedText) => void;
  readonly dispatch: (message: Message) => void;
  readonly say: (text: string, tone: "info" | "warning" | "error") => void;
}

const breaksOff = "this text is incomplete: its conversion failed · O opens the PDF";

/** Blocks laid out before the first screen, and in each part after it. Parts grow up to `mostOfPart`. */
const blocksAtOnce = 100;
/** A place after so many blocks is shown once it is laid out. */
const mostAtOnce = 400;
const blocksOfPart = 30;
const mostOfPart = 100;

/** What is shown of a text that is read. */
interface Beginning {
  /** The block to begin at; "" for the first. */
  readonly place: string;
  /** How many blocks are shown. */
  shown: number;
}

/** Reads texts of papers for the screen. */
export class Texts {
  readonly #context: TextsContext;
  #reading: AbortController | null = null;
  /** Of texts whose beginning is shown: they go on while a paper is opened that they cite. */
  #filling = new AbortController();
  readonly #ending = new AbortController();

  constructor(context: TextsContext) {
    this.#context = context;
  }

  run(effect: TextEffect): void {
    switch (effect.type) {
      case "read-text":
        void this.#read(effect.paper, effect.textId, effect.keptId ?? null);
        return;
      case "read-reference":
        void this.#readReference(effect.arxiv);
        return;
      case "stop-reading-text":
        this.#reading?.abort();
        return;
      case "stop-filling-text":
        this.#filling.abort();
        this.#filling = new AbortController();
        return;
      case "show-picture":
        void this.#showPicture(effect.address, effect.page);
        return;
      case "show-file":
        void this.#showFile(fileURLToPath(effect.address), "the file");
        return;
      case "keep-place": {
        const error = this.#context.library.keepPlace(effect.paper, effect.title, effect.place);
        if (error !== null) this.#context.say(keptForNow(error), "error");
        return;
      }
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#reading?.abort();
    this.#filling.abort();
    this.#ending.abort();
  }

  async #read(paper: string, textId: string, keptId: string | null): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { dispatch, settings, library } = this.#context;
    const options = textOptions(settings);
    const progress = (words: string) => dispatch({ type: "text-progress", paper, words });
    const place = library.place(paper);
    const beginning: Beginning = { place, shown: 0 };
    try {
      const { fetchText } = await import("../../sources/texts/fetch-text.js");
      const watch: Watch & TextWatch = {
        signal: reading.signal,
        onFirst: (first) => {
          // A text that is left somewhere opens there, so its beginning is of no use.
          if (place !== "" || reading.signal.aborted) return;
          this.#show(paper, first, beginning, first.text.blocks.length, false);
          this.#fills(reading);
        },
        onWait: (milliseconds, why) =>
          progress(milliseconds < 500 ? why : `${why} in ${Math.ceil(milliseconds / 1_000)} s`),
        onReading: () => progress("reading the text"),
        onProgress: (bytes) => progress(`fetching the text · ${thousands(Math.ceil(bytes / 1_000))} kB`),
      };
      const found = await fetchText(textId, options, watch, keptId);
      if (reading.signal.aborted) return;
      if (found.ok) {
        this.#fills(reading);
        await this.#fill(paper, found, beginning, reading.signal);
        this.#warn(found);
        this.#context.keepFile(paper, { text: found.text, address: found.address });
      } else if (beginning.shown > 0) this.#end(paper, found.reason);
      else dispatch({ type: "text-failed", paper, reason: found.reason });
    } catch (error) {
      if (reading.signal.aborted) return;
      if (beginning.shown > 0) {
        this.#end(paper, String(error));
        return;
      }
      const isKnown = error instanceof FetchError || error instanceof SourceError;
      const reason = isKnown ? error.message : `the text cannot be read: ${error}`;
      dispatch({ type: "text-failed", paper, reason });
    }
  }

  /** From now on a reading is one that fills an open text: the next one leaves it alone. */
  #fills(reading: AbortController): void {
    this.#filling.signal.addEventListener("abort", () => reading.abort(), { once: true });
    if (this.#reading === reading) this.#reading = null;
  }

  /** Shows a text from its beginning, or from around where it was left, then the rest in parts. */
  async #fill(paper: string, found: AddressedText, beginning: Beginning, signal: AbortSignal): Promise<void> {
    const { text } = found;
    const count = text.blocks.length;
    if (beginning.shown === 0) {
      const left =
        beginning.place === "" ? 0 : text.blocks.findIndex((one) => anchorsOf(one).includes(beginning.place));
      const until = (left > mostAtOnce ? 0 : Math.max(0, left)) + blocksAtOnce;
      this.#show(paper, found, beginning, until, until >= count);
    }
    const turns = new EventLoopTurns();
    for (let step = blocksOfPart; beginning.shown < count; step = Math.min(2 * step, mostOfPart)) {
      await setImmediate();
      await turns.take();
      if (signal.aborted) return;
      const blocks = text.blocks.slice(beginning.shown, beginning.shown + step);
      beginning.shown += blocks.length;
      const isLast = beginning.shown >= count;
      const { isTruncated } = text;
      this.#context.dispatch({
        type: "text-more",
        paper,
        blocks,
        isLast,
        isTruncated: isLast && isTruncated,
        marks: this.#marksOf(blocks),
      });
      if (isLast && isTruncated) this.#context.say(breaksOff, "info");
    }
  }

  /** Ends a text whose rest could not be read. */
  #end(paper: string, reason: string): void {
    this.#context.dispatch({
      type: "text-more",
      paper,
      blocks: [],
      isLast: true,
      isTruncated: true,
      marks: {},
    });
    this.#context.say(`the rest of this text cannot be read: ${reason}`, "warning");
  }

  #show(paper: string, found: AddressedText, beginning: Beginning, until: number, isWhole: boolean): void {
    const { address } = found;
    const { hasLostFormulas } = found.text;
    const blocks = found.text.blocks.slice(0, until);
    const isTruncated = isWhole && found.text.isTruncated;
    beginning.shown = blocks.length;
    this.#context.dispatch({
      type: "text-read",
      paper,
      text: { ...found.text, blocks, isTruncated },
      isWhole,
      address,
      marks: this.#marksOf(blocks),
      place: beginning.place,
      note: hasLostFormulas
        ? "only plain text was found: its formulas are garbled · o opens its page"
        : isTruncated
          ? breaksOff
          : null,
    });
  }

  #marksOf(blocks: readonly Block[]): Record<string, number> {
    const marks: Record<string, number> = {};
    for (const block of blocks) {
      const id = arxivOfReference(block);
      if (id !== null) marks[id] = this.#context.library.bits(id);
    }
    return marks;
  }

  async #readReference(arxiv: string): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { dispatch, readPaper, library } = this.#context;
    let found: Paper | null = null;
    const show = (paper: Paper) =>
      dispatch({ type: "reference-read", paper: arxiv, found: { paper, bits: library.bits(paper.id) } });
    try {
      found = (await knownPapers(new Set([arxiv]))).get(arxiv) ?? null;
      if (found === null || !hasDetails(found)) {
        const listing = await readPaper(arxiv, {
          signal: reading.signal,
          progress: (said) =>
            dispatch({ type: "text-progress", paper: arxiv, words: `asking arXiv · ${said}` }),
        });
        const at = listing.indexOf(arxiv);
        if (at >= 0) found = listing.paper(at);
      }
      if (reading.signal.aborted) return;
      if (found !== null) show(found);
      else dispatch({ type: "text-failed", paper: arxiv, reason: `arXiv does not know ${arxiv}` });
    } catch (error) {
      if (reading.signal.aborted) return;
      if (found !== null) {
        show(found);
        return;
      }
      const isKnown = error instanceof FetchError || error instanceof SourceError;
      const reason = isKnown ? error.message : `this reference cannot be looked up: ${error}`;
      dispatch({ type: "text-failed", paper: arxiv, reason });
    }
  }

  async #showFile(path: string, what: string): Promise<void> {
    const failure = await openFile(path, process.env, process.platform);
    if (failure === null) this.#context.say(`opened ${what}`, "info");
    else this.#context.say(`${failure}: ${what} is ${clean(path)}`, "warning");
  }

  async #showPicture(address: string, page: string): Promise<void> {
    const { say, settings } = this.#context;
    try {
      const { fetchPicture, localPicture } = await import("../../sources/texts/picture.js");
      if (address.startsWith("file:")) {
        const path = fileURLToPath(address);
        const picture = localPicture(path);
        if (picture === null) say(`there is no picture ${clean(path)} (PNG, JPEG, GIF, WebP)`, "warning");
        else await this.#showFile(picture, "the picture");
        return;
      }
      say("fetching the picture", "info");
      const { signal } = this.#ending;
      const path = await fetchPicture(address, page, textOptions(settings), { signal });
      await this.#showFile(path, "the picture");
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      say(clean(error instanceof Error ? error.message : String(error)), "warning");
    }
  }

  /** Says that a text could not be written to the cache; it is on the screen all the same. */
  #warn(found: FoundPaperText): void {
    if (found.ok && found.notKept !== null) this.#context.say(clean(found.notKept), "warning");
  }
}
