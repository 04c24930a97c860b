import { isRecord } from "../files/json.js";
import { sortNames } from "../papers/sort-and-column-names.js";

/** The reading position in a listing. */
export interface ReadingPosition {
  readonly view: "all" | "unread" | "starred" | "later" | "for-you";
  /** "order", "date", "title", "author", "upvotes" or "relevance", with a leading "-" when reversed. */
  readonly sort: string;
  readonly filter: string;
  /** The id of the paper under the cursor. */
  readonly paper: string | null;
  /** Earlier filters, newest last, at most 100. */
  readonly history: readonly string[];
}

export const defaultPosition: ReadingPosition = {
  view: "all",
  sort: "relevance",
  filter: "",
  paper: null,
  history: [],
};

const historyLength = 100;
const views: readonly unknown[] = [
  "all",
  "unread",
  "starred",
  "later",
  "for-you",
] satisfies ReadingPosition["view"][];
const sort = new RegExp(`^-?(?:${sortNames.join("|")})$`);

/**
 * A position in the config file. Positions are a list, because an object does not keep the order of names that
 * look like numbers, and the first is the oldest.
 */
export interface StoredPosition extends ReadingPosition {
  readonly listing: string;
}

/**
 * The position to write.
 * @param before the position in the file; another terminal may have added filters meanwhile
 */
export function storedPosition(listing: string, position: ReadingPosition, before: unknown): StoredPosition {
  const { view, sort, filter, paper, history } = position;
  const known = isRecord(before) ? readPosition(before).position.history : [];
  const all = [...known.filter((one) => !history.includes(one)), ...history];
  return { listing, view, sort, filter, paper, history: all.slice(-historyLength) };
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
): Record<string, ReadingPosition> {
  const places: Record<string, ReadingPosition> = Object.create(null);
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
  position: ReadingPosition;
  wrong: readonly string[];
} {
  const wrong: string[] = [];
  const choose = <Key extends keyof ReadingPosition>(
    key: Key,
    isRight: (value: unknown) => boolean,
  ): ReadingPosition[Key] => {
    const value = stored[key];
    if (value !== undefined && isRight(value)) return value as ReadingPosition[Key];
    if (value !== undefined) wrong.push(key);
    return defaultPosition[key];
  };
  const position: ReadingPosition = {
    view: choose("view", (value) => views.includes(value)),
    sort: choose("sort", (value) => typeof value === "string" && sort.test(value)),
    filter: choose("filter", isText),
    paper: choose("paper", (value) => value === null || isText(value)),
    history: choose("history", (value) => Array.isArray(value) && value.every(isText)).slice(-historyLength),
  };
  return { position, wrong };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
