import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { paperOfCsl } from "../json/csl-json.js";
import { arrayAt, type Fields, isFields } from "../json/fields.js";
import { listItems, readYaml, type YamlPart } from "./yaml.js";

/**
 * CSL in YAML, from Pandoc, Zotero and Better BibTeX: a list of items, usually under `references`, also in
 * the front matter of a Markdown text. https://pandoc.org/MANUAL.html#citations
 */
export const cslYaml: Format = {
  name: "CSL-YAML bibliography",
  title: null,
  knownBy: "`references:` or nothing before a list of items with `id` and `type`",
  from: "Better BibTeX, Pandoc, Quarto and R Markdown, also in the front matter of a text",
  detect,
  parse,
};

const named =
  /^references:[ \t]*(?:\n(?:[ \t]*(?:#[^\n]*)?\n){0,9}[ \t]*-[ \t]{1,9}["'\w-]{1,40}:|\[\s{0,99}\{)/m;
const unnamed = /^(?:#[^\n]*\n|\s|---[ \t]*\n){0,50}-[ \t]{1,9}["'\w-]{1,40}:/;
/** Fields of a CSL item, at the beginning of a line or in braces. */
const itemField =
  /(?:^[ \t-]{1,40}|[{,]\s{0,40})["']?(?:type|author|issued|container-title|DOI|citation-key)["']?:/m;
const itemName = /(?:^[ \t-]{1,40}|[{,]\s{0,40})["']?(?:id|title)["']?:/m;

function detect(text: string): number {
  const head = headOf(text);
  if (!itemField.test(head) || !itemName.test(head)) return 0;
  // The text must begin with a key, a comment or `---`; elsewhere such a list is only an example in a text.
  if (named.test(head)) return /^(?:#|\s|---[ \t]*\n|[\w-]{1,60}:)/.test(head) ? 0.93 : 0;
  return unnamed.test(head) ? 0.92 : 0;
}

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  for (const { text: item, line } of itemsOf(text)) {
    const found = readYaml(item, line);
    if (!found.ok) {
      problems.push({ line: found.line, message: `an entry ${found.message} and was skipped`, skips: 1 });
      continue;
    }
    for (const one of arrayAt(found.value)) {
      const paper = isFields(one) ? paperOfCsl(inJson(one)) : "is not a paper and was skipped";
      if (typeof paper !== "string") papers.push(paper);
      else problems.push({ line, message: `an entry ${paper}`, skips: 1 });
    }
  }
  if (papers.length + problems.length === 0)
    problems.push({ line: null, message: "it has no list of references" });
  return { papers, day: null, problems };
}

/** The items of the list; a list in flow style ("[{…}, …]") is one part. */
function itemsOf(text: string): readonly YamlPart[] {
  const lines = text.replace(/^\ufeff/, "").split("\n");
  const named = lines.findIndex((line) => /^references:/.test(line));
  let first = named < 0 ? 0 : named + 1;
  while (first < lines.length && /^\s*(?:#.*|---\s*)?$/.test(lines[first] as string)) first += 1;
  const items = listItems(lines.slice(first), first + 1);
  if (items !== null) return items;
  if (named < 0) return [];
  const flow = lines.slice(named);
  flow[0] = (flow[0] as string).replace(/^references:/, "");
  const end = flow.findIndex((line, at) => at > 0 && /^[^\s\]}]/.test(line));
  return [{ text: flow.slice(0, end < 0 ? undefined : end).join("\n"), line: named + 1 }];
}

const dateNames = /^(?:issued|accessed|available-date|event-date|original-date|submitted)$/;

/** Converts an item to CSL-JSON: dates as parts, Pandoc's Markdown as HTML. */
function inJson(item: Fields): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    if (dateNames.test(name)) fields[name] = dateInJson(value);
    else if (typeof value === "string") {
      const written = /^(?:~|null)$/.test(value) ? "" : value;
      if (written !== "") fields[name] = /^(?:DOI|URL|id)$/.test(name) ? written : withHtml(written);
    } else fields[name] = value;
  }
  return fields;
}

/** Reads "2021-03-04", "2021", {year, month, day}, a list of these for a range, or CSL-JSON's own form. */
function dateInJson(value: unknown): unknown {
  if (typeof value === "string") {
    const [, year, month, day] = /^(-?\d{1,4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(value.trim()) ?? [];
    return year === undefined ? { raw: value } : { "date-parts": [numbers([year, month, day])] };
  }
  const parts = (Array.isArray(value) ? value : [value]).filter(isFields);
  const [first] = parts;
  if (first === undefined || first.year === undefined) return value;
  return { "date-parts": parts.map(({ year, month, day }) => numbers([year, month, day])) };
}

function numbers(parts: readonly unknown[]): number[] {
  const found = parts.map(Number);
  const end = found.findIndex((part) => !Number.isInteger(part));
  return end < 0 ? found : found.slice(0, end);
}

/** Converts Pandoc's Markdown in a field to HTML: "[DNA]{.nocase}", "*in vitro*", "10^−3^", "H~2~O". */
function withHtml(text: string): string {
  if (!/[[*^~\\]/.test(text) || text.includes("$")) return text;
  return text
    .replace(/\[([^[\]]{1,300})\]\{\.[\w.\s-]{1,60}\}/g, "$1")
    .replace(/(?<![*\w\\])\*([^*\s](?:[^*]{0,300}[^*\s\\])?)\*(?![*\w])/g, "<i>$1</i>")
    .replace(/(?<=\S)(?<!\\)\^([^\s^]{1,20})\^/g, "<sup>$1</sup>")
    .replace(/(?<=\S)(?<![\\~])~([^\s~]{1,20})~(?!~)/g, "<sub>$1</sub>")
    .replace(/\\([*^~[\]'"@$<>_#-])/g, "$1");
}
