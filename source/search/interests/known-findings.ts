import type { Interest } from "../../papers/interests/interest.js";
import type { Watches } from "../query/query.js";
import type { Indexed } from "./indexed.js";
import { type Finding, filterOf, judge } from "./judge.js";

/** What interests have found in one listing: when one is added, the others are known. */
export class KnownFindings {
  readonly #known = new Map<string, Finding>();
  #watches: Watches = new Map();
  #definitions = "[]";
  /** Counts how often the watches were replaced by others. */
  #version = 0;

  /** As `judge`, of that listing. */
  judge(indexed: Indexed, interest: Interest, today: string | null, watches: Watches): Finding {
    this.#note(watches);
    // Only a filter that names a watch depends on the others.
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
