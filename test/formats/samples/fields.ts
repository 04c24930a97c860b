import { readListing } from "../../../source/formats/index.js";
import type { Paper } from "../../../source/papers/paper.js";
import { bibtexFields, markdownFields, tableFields } from "./text-fields.js";

/** A field that a listing has, and the same listing without it. */
export interface SampleField {
  /** Names from the outside in, with `[]` for entries of a list: `paper.authors[].name`. */
  readonly path: string;
  /** Some of its values. */
  readonly values: readonly string[];
  without(): string;
}

const mostValues = 40;

/** The fields of a listing in JSON, XML, CSV, BibTeX, Markdown or a tagged format; none if it is of another kind. */
export function fieldsOf(text: string, format: string): SampleField[] {
  if (format === "table (CSV or TSV)") return tableFields(text);
  if (format === "BibTeX file") return bibtexFields(text);
  if (format === "list of papers (Markdown)") return markdownFields(text);
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (/^[[{]/.test(start)) return jsonFields(start);
  if (start.startsWith("<")) return xmlFields(text);
  if (/^(?:%[0-9A-Z@] |[A-Z][A-Z0-9]{1,3} {0,2}- ?|(?:FN|PT) )/m.test(start)) return tagFields(text);
  return [];
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Names that are data: a position, an identifier, a word of an inverted index. */
function jsonFields(text: string): SampleField[] {
  const read = parsed(text);
  if (read === null) return [];
  const values = new Map<string, Set<string>>();
  const walk = (value: Json, path: string): void => {
    if (Array.isArray(value)) {
      for (const one of value) walk(one, `${path}[]`);
      return;
    }
    if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, path === "" ? name : `${path}.${name}`);
      return;
    }
    if (value === null || value === "" || value === false) return;
    const known = values.get(path) ?? new Set();
    values.set(path, known);
    if (known.size < mostValues) known.add(String(value));
  };
  for (const one of read) walk(one, "");
  const write = (all: readonly Json[]) => all.map((one) => JSON.stringify(one)).join("\n");
  return [...values].map(([path, found]) => ({
    path,
    values: [...found],
    without: () => write(read.map((one) => withoutJson(one, path, ""))),
  }));
}

/** A text as one value, or as one a line. */
function parsed(text: string): Json[] | null {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    try {
      return text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as Json);
    } catch {
      return null;
    }
  }
}

function withoutJson(value: Json, path: string, at: string): Json {
  if (Array.isArray(value)) {
    const kept = `${at}[]` === path ? [] : value;
    return kept.map((one) => withoutJson(one, path, `${at}[]`));
  }
  if (typeof value !== "object" || value === null) return value;
  const kept: { [name: string]: Json } = {};
  for (const [name, one] of Object.entries(value)) {
    const here = at === "" ? name : `${at}.${name}`;
    if (here !== path) kept[name] = withoutJson(one, path, here);
  }
  return kept;
}

/** The elements with text, by their names, and the attributes, as `element@attribute`. */
function xmlFields(text: string): SampleField[] {
  const fields: SampleField[] = [];
  const add = (path: string, pattern: RegExp) => {
    const values = [...text.matchAll(pattern)].slice(0, mostValues).map((found) => found[1] ?? "");
    fields.push({ path, values, without: () => text.replaceAll(pattern, "") });
  };
  const names = new Set<string>();
  const attributes = new Set<string>();
  for (const [, name = "", rest = ""] of text.matchAll(
    /<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g,
  )) {
    names.add(name);
    for (const [, attribute] of rest.matchAll(/([\w:.-]+)\s*=/g)) attributes.add(`${name}@${attribute}`);
  }
  for (const name of names) {
    const leaf = new RegExp(
      `<${name}(?:\\s[^>]*)?>([^<]*(?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)?[^<]*)</${name}>`,
      "g",
    );
    if (leaf.test(text)) add(name, leaf);
  }
  for (const one of attributes) {
    const [name, attribute] = one.split("@");
    if (attribute?.startsWith("xmlns")) continue;
    const pattern = new RegExp(`(?<=<${name}(?:\\s[^>]*)?)\\s${attribute}\\s*=\\s*["']([^"']*)["']`, "g");
    add(one, pattern);
  }
  return fields;
}

/** The tags of a tagged format, each with the lines that continue it. */
function tagFields(text: string): SampleField[] {
  const tag = /^(?:(%[0-9A-Z@]) |([A-Z][A-Z0-9]{1,3}) {0,2}- ?|([A-Z][A-Z0-9]) )/;
  const lines = text.split(/\r?\n/);
  let last = "";
  const owners = lines.map((line) => {
    const found = tag.exec(line);
    if (found) last = (found[1] ?? found[2] ?? found[3]) as string;
    else if (line.trim() === "") last = "";
    return last;
  });
  return [...new Set(owners)]
    .filter((name) => name !== "" && name !== "TY" && name !== "PT" && name !== "%0" && name !== "FN")
    .map((name) => ({
      path: name,
      values: lines
        .filter((_, at) => owners[at] === name)
        .map((line) => line.replace(tag, ""))
        .slice(0, mostValues),
      without: () => lines.filter((_, at) => owners[at] !== name).join("\n"),
    }));
}

/** The papers of a text, and what the format is called; `null` where there are none. */
export async function papersOf(text: string): Promise<{ format: string; papers: readonly Paper[] } | null> {
  const read = await readListing(new TextEncoder().encode(text), { today: "2026-11-28" });
  if (!read.ok || read.listing.papers.length === 0) return null;
  // A bibliography's entry keeps all of its fields for export, which says nothing of what is read.
  const papers = read.listing.papers.map(({ entry: _, ...paper }) => paper);
  return { format: read.format.name, papers };
}

/** Whether the papers have a field: without it they are others, or they have its values from elsewhere. */
export async function isKept(
  field: SampleField,
  all: readonly SampleField[],
  papers: readonly Paper[],
  format: string,
): Promise<boolean> {
  const whole = squashed(JSON.stringify(papers));
  const texts = field.values.map(squashed).filter((value) => value.length > 7);
  if (texts.length > 0 && texts.every((value) => whole.includes(value))) return true;
  const changes = async (text: string) => {
    const other = await papersOf(text);
    return (
      other === null || other.format !== format || JSON.stringify(other.papers) !== JSON.stringify(papers)
    );
  };
  if (await changes(field.without())) return true;
  // What a listing says twice is read from one of the two.
  const said = JSON.stringify(field.values);
  const twins = all.filter((one) => one !== field && JSON.stringify(one.values) === said);
  if (twins.length === 0 || twins.length > 3) return false;
  let text = field.without();
  for (const { path } of twins)
    text =
      fieldsOf(text, format)
        .find((one) => one.path === path)
        ?.without() ?? text;
  return changes(text);
}

/** Letters and digits alone, so that markup and spaces make no difference. */
function squashed(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
