import { isRecord } from "../files/json.js";
import { sortNames } from "../papers/sort-and-column-names.js";

/** Where the reader left off in a listing. (The place in a text is in the journal: `Library.place`.) */
export interface ListingPosition {
  readonly view: "all" | "unread" | "starred" | "later" | "for-you";
  /** "order", "date", "title", "author", "upvotes" or "relevance", with a leading "-" when reversed. */
  readonly sort: string;
  readonly filter: string;
  /** The id of the paper under the cursor. */
  readonly paper: string | null;
  /** The day of the listing, `YYYY-MM-DD`, if it had one. */
  readonly day: string | null;
  /** Earlier filters, newest last, at most 100. */
  readonly history: readonly string[];
}

export const defaultPosition: ListingPosition = {
  view: "all",
  sort: "relevance",
  filter: "",
  paper: null,
  day: null,
  history: [],
};

const historyLength = 100;
const views: readonly unknown[] = [
  "all",
  "unread",
  "starred",
  "later",
  "for-you",
] satisfies ListingPosition["view"][];
const sort = new RegExp(`^-?(?:${sortNames.join("|")})$`);

/**
 * A position in the config file. Positions are a list, because an object does not keep the order of names that
 * look like numbers, and the first is the oldest.
 */
export interface StoredPosition extends ListingPosition {
  readonly listing: string;
}

/**
 * The position to write.
 * @param before the position in the file; another terminal may have added filters meanwhile
 */
export function storedPosition(listing: string, position: ListingPosition, before: unknown): StoredPosition {
  const { view, sort, filter, paper, day, history } = position;
  const known = isRecord(before) ? readPosition(before).position.history : [];
  const all = [...known.filter((one) => !history.includes(one)), ...history];
  return { listing, view, sort, filter, paper, day, history: all.slice(-historyLength) };
}

/**
 * The positions in a config file by listing name; the last counts if a name occurs twice. An invalid field gets
 * its default, and `problems` gets a sentence.
 *
 * @param value the value of "places" in the file, or `undefined`
 * @param path the file, for the sentences
 */
export function readPositions(
  value: unknown,
  path: string,
  problems: string[],
): Record<string, ListingPosition> {
  const places: Record<string, ListingPosition> = Object.create(null);
  if (value === undefined) return places;
  if (!Array.isArray(value)) {
    problems.push(`Where you left off could not be read: "places" in ${path} must be a list.`);
    return places;
  }
  let nameless = 0;
  for (const stored of value) {
    if (!isRecord(stored) || typeof stored.listing !== "string") {
      nameless++;
      continue;
    }
    const { position, wrong } = readPosition(stored);
    places[stored.listing] = position;
    if (wrong.length > 0) {
      const keys = wrong.map((key) => `"${key}"`).join(", ");
      problems.push(`Some of where you left off in ${stored.listing} could not be read: ${keys} in ${path}.`);
    }
  }
  if (nameless > 0) {
    problems.push(
      `Some of where you left off could not be read: an entry of "places" in ${path} has no "listing".`,
    );
  }
  return places;
}

function readPosition(stored: Record<string, unknown>): {
  position: ListingPosition;
  wrong: readonly string[];
} {
  const wrong: string[] = [];
  const choose = <Key extends keyof ListingPosition>(
    key: Key,
    isRight: (value: unknown) => boolean,
  ): ListingPosition[Key] => {
    const value = stored[key];
    if (value !== undefined && isRight(value)) return value as ListingPosition[Key];
    if (value !== undefined) wrong.push(key);
    return defaultPosition[key];
  };
  const position: ListingPosition = {
    view: choose("view", (value) => views.includes(value)),
    sort: choose("sort", (value) => typeof value === "string" && sort.test(value)),
    filter: choose("filter", isText),
    paper: choose("paper", (value) => value === null || isText(value)),
    day: choose("day", (value) => value === null || isText(value)),
    history: choose("history", (value) => Array.isArray(value) && value.every(isText)).slice(-historyLength),
  };
  return { position, wrong };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
