import type { Model } from "../reader/model.js";
import { leaveOff } from "../reader/start.js";
import { loadConfigWriter } from "../settings/config-writer.js";
import { defaultPosition, type ListingPosition } from "../settings/listing-position.js";
import { savePositions } from "../settings/save.js";
import type { Reading } from "./loading/reading.js";

/** Sources offered to be opened again. */
const recentSources = 20;

/** Where the reader left off in each source, of earlier runs and of this one. */
export class ListingPositions {
  readonly #places: Map<string, ListingPosition>;
  /** What is to be saved, in the order it was left. */
  readonly #changed = new Map<string, ListingPosition>();
  /** What was piped in in this visit. */
  readonly #pipes = new Set<string>();
  #newest: string | undefined;

  /** @param places of earlier runs by source, the one left last at the end */
  constructor(places: Readonly<Record<string, ListingPosition>>) {
    // Standard input had another name before.
    const renamed = Object.entries(places).map(
      ([name, place]) => [name.replace(/^stdin$/m, "-"), place] as const,
    );
    this.#places = new Map(renamed);
    this.#newest = [...this.#places.keys()].at(-1);
  }

  /**
   * Names of sources that can be opened again, the one left last first, without the one that is open. What was
   * piped in can be in this visit.
   */
  recent(open: string): readonly string[] {
    const isPast = (name: string) => !this.#pipes.has(name) && isStandardInput(name);
    const names = [...this.#places.keys()].reverse();
    return names.filter((name) => name !== open && !isPast(name)).slice(0, recentSources);
  }

  /** Where to begin in a source. */
  of({ name, keepsPlace }: Reading): ListingPosition {
    const place = this.#places.get(name) ?? defaultPosition;
    return keepsPlace || this.#pipes.has(name) ? place : { ...defaultPosition, history: place.history };
  }

  /**
   * Takes over where the reader leaves a source.
   * @param isDay whether a day that was walked to is on the screen: then its place was taken over before
   */
  leave(reading: Reading, model: Model, isDay: boolean): void {
    // What was never on the screen was not left anywhere else.
    if (model.listing.size === 0) return;
    const { name } = reading;
    if (!reading.keepsPlace) this.#pipes.add(name);
    const before = this.of(reading);
    const place = isDay ? { ...before, history: model.filter.history } : leaveOff(model);
    const isSame = JSON.stringify(place) === JSON.stringify(before);
    this.#places.delete(name);
    this.#places.set(name, place);
    // Nobody can name another pipe a second time.
    if (!reading.keepsPlace && !isStandardInput(name)) return;
    if (isSame && this.#newest === name) return;
    this.#newest = name;
    this.#changed.delete(name);
    this.#changed.set(name, place);
  }

  /** Saves what has changed; a sentence where it could not be. */
  async save(configDirectory: string): Promise<string | null> {
    if (this.#changed.size === 0) return null;
    return savePositions(await loadConfigWriter(), configDirectory, this.#changed);
  }
}

function isStandardInput(name: string): boolean {
  return name.split("\n").includes("-");
}
