/** A value that is made when it is first asked for. */
export class Late<T> {
  readonly #make: () => T;
  #value: T | undefined;
  isMade = false;

  constructor(make: () => T) {
    this.#make = make;
  }

  get value(): T {
    if (!this.isMade) this.#value = this.#make();
    this.isMade = true;
    return this.#value as T;
  }
}
