import type { Effect, Message } from "./messages.js";
import type { Model } from "./model.js";
import { update } from "./update.js";

/**
 * Holds the model and handles messages. `dispatch` handles a message at once, with its effects, before it
 * returns. Subscribers are notified afterwards and decide when to draw.
 */
export class Store {
  #model: Model;
  readonly #run: (effect: Effect) => void;
  readonly #listeners = new Set<() => void>();

  /** `run` carries out an effect, whose result arrives as a message. */
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

  /** Calls `listener` after every change. Returns a function that unsubscribes it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
