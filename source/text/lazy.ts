/** A value made on first use. */
export class Lazy<Value> {
  readonly #make: () => Value;
  #made: { readonly value: Value } | null = null;

  /** @param make makes the value; must always make the same */
  constructor(make: () => Value) {
    this.#make = make;
  }

  get value(): Value {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }
}
