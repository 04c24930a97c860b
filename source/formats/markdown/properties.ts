import type { ParsedListing } from "../../papers/listing.js";
import { eachLine, headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import type { Fields } from "../json/fields.js";
import { paperOfNote } from "../yaml/note.js";

/**
 * A note on a paper whose properties are lines "name:: value": a page of Logseq, or a note of Obsidian for its
 * plug-in Dataview. https://blacksmithgu.github.io/obsidian-dataview/annotation/add-metadata/
 */
export const propertyNote: Format = {
  name: "note on a paper (properties)",
  title: null,
  knownBy: "lines `title:: …` and `doi:: …`, `arxiv:: …`, `citekey:: …`, or authors and a date",
  from: "Logseq and its Zotero import, Obsidian with Dataview and Zotero Integration",
  detect: (text) => (fieldsOf(text) === null ? 0 : 0.92),
  parse,
};

/** Bullets, quotes and bold signs may be around the name. */
const property =
  /^[\s>*+-]{0,12}(?:\*\*|__)?\[?([A-Za-z][\w -]{1,30})(?:\*\*|__)?::(?:\*\*|__)?\s*(\S.*?)\s*$/;
const people = /^(?:firstauthor|authors?)$/;

function fieldsOf(whole: string): Fields | null {
  const head = headOf(whole);
  if (!head.includes("::")) return null;
  const fields: Record<string, unknown> = {};
  const authors: string[] = [];
  eachLine(head, (line) => {
    const [, name = "", value = ""] = (line.length < 20_000 && property.exec(line)) || [];
    const key = name.toLowerCase().replace(/[_\s-]/g, "");
    if (people.test(key)) authors.push(...namesIn(value));
    else if (key !== "") fields[key] ??= plain(value);
  });
  if (typeof fields.title !== "string") return null;
  // Logseq names pages of its references with a sign.
  fields.title = fields.title.replace(/^@\s?/, "");
  if (authors.length > 0) fields.authors = authors.length === 1 ? authors[0] : authors;
  const { doi, arxiv, arxivid, eprint, citekey, citationkey } = fields;
  const isNamed = [doi, arxiv, arxivid, eprint, citekey, citationkey].some((one) => one !== undefined);
  const isDated = [fields.year, fields.date, fields.published, fields.issued].some(
    (one) => one !== undefined,
  );
  if (!isNamed && !(authors.length > 0 && isDated)) return null;
  fields.abstract ??= fields.abstractnote ?? calloutIn(head);
  return fields;
}

/** Text without links of a wiki, signs of emphasis and quotation marks around it. */
function plain(value: string): string {
  return value
    .replace(/\[\[(?:[^[\]|]{1,300}\|)?([^[\]|]{1,300})\]\]/g, "$1")
    .replace(/^\[[^\]]{0,300}\]\((https?:[^\s)]{1,2000})\)$/, "$1")
    .replace(/^(["*_])(.*)\1$/, "$2")
    .replace(/(?<=\d)(?:st|nd|rd|th)\b/, "");
}

/** "[[Ines Holm]], [[Otto T. Reed]]", or a line of names as other notes have it. */
function namesIn(value: string): readonly string[] {
  const linked = Array.from(
    value.matchAll(/\[\[([^[\]|]{1,300})(?:\|[^[\]]{1,300})?\]\]/g),
    ([, name = ""]) => name,
  );
  return linked.length > 0 ? linked : [plain(value)];
}

/** The abstract in a box of Obsidian: "> [!Abstract]" and lines of a quotation. */
function calloutIn(head: string): string | undefined {
  const box = /^>\s?\[!abstract\][^\n]{0,200}\n((?:>[^\n]*(?:\n|$)){1,200})/im.exec(head)?.[1];
  return box?.replace(/^>\s?/gm, "");
}

function parse(whole: string): ParsedListing {
  const fields = fieldsOf(whole);
  const paper = fields === null ? "describes no paper" : paperOfNote(fields);
  return typeof paper === "string"
    ? { papers: [], day: null, problems: [{ line: 1, message: `the note ${paper}` }] }
    : { papers: [paper], day: null, problems: [] };
}
