import { mayHaveParts } from "../text/acronym.js";

/** Rules out most ASCII titles of which no words in a row have the initials of an acronym. */
export class TitleInitials {
  readonly #acronyms: readonly string[];

  /** @param acronyms of the letters a to z */
  constructor(acronyms: readonly string[]) {
    this.#acronyms = acronyms;
  }

  mayBeOf(title: string): boolean {
    if (this.#acronyms.length === 0) return false;
    // A prefix has an initial of its own within the word.
    if (mayHaveParts(title)) return true;
    const initials = title.toLowerCase().replace(afterInitials, "");
    return this.#acronyms.some((acronym) => {
      let at = -1;
      // Words in between may be passed over.
      for (const letter of acronym) {
        at = initials.indexOf(letter, at + 1);
        if (at < 0) return false;
      }
      return true;
    });
  }
}

/** All but the first character of each word, and what is between words. */
const afterInitials = /(?<=[a-z0-9])[a-z0-9]+|[^a-z0-9]+/g;
