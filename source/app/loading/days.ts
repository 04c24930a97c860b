import type { Listing } from "../../papers/listing.js";
import { showDay } from "../../reader/detail/page.js";
import { type Source, SourceError } from "../../sources/source.js";
import type { Watched } from "../../sources/watched.js";

/** Days without papers that are passed over: weekends, holidays, a conference's week. */
const mostEmpty = 10;

/** A day that was walked to. */
export interface Walked {
  readonly listing: Listing;
  /** What reads it again. */
  readonly source: Source;
  /** What to say in place of how many papers it has. */
  readonly notice: string | null;
}

/**
 * Reads the day before or after one.
 * @param from the day shown, `YYYY-MM-DD`; `null` where none is: then the newest
 * @returns the nearest day with papers, or why there is none, in words
 * @throws SourceError where days cannot be read and none near is kept
 */
export type Walk = (from: string | null, step: 1 | -1, watched: Watched) => Promise<Walked | string>;

/** How a source that has days is read. */
export interface DaySources {
  /** The last day there can be, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly sourceOf: (day: string) => Source;
  /** The newest day, whichever that is. */
  readonly newest: Source;
  readonly open: (source: Source, watched: Watched) => Promise<Listing>;
  /** The same of what is kept alone, without asking a server. Rejects where nothing is. */
  readonly openKept: (source: Source) => Promise<Listing>;
}

/** Walks through days, each time from the one that is shown, which may be another than the last walk came to. */
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

async function back(days: DaySources, from: string | null, watched: Watched): Promise<Walked | string> {
  const start = from ?? (await days.open(days.newest, watched)).day ?? days.today();
  for (let away = 1; away <= mostEmpty; away += 1) {
    const found = await look(days, shifted(start, -away), watched);
    if (found) return found;
  }
  return `no papers in the ${mostEmpty} days before ${showDay(start)}`;
}

async function forward(days: DaySources, from: string | null, watched: Watched): Promise<Walked | string> {
  const start = from ?? days.today();
  const tomorrow = shifted(start, 1);
  if (tomorrow <= days.today()) {
    const found = await look(days, tomorrow, watched);
    if (found) return found;
  }
  // Asked before more days are, which may all be empty: a server may be months behind today. And it may be
  // a day ahead of this time zone.
  const newest = await days.open(days.newest, watched);
  const last = newest.size === 0 ? null : newest.day;
  if (last !== null && last <= start) return `${showDay(start)} is the newest day`;
  for (let away = 2; away <= mostEmpty; away += 1) {
    const day = shifted(start, away);
    if (day >= (last ?? shifted(days.today(), 1))) break;
    const found = await look(days, day, watched);
    if (found) return found;
  }
  if (last !== null) return { listing: newest, source: days.newest, notice: null };
  return `no papers in the ${mostEmpty} days after ${showDay(start)}`;
}

async function look(days: DaySources, day: string, watched: Watched): Promise<Walked | null> {
  watched.progress(showDay(day));
  const source = days.sourceOf(day);
  const listing = await days.open(source, watched);
  return listing.size === 0 ? null : { listing, source, notice: null };
}

/** The nearest day with papers that was fetched before; `null` where none is near. */
async function nearestKept(
  { today, sourceOf, openKept }: DaySources,
  from: string | null,
  step: 1 | -1,
): Promise<(Walked & { readonly day: string }) | null> {
  for (let away = 1; away <= mostEmpty; away += 1) {
    const day = shifted(from ?? today(), step * away);
    const source = sourceOf(day);
    const listing = await openKept(source).catch(() => null);
    if (listing !== null && listing.size > 0) return { listing, source, day, notice: null };
  }
  return null;
}

/** The day that many days after one, both `YYYY-MM-DD`. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
