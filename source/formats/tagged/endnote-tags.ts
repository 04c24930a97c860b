import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, TaggedEntry, type Tagging } from "./tagged.js";

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
      : /^%[TA] \S[^\n]*\n%[A-Z0-9] /.test(head) || (/^\s*%R \d{4}\S{15}\n%/.test(head) && /^%T /m.test(head))
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
  toPaper: (written) => {
    const entry = ofAds(written) ?? written;
    return paperOfTags(entry, {
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
    });
  },
};

/**
 * The entry with EndNote's tags if it is of NASA ADS, whose portable format has a bibcode in `%R`, the abstract in
 * `%B` and all authors in one `%A`; otherwise `null`. https://ui.adsabs.harvard.edu/help/actions/export
 */
function ofAds(written: TaggedEntry): TaggedEntry | null {
  if (!/^\d{4}\S{15}$/.test(written.text("R") ?? "")) return null;
  const entry = new TaggedEntry(written.line);
  for (const tag of ["T", "J", "K", "U"]) for (const one of written.all(tag)) entry.add(tag, [one]);
  for (const date of written.all("D")) entry.add("D", [date.replace(/\/00/g, "").replaceAll("/", "-")]);
  for (const name of written.all("A").flatMap((names) => names.split(";"))) entry.add("A", [name.trim()]);
  for (const abstract of written.all("B")) entry.add("X", [abstract]);
  const numbers = written.all("Y").join("; ");
  const doi = /DOI:\s?(10\.\d{4,9}\/[^\s;]+)/i.exec(numbers)?.[1];
  const arxiv = /arXiv:([\w./-]{9,30})/i.exec(numbers)?.[1];
  if (doi !== undefined) entry.add("R", [doi]);
  if (arxiv !== undefined) entry.add("U", [`https://arxiv.org/abs/${arxiv}`]);
  return entry;
}
