import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, type Tagging } from "./tagged.js";

/** RefWorks' tagged format: a tag of two characters, a space and the value. An entry begins with `RT`. */
export const refWorks: Format = {
  name: "RefWorks file (tagged)",
  title: null,
  knownBy: "`RT ` and a type",
  from: "RefWorks, ProQuest",
  detect: (text) => {
    const head = headOf(text);
    return /^\s*RT [A-Z][a-z]/.test(head) || (/^RT [A-Z][a-z]/m.test(head) && /^(?:T1|A1) \S/m.test(head))
      ? 0.9
      : 0;
  },
  parse: (text) => readTagged(text, tagging),
};

const field = /^([A-Z][A-Z0-9])(?: ([^\n]*))?$/;

const tagging: Tagging = {
  read: (line) => {
    const found = field.exec(line.trimEnd());
    return found ? { tag: found[1] as string, value: found[2] ?? "" } : null;
  },
  begins: (tag) => tag === "RT",
  ends: (tag) => tag === "ER",
  outside: new Set(),
  toPaper: (entry) =>
    paperOfTags(entry, {
      title: ["T1", "TI"],
      authors: ["A1", "AU", "A2"],
      abstract: ["AB"],
      journal: ["JF", "JO", "T2"],
      dates: ["FD", "YR"],
      doi: ["DO"],
      urls: ["LK", "UL", "UR"],
      keywords: ["K1"],
      volume: ["VO"],
      pages: ["SP"],
    }),
};
