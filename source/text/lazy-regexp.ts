import { Lazy } from "./lazy.js";

/**
 * A pattern that is made when it is first asked. V8 makes one with properties of Unicode (`\p{L}`) in
 * up to half a millisecond, and a start would make some twenty that a listing seldom needs.
 */
export class LazyRegExp extends Lazy<RegExp> {
  /** The pattern itself. */
  get pattern(): RegExp {
    return this.value;
  }

  /** As `RegExp.test`. */
  test(text: string): boolean {
    return this.value.test(text);
  }
}
