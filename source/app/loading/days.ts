import type { Listing } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page-content.js";
import { type Source, SourceError } from "../../sources/source.js";
import type { Watched } from "../../sources/watched.js";

/** How many empty days in a row are skipped: weekends, holidays, a conference's week. */
const mostEmpty = 10;

/** A day reached by the keys for the previous and the next day. */
export interface Walked {
  readonly listing: Listing;
  /** Reads that day again. */
  readonly source: Source;
  /** A notice to show instead of the number of papers. */
  readonly notice: string | null;
}

/**
 * Reads the previous or next day.
 * @param from the day shown, `YYYY-MM-DD`; `null` for none: then the newest
 * @returns the nearest day with papers, or a sentence that says why there is none
 * @throws SourceError if days cannot be read and no cached day is near
 */
export type Walk = (from: string | null, step: 1 | -1, watched: Watched) => Promise<Walked | string>;

/** How to read a source that has days. */
export interface DaySources {
  /** The last possible day, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly sourceOf: (day: string) => Source;
  /** The newest day, whatever its date. */
  readonly newest: Source;
  readonly open: (source: Source, watched: Watched) => Promise<Listing>;
  /** Opens a source from the cache only, without a request. Rejects if it is not cached. */
  readonly openKept: (source: Source) => Promise<Listing>;
}

/** Returns a `Walk`. It starts from the day shown, which need not be the result of the last walk. */
export function walkOf(days: DaySources): Walk {
  return async (from, step, watched) => {
    try {
      return await (step === 1 ? forward(days, from, watched) : back(days, from, watched));
    } catch (error) {
      const nearest = watched.signal?.aborted ? null : await nearestKept(days, from, step);
      if (!(error instanceof SourceError) || nearest === null) throw error;
      const shown = `showing ${showDay(nearest.day)}, the nearest day fetched before`;
      return { ...nearest, notice: `${shown} · ${error.reason}` };
    }
  };
}

/** Several steps through the days, of which more may be asked for on the way. */
export class Steps {
  readonly #walk: Walk;
  #wanted: number;
  #done = 0;
  #say: () => void = () => {};

  /** @param wanted how many days after the first, or before it if negative; only those with papers count */
  constructor(walk: Walk, wanted: number) {
    this.#walk = walk;
    this.#wanted = wanted;
  }

  /** Asks for more steps, or takes back some. */
  add(steps: number): void {
    this.#wanted += steps;
    this.#say();
  }

  /**
   * Walks until all steps are done or one leads nowhere.
   * @returns the day at which the walk ended, `null` for the first; and why it ended before its last step
   * @throws SourceError if no day can be read
   */
  async go(
    from: string | null,
    watched: Watched,
  ): Promise<{ readonly found: Walked | null; readonly why: string | SourceError | null }> {
    const days = new Map<number, Walked>();
    const found = () => days.get(this.#done) ?? null;
    let last = "";
    this.#say = () => {
      const steps = Math.abs(this.#wanted);
      watched.progress(steps > 1 ? `${last} · ${Math.abs(this.#done) + 1} of ${steps}` : last);
    };
    const progress = (text: string) => {
      last = text;
      this.#say();
    };
    while (this.#done !== this.#wanted) {
      const step = this.#done < this.#wanted ? 1 : -1;
      const next = this.#done + step;
      if (next !== 0 && !days.has(next)) {
        try {
          const day = await this.#walk(found()?.listing.day ?? from, step, { ...watched, progress });
          if (typeof day === "string") return { found: found(), why: day };
          days.set(next, day);
        } catch (error) {
          if (!(error instanceof SourceError) || found() === null || watched.signal?.aborted) throw error;
          return { found: found(), why: error };
        }
      }
      this.#done = next;
    }
    return { found: found(), why: null };
  }
}

async function back(days: DaySources, from: string | null, watched: Watched): Promise<Walked | string> {
  const start = from ?? (await days.open(days.newest, watched)).day ?? days.today();
  for (let away = 1; away <= mostEmpty; away += 1) {
    const found = await readDay(days, addDays(start, -away), watched);
    if (found) return found;
  }
  return `no papers in the ${mostEmpty} days before ${showDay(start)}`;
}

async function forward(days: DaySources, from: string | null, watched: Watched): Promise<Walked | string> {
  const start = from ?? days.today();
  const tomorrow = addDays(start, 1);
  if (tomorrow <= days.today()) {
    const found = await readDay(days, tomorrow, watched);
    if (found) return found;
  }
  // Ask for the newest day before trying more days, which may all be empty: the server may be months
  // behind, or a day ahead of this time zone.
  const newest = await days.open(days.newest, watched);
  const last = newest.size === 0 ? null : newest.day;
  if (last !== null && last <= start) return `${showDay(start)} is the newest day`;
  for (let away = 2; away <= mostEmpty; away += 1) {
    const day = addDays(start, away);
    if (day >= (last ?? addDays(days.today(), 1))) break;
    const found = await readDay(days, day, watched);
    if (found) return found;
  }
  if (last !== null) return { listing: newest, source: days.newest, notice: null };
  const isToday = addDays(start, mostEmpty) >= days.today();
  return isToday
    ? `no papers after ${showDay(start)} yet`
    : `no papers in the ${mostEmpty} days after ${showDay(start)}`;
}

async function readDay(days: DaySources, day: string, watched: Watched): Promise<Walked | null> {
  watched.progress(showDay(day));
  const source = days.sourceOf(day);
  const listing = await days.open(source, watched);
  return listing.size === 0 ? null : { listing, source, notice: null };
}

/** The nearest cached day with papers; `null` if none is near. */
async function nearestKept(
  { today, sourceOf, openKept }: DaySources,
  from: string | null,
  step: 1 | -1,
): Promise<(Walked & { readonly day: string }) | null> {
  for (let away = 1; away <= mostEmpty; away += 1) {
    const day = addDays(from ?? today(), step * away);
    const source = sourceOf(day);
    const listing = await openKept(source).catch(() => null);
    if (listing !== null && listing.size > 0) return { listing, source, day, notice: null };
  }
  return null;
}

/** A date moved by a number of days, both dates `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
