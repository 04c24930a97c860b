import { Lazy } from "./lazy.js";

/**
 * A regular expression that is compiled on first use. One with Unicode properties (`\p{L}`) takes V8 up to half
 * a millisecond, and the start would compile some twenty that a listing seldom needs.
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
