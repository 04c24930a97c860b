import { type Listing, mostObjects, type Problem } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page-content.js";
import type { Model, Notice } from "../../reader/model.js";
import { collections } from "../../reader/panels/default-sources.js";
import { type Source, SourceError } from "../../sources/source.js";
import type { Watched } from "../../sources/watched.js";
import { counted, thousands } from "../../text/numbers.js";
import { countMissing, hasSamePapers } from "./compare-listings.js";
import { Steps } from "./days.js";
import { isDay, waitingText } from "./listing-words.js";
import { ProgressLine } from "./progress-line.js";
import { type Freshness, leaving, type Reading } from "./reading.js";
import { type Left, type ShowAgain, type VisitedListing, VisitedListings } from "./visited-listings.js";

/** What loading a listing reports to the screen. */
export interface LoadingCallbacks {
  /** Puts a listing on the screen; `adds`: it continues the previous one. */
  readonly show: (listing: Listing, adds: boolean) => void;
  /** Whether a filter is on or being typed. */
  readonly isFiltered: () => boolean;
  /** Whether a key was pressed since the current listing was shown. */
  readonly isUsed: () => boolean;
  /** How many papers that are not on the screen a listing has that waits for `r`; 0 if none is waiting. */
  readonly waits: (papers: number) => void;
  readonly say: (text: string, tone: Notice["tone"]) => void;
  readonly working: (text: string | null) => void;
  /** Keeps what is on the screen, as a day is shown in its place; returns what brings it back. */
  readonly keepScreen: () => ShowAgain;
  /** Where going back leads from now on. */
  readonly wayBack: (way: Model["wayBack"]) => void;
  /** Leaves the screen with an error. */
  readonly fail: (error: unknown) => void;
}

/** How long to wait before requesting a page again after a failure, in milliseconds. */
const afterFailure = 10_000;
/**
 * A listing with this many papers is shown while the rest loads, and again each time its length has
 * doubled. So the work per listing (marks, rows, a search) is in total no more than twice that for the
 * complete one.
 */
const worthShowing = mostObjects + 1;

/** Reads a source in the background: one task at a time, each can be cancelled. */
export class Loading {
  readonly #callbacks: LoadingCallbacks;
  #reading: Reading;
  #freshness: Freshness;
  #shown: Listing;
  #task: AbortController | null = null;
  /** The walk through the days that the task is. */
  #steps: Steps | null = null;
  /** A fetched listing that waits for the reader to press `r`. */
  #waiting: Listing | null = null;
  /** The day that was walked to and is on the screen; `null` if the opened source itself is. */
  #walked: Source | null = null;
  /** Whether the current version of the opened source has still to be read. */
  #isToRenew: boolean;
  /** No page is requested before this time, in milliseconds since 1970. */
  #nextMore = 0;
  /** The last failure, as a problem of the listing shown. */
  #failure: Problem | null = null;
  /**
   * Whether the reader has taken a waiting listing. From then on, new papers of joined sources always wait.
   */
  #tookWaiting = false;
  /** Whether the source is the one given at the start of the program. */
  #isFirst = true;
  readonly #visited = new VisitedListings();

  constructor(reading: Reading, callbacks: LoadingCallbacks) {
    this.#callbacks = callbacks;
    this.#reading = reading;
    this.#freshness = reading.atOnce.freshness;
    this.#shown = reading.atOnce.listing;
    this.#isToRenew = this.#freshness !== "current";
  }

  /**
   * Switches to another source, whose listing is on the screen already.
   * @param showAgain shows the previous screen again
   * @param isForNow whether one goes back to the previous screen only as long as this source has no papers
   */
  openReading(reading: Reading, showAgain: ShowAgain, isForNow: boolean): void {
    this.#visited.keep(this.#left, showAgain, isForNow);
    this.#dropTask();
    this.#isFirst = false;
    this.#tookWaiting = false;
    this.#reading = reading;
    this.#freshness = reading.atOnce.freshness;
    this.#shown = reading.atOnce.listing;
    this.#walked = null;
    this.#isToRenew = this.#freshness !== "current";
    this.#settle();
    this.#wait(null);
    if (this.#shown.size === 0 && !this.#isToRenew) this.#callbacks.say(this.#nothingHere(), "info");
    void this.renew();
  }

  /** Whether the source of that name is on the screen. */
  isOpen(name: string): boolean {
    return this.#reading.name === name && this.#walked === null;
  }

  /** What was piped in under that name, as far as it was read; `null` if it is not here. */
  piped(name: string): Reading | null {
    const isHere = this.isOpen(name) && !this.#reading.keepsPlace;
    const left = isHere ? this.#left : this.#visited.piped(name);
    if (left === null) return null;
    const { reading, freshness, shown: listing } = left;
    return { ...reading, atOnce: { listing, freshness, notice: null, working: null } };
  }

  /** The state of the source that is on the screen. */
  get #left(): Left {
    return {
      reading: this.#reading,
      freshness: this.#freshness,
      shown: this.#shown,
      walked: this.#walked,
      isToRenew: this.#isToRenew,
      isInterrupted: this.#task !== null,
      waiting: this.#waiting,
      tookWaiting: this.#tookWaiting,
    };
  }

  /** Whether the open source is the morning. */
  get isMorning(): boolean {
    return this.#reading.isMorning === true;
  }

  /** Cancels the running task. */
  cancel(): void {
    this.#steps = null;
    this.#task?.abort();
  }

  /** Lets go of the running task: its result belongs to a listing that is left and must not be shown. */
  #dropTask(): void {
    this.#task?.abort(leaving);
    this.#task = null;
    this.#steps = null;
    this.#callbacks.working(null);
  }

  /** Cancels the running task, or goes back from an empty listing, see `goBack`. */
  back(): string | null {
    if (this.#task === null) return this.#shown.size === 0 ? this.goBack() : null;
    this.cancel();
    return null;
  }

  /**
   * Goes back to the listing that was left last.
   * @returns the name of its source if that has to be opened again, else `null`
   */
  goBack(): string | null {
    const visited = this.#visited.take();
    if (visited?.kept === null) return visited.name;
    if (visited !== null) this.#return(visited.kept, null);
    return null;
  }

  /** A notice that there are no papers, and how to go back. */
  #nothingHere(): string {
    const { last } = this.#visited;
    return last === null ? "no papers" : `no papers · Esc goes back to ${last.title}`;
  }

  /** Shows a listing that was left, as it was. */
  #return({ left, showAgain }: NonNullable<VisitedListing["kept"]>, said: Notice | null): void {
    const name = this.#shown.size === 0 && this.#reading.keepsPlace ? this.#reading.name : null;
    this.#dropTask();
    this.#reading = left.reading;
    this.#freshness = left.freshness;
    this.#shown = left.shown;
    this.#walked = left.walked;
    this.#isToRenew = left.isToRenew;
    this.#tookWaiting = left.tookWaiting;
    showAgain(said, name);
    this.#wait(left.waiting);
    this.#callbacks.wayBack(this.#visited.wayBack);
    if (left.isInterrupted) void this.renew();
    // What was starred meanwhile is in it, too.
    else if (collections.has(left.reading.name)) void this.refresh(true);
  }

  /** Call it when another listing is on the screen. */
  #settle(): void {
    if (this.#shown.size > 0) this.#visited.settle();
    this.#callbacks.wayBack(this.#visited.wayBack);
  }

  /**
   * Reads the current version of a listing that is on the screen. One with other papers is shown at once as long as
   * no key was pressed; after that it waits for `r`, so that nothing moves or vanishes under the reader.
   */
  async renew(): Promise<void> {
    if (!this.#isToRenew || this.#walked !== null) return;
    const shown = this.#shown;
    const isStandIn = this.#freshness === "stand-in";
    const isPart = this.#freshness === "part";
    await this.#run(
      (watched) => {
        const isEmpty = (isStandIn && shown.size === 0) || isPart;
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
        if (shown.size === 0 || isPart) return this.#show(listing, counted(listing.size, "paper"));
        if (!isStandIn && this.#isShorter(listing)) return;
        const isOther = isStandIn || listing.day !== shown.day;
        if (hasSamePapers(shown, listing)) return this.#show(listing, null);
        if (!this.#callbacks.isUsed()) {
          const fresh = isStandIn ? 0 : countMissing(shown, listing);
          const size = counted(listing.size, "paper");
          return this.#show(listing, fresh === 0 ? size : `${thousands(fresh)} new · ${size}`);
        }
        this.#wait(listing);
        this.#callbacks.say(waitingText(shown, listing, isOther), "info");
      },
      {
        otherwise: isStandIn ? this.#whatStays : null,
        isStart: true,
      },
    );
  }

  /**
   * Handles the listing of those joined sources that have been read so far. New papers are shown as long as
   * no key was pressed; after that they wait.
   * @param isAll whether every source was read
   */
  #join(listing: Listing, isAll: boolean): void {
    const shown = this.#shown;
    const fresh = countMissing(shown, listing);
    const failed = listing.problems.filter(({ isWholeSource }) => isWholeSource);
    const [first, ...others] = failed;
    const failure =
      first === undefined || others.length === 0
        ? (first?.message ?? null)
        : `${counted(failed.length, "source")} failed (! lists them) · ${first.message}`;
    const isInUse = this.#tookWaiting || (shown.size > 0 && this.#callbacks.isUsed());
    if (!isInUse && (isAll || fresh > 0)) {
      const said = failure ?? counted(listing.size, "paper");
      this.#show(listing, said, false, null, failure === null ? "info" : "warning");
      return;
    }
    const isSame = hasSamePapers(shown, listing);
    // A part of the morning lacks papers of sources that are still read.
    if (fresh > 0 || (isAll && !isSame)) this.#wait(listing);
    else if (isAll) this.#show(listing, null);
    if (!isAll) return;
    this.#keepProblems(listing);
    const waits = this.#waiting === listing ? waitingText(shown, listing, false) : null;
    const said = [waits, failure].filter((one) => one !== null).join(" · ");
    if (said !== "") this.#callbacks.say(said, failure === null ? "info" : "warning");
  }

  /** Copies the problems of a waiting listing to the one on the screen. */
  #keepProblems({ problems, stale }: Listing): void {
    if (problems.length === 0 && this.#shown.problems.length === 0) return;
    this.#shown = { ...this.#shown, problems, stale };
    this.#callbacks.show(this.#shown, true);
  }

  /**
   * Shows the waiting listing, or refreshes.
   * @param isQuiet whether only a failure is said
   */
  async refresh(isQuiet = false): Promise<void> {
    const waiting = this.#waiting;
    if (waiting) {
      this.#tookWaiting = true;
      return this.#show(waiting, counted(waiting.size, "paper"));
    }
    if (this.#task !== null) {
      this.#callbacks.say("already loading · Esc stops", "info");
      return;
    }
    const shown = this.#shown;
    const walked = this.#walked;
    await this.#run(
      (watched) => this.#reading.load(this.#wanted, watched, shown, walked),
      (listing) => {
        if (this.#isShorter(listing)) return;
        if (walked === null) this.#isToRenew = false;
        const fresh = countMissing(shown, listing);
        // What comes into these was on the screen before, elsewhere.
        const isCollected = collections.has(this.#reading.name);
        const [none, some] = isCollected ? ["nothing added", "added"] : ["nothing new", "new"];
        const came = fresh === 0 ? none : `${thousands(fresh)} ${some}`;
        this.#show(listing, isQuiet ? null : `${came} · ${counted(listing.size, "paper")}`, false, walked);
      },
      { otherwise: this.#whatStays },
    );
  }

  /** Reads the next page of a paged listing. */
  async more(): Promise<void> {
    // Every step at the end of the list requests more, so wait a while after a server failed. A day is
    // always complete.
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
      { otherwise: "still showing the papers loaded so far" },
    );
  }

  /**
   * Reads an earlier or later day with papers. More steps may be asked for while it is looked for.
   * @param steps how many days to go on, or back if negative
   */
  async walk(steps: number): Promise<void> {
    if (this.#steps !== null) return this.#steps.add(steps);
    const { walk, isLocal } = this.#reading;
    const hasDays = !isLocal || this.#walked !== null || isDay(this.#shown);
    if (!walk || !hasDays) {
      this.#callbacks.say("only Daily Papers have a previous and next day", "info");
      return;
    }
    const before = this.#left;
    const { day, size } = this.#shown;
    const where = steps > 0 ? "after" : "before";
    const walking = new Steps(walk, steps);
    const ended = this.#run(
      // A stand-in has no day of this listing.
      (watched) => walking.go(this.#freshness === "stand-in" ? null : day, watched),
      ({ found, why }) => {
        const sayWhy = () => {
          if (why instanceof SourceError) this.#callbacks.say(`cannot go further · ${why.reason}`, "error");
          else if (why !== null) this.#callbacks.say(why, "info");
        };
        if (found === null) return sayWhy();
        const { listing, source, notice } = found;
        // What waits or is still to be read belongs to the listing from which the walk begins.
        if (this.#walked === null) this.#visited.keep(before, this.#callbacks.keepScreen(), false);
        this.#wait(null);
        this.#show(listing, counted(listing.size, "paper"), false, source);
        if (notice !== null) this.#callbacks.say(notice, "warning");
        sayWhy();
      },
      {
        otherwise:
          size === 0
            ? null
            : day === null
              ? "still showing the previous papers"
              : `still showing ${showDay(day)}`,
        what: `looking for the day ${where}`,
      },
    );
    this.#steps = walking;
    await ended;
    if (this.#steps === walking) this.#steps = null;
    // A walk that leads nowhere has replaced what was being read.
    if (this.#task === null && before.isInterrupted) void this.renew();
  }

  /** What is on the screen if nothing can be read now; `null` if nothing is. */
  get #whatStays(): string | null {
    if (this.#shown.size === 0) return null;
    return this.#freshness === "stand-in"
      ? "showing the bundled sample"
      : "still showing the previous papers";
  }

  /** How many papers to read of a paged listing: at least as many as are on the screen. */
  get #wanted(): number {
    return this.#freshness === "stand-in" ? 0 : this.#shown.size;
  }

  /**
   * Whether a listing was cut off before the end of the one shown. If so, shows a notice and keeps the one
   * shown.
   */
  #isShorter({ isCut, size, problems }: Listing): boolean {
    if (!isCut || size >= this.#shown.size) return false;
    const why = problems.find((one) => !one.isRemark)?.message.split(":")[0] ?? "reading stopped early";
    this.#callbacks.say(`still showing the previous papers · ${why} · r retries`, "warning");
    return true;
  }

  /**
   * Runs a task in place of the running one, with progress. Its result is dropped if another task has begun
   * meanwhile.
   * @param otherwise what to show if it fails
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
      // A task that was replaced, or that ended with the program, reports nothing.
      if (this.#task === task) {
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

  /** Shows the beginning of a long listing. */
  #showSoFar(size: number, soFar: () => Listing, { signal }: Watched): void {
    if (signal?.aborted || signal !== this.#task?.signal) return;
    if (size < Math.max(worthShowing, 2 * this.#shown.size)) return;
    // A running filter keeps the papers that are there. Every new listing would restart the index, so the
    // filter would give no result before the end.
    if (this.#shown.size > 0 && this.#callbacks.isFiltered()) return;
    const adds = this.#shown.size > 0;
    this.#shown = soFar();
    this.#freshness = "part";
    this.#callbacks.show(this.#shown, adds);
    this.#settle();
  }

  /** Keeps a listing until the reader asks for it; `null`: none is waiting. */
  #wait(listing: Listing | null): void {
    this.#waiting = listing;
    this.#callbacks.waits(listing === null ? 0 : countMissing(this.#shown, listing));
  }

  /**
   * Shows a listing. A failure of its source is reported in place of `said`.
   * @param walked the day of the listing, if it was walked to
   */
  #show(
    listing: Listing,
    said: string | null,
    addsPage = false,
    walked: Source | null = null,
    tone: Notice["tone"] = "info",
  ): void {
    // The part that was already shown stays as it is.
    const adds = addsPage || (listing.packed !== null && listing.packed === this.#shown.packed);
    this.#shown = listing;
    this.#freshness = "current";
    this.#walked = walked;
    this.#callbacks.show(listing, adds);
    this.#settle();
    if (this.#waiting) this.#wait(null);
    const [problem] = listing.problems;
    if (problem && !problem.isRemark && problem.line === null && tone === "info")
      this.#callbacks.say(problem.message, "warning");
    else if (listing.size === 0 && this.#visited.last !== null)
      this.#callbacks.say(this.#nothingHere(), "info");
    else if (said !== null) this.#callbacks.say(said, tone);
  }

  /** Adds a failure to the problems of the listing, where the reader can look it up later. */
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
    const kept = this.#visited.last?.kept ?? null;
    if (isNothing && kept !== null) {
      const { name } = this.#shown;
      const text = isCancelled ? `${name}: cancelled` : error.message.replace(/\n/g, " ");
      const again = this.#reading.keepsPlace ? " · a then Enter retries" : "";
      this.#visited.take();
      this.#return(kept, { text: text + again, tone: isCancelled ? "info" : "error" });
      return;
    }
    // The reader cancelled it, so it must not start again.
    if (isCancelled) this.#isToRenew = false;
    else this.#keepFailure(error);
    const reason = otherwise === null ? error.message : error.reason;
    const why = isCancelled ? "cancelled" : reason.replace(/\n/g, " ");
    const again = this.#reading.keepsPlace ? "r retries" : null;
    // What is shown comes first: in a short footer it matters more than the reason.
    const text = [otherwise, why, again].filter((one) => one !== null).join(" · ");
    this.#callbacks.say(text, isCancelled ? "info" : "error");
  }
}
