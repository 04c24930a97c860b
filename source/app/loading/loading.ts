import { type Listing, mostObjects, type Problem } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page.js";
import type { Notice } from "../../reader/model.js";
import { type Source, SourceError } from "../../sources/source.js";
import type { Watched } from "../../sources/watched.js";
import { counted, thousands } from "../../text/numbers.js";
import { isDay, newPapers, waitingText } from "./listing-words.js";
import { ProgressLine } from "./progress-line.js";
import type { Freshness, Reading } from "./reading.js";

/** What loading a listing reports to the screen. */
export interface LoadingCallbacks {
  /** Puts a listing on the screen; `adds`: one that goes on where the one before ended. */
  readonly show: (listing: Listing, adds: boolean) => void;
  /** Whether a filter is on, or being typed. */
  readonly isFiltered: () => boolean;
  /** Whether the person has pressed a key since the listing on the screen came there. */
  readonly isUsed: () => boolean;
  /** How many papers that are not on the screen are in a listing that waits for `r`; 0 where none waits. */
  readonly waits: (papers: number) => void;
  readonly say: (text: string, tone: Notice["tone"]) => void;
  readonly working: (text: string | null) => void;
  /** Leaves the screen with an error. */
  readonly fail: (error: unknown) => void;
}

/** Brings the listing before back to the screen, with something to say and the name of what was left, if it can be opened again. */
export type ShowAgain = (said: Notice | null, left: string | null) => void;

/** A source that another one has taken the place of, as it was. */
interface Former {
  readonly reading: Reading;
  readonly freshness: Freshness;
  readonly shown: Listing;
  readonly walked: Source | null;
  readonly isToRenew: boolean;
  readonly isInterrupted: boolean;
  readonly waiting: Listing | null;
  readonly showAgain: ShowAgain;
}

/** How long a page that failed is not asked for again, in milliseconds. */
const afterFailure = 10_000;
/**
 * A listing of which so many papers are there is shown while the rest is read, and again whenever it has
 * become twice as long: what is done with each (marks, rows, a search) takes no longer in all than once
 * with the whole.
 */
const worthShowing = mostObjects + 1;

/** Reads a source in the background: one task at a time, each can be cancelled. */
export class Loading {
  readonly #callbacks: LoadingCallbacks;
  #reading: Reading;
  #freshness: Freshness;
  #shown: Listing;
  #task: AbortController | null = null;
  /** A listing that was fetched and waits for the reader to ask for it. */
  #waiting: Listing | null = null;
  /** The day that was walked to and is on the screen; `null` where that is what was opened. */
  #walked: Source | null = null;
  /** Whether what was opened has yet to be read as its source has it now. */
  #isToRenew: boolean;
  /** Before this moment, in milliseconds since 1970, no further page is asked for. */
  #nextMore = 0;
  /** What went wrong last, as a problem of the listing that is shown. */
  #failure: Problem | null = null;
  /** Whether the person has taken in what waited: from then on nothing is shown that they did not ask for. */
  #hasTaken = false;
  /** Whether the source is the one the program was started with. */
  #isFirst = true;
  /** What to go back to while the source that was opened after it has no papers to show. */
  #former: Former | null = null;

  constructor(reading: Reading, callbacks: LoadingCallbacks) {
    this.#callbacks = callbacks;
    this.#reading = reading;
    this.#freshness = reading.atOnce.freshness;
    this.#shown = reading.atOnce.listing;
    this.#isToRenew = this.#freshness !== "current";
  }

  /**
   * Goes over to another source, whose listing is on the screen already.
   * @param showAgain brings back what was on the screen before
   */
  openReading(reading: Reading, showAgain: ShowAgain): void {
    // Of several that showed nothing, the last one that had papers is gone back to.
    if (this.#former === null || this.#shown.size > 0) {
      this.#former = {
        reading: this.#reading,
        freshness: this.#freshness,
        shown: this.#shown,
        walked: this.#walked,
        isToRenew: this.#isToRenew,
        isInterrupted: this.#task !== null,
        waiting: this.#waiting,
        showAgain,
      };
    }
    this.cancel();
    // What comes of it is the old source's and has no place on the screen any more.
    this.#task = null;
    this.#callbacks.working(null);
    this.#isFirst = false;
    this.#hasTaken = false;
    this.#reading = reading;
    this.#freshness = reading.atOnce.freshness;
    this.#shown = reading.atOnce.listing;
    this.#walked = null;
    this.#isToRenew = this.#freshness !== "current";
    this.#wait(null);
    if (this.#shown.size === 0 && !this.#isToRenew) this.#callbacks.say(this.#nothingHere(), "info");
    void this.renew();
  }

  /** Whether what is opened is the morning. */
  get isMorning(): boolean {
    return this.#reading.isMorning === true;
  }

  /** Calls off what is under way. */
  cancel(): void {
    this.#task?.abort();
  }

  /** One step back: calls off what is under way, or leaves a listing without papers for the one before. */
  back(): void {
    if (this.#task !== null) this.cancel();
    else if (this.#shown.size === 0) this.#goBack(null);
  }

  /** That there are no papers, and the way back. */
  #nothingHere(): string {
    const name = this.#former?.shown.name;
    return name === undefined ? "no papers" : `no papers · Esc goes back to ${name}`;
  }

  /** Shows the listing before again. Returns whether there was one. */
  #goBack(said: Notice | null): boolean {
    const former = this.#former;
    if (former === null) return false;
    const left = this.#reading.keepsPlace ? this.#reading.name : null;
    this.#former = null;
    this.#task = null;
    this.#reading = former.reading;
    this.#freshness = former.freshness;
    this.#shown = former.shown;
    this.#walked = former.walked;
    this.#isToRenew = former.isToRenew;
    former.showAgain(said, left);
    this.#wait(former.waiting);
    if (former.isInterrupted) void this.renew();
    return true;
  }

  /**
   * Reads what its source has now after a listing that is shown already. Where that brings new papers
   * they wait for `r`, so that nothing moves under the reader's eyes. Only what is another listing than
   * the one on the screen, a newer day or the first one after the sample, is shown at once, as long as
   * no key was pressed on that.
   */
  async renew(): Promise<void> {
    if (!this.#isToRenew) return;
    const shown = this.#shown;
    const isStandIn = this.#freshness === "stand-in";
    await this.#run(
      (watched) => {
        const isEmpty = isStandIn && shown.size === 0;
        return this.#reading.load(
          this.#wanted,
          {
            ...watched,
            grown: isEmpty ? (size, soFar) => this.#showSoFar(size, soFar, watched) : undefined,
            joined: (listing) => {
              if (!watched.signal?.aborted && watched.signal === this.#task?.signal)
                this.#join(listing, false);
            },
          },
          shown,
        );
      },
      (listing) => {
        this.#isToRenew = false;
        if (this.#reading.isMorning) return this.#join(listing, true);
        if (shown.size === 0) return this.#show(listing, counted(listing.size, "paper"));
        if (!isStandIn && this.#isShorter(listing)) return;
        const isOther = isStandIn || this.#walked !== null || listing.day !== shown.day;
        if (newPapers(shown, listing) === 0 && this.#walked === null) return this.#show(listing, null);
        if (isOther && !this.#callbacks.isUsed() && this.#walked === null) {
          return this.#show(listing, counted(listing.size, "paper"));
        }
        this.#wait(listing);
        this.#callbacks.say(waitingText(shown, listing, isOther), "info");
      },
      {
        otherwise: isStandIn && shown.size > 0 ? "showing the bundled sample" : null,
        isStart: true,
        isQuiet: this.#walked !== null,
      },
    );
  }

  /**
   * Takes in what has come of several sources. New papers are shown as long as no key was pressed, and wait
   * from then on.
   * @param isAll whether every source was read
   */
  #join(listing: Listing, isAll: boolean): void {
    const shown = this.#shown;
    const fresh = newPapers(shown, listing);
    const failed = listing.problems.filter(({ isWholeSource }) => isWholeSource);
    const [first, ...others] = failed;
    const failure =
      first === undefined || others.length === 0
        ? (first?.message ?? null)
        : `${counted(failed.length, "source")} failed (! lists them) · ${first.message}`;
    const isInUse = this.#hasTaken || this.#walked !== null || (shown.size > 0 && this.#callbacks.isUsed());
    if (!isInUse && (isAll || fresh > 0)) {
      const said = failure ?? counted(listing.size, "paper");
      this.#show(listing, said, false, null, failure === null ? "info" : "warning");
      return;
    }
    if (fresh > 0) this.#wait(listing);
    else if (isAll && this.#walked === null) this.#show(listing, null);
    if (!isAll) return;
    this.#keepProblems(listing);
    const waits = fresh > 0 ? waitingText(shown, listing, false) : null;
    const said = [waits, failure].filter((one) => one !== null).join(" · ");
    if (said !== "") this.#callbacks.say(said, failure === null ? "info" : "warning");
  }

  /** Gives the listing on the screen the problems of one that waits. */
  #keepProblems({ problems, stale }: Listing): void {
    if (this.#walked !== null || (problems.length === 0 && this.#shown.problems.length === 0)) return;
    this.#shown = { ...this.#shown, problems, stale };
    this.#callbacks.show(this.#shown, true);
  }

  /** Shows what waits, or reads the source anew. */
  async refresh(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting) {
      this.#hasTaken = true;
      return this.#show(waiting, counted(waiting.size, "paper"));
    }
    if (this.#task !== null) {
      this.#callbacks.say("it is being read already · Esc stops that", "info");
      return;
    }
    const shown = this.#shown;
    const walked = this.#walked;
    await this.#run(
      (watched) => this.#reading.load(this.#wanted, watched, shown, walked),
      (listing) => {
        if (this.#isShorter(listing)) return;
        if (walked === null) this.#isToRenew = false;
        const fresh = newPapers(shown, listing);
        this.#show(
          listing,
          `${fresh === 0 ? "nothing new" : `${thousands(fresh)} new`} · ${counted(listing.size, "paper")}`,
          false,
          walked,
        );
      },
      { otherwise: shown.size > 0 ? "still showing what was read before" : null },
    );
  }

  /** Reads the next page of a listing that goes on. */
  async more(): Promise<void> {
    // Every step at the end asks for more: a server that has just failed is left in peace for a while.
    // Of a day all papers are read at once.
    if (this.#task !== null || this.#walked !== null || Date.now() < this.#nextMore) return;
    const before = this.#shown.size;
    this.#nextMore = Date.now() + afterFailure;
    await this.#run(
      (watched) => this.#reading.more(before, watched),
      (listing) => {
        if (!listing.isCut) this.#nextMore = 0;
        const more = Math.max(0, listing.size - before);
        this.#show(listing, more === 0 ? "no more papers" : `${counted(more, "paper")} more`, true);
      },
      { otherwise: "these are the papers read before" },
    );
  }

  /** Reads the day before or after the one that is shown. */
  async walk(step: 1 | -1): Promise<void> {
    const { walk, isLocal } = this.#reading;
    const hasDays = !isLocal || this.#walked !== null || isDay(this.#shown);
    if (!walk || !hasDays) {
      this.#callbacks.say("only Daily Papers have a previous and next day", "info");
      return;
    }
    const { day, size } = this.#shown;
    const where = step === 1 ? "after" : "before";
    await this.#run(
      // The stand-in has no day of this listing.
      (watched) => walk(this.#freshness === "stand-in" ? null : day, step, watched),
      (found) => {
        if (typeof found === "string") return this.#callbacks.say(found, "info");
        const { listing, source, notice } = found;
        this.#show(listing, counted(listing.size, "paper"), false, source);
        if (notice !== null) this.#callbacks.say(notice, "warning");
      },
      {
        otherwise:
          size === 0 ? null : day === null ? "still showing what it was" : `still showing ${showDay(day)}`,
        what: `looking for the day ${where}`,
      },
    );
    // It was under way when the person went elsewhere: what is new is not to be missed for that.
    if (this.#task === null && this.#walked !== null) void this.renew();
  }

  /** How many papers to read of a listing that goes on: not fewer than are on the screen. */
  get #wanted(): number {
    return this.#freshness === "stand-in" ? 0 : this.#shown.size;
  }

  /** Whether a listing broke off before what is shown already; says so, and nothing is taken away. */
  #isShorter({ isCut, size, problems }: Listing): boolean {
    if (!isCut || size >= this.#shown.size) return false;
    const why = problems[0]?.message.split(":")[0] ?? "reading broke off";
    this.#callbacks.say(`still showing what was read before · ${why} · r retries`, "warning");
    return true;
  }

  /**
   * Runs a task in place of the one under way, and shows its progress. Its result is used only where no other
   * task has begun meanwhile.
   * @param otherwise what is shown where it fails
   * @param isQuiet whether a failure is not reported
   */
  async #run<Result>(
    work: (watched: Watched) => Promise<Result>,
    take: (result: Result) => void,
    {
      otherwise,
      what,
      isStart = false,
      isQuiet = false,
    }: { otherwise: string | null; what?: string; isStart?: boolean; isQuiet?: boolean },
  ): Promise<void> {
    this.#task?.abort();
    const task = new AbortController();
    this.#task = task;
    const line = new ProgressLine(
      what ?? `${this.#reading.isLocal ? "reading" : "fetching"} ${this.#shown.name}`,
      (text) => {
        if (this.#task === task) this.#callbacks.working(text);
      },
    );
    try {
      const result = await work({
        signal: task.signal,
        progress: (text) => line.report(text),
        waiting: (milliseconds, why) => line.wait(milliseconds, why),
      });
      if (this.#task === task) take(result);
    } catch (error) {
      // A task that was replaced, or ended by leaving, reports nothing.
      if (this.#task === task && !(isQuiet && error instanceof SourceError)) {
        this.#report(error, otherwise, { isCancelled: task.signal.aborted, isStart });
      }
    } finally {
      line.end();
      if (this.#task === task) {
        this.#task = null;
        this.#callbacks.working(null);
      }
    }
  }

  /** Puts the beginning of a long listing on the screen. */
  #showSoFar(size: number, soFar: () => Listing, { signal }: Watched): void {
    if (signal?.aborted || signal !== this.#task?.signal) return;
    if (size < Math.max(worthShowing, 2 * this.#shown.size)) return;
    // Whoever is looking for something is answered for what is there: with every listing that comes the
    // index would be begun anew, and no answer would come before the end.
    if (this.#shown.size > 0 && this.#callbacks.isFiltered()) return;
    const adds = this.#shown.size > 0;
    this.#shown = soFar();
    this.#callbacks.show(this.#shown, adds);
  }

  /** Keeps a listing until the person asks for it; `null`: none waits. */
  #wait(listing: Listing | null): void {
    this.#waiting = listing;
    this.#callbacks.waits(listing === null ? 0 : newPapers(this.#shown, listing));
  }

  /**
   * Puts a listing on the screen; what went wrong with its source is said rather than `said`.
   * @param walked the day that it is, where one was walked to
   */
  #show(
    listing: Listing,
    said: string | null,
    addsPage = false,
    walked: Source | null = null,
    tone: Notice["tone"] = "info",
  ): void {
    // What was shown of it on the way stays as it is.
    const adds = addsPage || (listing.packed !== null && listing.packed === this.#shown.packed);
    this.#shown = listing;
    this.#freshness = "current";
    this.#walked = walked;
    if (listing.size > 0) this.#former = null;
    this.#callbacks.show(listing, adds);
    // A waiting listing keeps waiting while the person is at another day, until they reach its day.
    if (this.#waiting)
      this.#wait(walked === null || listing.day === this.#waiting.day ? null : this.#waiting);
    const [problem] = listing.problems;
    if (problem && problem.line === null && tone === "info") this.#callbacks.say(problem.message, "warning");
    else if (listing.size === 0 && this.#former) this.#callbacks.say(this.#nothingHere(), "info");
    else if (said !== null) this.#callbacks.say(said, tone);
  }

  /** Adds a failure to what could not be read of the listing, where it can be looked at later. */
  #keepFailure({ message, isOffline }: SourceError): void {
    const before = this.#shown.problems.filter((problem) => problem !== this.#failure);
    this.#failure = { line: null, message, ...(isOffline && { isOffline }) };
    const problems = [this.#failure, ...before];
    this.#shown = { ...this.#shown, problems, stale: isOffline ? "offline" : "failed" };
    this.#callbacks.show(this.#shown, true);
  }

  #report(
    error: unknown,
    otherwise: string | null,
    { isCancelled, isStart }: { readonly isCancelled: boolean; readonly isStart: boolean },
  ): void {
    const isNothing = this.#shown.size === 0 && this.#freshness === "stand-in";
    // A file or a pipe that cannot be read ends the program, as it would have before the screen opened.
    const isFatal = isStart && this.#isFirst && this.#reading.isLocal && isNothing && !isCancelled;
    if (!(error instanceof SourceError) || isFatal) {
      this.#callbacks.fail(error);
      return;
    }
    if (isNothing && this.#former !== null) {
      const { name } = this.#shown;
      const text = isCancelled ? `${name}: cancelled` : error.message.replace(/\n/g, " ");
      const again = this.#reading.keepsPlace ? " · a then Enter retries" : "";
      this.#goBack({ text: text + again, tone: isCancelled ? "info" : "error" });
      return;
    }
    // Who has called it off does not want it begun again.
    if (isCancelled) this.#isToRenew = false;
    else this.#keepFailure(error);
    const said = otherwise === null ? error.message : error.reason;
    const why = isCancelled ? "cancelled" : said.replace(/\n/g, " ");
    const again = this.#reading.keepsPlace ? "r retries" : null;
    // What is shown comes first: where the footer is short, the reason matters less.
    const text = [otherwise, why, again].filter((one) => one !== null).join(" · ");
    this.#callbacks.say(text, isCancelled ? "info" : "error");
  }
}
