import type { Library } from "../library/library.js";
import type { Listing } from "../papers/listing.js";
import type { Effect, Message } from "../reader/messages.js";
import type { Notice } from "../reader/model.js";
import { openUrl } from "../terminal/open-url.js";
import type { TerminalSession } from "../terminal/session.js";
import { suspend } from "../terminal/suspend.js";
import { thousands } from "../text/numbers.js";

/** How a listing that is shown stands to what its source has now. */
export type Standing = "current" | "kept" | "stand-in";

/** Reads the listing of another day. Resolves to `null` where none further has papers. */
export type Walk = (step: 1 | -1) => Promise<Listing | null>;

export interface World {
  readonly library: Library;
  readonly session: TerminalSession;
  /** Reads the listing anew. Rejects where it cannot be read. */
  readonly load: () => Promise<Listing>;
  /** The listing of the nearest day before or after that has papers; `null` where the source has no days. */
  readonly walk: Walk | null;
  readonly dispatch: (message: Message) => void;
  readonly redraw: () => void;
}

/** Carries out what `update` asks of the world, and sends back what came of it. */
export class Effects {
  readonly #world: World;
  #dwelling: NodeJS.Timeout | undefined;
  /** The paper whose clock runs. */
  #lookedAt: { readonly paper: string; readonly seconds: number } | null = null;
  #end: (code: number) => void = () => {};
  #break: (error: unknown) => void = () => {};
  /** A listing that was fetched and waits for the reader to ask for it. */
  #waiting: Listing | null = null;
  /** Settles when the reader leaves, with the exit code, or with what went wrong. */
  readonly ended: Promise<number>;

  constructor(world: World) {
    this.#world = world;
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#break = reject;
    });
  }

  /** Leaves the screen. */
  quit(code: number): void {
    clearTimeout(this.#dwelling);
    this.#end(code);
  }

  /** Leaves the screen because of an error that nothing else has taken care of. */
  readonly fail = (error: unknown): void => {
    clearTimeout(this.#dwelling);
    this.#break(error);
  };

  readonly run = (effect: Effect): void => {
    const { library, session, dispatch, redraw } = this.#world;
    switch (effect.type) {
      case "record": {
        const { error } = library.record(effect.label, effect.papers);
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
        void this.#open(effect.url, effect.what);
        return;
      case "refresh":
        void this.#refresh();
        return;
      case "walk":
        void this.#walk(effect.step);
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

  async #open(url: string, what: string): Promise<void> {
    const failure = await openUrl(url, process.env, process.platform);
    if (failure === null) this.#say(`opened ${what}`, "info");
    else this.#say(`not opened, ${failure}: ${url}`, "warning");
  }

  /**
   * Fetches what its source has now behind a listing that is shown already. Where that brings new
   * papers they wait for `r`, so that nothing moves under the reader's eyes; in place of what only
   * stands in, they are shown at once.
   */
  async renew(shown: Listing, standing: Standing): Promise<void> {
    try {
      const listing = await this.#world.load();
      const fresh = newPapers(shown, listing);
      const isUnread = standing === "kept" && shown.size > 0 && fresh > 0;
      if (!isUnread) return this.#show(listing, standing === "stand-in" ? counted(listing.size) : null);
      this.#waiting = listing;
      this.#say(
        `${fresh} new ${fresh === 1 ? "paper" : "papers"}: r shows ${fresh === 1 ? "it" : "them"}`,
        "info",
      );
    } catch (error) {
      this.#tell(error, standing === "stand-in" && shown.size > 0 ? "this is the bundled sample" : null);
    }
  }

  async #refresh(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) return this.#show(waiting, counted(waiting.size));
    try {
      const listing = await this.#world.load();
      this.#show(listing, `read anew: ${counted(listing.size)}`);
    } catch (error) {
      this.#tell(error, "still showing what was read before");
    }
  }

  async #walk(step: 1 | -1): Promise<void> {
    const { walk } = this.#world;
    if (!walk) {
      this.#say("this source has no days to walk through", "info");
      return;
    }
    const where = step === 1 ? "after" : "before";
    this.#say(`looking for the day ${where} …`, "info");
    try {
      const listing = await walk(step);
      this.#waiting = null;
      if (listing) this.#show(listing, counted(listing.size));
      else this.#say(`no papers on the days ${where} this one`, "info");
    } catch (error) {
      this.#tell(error, "still showing the day it was");
    }
  }

  /** Puts a listing on the screen; what went wrong with its source is said rather than `said`. */
  #show(listing: Listing, said: string | null): void {
    const { library, dispatch } = this.#world;
    const marks = Uint8Array.from({ length: listing.size }, (_, at) => library.bits(listing.paper(at).id));
    dispatch({ type: "loaded", listing, marks });
    const [problem] = listing.problems;
    if (problem && problem.line === null) this.#say(problem.message, "warning");
    else if (said !== null) this.#say(said, "info");
  }

  #tell(error: unknown, then: string | null): void {
    const why = (error as Error).message.replace(/\n/g, " ");
    this.#say([why, then, "r tries again"].filter((one) => one !== null).join(" · "), "error");
  }

  #say(text: string, tone: Notice["tone"]): void {
    this.#world.dispatch({ type: "noticed", notice: { text, tone } });
  }
}

function newPapers(shown: Listing, listing: Listing): number {
  let count = 0;
  for (let at = 0; at < listing.size; at += 1) if (shown.indexOf(listing.paper(at).id) < 0) count += 1;
  return count;
}

function counted(size: number): string {
  return size === 1 ? "1 paper" : `${thousands(size)} papers`;
}
