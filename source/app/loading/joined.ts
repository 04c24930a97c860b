import { type Listing, mostObjects } from "../../papers/listing.js";
import { joinSources, type Opened } from "../../sources/open.js";
import { type Source, SourceError, sourceName } from "../../sources/source.js";
import type { Watched } from "../../sources/watched.js";

/** How to read one of several sources. All functions reject with a SourceError if that fails. */
export interface JoinedContext {
  /** Reads what is on this machine, without waiting. Rejects with a NotKeptError if nothing is. */
  readonly readKept: (source: Source) => Promise<Opened>;
  /** Reads the current listing from its file or server; of a paged listing, at least `papers` papers. */
  readonly read: (source: Source, papers: number, watched: Watched) => Promise<Opened>;
}

/**
 * Several sources as one listing. Each is read separately, so a failed or slow one does not hold up the
 * others.
 */
export class JoinedSources {
  readonly #sources: readonly (Source | SourceError)[];
  readonly #name: string | null;
  readonly #context: JoinedContext;
  /** The listing or error of each source, in their order; `null` before it was read. */
  readonly #parts: (Opened | SourceError | null)[];

  /**
   * @param sources in the order of their papers; a SourceError stands for a name that is not a valid source
   * @param name the name of the listing; `null`: the names of the sources
   */
  constructor(sources: readonly (Source | SourceError)[], name: string | null, context: JoinedContext) {
    this.#sources = sources;
    this.#name = name;
    this.#context = context;
    this.#parts = sources.map((one) => (one instanceof SourceError ? one : null));
  }

  /** Joins what is on this machine; `null` if nothing is. */
  async readKept(): Promise<Listing | null> {
    for (const [at, source] of this.#sources.entries()) {
      if (source instanceof SourceError) continue;
      try {
        this.#parts[at] = await this.#context.readKept(source);
      } catch (error) {
        // Other errors are reported when the source is read.
        if (!(error instanceof SourceError)) throw error;
      }
    }
    return this.#parts.some(isOpened) ? this.#joined(null) : null;
  }

  /**
   * Reads every source. Sources of one server are read one after the other, different servers in parallel.
   * `watched.joined` gets the listing after each.
   * @param papers at least this many papers of a paged listing
   * @param before the listing on the screen
   * @throws SourceError if none can be read, or if reading is cancelled
   */
  async load(papers: number, watched: Watched, before: Listing | null): Promise<Listing> {
    return this.#readAll(this.#sources.keys(), () => papers, watched, before);
  }

  /** Reads this many more papers of each source that has more. */
  async more(papers: number, watched: Watched): Promise<Listing> {
    const going = [...this.#parts.entries()].filter(([, part]) => isOpened(part) && part.listing.hasMore);
    return this.#readAll(
      going.map(([at]) => at),
      (at) => this.#size(at) + papers,
      watched,
      null,
    );
  }

  async #readAll(
    wanted: Iterable<number>,
    papersOf: (at: number) => number,
    watched: Watched,
    before: Listing | null,
  ): Promise<Listing> {
    const byServer = new Map<string, [at: number, source: Source][]>();
    let count = 0;
    for (const at of wanted) {
      const source = this.#sources[at];
      if (source === undefined || source instanceof SourceError) continue;
      const server = serverOf(source);
      byServer.set(server, [...(byServer.get(server) ?? []), [at, source]]);
      count += 1;
    }
    let left = count;
    let cancelled: SourceError | null = null;
    const readOne = async (at: number, source: Source) => {
      const name = sourceName(source);
      const say = () => watched.progress(`${name} · ${count - left + 1} of ${count}`);
      say();
      try {
        const part = await this.#context.read(source, Math.max(papersOf(at), this.#size(at)), {
          ...(watched.signal && { signal: watched.signal }),
          progress: say,
          waiting: (milliseconds, why) => watched.waiting?.(milliseconds, `${name}: ${why}`),
        });
        // A cancelled read may have fewer papers than the one before.
        if (!watched.signal?.aborted || part.listing.papers.length >= this.#size(at)) this.#parts[at] = part;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (watched.signal?.aborted) cancelled = error;
        else this.#parts[at] = withFailure(this.#parts[at] ?? null, error);
      }
      left -= 1;
      // Joining many papers is slow, so it is not done again here if the final result follows.
      if (left === 0 || watched.joined === undefined || watched.signal?.aborted) return;
      if (!this.#parts.some(isOpened) || this.#total() > mostObjects) return;
      watched.joined(await this.#joined(before));
    };
    await Promise.all(
      [...byServer.values()].map(async (sources) => {
        for (const [at, source] of sources) {
          if (watched.signal?.aborted) return;
          await readOne(at, source);
        }
      }),
    );
    if (cancelled !== null) throw cancelled;
    return this.#joined(before);
  }

  async #joined(before: Listing | null): Promise<Listing> {
    const parts = this.#parts.filter((one) => one !== null);
    return joinSources(parts, { before: before?.packed ?? null }, this.#name);
  }

  #size(at: number): number {
    const part = this.#parts[at] ?? null;
    return isOpened(part) ? part.listing.papers.length : 0;
  }

  #total(): number {
    return this.#parts.reduce((sum, _, at) => sum + this.#size(at), 0);
  }
}

function isOpened(part: Opened | SourceError | null): part is Opened {
  return part !== null && !(part instanceof SourceError);
}

/** The server of a source. Requests to one server run one after the other. */
function serverOf(source: Source): string {
  if (source.kind !== "remote") return "";
  const { address } = source.listing;
  return URL.canParse(address) ? new URL(address).host : address;
}

/** What was read of a source before, with the reason why it cannot be read now. */
function withFailure(part: Opened | SourceError | null, error: SourceError): Opened | SourceError {
  if (!isOpened(part)) return error;
  const { message, isOffline } = error;
  const others = part.listing.problems.filter((one) => one.message !== message);
  const problems = [
    { line: null, message, isWholeSource: true as const, ...(isOffline && { isOffline }) },
    ...others,
  ];
  return { ...part, listing: { ...part.listing, problems, stale: isOffline ? "offline" : "failed" } };
}
