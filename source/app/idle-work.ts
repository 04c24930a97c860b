import type { Listing } from "../papers/listing.js";
import { prepareIndex } from "../reader/filter/search-index.js";
import type { Model } from "../reader/model.js";

/** Idle work starts after so many milliseconds without a key or a new listing. */
const quiet = 400;
/** The pause between two pieces, in ms, so that a key waits for one piece at most. */
const between = 4;

/** Prepares the filter's index of what is on the screen while nothing else happens. */
export class Preparing {
  readonly #model: () => Pick<Model, "caches" | "listing">;
  #timer: NodeJS.Timeout | undefined;
  #prepared: Listing | null = null;

  constructor(model: () => Pick<Model, "caches" | "listing">) {
    this.#model = model;
  }

  /** Something has happened on the screen: it is not quiet. */
  readonly wait = (): void => {
    if (this.#model().listing !== this.#prepared) this.#in(quiet);
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#prepared = this.#model().listing;
  }

  #in(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { caches, listing } = this.#model();
      if (prepareIndex(caches, listing)) this.#in(between);
      else this.#prepared = listing;
    }, ms);
    // It is worth no waiting for.
    this.#timer.unref();
  }
}
