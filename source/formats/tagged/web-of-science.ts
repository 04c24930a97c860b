import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, type Tagging } from "./tagged.js";

/**
 * Web of Science's tagged text (`.ciw`, `.isi`, `savedrecs.txt`): a tag of two characters, a space and the
 * value. Continuation lines are indented by three spaces; entries end with `ER`, the file with `EF`.
 * https://webofscience.help.clarivate.com/Content/export-records.htm
 */
export const webOfScience: Format = {
  name: "Web of Science file (tagged)",
  title: null,
  knownBy: "`FN Clarivate …` or `PT J`",
  from: "Web of Science, “Plain text file” and “EndNote desktop”",
  detect: (text) => {
    const head = headOf(text);
    if (/^\s*FN (?:Clarivate|Thomson|ISI|Web of)/i.test(head)) return 1;
    return /^PT [A-Z](?:\s|$)/m.test(head) && /^(?:AU|TI|SO) \S/m.test(head) ? 0.9 : 0;
  },
  parse: (text) => readTagged(text, tagging),
};

const field = /^([A-Z][A-Z0-9])(?: ([^\n]*))?$/;

const tagging: Tagging = {
  read: (line) => {
    const found = field.exec(line.trimEnd());
    return found ? { tag: found[1] as string, value: found[2] ?? "" } : null;
  },
  begins: (tag) => tag === "PT",
  ends: (tag) => tag === "ER" || tag === "EF",
  outside: new Set(["FN", "VR"]),
  toPaper: (entry) =>
    paperOfTags(entry, {
      title: ["TI"],
      authors: ["AF", "AU", "CA", "BE", "ED"],
      abstract: ["AB"],
      journal: ["SO", "JI", "J9"],
      dates: ["PD", "PY"],
      doi: ["DI"],
      urls: ["UR"],
      keywords: ["DE"],
      volume: ["VL"],
      pages: ["BP", "AR"],
      citations: ["TC", "Z9"],
    }),
};
