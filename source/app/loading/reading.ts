import { existsSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { markedPapers } from "../../library/marked-papers.js";
import { type Listing, makeListing } from "../../papers/listing.js";
import { datedSource } from "../../reader/panels/days.js";
import { thisMachine } from "../../settings/machine.js";
import type { Settings } from "../../settings/settings.js";
import { openSource, openSources, type Supplies, smallFile } from "../../sources/open.js";
import { arxivPaper } from "../../sources/remote/addresses.js";
import type { Fetcher } from "../../sources/remote/fetcher.js";
import type { Wanted } from "../../sources/remote/read-remote.js";
import {
  isPipedIn,
  MissingFileError,
  NotKeptError,
  type Source,
  SourceError,
  sourceName,
  toSource,
} from "../../sources/source.js";
import { unwatched, type Watched } from "../../sources/watched.js";
import { shellWord } from "../../text/clean.js";
import { fromHome, today, userDirectories } from "../environment.js";
import { snapshotLocation } from "../marks-of.js";
import { type Walk, walkOf } from "./days.js";
import { JoinedSources } from "./joined.js";
import { endpoints, fetched, fetchedSince, kept, makeFetcher } from "./remote-sources.js";
import { standardInput } from "./stdin.js";

/** How fresh a listing is: current, its beginning, cached earlier, or a stand-in for one that is not there yet. */
export type Freshness = "current" | "part" | "kept" | "stand-in";

/** What can be shown at once. */
export interface AtOnce {
  readonly listing: Listing;
  /** If it is not current, the source is read as soon as the screen is up. */
  readonly freshness: Freshness;
  /** A notice to show at the start. */
  readonly notice: string | null;
  /** The work in progress from the start, if nothing can be shown yet. */
  readonly working: string | null;
}

/** The source, or several joined ones, that the reader has open. */
export interface Reading {
  /** Its name, to open it again and to save the reader's position. */
  readonly name: string;
  /** Whether the same name will likely give the same listing next time. A pipe rarely does. */
  readonly keepsPlace: boolean;
  /** Whether it needs no server. If it cannot be read now, it cannot a moment later either. */
  readonly isLocal: boolean;
  /** Set for several sources that are refreshed one by one, each shown when it arrives. */
  readonly isMorning?: true;
  readonly atOnce: AtOnce;
  /**
   * Reads it again; of a paged listing, at least `papers` papers. Rejects with a SourceError if that fails.
   * @param before the listing on the screen; a long one shares unchanged papers with it
   * @param walked the day to read instead, if one was walked to
   */
  readonly load: (
    papers: number,
    watched: Watched,
    before: Listing,
    walked?: Source | null,
  ) => Promise<Listing>;
  /** Reads one page after the `shown` papers, if the listing has more. */
  readonly more: (shown: number, watched: Watched) => Promise<Listing>;
  /**
   * Walks to the previous or next day; `null` if the source has no days. A listing on this machine may be a
   * saved day.
   */
  readonly walk: Walk | null;
}

/** Why a read is aborted when another listing is opened: a pipe is read on, as it cannot be read a second time. */
export const leaving = "another listing was opened";

/** The name of the source that joins all subscriptions. */
export const morning = "morning";
/** How many papers are read at first of a paged listing. */
const firstPapers = 100;
/** How long to wait for a pipe before the screen opens without it, in milliseconds. */
const pipeTimeout = 200;
/** The notice for the sample, which is shown if nothing else can be opened at once. */
const standInNotice = "showing the bundled sample while today's papers load";

/** Opens the sources that the reader names. */
export class Opener {
  readonly #settings: Settings;
  /** The current sources of the morning. */
  subscriptions: readonly string[];
  readonly #date: string | undefined;
  readonly #stdin = standardInput();
  #fetcher: Fetcher | null = null;
  readonly #files = new Set<string>();

  /** @param date the date of listings according to the user (`--date`) */
  constructor(settings: Settings, date: string | undefined) {
    this.#settings = settings;
    this.subscriptions = settings.sources;
    this.#date = date;
  }

  /** Absolute paths of all files opened since the program started; exports must not overwrite them. */
  get openFiles(): readonly string[] {
    return [...this.#files];
  }

  /**
   * Reads sources completely, for `list`.
   * @param papers how many papers to read of an endless listing
   */
  async read(named: readonly string[], papers: number | null, watched: Watched): Promise<Listing> {
    const joined = this.#morning(named);
    if (joined !== null) return joined.load(papers ?? firstPapers, watched, null);
    const sources = this.#toSources(named);
    this.#noteFiles(sources);
    const answer = await this.#answers(sources);
    return openSources(sources, this.#supplies(answer, papers ?? firstPapers), watched);
  }

  /**
   * Reads what is on this machine of a source, without a request.
   * @returns the listing, and when its server was last asked, in milliseconds since 1970 (`null` for a
   * file); `null` if nothing is here or reading it would be slow
   */
  async peek(named: string): Promise<{ readonly listing: Listing; readonly asked: number | null } | null> {
    const source = this.#understood(named);
    if (source instanceof SourceError || isPipe(source) || isLong(source)) return null;
    try {
      const fetcher = await this.#fetcherFor([source]);
      const answer = fetcher ? kept(fetcher).answer : noAnswer;
      const listing = await openSources([source], this.#supplies(answer, firstPapers));
      const checked = source.kind === "remote" ? (await fetcher?.kept(source.listing))?.checked : null;
      return { listing, asked: checked ?? null };
    } catch (error) {
      if (error instanceof SourceError) return null;
      throw error;
    }
  }

  /** Whether a source in the settings is a file that is not there. */
  isMissing(named: string): boolean {
    const source = this.#understood(named);
    return !(source instanceof SourceError) && source.kind === "file" && !existsSync(source.path);
  }

  /** Fetches the one paper with that arXiv identifier. */
  async readPaper(arxiv: string, watched: Watched): Promise<Listing> {
    const listing = arxivPaper(arxiv, endpoints(this.#settings.arxivEndpoint));
    const sources: Source[] = [{ kind: "remote", listing }];
    return openSources(sources, this.#supplies(await this.#answers(sources), 1), watched);
  }

  /**
   * Opens sources for the screen. It does not wait for the network or a long file, so that the screen
   * appears at once.
   */
  async open(named: readonly string[]): Promise<Reading> {
    const joined = this.#morning(named);
    if (joined !== null) return this.#openMorning(named, joined);
    const sources = this.#toSources(named);
    if (sources.some(({ kind }) => kind === "stdin") && process.stdin.isTTY) {
      throw new SourceError("nothing is piped in: standard input is the terminal");
    }
    const load = this.#load;
    const isLocal = sources.every(({ kind }) => kind !== "remote");
    const keepsPlace = !sources.some(isPipe);
    const pipe = new Pending();
    const atOnce = isLocal
      ? await this.#localAtOnce(sources, (watched) => load(sources, watched), pipe)
      : await this.#remoteAtOnce(sources, named);
    const since = Date.now();
    this.#noteFiles(sources);
    return {
      name: sources.map(placeName).join("\n"),
      keepsPlace,
      isLocal,
      atOnce,
      load: (papers, watched, before, walked = null) =>
        pipe.take(watched) ??
        load(walked ? [walked] : sources, watched, Math.max(papers, firstPapers), before),
      more: async (shown, watched) => {
        const fetcher = await this.#fetcherFor(sources);
        const answer = fetcher ? fetchedSince(fetcher, since) : noAnswer;
        return openSources(sources, this.#supplies(answer, shown + firstPapers), watched);
      },
      walk: this.#walkThrough(sources, load),
    };
  }

  readonly #load = async (
    from: readonly Source[],
    watched: Watched,
    papers = firstPapers,
    before: Listing | null = null,
  ) =>
    openSources(
      from,
      { ...this.#supplies(await this.#answers(from), papers), before: before?.packed ?? null },
      watched,
    );

  /** The morning, joined with the other sources named; `null` if it is not named or has no sources. */
  #morning(named: readonly string[]): JoinedSources | null {
    const isMeant = named.length === 0 ? !isPipedIn() : named.includes(morning);
    if (!isMeant || this.subscriptions.length === 0) return null;
    const names = (named.length === 0 ? [morning] : named).flatMap((one) =>
      one === morning ? this.subscriptions.filter((other) => other !== morning) : [one],
    );
    const sources = new Map<string, Source | SourceError>();
    const subscribed = new Map<Source, string>();
    for (const one of names) {
      const source = this.#understood(one);
      sources.set(source instanceof SourceError ? one : placeName(source), source);
      if (!(source instanceof SourceError) && !named.includes(one)) subscribed.set(source, one);
    }
    const found = [...sources.values()];
    this.#noteFiles(found.filter((one): one is Source => !(one instanceof SourceError)));
    return new JoinedSources(found, named.length <= 1 ? "Morning" : null, {
      read: async (source, papers, watched) => {
        try {
          return await openSource(source, this.#supplies(await this.#answers([source]), papers), watched);
        } catch (error) {
          const name = subscribed.get(source);
          if (name === undefined || !(error instanceof MissingFileError)) throw error;
          throw goneFromMorning(error, name);
        }
      },
      readKept: async (source) => {
        if (isLong(source) || isPipe(source)) throw new NotKeptError("reading it is slow");
        const fetcher = await this.#fetcherFor([source]);
        const answer = fetcher ? kept(fetcher).answer : noAnswer;
        return openSource(source, this.#supplies(answer, firstPapers), unwatched);
      },
    });
  }

  /** The source for a name in the settings, or why there is none. */
  #understood(named: string): Source | SourceError {
    try {
      const [source] = this.#toSources([settingPath(named)]);
      if (source?.kind === "stdin") throw new SourceError("standard input cannot be part of the morning");
      return source as Source;
    } catch (error) {
      if (error instanceof SourceError) return error;
      throw error;
    }
  }

  async #openMorning(named: readonly string[], first: JoinedSources): Promise<Reading> {
    const listing = await first.readKept();
    let [joined, madeOf] = [first, this.subscriptions];
    /** The current subscriptions, with cached listings of new ones. */
    const renewed = async () => {
      if (this.subscriptions === madeOf) return joined;
      madeOf = this.subscriptions;
      const next = this.#morning(named);
      if (next === null) return joined;
      joined = next;
      await joined.readKept();
      return joined;
    };
    const daily = this.#toSources(["daily"]);
    const whyEmpty = "Nothing loaded yet · r retries";
    const empty = () => makeListing("Morning", { papers: [], day: null, problems: [] }, { whyEmpty });
    const atOnce: AtOnce =
      listing === null
        ? { listing: empty(), freshness: "stand-in", notice: null, working: "fetching Morning" }
        : { listing, freshness: "kept", notice: null, working: null };
    return {
      name: (named.length === 0 ? [morning] : named)
        .map((one) => (one === morning ? morning : placeName(this.#toSources([one])[0] as Source)))
        .join("\n"),
      keepsPlace: true,
      isLocal: false,
      isMorning: true,
      atOnce,
      load: async (_, watched, before, walked = null) =>
        walked ? this.#load([walked], watched) : (await renewed()).load(firstPapers, watched, before),
      more: (_, watched) => joined.more(firstPapers, watched),
      walk: this.subscriptions.includes("daily") ? this.#walkThrough(daily, this.#load) : null,
    };
  }

  /** The named sources, else a pipe, else the source in the settings. */
  #toSources(named: readonly string[]): Source[] {
    if (named.length === 0 && isPipedIn()) return [{ kind: "stdin" }];
    const places = endpoints(this.#settings.arxivEndpoint);
    return (named.length > 0 ? named : [this.#settings.source]).map((one) =>
      toSource(datedSource(fromHome(one === morning ? this.#settings.source : one), today()), places),
    );
  }

  #noteFiles(sources: readonly Source[]): void {
    for (const source of sources) if (source.kind === "file") this.#files.add(resolve(source.path));
  }

  #supplies(answer: Wanted["answer"], papers: number): Supplies {
    return {
      options: { today: today(), date: this.#date },
      stdin: this.#stdin,
      answer,
      papers,
      marked: (field) => markedPapers(userDirectories().state, field, thisMachine(), snapshotLocation()),
    };
  }

  async #fetcherFor(sources: readonly Source[]): Promise<Fetcher | null> {
    if (sources.every(({ kind }) => kind !== "remote")) return null;
    this.#fetcher ??= await makeFetcher({ today: today(), date: this.#date });
    return this.#fetcher;
  }

  async #answers(sources: readonly Source[]): Promise<Wanted["answer"]> {
    const fetcher = await this.#fetcherFor(sources);
    return fetcher ? fetched(fetcher) : noAnswer;
  }

  /** What is on this machine: the whole listing, or an empty one if reading it would be slow. */
  async #localAtOnce(
    sources: readonly Source[],
    load: (watched: Watched) => Promise<Listing>,
    pipe: Pending,
  ): Promise<AtOnce> {
    const current = (listing: Listing): AtOnce => ({
      listing,
      freshness: "current",
      notice: null,
      working: null,
    });
    if (sources.some(isLong)) return nothingYet(sources, "reading");
    if (!sources.some(isPipe)) return current(await load(unwatched));
    const listing = await pipe.begin(load, pipeTimeout);
    return listing === null ? nothingYet(sources, "reading") : current(listing);
  }

  /** The cached listing, else the sample or an empty one. */
  async #remoteAtOnce(sources: readonly Source[], named: readonly string[]): Promise<AtOnce> {
    const fetcher = (await this.#fetcherFor(sources)) as Fetcher;
    try {
      const { answer, isSettled: areSettled } = kept(fetcher);
      const listing = await openSources(sources, this.#supplies(answer, firstPapers));
      const isSettled = areSettled() && !(listing.hasMore && listing.total === null);
      return { listing, freshness: isSettled ? "current" : "kept", notice: null, working: null };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
    if (named.length > 0) return nothingYet(sources, "fetching");
    const listing = await openSources([{ kind: "sample" }], this.#supplies(noAnswer, firstPapers));
    return { listing, freshness: "stand-in", notice: standInNotice, working: null };
  }

  /** How to walk through the days of a source that has them. */
  #walkThrough(
    sources: readonly Source[],
    open: (from: readonly Source[], watched: Watched) => Promise<Listing>,
  ): Walk | null {
    const [only, ...others] = sources;
    if (only === undefined || others.length > 0 || only.kind === "marked") return null;
    if (only.kind === "remote" && !only.listing.hasDays) return null;
    const places = endpoints(this.#settings.arxivEndpoint);
    return walkOf({
      today,
      sourceOf: (day) => toSource(`daily:${day}`, places),
      newest: toSource("daily", places),
      open: (source, watched) => open([source], watched),
      openKept: async (source) => {
        const { answer } = kept((await this.#fetcherFor([source])) as Fetcher);
        return openSources([source], this.#supplies(answer, firstPapers));
      },
    });
  }
}

/** Says how to take a file that is gone out of the morning, as `papers-tui sources add` put it in. */
function goneFromMorning({ message, hint }: SourceError, name: string): SourceError {
  const said = `${message.slice(0, message.length - hint.length)}; papers-tui sources remove ${shellWord(name)} removes it from the morning`;
  return new MissingFileError(said);
}

/** A file in the settings: relative to the working directory, or else to the home directory. */
function settingPath(named: string): string {
  const atHome = `~/${named}`;
  return isAbsolute(named) || existsSync(named) || !existsSync(fromHome(atHome)) ? named : atHome;
}

/** A pipe that is being read in the background. */
class Pending {
  #listing: Promise<Listing> | null = null;
  readonly #controller = new AbortController();
  #watched: Watched = unwatched;

  /** Starts reading; resolves to `null` if that takes longer than `milliseconds`. */
  async begin(load: (watched: Watched) => Promise<Listing>, milliseconds: number): Promise<Listing | null> {
    const listing = load({
      signal: this.#controller.signal,
      progress: (text) => this.#watched.progress(text),
      grown: (size, soFar) => this.#watched.grown?.(size, soFar),
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((done) => {
      timer = setTimeout(() => done(null), milliseconds);
    });
    const first = await Promise.race([listing, late]);
    clearTimeout(timer);
    if (first === null) this.#listing = listing;
    // Its failure is handled by whoever calls `take`. Until then it must not count as unhandled.
    listing.catch(() => {});
    return first;
  }

  /**
   * The reading in progress, which `watched` reports from then on; again if it was left before it ended. `null`
   * once somebody has its result.
   */
  take(watched: Watched): Promise<Listing> | null {
    const listing = this.#listing;
    if (listing === null) return null;
    this.#watched = watched;
    const { signal } = watched;
    const isLeft = () => signal?.aborted === true && signal.reason === leaving;
    const stop = () => {
      if (!isLeft()) this.#controller.abort();
    };
    signal?.addEventListener("abort", stop, { once: true });
    return listing.finally(() => {
      if (!isLeft()) this.#listing = null;
    });
  }
}

function nothingYet(sources: readonly Source[], verb: "reading" | "fetching"): AtOnce {
  const name = sources.map(sourceName).join(" + ");
  const whyEmpty = "Nothing loaded yet · r retries";
  const listing = makeListing(name, { papers: [], day: null, problems: [] }, { whyEmpty });
  return { listing, freshness: "stand-in", notice: null, working: `${verb} ${name}` };
}

/** Whether it has to wait for another process to write it. */
function isPipe(source: Source): boolean {
  if (source.kind === "stdin") return true;
  if (source.kind !== "file") return false;
  try {
    const stats = statSync(source.path);
    return !stats.isFile() && !stats.isDirectory();
  } catch {
    return false;
  }
}

/** Whether reading it takes a noticeable time. */
function isLong(source: Source): boolean {
  if (source.kind !== "file") return false;
  try {
    return statSync(source.path).size > 2 * smallFile;
  } catch {
    // Errors are reported when it is opened.
    return false;
  }
}

/** The name under which a position is saved: it opens the source again from any directory. */
function placeName(source: Source): string {
  switch (source.kind) {
    case "file":
      return resolve(source.path);
    case "remote":
      return source.listing.argument;
    case "marked":
      return source.field;
    case "stdin":
      return "-";
    case "sample":
      return "sample";
  }
}

/** For sources that need no server. */
const noAnswer: Wanted["answer"] = async () => null;
