import { setImmediate } from "node:timers/promises";
import type { ExportFormat } from "../../exports/index.js";
import type { Library } from "../../library/library.js";
import type { Listing } from "../../papers/listing.js";
import type { Message, WrittenPart } from "../../reader/messages.js";
import type { Notice, Rows } from "../../reader/model.js";
import { EventLoopTurns } from "../../sources/yield-to-event-loop.js";
import { clipboardSequence, copyWithTools } from "../../terminal/clipboard.js";
import { openUrl } from "../../terminal/open-url.js";
import { cutToWidth } from "../../text/cells.js";
import { clean } from "../../text/clean.js";
import { fromHome, ownFolders, toHome } from "../environment.js";
import { mostNoted, noteExported } from "../interest/note-exported.js";
import { freeName, type Protected, whyProtected } from "./export-target.js";
import { writingFile } from "./write-file.js";

/** Where what is taken along comes from and goes to. */
export interface TakingContext {
  readonly library: Library;
  readonly listing: () => Listing;
  /** Absolute paths of the files opened so far. */
  readonly openFiles: () => readonly string[];
  /** Writes to the terminal, where it is ours. */
  readonly write: (text: string) => void;
  readonly say: (text: string, tone: Notice["tone"]) => void;
  readonly dispatch: (message: Message) => void;
}

/** Cells of what was copied that the footer shows. */
const shownCells = 60;

/** Resolves when keys that have come were read and the screen was drawn. */
async function drawn(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

/** Takes papers out of the program: to the clipboard, to the browser, to a file. */
export class CopyAndExport {
  readonly #context: TakingContext;
  /** Stops the export that is under way. */
  #stop: (() => void) | null = null;

  constructor(context: TakingContext) {
    this.#context = context;
  }

  /** Copies a text and says what it was. */
  async copy(text: string, what: string): Promise<void> {
    await this.#toClipboard(text);
    const [first = ""] = text.split("\n");
    const shown = clean(first) === "" ? "" : `: ${cutToWidth(clean(first), shownCells)}`;
    this.#context.say(`copied ${what}${shown}`, "info");
  }

  /** Copies a part of a paper that has to be written first. */
  async copyWritten(at: number, part: WrittenPart): Promise<void> {
    const paper = this.#context.listing().paper(at);
    const bits = this.#context.library.bits(paper.id);
    // The writers are loaded when the first paper leaves; another listing may be there by then.
    const { citationKeys, exportPaper } = await import("../../exports/index.js");
    switch (part) {
      case "bibtex":
        return this.copy(exportPaper({ paper, bits }, "bibtex"), "the BibTeX entry");
      case "markdown":
        return this.copy(exportPaper({ paper, bits }, "markdown").trimEnd(), "Markdown");
      case "key":
        return this.copy(citationKeys([paper])[0] ?? "", "the cite key");
    }
  }

  /** Opens an address in the browser, or copies it where no browser can be shown. */
  async open(url: string, what: string): Promise<void> {
    const { env, platform } = process;
    const isRemote = Boolean(env.SSH_CONNECTION || env.SSH_TTY);
    const failure =
      isRemote && !env.BROWSER
        ? "there is no browser over SSH (set BROWSER)"
        : await openUrl(url, env, platform);
    if (failure === null) {
      this.#context.say(`opened ${what}`, "info");
      return;
    }
    await this.#toClipboard(url);
    this.#context.say(`${failure}: the link is copied · ${url}`, "warning");
  }

  /**
   * Writes papers to a file. Keys are read and the screen is drawn meanwhile: many papers take seconds.
   */
  async export(path: string, format: ExportFormat, rows: Rows, overwrite: boolean): Promise<void> {
    const { library, listing, dispatch } = this.#context;
    const shown = listing();
    // Made as they are written: all at once may be more than the memory holds.
    const papers = {
      *[Symbol.iterator]() {
        for (const at of rows) yield { paper: shown.paper(at), bits: library.bits(shown.id(at)) };
      },
    };
    const { exportPieces } = await import("../../exports/index.js");
    // What is looked up before the first paper is written waits for the first step too.
    const pieces = {
      *[Symbol.iterator]() {
        yield "";
        yield* exportPieces(papers, format);
      },
    };
    const target = fromHome(path);
    const failure = whyProtected(target, this.#protected) ?? (await this.#write(target, pieces, overwrite));
    // A whole listing says nothing about what a reader likes; a choice of its papers does.
    if (failure === null && rows.length <= mostNoted && rows.length < shown.size) {
      noteExported(
        library,
        Array.from(rows, (at) => shown.paper(at)),
      );
    }
    // With its folder: people look for the file later, from elsewhere.
    const place = failure === null ? toHome(target) : path;
    dispatch({ type: "exported", path, place, count: rows.length, failure });
  }

  /** Stops the export that is under way, if one is: nothing is left of it. */
  stopExport(): void {
    this.#stop?.();
  }

  async #write(target: string, pieces: Iterable<string>, overwrite: boolean): Promise<string | null> {
    const steps = writingFile(target, pieces, { overwrite });
    const turns = new EventLoopTurns();
    let isStopped = false;
    this.#stop = () => {
      isStopped = true;
    };
    try {
      // So that what is being done is on the screen before it takes its time.
      await drawn();
      for (;;) {
        const { done, value } = steps.next();
        // Keys pressed during the last step were meant for this screen, not for the next.
        if (done) await drawn();
        if (done) return value;
        await turns.take();
        if (isStopped) return "stopped";
      }
    } finally {
      steps.return(null);
      this.#stop = null;
    }
  }

  /** Proposes the name of a file to export to that nothing has yet. */
  propose(stem: string, ending: string): void {
    this.#context.dispatch({ type: "file-proposed", name: freeName(stem, ending, this.#protected) });
  }

  get #protected(): Protected {
    return { sources: this.#context.openFiles(), ownFolders: ownFolders() };
  }

  async #toClipboard(text: string): Promise<void> {
    this.#context.write(clipboardSequence(text, process.env));
    await copyWithTools(text, process.env, process.platform);
  }
}
