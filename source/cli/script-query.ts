import { today } from "../app/environment.js";
import { openMarks } from "../app/marks-of.js";
import { watchesOf } from "../search/interests/judge.js";
import { parseQuery, type Query, type Watches } from "../search/query/query.js";
import { MistypedError } from "./arguments/arguments.js";

/** The watches that a filter may name; the marks are read only where it names one. */
export function watchesHere(text: string): Watches {
  return /watch/i.test(text) ? watchesOf(openMarks().library.interests()) : new Map();
}

/**
 * The query of a script. Unknown and unfinished conditions, which the screen tolerates, are errors here: a
 * script with `is:star` must not get every paper.
 *
 * @param watches what `watch:NAME` may name
 * @param option what the text was given as, for the message
 * @throws MistypedError with the mistake and the nearest right spelling
 */
export function scriptQuery(text: string, watches: Watches = new Map(), option = "--filter"): Query {
  const query = parseQuery(text, today(), watches);
  const [mistake] = query.mistakes;
  if (mistake === undefined) {
    if (query.isEmpty && text.trim() !== "")
      throw new MistypedError(`${option}: there is nothing to look for in “${text}”`);
    return query;
  }
  const { kind, written, what, nearest } = mistake;
  const isBegun = kind === "unfinished" && what.startsWith(written);
  const wrong = isBegun ? `${written} is unfinished` : what.replace(/ yet$|; searched as words$/, "");
  const instead =
    nearest !== null
      ? `; did you mean “${nearest}”?`
      : kind === "unknown"
        ? `; to search for the text, put it in double quotes: "${written}"`
        : "";
  throw new MistypedError(`${option}: ${wrong}${instead}`);
}
