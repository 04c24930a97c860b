import type { Listing } from "../papers/listing.js";
import type { Source } from "../sources/source.js";
import type { Watched } from "../sources/watched.js";

/** Days without papers that are passed over: weekends, holidays, a conference's week. */
const mostEmpty = 10;

/** Reads the day before or after; `null` where there are papers on none of the nearest days. */
export type Walk = (step: 1 | -1, watched: Watched) => Promise<Listing | null>;

/** A source that may go from day to day. `current` is what is being read now. */
export interface Days {
  readonly current: () => readonly Source[];
  readonly walk: Walk;
}

/**
 * Walks through the days of a source from the one that is shown.
 * @param shown the day shown at first, `YYYY-MM-DD`
 * @param today the last day there can be, `YYYY-MM-DD`
 * @param sourceOf the source of a day
 */
export function daysOf(
  first: readonly Source[],
  shown: string,
  today: string,
  sourceOf: (day: string) => Source,
  open: (sources: readonly Source[], watched: Watched) => Promise<Listing>,
): Days {
  let sources = first;
  let day = shown;
  const walk: Walk = async (step, watched) => {
    let next = day;
    for (let empty = 0; empty < mostEmpty; empty += 1) {
      next = shifted(next, step);
      if (next > today) return null;
      watched.progress(next);
      const source = sourceOf(next);
      const listing = await open([source], watched);
      if (listing.size === 0) continue;
      day = next;
      sources = [source];
      return listing;
    }
    return null;
  };
  return { current: () => sources, walk };
}

/** The day that many days after one, both `YYYY-MM-DD`. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
