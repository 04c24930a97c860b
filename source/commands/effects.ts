import type { Library } from "../library/library.js";
import type { Listing } from "../papers/listing.js";
import type { Effect, Message } from "../reader/messages.js";
import type { Notice } from "../reader/model.js";
import { SourceError } from "../sources/source.js";
import type { TerminalSession } from "../terminal/session.js";
import { suspend } from "../terminal/suspend.js";
import { Loading } from "./loading.js";
import { marksOf } from "./marks-of.js";
import type { Reading } from "./reading.js";
import { Searching } from "./searching.js";
import { Taking } from "./taking.js";

export interface World {
  readonly library: Library;
  readonly session: TerminalSession;
  readonly reading: Reading;
  /** Opens another source. Rejects with a SourceError where it cannot be. */
  readonly open: (named: readonly string[]) => Promise<Reading>;
  /** Puts another source on the screen, as the reader left it. */
  readonly turnTo: (reading: Reading) => void;
  /** The listing on the screen. */
  readonly listing: () => Listing;
  /** Writes to the terminal, where it is ours. */
  readonly write: (text: string) => void;
  readonly dispatch: (message: Message) => void;
  readonly redraw: () => void;
}

/** Carries out what `update` asks of the world, and sends back what came of it. */
export class Effects {
  readonly #world: World;
  readonly #loading: Loading;
  readonly #taking: Taking;
  readonly #searching: Searching;
  #dwelling: NodeJS.Timeout | undefined;
  /** The paper whose clock runs. */
  #lookedAt: { readonly paper: string; readonly seconds: number } | null = null;
  #end: (code: number) => void = () => {};
  #break: (error: unknown) => void = () => {};
  /** Settles when the reader leaves, with the exit code, or with what went wrong. */
  readonly ended: Promise<number>;

  constructor(world: World) {
    this.#world = world;
    this.#loading = new Loading(world.reading, {
      show: (listing, adds) => this.#show(listing, adds),
      say: (text, tone) => this.#say(text, tone),
      working: (text) => world.dispatch({ type: "working", text }),
      fail: (error) => this.fail(error),
    });
    this.#taking = new Taking({
      library: world.library,
      listing: world.listing,
      write: world.write,
      say: (text, tone) => this.#say(text, tone),
      dispatch: world.dispatch,
    });
    this.#searching = new Searching(world.dispatch, (error) =>
      this.#say(`the search failed: ${error instanceof Error ? error.message : error}`, "error"),
    );
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#break = reject;
    });
  }

  /** Leaves the screen. */
  quit(code: number): void {
    clearTimeout(this.#dwelling);
    this.#loading.cancel();
    this.#searching.close();
    this.#end(code);
  }

  /** Leaves the screen because of an error that nothing else has taken care of. */
  readonly fail = (error: unknown): void => {
    clearTimeout(this.#dwelling);
    this.#break(error);
  };

  /** Brings in what the source has now, behind what is shown already. */
  renew(): void {
    void this.#loading.renew();
  }

  readonly run = (effect: Effect): void => {
    const { library, session, dispatch, redraw } = this.#world;
    switch (effect.type) {
      case "record": {
        const { error } = library.record(effect.label, effect.papers, effect.keep);
        dispatch({ type: "recorded", label: effect.label, quiet: effect.quiet, error });
        return;
      }
      case "undo":
      case "redo":
        this.#revert(effect.type);
        return;
      case "dwell":
        this.#lookedAt = effect;
        this.#startClock();
        return;
      case "stop-dwelling":
        this.#lookedAt = null;
        clearTimeout(this.#dwelling);
        return;
      case "open":
        void this.#taking.open(effect.url, effect.what);
        return;
      case "copy":
        void this.#taking.copy(effect.text, effect.what);
        return;
      case "copy-written":
        void this.#taking.copyWritten(effect.at, effect.format);
        return;
      case "export":
        void this.#taking.export(effect.path, effect.format, effect.rows, effect.overwrite);
        return;
      case "refresh":
        void this.#loading.refresh();
        return;
      case "more":
        void this.#loading.more();
        return;
      case "cancel":
        this.#loading.cancel();
        return;
      case "search":
        this.#searching.search(this.#world.listing(), effect.text);
        return;
      case "walk":
        void this.#loading.walk(effect.step);
        return;
      case "open-source":
        void this.#openSource(effect.name);
        return;
      case "redraw":
        redraw();
        return;
      case "suspend":
        clearTimeout(this.#dwelling);
        suspend(
          session,
          () => {
            redraw();
            this.#startClock();
          },
          () => this.#say("this system cannot suspend a program", "warning"),
        );
        return;
      case "quit":
        this.quit(0);
        return;
    }
  };

  /** Starts the clock of the paper looked at from the beginning: time in the shell is no reading. */
  #startClock(): void {
    clearTimeout(this.#dwelling);
    if (!this.#lookedAt) return;
    const { paper, seconds } = this.#lookedAt;
    this.#dwelling = setTimeout(() => {
      this.#lookedAt = null;
      this.#world.dispatch({ type: "dwelled", paper });
    }, seconds * 1_000);
    // Looking at a paper keeps nobody from leaving.
    this.#dwelling.unref();
  }

  #revert(which: "undo" | "redo"): void {
    const { library, dispatch } = this.#world;
    const done = which === "undo" ? library.undo() : library.redo();
    if (!done) {
      this.#say(`nothing to ${which}`, "info");
      return;
    }
    const verb = which === "undo" ? "undid" : "redid";
    dispatch({ type: "reverted", verb, label: done.change.label, papers: done.papers, error: done.error });
  }

  /** Opens another source, or says why it cannot be and stays. */
  async #openSource(name: string): Promise<void> {
    try {
      const reading = await this.#world.open(name.split("\n"));
      this.#world.turnTo(reading);
      this.#loading.turnTo(reading);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.#say(error.message, "error");
    }
  }

  #show(listing: Listing, adds: boolean): void {
    this.#world.dispatch({ type: "loaded", listing, marks: marksOf(listing, this.#world.library), adds });
  }

  #say(text: string, tone: Notice["tone"]): void {
    this.#world.dispatch({ type: "noticed", notice: { text, tone } });
  }
}
