/**
 * A pattern that is made when it is first asked. V8 makes one with properties of Unicode (`\p{L}`) in
 * up to half a millisecond, and a start would make some twenty that a listing seldom needs.
 */
export class LazyRegExp {
  readonly #make: () => RegExp;
  #made: RegExp | null = null;

  /** @param make gives the pattern, as a literal of its own */
  constructor(make: () => RegExp) {
    this.#make = make;
  }

  /** The pattern itself. */
  get pattern(): RegExp {
    this.#made ??= this.#make();
    return this.#made;
  }

  /** As `RegExp.test`. */
  test(text: string): boolean {
    return this.pattern.test(text);
  }
}
