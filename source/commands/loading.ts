import { type Listing, mostObjects, type Problem } from "../papers/listing.js";
import type { Notice } from "../reader/model.js";
import { SourceError } from "../sources/source.js";
import type { Watched } from "../sources/watched.js";
import { thousands } from "../text/numbers.js";
import type { Reading, Standing } from "./reading.js";

/** What loading a listing tells the screen. */
export interface Told {
  /** Puts a listing on the screen; `adds`: one that goes on where the one before ended. */
  readonly show: (listing: Listing, adds: boolean) => void;
  /** Whether a filter is on, or being typed. */
  readonly isFiltered: () => boolean;
  readonly say: (text: string, tone: Notice["tone"]) => void;
  readonly working: (text: string | null) => void;
  /** Leaves the screen with an error. */
  readonly fail: (error: unknown) => void;
}

/** What takes no longer than this, in milliseconds, is not told to be under way. */
const felt = 150;
/** How long a further page is not asked for again that could not be had, in milliseconds. */
const afterFailure = 10_000;
/** How often progress is told, in milliseconds. */
const tick = 100;
/**
 * A listing of which so many papers are there is shown while the rest is read, and again whenever it has
 * become twice as long: what is done with each (marks, rows, a search) takes no longer in all than once
 * with the whole.
 */
const worthShowing = mostObjects + 1;

/** Reads a source behind the screen: one thing at a time, each can be called off. */
export class Loading {
  readonly #told: Told;
  #reading: Reading;
  #standing: Standing;
  #shown: Listing;
  #task: AbortController | null = null;
  /** A listing that was fetched and waits for the reader to ask for it. */
  #waiting: Listing | null = null;
  /** Before this moment, in milliseconds since 1970, no further page is asked for. */
  #nextMore = 0;
  /** What went wrong last, as a problem of the listing that is shown. */
  #failure: Problem | null = null;
  /** Whether the source is the one the program was started with. */
  #isFirst = true;

  constructor(reading: Reading, told: Told) {
    this.#told = told;
    this.#reading = reading;
    this.#standing = reading.atOnce.standing;
    this.#shown = reading.atOnce.listing;
  }

  /** Goes over to another source, whose listing is on the screen already. */
  turnTo(reading: Reading): void {
    this.cancel();
    // What comes of it is the old source's and has no place on the screen any more.
    this.#task = null;
    this.#told.working(null);
    this.#isFirst = false;
    this.#reading = reading;
    this.#standing = reading.atOnce.standing;
    this.#shown = reading.atOnce.listing;
    this.#waiting = null;
    void this.renew();
  }

  /** Calls off what is under way. */
  cancel(): void {
    this.#task?.abort();
  }

  /**
   * Reads what its source has now behind a listing that is shown already. Where that brings new
   * papers they wait for `r`, so that nothing moves under the reader's eyes; in place of what only
   * stands in, they are shown at once.
   */
  async renew(): Promise<void> {
    const standing = this.#standing;
    const shown = this.#shown;
    if (standing === "current") return;
    const isStandIn = standing === "stand-in";
    await this.#run(
      (watched) =>
        this.#reading.load(
          this.#wanted,
          isStandIn && shown.size === 0
            ? { ...watched, grown: (size, soFar) => this.#showSoFar(size, soFar, watched) }
            : watched,
          shown,
        ),
      (listing) => {
        if (isStandIn) return this.#show(listing, counted(listing.size));
        if (this.#isShorter(listing)) return;
        const fresh = newPapers(shown, listing);
        if (fresh === 0 || shown.size === 0) return this.#show(listing, null);
        this.#waiting = listing;
        const [papers, them] = fresh === 1 ? ["paper", "it"] : ["papers", "them"];
        this.#told.say(`${thousands(fresh)} new ${papers}: r shows ${them}`, "info");
      },
      { otherwise: isStandIn && shown.size > 0 ? "this is the bundled sample" : null, isStart: true },
    );
  }

  /** Shows what waits, or reads the source anew. */
  async refresh(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) return this.#show(waiting, counted(waiting.size));
    if (this.#task !== null) {
      this.#told.say("it is being read already · Esc stops that", "info");
      return;
    }
    await this.#run(
      (watched) => this.#reading.load(this.#wanted, watched, this.#shown),
      (listing) => {
        if (!this.#isShorter(listing)) this.#show(listing, `read anew: ${counted(listing.size)}`);
      },
      { otherwise: this.#shown.size > 0 ? "still showing what was read before" : null },
    );
  }

  /** Reads the next page of a listing that goes on. */
  async more(): Promise<void> {
    // Every step at the end asks for more: a server that has just failed is left in peace for a while.
    if (this.#task !== null || Date.now() < this.#nextMore) return;
    const before = this.#shown.size;
    this.#nextMore = Date.now() + afterFailure;
    await this.#run(
      (watched) => this.#reading.more(before, watched),
      (listing) => {
        if (!listing.isCut) this.#nextMore = 0;
        this.#show(listing, `${counted(Math.max(0, listing.size - before))} more`, true);
      },
      { otherwise: "these are the papers read before" },
    );
  }

  /** Reads the day before or after. */
  async walk(step: 1 | -1): Promise<void> {
    const { walk } = this.#reading;
    if (!walk) {
      this.#told.say("this source has no days to walk through", "info");
      return;
    }
    const where = step === 1 ? "after" : "before";
    await this.#run(
      (watched) => walk(step, watched),
      (listing) => {
        this.#waiting = null;
        if (listing) this.#show(listing, counted(listing.size));
        else this.#told.say(`no papers on the days ${where} this one`, "info");
      },
      { otherwise: "still showing the day it was", what: `looking for the day ${where}` },
    );
  }

  /** How many papers to read of a listing that goes on: not fewer than are on the screen. */
  get #wanted(): number {
    return this.#standing === "stand-in" ? 0 : this.#shown.size;
  }

  /** Whether a listing broke off before what is shown already; says so, and nothing is taken away. */
  #isShorter({ isCut, size, problems }: Listing): boolean {
    if (!isCut || size >= this.#shown.size) return false;
    const why = problems[0]?.message.split(":")[0] ?? "reading broke off";
    this.#told.say(`${why} · still showing what was read before · r tries again`, "warning");
    return true;
  }

  /**
   * Does what takes its time, in place of what was under way, and tells how it goes. What comes of
   * it is taken over only where nothing else was begun meanwhile.
   * @param otherwise what is shown where it fails
   */
  async #run<Result>(
    work: (watched: Watched) => Promise<Result>,
    take: (result: Result) => void,
    { otherwise, what, isStart = false }: { otherwise: string | null; what?: string; isStart?: boolean },
  ): Promise<void> {
    this.#task?.abort();
    const task = new AbortController();
    this.#task = task;
    const line = new ProgressLine(
      what ?? `${this.#reading.isLocal ? "reading" : "fetching"} ${this.#shown.name}`,
      (text) => {
        if (this.#task === task) this.#told.working(text);
      },
    );
    try {
      const result = await work({
        signal: task.signal,
        progress: (text) => line.tell(text),
        waiting: (milliseconds, why) => line.wait(milliseconds, why),
      });
      if (this.#task === task) take(result);
    } catch (error) {
      // What was called off for something else, or by leaving, has nothing to say any more.
      if (this.#task === task) this.#tell(error, otherwise, { isCancelled: task.signal.aborted, isStart });
    } finally {
      line.end();
      if (this.#task === task) {
        this.#task = null;
        this.#told.working(null);
      }
    }
  }

  /** Puts the beginning of a long listing on the screen. */
  #showSoFar(size: number, soFar: () => Listing, { signal }: Watched): void {
    if (signal?.aborted || signal !== this.#task?.signal) return;
    if (size < Math.max(worthShowing, 2 * this.#shown.size)) return;
    // Whoever is looking for something is answered for what is there: with every listing that comes the
    // index would be begun anew, and no answer would come before the end.
    if (this.#shown.size > 0 && this.#told.isFiltered()) return;
    const adds = this.#shown.size > 0;
    this.#shown = soFar();
    this.#told.show(this.#shown, adds);
  }

  /** Puts a listing on the screen; what went wrong with its source is said rather than `said`. */
  #show(listing: Listing, said: string | null, addsPage = false): void {
    // What was shown of it on the way stays as it is.
    const adds = addsPage || (listing.packed !== null && listing.packed === this.#shown.packed);
    this.#shown = listing;
    this.#standing = "current";
    this.#told.show(listing, adds);
    const [problem] = listing.problems;
    if (problem && problem.line === null) this.#told.say(problem.message, "warning");
    else if (said !== null) this.#told.say(said, "info");
  }

  /** Adds a failure to what could not be read of the listing, where it can be looked at later. */
  #keepFailure({ message, isOffline }: SourceError): void {
    const before = this.#shown.problems.filter((problem) => problem !== this.#failure);
    this.#failure = { line: null, message };
    const problems = [this.#failure, ...before];
    this.#shown = { ...this.#shown, problems, stale: isOffline ? "offline" : "failed" };
    this.#told.show(this.#shown, true);
  }

  #tell(
    error: unknown,
    otherwise: string | null,
    { isCancelled, isStart }: { readonly isCancelled: boolean; readonly isStart: boolean },
  ): void {
    const isNothing = this.#shown.size === 0 && this.#standing === "stand-in";
    // A file or a pipe that cannot be read ends the program, as it would have before the screen opened.
    const isFatal = isStart && this.#isFirst && this.#reading.isLocal && isNothing && !isCancelled;
    if (!(error instanceof SourceError) || isFatal) {
      this.#told.fail(error);
      return;
    }
    if (!isCancelled) this.#keepFailure(error);
    const why = isCancelled ? "called off" : error.message.replace(/\n/g, " ");
    const again = this.#reading.keepsPlace ? "r tries again" : null;
    const text = [why, otherwise, again].filter((one) => one !== null).join(" · ");
    this.#told.say(text, isCancelled ? "info" : "error");
  }
}

/** What is under way, told after a moment and not too often. */
class ProgressLine {
  readonly #what: string;
  readonly #tell: (text: string) => void;
  #part: string | null = null;
  #last = 0;
  #timer: NodeJS.Timeout;

  constructor(what: string, tell: (text: string) => void) {
    this.#what = what;
    this.#tell = tell;
    this.#timer = setTimeout(() => this.#say(), felt);
    this.#timer.unref();
  }

  tell(part: string): void {
    this.#part = part;
    if (this.#last === 0) return;
    const left = tick - (Date.now() - this.#last);
    clearTimeout(this.#timer);
    if (left <= 0) this.#say();
    else {
      // What is told last stands for as long as nothing else is: it must not be lost between two ticks.
      this.#timer = setTimeout(() => this.#say(), left);
      this.#timer.unref();
    }
  }

  wait(milliseconds: number, why: string): void {
    this.tell(`${why}; again in ${Math.ceil(milliseconds / 1_000)} s`);
    if (this.#last > 0) this.#say();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#last = Date.now();
    this.#tell([this.#what, this.#part].filter((one) => one !== null).join(" · "));
  }
}

function newPapers(shown: Listing, listing: Listing): number {
  let count = 0;
  for (let at = 0; at < listing.size; at += 1) if (shown.indexOf(listing.id(at)) < 0) count += 1;
  return count;
}

function counted(size: number): string {
  return size === 1 ? "1 paper" : `${thousands(size)} papers`;
}
