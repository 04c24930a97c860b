import type { Interest } from "../../papers/interests/interest.js";
import type { Watches } from "../query/query.js";
import type { Indexed } from "./indexed.js";
import { type Finding, filterOf, judge } from "./judge.js";

/**
 * Caches the findings of each interest in one listing, so that adding an interest does not search for the
 * others again.
 */
export class KnownFindings {
  readonly #known = new Map<string, Finding>();
  #watches: Watches = new Map();
  #definitions = "[]";
  /** Incremented each time the definitions of the watches change. */
  #version = 0;

  /** Like `judge`, for this listing, with caching. */
  judge(indexed: Indexed, interest: Interest, today: string | null, watches: Watches): Finding {
    this.#note(watches);
    // Only a filter that refers to a watch depends on the other watches.
    const version = /watch/i.test(filterOf(interest) ?? "") ? this.#version : 0;
    const key = JSON.stringify([interest, today, version]);
    const found = this.#known.get(key) ?? judge(indexed, interest, today, watches);
    this.#known.set(key, found);
    return found;
  }

  #note(watches: Watches): void {
    if (watches === this.#watches) return;
    const definitions = JSON.stringify([...watches]);
    if (definitions !== this.#definitions) this.#version += 1;
    this.#definitions = definitions;
    this.#watches = watches;
  }
}
