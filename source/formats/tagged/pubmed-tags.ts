import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, type Tagging } from "./tagged.js";

/**
 * PubMed's own format (MEDLINE, `.nbib`), also written by ERIC: a tag of up to four characters, a hyphen as
 * the fifth and the value. Continuation lines are indented by six spaces; a blank line separates entries.
 * https://www.nlm.nih.gov/bsd/mms/medlineelements.html
 */
export const pubmedTags: Format = {
  name: "PubMed file (nbib)",
  title: null,
  knownBy: "`PMID- `, or its tags of four characters",
  from: "PubMed, “Send to citation manager”, and ERIC",
  detect: (text) => {
    const head = headOf(text);
    if (/^\s*PMID- ?\d/.test(head)) return 1;
    return /^(?:OWN|STAT|TI|PMID) {0,2}- /m.test(head) &&
      /^(?:FAU|AU|JT|DP|LID|AID) {1,2}- /m.test(head) &&
      !/^TY {2}-/m.test(head)
      ? 0.9
      : 0;
  },
  parse: (text) => readTagged(text, tagging),
};

const field = /^(?:(PMID)- ?|([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |$))([^\n]*)/;

const tagging: Tagging = {
  read: (line) => {
    const found = field.exec(line);
    return found ? { tag: (found[1] ?? found[2]) as string, value: found[3] ?? "" } : null;
  },
  begins: (tag) => tag === "PMID",
  // An entry with a PMID ends where the next one begins, because its fields may be separated by blank
  // lines.
  ends: (tag, line, entry) => tag === null && line.trim() === "" && entry?.text("PMID") === null,
  outside: new Set(),
  toPaper: (entry) => {
    const pmid = entry.text("PMID");
    return paperOfTags(
      entry,
      {
        title: ["TI", "BTI", "TT"],
        authors: ["FAU", "AU", "CN", "FED", "ED"],
        abstract: ["AB"],
        journal: ["JT", "TA", "SO"],
        dates: ["DP", "DEP", "DA"],
        doi: ["LID", "AID"],
        urls: ["AID", "LID", "UR"],
        keywords: ["OT"],
        volume: ["VI"],
        pages: ["PG"],
      },
      pmid === null
        ? {}
        : { name: `PubMed ${pmid}`, page: `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/` },
    );
  },
};
