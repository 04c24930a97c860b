import type { Listing } from "../../papers/listing.js";
import type { Model, Notice } from "../../reader/model.js";
import type { Source } from "../../sources/source.js";
import type { Freshness, Reading } from "./reading.js";

/**
 * Shows the previous listing again, with a notice, and the name of the source that was left, if it can be
 * reopened.
 */
export type ShowAgain = (said: Notice | null, left: string | null) => void;

/** A listing, and how far it was read when another one replaced it. */
export interface Left {
  readonly reading: Reading;
  readonly freshness: Freshness;
  readonly shown: Listing;
  readonly walked: Source | null;
  readonly isToRenew: boolean;
  readonly isInterrupted: boolean;
  readonly waiting: Listing | null;
  readonly tookWaiting: boolean;
}

/** A listing to go back to. */
export interface VisitedListing {
  /** The name of its source. */
  readonly name: string;
  /** The name of the listing. */
  readonly title: string;
  /** `null` for a long listing, which is opened again by its name: several would fill the memory. */
  readonly kept: { readonly left: Left; readonly showAgain: ShowAgain } | null;
  /** Whether it is forgotten once the listing that replaced it has papers. */
  readonly isForNow: boolean;
}

/** The listings that were left in this visit, to go back through them one by one. */
export class VisitedListings {
  readonly #stack: VisitedListing[] = [];
  #hasLeft = false;

  /** The one that was left last; `null` if there is none. */
  get last(): VisitedListing | null {
    return this.#stack.at(-1) ?? null;
  }

  /** Where going back leads. */
  get wayBack(): Model["wayBack"] {
    if (this.#stack.length > 0) return "listing";
    return this.#hasLeft ? "first" : "unopened";
  }

  /** Keeps a listing that is left. An empty one is not kept after another: whoever goes back looks for papers. */
  keep(left: Left, showAgain: ShowAgain, isForNow: boolean): void {
    this.#hasLeft = true;
    if (left.shown.size === 0 && this.#stack.length > 0) return;
    this.#stack.push({
      name: left.reading.name,
      title: left.shown.name,
      kept: { left, showAgain },
      isForNow,
    });
  }

  /** Call it when the listing that replaced the last one has papers. */
  settle(): void {
    const { last } = this;
    if (last === null || last.kept === null) return;
    const { reading, shown } = last.kept.left;
    if (last.isForNow) this.#stack.pop();
    else if (shown.packed !== null && reading.keepsPlace) {
      this.#stack.pop();
      this.#stack.push({ ...last, kept: null });
    }
  }

  /** Takes the one that was left last; `null` if there is none. */
  take(): VisitedListing | null {
    return this.#stack.pop() ?? null;
  }

  /** What was piped in under that name, as it was left last; `null` if it is not here. */
  piped(name: string): Left | null {
    const { kept = null } = this.#stack.findLast((one) => one.name === name) ?? {};
    return kept === null || kept.left.reading.keepsPlace ? null : kept.left;
  }
}
