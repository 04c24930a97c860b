import { isValues } from "./config-file.js";

/** Where the reader left off in a listing. */
export interface Place {
  readonly view: "all" | "unread" | "starred" | "later";
  /** "order", "date", "title", "author", "upvotes" or "relevance", with a leading "-" when reversed. */
  readonly sort: string;
  readonly filter: string;
  /** The id of the paper under the cursor. */
  readonly paper: string | null;
  /** Earlier filters, newest last, at most 100. */
  readonly history: readonly string[];
}

export const defaultPlace: Place = { view: "all", sort: "relevance", filter: "", paper: null, history: [] };

const historyLength = 100;
const views: readonly unknown[] = ["all", "unread", "starred", "later"] satisfies Place["view"][];
const sort = /^-?(order|date|title|author|upvotes|relevance)$/;

/**
 * A place as the config file keeps it. They are a list and not an object, because an object does
 * not keep the order of names that look like numbers, and the order tells which is the oldest.
 */
export interface StoredPlace extends Place {
  readonly listing: string;
}

/** The place to be written, with the newest of its history. */
export function storedPlace(listing: string, place: Place): StoredPlace {
  const { view, sort, filter, paper, history } = place;
  return { listing, view, sort, filter, paper, history: history.slice(-historyLength) };
}

/**
 * The places in a config file by listing name, the last where a name comes twice. What is wrong in
 * one falls back to its default, and `problems` is told once a place.
 *
 * @param value what the file has under "places"; `undefined` where it has nothing
 * @param path the file, for the sentences
 */
export function readPlaces(value: unknown, path: string, problems: string[]): Record<string, Place> {
  const places: Record<string, Place> = Object.create(null);
  if (value === undefined) return places;
  if (!Array.isArray(value)) {
    problems.push(`Where you left off could not be read: "places" in ${path} must be a list.`);
    return places;
  }
  let nameless = 0;
  for (const stored of value) {
    if (!isValues(stored) || typeof stored.listing !== "string") {
      nameless++;
      continue;
    }
    const { place, wrong } = readPlace(stored);
    places[stored.listing] = place;
    if (wrong.length > 0) {
      const keys = wrong.map((key) => `"${key}"`).join(", ");
      problems.push(`Where you left off in ${stored.listing} could not all be read: ${keys} in ${path}.`);
    }
  }
  if (nameless > 0) {
    problems.push(
      `Where you left off could not all be read: an entry of "places" in ${path} has no "listing".`,
    );
  }
  return places;
}

function readPlace(stored: Record<string, unknown>): { place: Place; wrong: readonly string[] } {
  const wrong: string[] = [];
  const choose = <Key extends keyof Place>(key: Key, isRight: (value: unknown) => boolean): Place[Key] => {
    const value = stored[key];
    if (value !== undefined && isRight(value)) return value as Place[Key];
    if (value !== undefined) wrong.push(key);
    return defaultPlace[key];
  };
  const place: Place = {
    view: choose("view", (value) => views.includes(value)),
    sort: choose("sort", (value) => typeof value === "string" && sort.test(value)),
    filter: choose("filter", isText),
    paper: choose("paper", (value) => value === null || isText(value)),
    history: choose("history", (value) => Array.isArray(value) && value.every(isText)).slice(-historyLength),
  };
  return { place, wrong };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
