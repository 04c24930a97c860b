import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, type Tagging } from "./tagged.js";

/**
 * EndNote's import format (Refer, `.enw`): `%` and a character, a space and the value. An entry begins with
 * `%0` or after a blank line. https://en.wikipedia.org/wiki/Refer_(software)
 */
export const endnoteTags: Format = {
  name: "EndNote file (enw)",
  title: null,
  knownBy: "`%0 ` and a type",
  from: "EndNote, Google Scholar, publishers’ “Download citation”",
  detect: (text) => {
    const head = headOf(text);
    if (/^\s*%0 [A-Z]/.test(head)) return 1;
    return /^%0 [A-Z][a-z]/m.test(head) && /^%[TAD] \S/m.test(head)
      ? 0.9
      : /^%[TA] \S[^\n]*\n%[A-Z0-9] /.test(head)
        ? 0.5
        : 0;
  },
  parse: (text) => readTagged(text, tagging),
};

const field = /^%([0-9A-Z@!?#&$^+>~*])(?: ([^\n]*))?$/;

const tagging: Tagging = {
  read: (line) => {
    const found = field.exec(line.trimEnd());
    return found ? { tag: found[1] as string, value: found[2] ?? "" } : null;
  },
  begins: (tag) => tag === "0",
  ends: (tag, line) => tag === null && line.trim() === "",
  outside: new Set(),
  toPaper: (entry) =>
    paperOfTags(entry, {
      title: ["T", "Q"],
      authors: ["A", "E"],
      abstract: ["X"],
      journal: ["J", "B"],
      dates: ["8", "D"],
      doi: ["R"],
      urls: ["U"],
      keywords: ["K"],
      // ACM's export; EndNote itself writes one a line.
      commaKeywords: true,
      volume: ["V"],
      pages: ["P"],
    }),
};
