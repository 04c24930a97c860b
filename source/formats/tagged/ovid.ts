import type { Paper } from "../../papers/paper.js";
import { makePaper } from "../../papers/paper.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfTags, readTagged, TaggedEntry, type Tagging } from "./tagged.js";

/**
 * Ovid's exports: `<1>` before each record, then fields with two-letter tags (`TI - `) or with headings
 * ("Title") and the value indented below. https://ospguides.ovid.com/OSPguides/medline.htm
 */
export const ovid: Format = {
  name: "Ovid file (tagged)",
  title: null,
  knownBy: "`<1>` before fields, or `VN  - Ovid`",
  from: "Ovid, “Export” as Ovid Citation or Reprint/Medlars",
  detect: (text) => {
    const head = headOf(text);
    if (/^VN {2}- Ovid/m.test(head)) return 1;
    if (!recordMark.test(head)) return 0;
    return headings.test(head) || /^(?:TI|AU|AN|UI) {2}- /m.test(head) ? 0.95 : 0;
  },
  parse: (text) => readTagged(text, tagging),
};

const recordMark = /^<\s?\d{1,6}\s?\.?\s?>\s*$/m;
/** Maps headings to two-letter tags. */
const letters: Readonly<Record<string, string>> = {
  title: "TI",
  "article title": "TI",
  "original title": "OT",
  author: "AU",
  authors: "AU",
  "authors full name": "FA",
  "author name": "AU",
  abstract: "AB",
  source: "SO",
  "journal name": "JN",
  journal: "JN",
  "publication date": "DP",
  "date of publication": "DP",
  year: "YR",
  "year of publication": "YR",
  "publication year": "YR",
  "digital object identifier": "DO",
  doi: "DO",
  "accession number": "AN",
  "unique identifier": "UI",
  "keyword heading": "KW",
  keywords: "KW",
  "author keywords": "KW",
  volume: "VO",
  "journal volume": "VO",
  "page range": "PG",
  pages: "PG",
  url: "UR",
};
const headings = /^(?:Title|Authors?|Source|Abstract|Accession Number|Unique Identifier)\s*$/m;
const field = /^([A-Z][A-Z0-9])(?: {2}- ?| {2}-$)([^\n]*)$/;

const tagging: Tagging = {
  read: (line) => {
    const found = field.exec(line);
    if (found) return { tag: found[1] as string, value: found[2] ?? "" };
    if (recordMark.test(line)) return { tag: "<>", value: "" };
    // A heading begins at the margin; values are indented.
    const heading = /^[A-Z][A-Za-z ()/-]{1,60}$/.test(line.trimEnd()) ? line.trim().toLowerCase() : null;
    if (heading === null || heading === "") return null;
    return { tag: letters[heading] ?? `heading ${heading}`, value: "" };
  },
  begins: (tag) => tag === "<>",
  ends: (tag, line, entry) => tag === null && line.trim() === "" && entry?.text("VN") != null,
  outside: new Set(["<>"]),
  toPaper,
};

const degrees =
  /(?:(?:^|[\s,]+)(?:MD|PhD|DPhil|DSc|MSc|MPH|MBBS|BSc|RN|DO|DDS|DVM|PharmD|FAAN|FRCS|FACS))+\.?\s*$/;

/**
 * A name without the degrees and the sign of an affiliation that Journals@Ovid adds: "van Vugt, Arie MD, PhD +",
 * "Fu, Qiong 1". After a family name alone, "MD" is initials.
 */
function withoutDegrees(name: string): string {
  const plain = name.replace(/\s[\d*+#[\]^]{1,3}\s*$/, "");
  return /,\s*\p{Lu}\p{Ll}/u.test(plain) || !/\s/.test(plain.trim()) ? plain.replace(degrees, "") : plain;
}

function toPaper(entry: TaggedEntry): Paper | string {
  const source = entry.text("SO") ?? "";
  const written = new TaggedEntry(entry.line);
  for (const tag of ["TI", "OT", "AB", "AN", "UI", "VO", "PG", "UR", "KW"]) {
    for (const one of entry.all(tag)) written.add(tag, [one]);
  }
  // "Smith AB. Jones CD." and "Smith A.B., Jones C.D." in one line, or one name per line.
  const names = entry
    .lines("FA", "AU")
    .flatMap((line) => line.split(/;|(?<=\s\p{Lu}{1,3})[.,]\s+|(?<=\p{Lu}\.),\s+(?=\p{Lu}\p{L})/u))
    .map(withoutDegrees)
    .map((name) => name.replace(/(?<=\s\p{Lu}{1,3})\.?\s*$/u, "").trim())
    .filter((name) => name !== "");
  const authors = entry.all("FA").length > 0 ? names.slice(0, entry.lines("FA").length) : names;
  for (const name of authors) written.add("AU", [name]);
  // "Journal of Kettles. 12(3):345-50, 2018 Mar."
  const journal =
    entry.text("JN", "JA", "JT") ?? /^(.{2,300}?)\.\s+(?=\d|Vol|\(|:|v)/i.exec(source)?.[1] ?? null;
  if (journal !== null) written.add("JN", [journal]);
  const dates = [
    ...entry.all("DP", "YR", "PD"),
    /(?<![\d-])(?:19|20)\d\d(?![\d-]).{0,20}$/.exec(source)?.[0] ?? "",
  ];
  for (const date of dates) written.add("DP", [date]);
  for (const doi of entry.all("DO", "DI"))
    written.add("DO", [doi.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, "")]);
  const number = entry.text("UI", "AN");
  const found = paperOfTags(
    written,
    {
      title: ["TI", "OT"],
      authors: ["AU"],
      abstract: ["AB"],
      journal: ["JN"],
      dates: ["DP"],
      doi: ["DO"],
      urls: ["UR"],
      keywords: ["KW"],
      volume: ["VO"],
      pages: ["PG"],
    },
    number === null ? {} : { name: `Ovid ${number}` },
  );
  if (typeof found === "string") return found;
  // Removes the final full stop and what Ovid appends to a title: "A title. [Review]".
  const title = found.title.replace(/\s*\[(?:Review|References|English|Article)\]\.?$/i, "");
  return title === found.title ? found : makePaper({ ...found, title });
}
