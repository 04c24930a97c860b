import type { ParsedListing } from "../../papers/listing.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { papersOfEntries } from "./bibtex.js";
import type { Entry } from "./entries.js";

/**
 * Org files in which headings are papers: the properties below a heading are the fields of BibTeX, as Org's own
 * ol-bibtex, org-ref and org-roam-bibtex write them.
 * https://orgmode.org/worg/org-contrib/org-bibtex.html, https://orgmode.org/manual/Property-Syntax.html
 */
export const org: Format = {
  name: "papers in Org",
  title: null,
  knownBy: "`:PROPERTIES:` with `:BTYPE:`, or with `:AUTHOR:` and a year, DOI or key",
  from: "Emacs: org-bibtex, org-roam notes of papers",
  detect: (text) =>
    /^[ \t]*:PROPERTIES:/im.test(headOf(text)) && entriesIn(headOf(text)).length > 0 ? 0.93 : 0,
  parse: (text): ParsedListing => {
    const found = papersOfEntries({ entries: entriesIn(text), preambles: [], problems: [] });
    const isEmpty = found.papers.length + found.problems.length === 0;
    return isEmpty ? { ...found, problems: [{ line: null, message: "no heading in it is a paper" }] } : found;
  },
};

const heading =
  /^\*+\s+(?:(?:TODO|DONE|NEXT|WAIT|READ|READING)\s+)?(?:\[#\w\]\s+)?(.*?)(?:\s+:[\w@#%:]{1,200}:)?\s*$/;
const property = /^[ \t]*:([A-Za-z][\w-]{0,40})\+?:(?:\s+(.*?))?\s*$/;
/** Org's own properties, which are no fields of a paper. */
const own = /^(?:id|created|category|noter_\w+|style|visibility|effort|cookie_data|logging|archive_\w+)$/;

function entriesIn(text: string): Entry[] {
  const entries: Entry[] = [];
  let title = "";
  // What is before the first heading describes the whole file.
  let isWholeFile = true;
  let drawer: { line: number; fields: Map<string, string> } | null = null;
  const close = () => {
    if (drawer !== null) {
      if (isWholeFile) addAddress(text, drawer.fields);
      const entry = toEntry(drawer.fields, isWholeFile ? titleOfFile(text) : title, drawer.line);
      if (entry !== null) entries.push(entry);
    }
    drawer = null;
  };
  eachLine(text, (line, number) => {
    if (line.length > 100_000) return;
    const found = heading.exec(line);
    if (found) {
      close();
      [title, isWholeFile] = [found[1] ?? "", false];
      return;
    }
    if (/^[ \t]*:PROPERTIES:[ \t]*$/i.test(line)) drawer = { line: number, fields: new Map() };
    else if (/^[ \t]*:END:[ \t]*$/i.test(line)) close();
    else if (drawer !== null) {
      const [, name = "", value = ""] = property.exec(line) ?? [];
      const key = name.toLowerCase();
      if (key !== "" && value !== "" && !own.test(key) && !drawer.fields.has(key))
        drawer.fields.set(key, value);
    }
  });
  close();
  return entries;
}

/** A note on one paper links to it below; of several addresses it is unknown which one is the paper's. */
function addAddress(text: string, fields: Map<string, string>): void {
  if (["doi", "url", "eprint"].some((name) => fields.has(name))) return;
  const paper =
    /https?:\/\/(?:(?:dx\.)?doi\.org\/10\.[^\s[\]]{3,300}|arxiv\.org\/(?:abs|pdf)\/[\w./-]{5,40})/g;
  const found = new Set(headOf(text).match(paper));
  const [only] = found;
  if (only !== undefined && found.size === 1) fields.set("url", only);
}

function titleOfFile(text: string): string {
  return /^[ \t]*#\+title:[ \t]*(\S[^\n]*?)\s*$/im.exec(headOf(text))?.[1] ?? "";
}

/** Authors as org-roam-bibtex writes them, "Holm, I., & Reed, O. T.", with BibTeX's "and". */
function withAnd(people: string): string {
  if (!people.includes("&") || / and /.test(people)) return people;
  return people.replace(/,?\s*&\s*/g, " and ").replace(/(?<=\p{Lu}\.),\s+(?=\p{Lu}\p{Ll})/gu, " and ");
}

/** `null` if the properties do not describe a paper. */
function toEntry(found: ReadonlyMap<string, string>, title: string, line: number): Entry | null {
  const fields = new Map([...found].map(([name, value]) => [name.replace(/^bib_/, ""), balanced(value)]));
  const reference = fields.get("roam_refs") ?? fields.get("roam_key") ?? "";
  const key =
    fields.get("custom_id") ?? /@([^\s,;]{1,200})/.exec(reference)?.[1] ?? fields.get("cite_key") ?? "";
  const type = fields.get("btype") ?? fields.get("type") ?? "";
  const isSaid = ["year", "date", "doi", "eprint", "url"].some((name) => fields.has(name)) || key !== "";
  // A note of org-roam names its paper by a citation key or an address.
  const isNote =
    title !== "" && (/@\S/.test(reference) || /^https?:\/\/(?:\S*arxiv|\S*doi)\.org\//.test(reference));
  if (!fields.has("btype") && !isNote && !(fields.has("author") && isSaid)) return null;
  const people = fields.get("author");
  if (people !== undefined) fields.set("author", withAnd(people));
  for (const name of ["custom_id", "roam_refs", "roam_key", "cite_key", "btype"]) fields.delete(name);
  if (title !== "" && !fields.has("title")) fields.set("title", balanced(title));
  const address = /https?:\/\/\S+/.exec(reference)?.[0];
  if (address !== undefined && !fields.has("url")) fields.set("url", address);
  const written = /^[a-z]{1,40}$/i.test(type) ? type : "misc";
  return {
    type: written.toLowerCase(),
    writtenType: written,
    key,
    line,
    fields,
    written: [...fields].map(([name, value]) => [name, `{${value}}`] as const),
    fault: null,
  };
}

/** A value that may be put in braces: Org does not ask for balanced ones. */
function balanced(value: string): string {
  let depth = 0;
  for (const sign of value) {
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    if (depth < 0) break;
  }
  return depth === 0 ? value : value.replace(/[{}]/g, "");
}
