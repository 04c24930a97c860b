/** A value that is made when it is first asked for. */
export class Lazy<Value> {
  readonly #make: () => Value;
  #made: { readonly value: Value } | null = null;

  /** @param make makes the value; it always makes the same */
  constructor(make: () => Value) {
    this.#make = make;
  }

  get value(): Value {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }
}
