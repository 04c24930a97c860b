import type { Effect, Message } from "./messages.js";
import type { Model } from "./model.js";
import { update } from "./update.js";

/**
 * Holds the model and takes messages in. A message is worked off at once, effects included, before
 * `dispatch` returns; drawing is told afterwards and decides itself when to look.
 */
export class Store {
  #model: Model;
  readonly #run: (effect: Effect) => void;
  readonly #listeners = new Set<() => void>();

  /** `run` carries an effect out; what comes of it comes back as a message. */
  constructor(model: Model, run: (effect: Effect) => void) {
    this.#model = model;
    this.#run = run;
  }

  readonly getModel = (): Model => this.#model;

  readonly dispatch = (message: Message): void => {
    const before = this.#model;
    const [model, effects] = update(before, message);
    this.#model = model;
    for (const effect of effects) this.#run(effect);
    if (this.#model !== before) for (const listener of this.#listeners) listener();
  };

  /** Calls `listener` after every change; returns how to stop it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
