import { arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { withoutResolver } from "../fields/citation.js";
import { dateIn } from "../fields/dates.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import {
  addressAt,
  type Fields,
  isFields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  titleAt,
} from "../json/fields.js";
import { foundPaper } from "../json/found-paper.js";
import { mappingItems, readYaml } from "./yaml.js";

/**
 * Typst's bibliographies: entries under their keys, with the containing work as `parent`.
 * https://github.com/typst/hayagriva
 */
export const hayagriva: Format = {
  name: "Hayagriva bibliography (YAML)",
  title: null,
  knownBy: "keys at the margin with `type` and `title` or `author` below them",
  from: "Typst",
  detect,
  parse,
};

const kinds =
  /^[ \t]+type:[ \t]*["']?(?:article|chapter|entry|anthos|report|thesis|web|scene|artwork|patent|case|newspaper|legislation|manuscript|post|misc|performance|periodical|proceedings|book|blog|reference|conference|anthology|repository|thread|video|audio|exhibition)["']?[ \t]*$/im;

function detect(text: string): number {
  const head = headOf(text);
  if (
    !/^(?:#[^\n]*\n|\s|---[ \t]*\n){0,50}["']?[\p{L}\p{N}][^\s:]{0,100}["']?:[ \t]*\n[ \t]+[a-z-]{2,20}:/u.test(
      head,
    )
  )
    return 0;
  return kinds.test(head) && /^[ \t]+(?:title|author):/m.test(head) ? 0.9 : 0;
}

function parse(whole: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  const lines = whole.replace(/^\ufeff/, "").split("\n");
  const first = Math.max(
    0,
    lines.findIndex((line) => !/^\s*(?:#.*|---\s*)?$/.test(line)),
  );
  for (const { text: item, line } of mappingItems(lines.slice(first), first + 1)) {
    const found = readYaml(item, line);
    const skip = (message: string, at = line) =>
      problems.push({ line: at, message: `an entry ${message}`, skips: 1 });
    if (!found.ok) {
      skip(`${found.message} and was skipped`, found.line);
      continue;
    }
    for (const [key, entry] of Object.entries(objectAt(found.value))) {
      const paper = isFields(entry) ? toPaper(key, entry) : "is not a paper and was skipped";
      if (typeof paper !== "string") papers.push(paper);
      else skip(paper);
    }
  }
  return { papers, day: null, problems };
}

function toPaper(key: string, entry: Fields): Paper | string {
  const [parent] = (Array.isArray(entry.parent) ? entry.parent : [entry.parent]).map(objectAt);
  const numbers = objectAt(entry["serial-number"]);
  const serial = text(entry["serial-number"]) ?? "";
  const written = entry.author ?? entry.editor;
  const people = Array.isArray(written) ? written : [written];
  return foundPaper({
    title: titleAt(formatted(entry.title)),
    abstract: markup(formatted(entry.abstract)) ?? "",
    authors: listOf(people, nameOf),
    published: dateIn(text(entry.date) ?? text(parent?.date) ?? ""),
    journal: markup(formatted(parent?.title)),
    arxiv: arxivId((text(numbers.arxiv) ?? serial).replace(/^arxiv:/i, "")),
    doi: doiOf(withoutResolver(text(numbers.doi) ?? text(entry.doi) ?? serial)),
    url: addressAt(entry.url) ?? addressAt(objectAt(entry.url).value),
    volume: text(entry.volume) ?? text(parent?.volume),
    pages: text(entry["page-range"]),
    key,
  });
}

/** A string, or one with a short form, `{value: …, short: …}`. Braces protect the case of their content. */
function formatted(value: unknown): unknown {
  const whole = isFields(value) ? value.value : value;
  return typeof whole === "string" ? whole.replace(/(?<!\\)[{}]/g, "") : whole;
}

/** "Last, First", or a name in parts. */
function nameOf(value: unknown): string | null {
  if (typeof value === "string") return nameAt(value);
  const person = objectAt(value);
  const parts = [person["given-name"], person.prefix, person.name, person.suffix].map(text);
  return parts.filter(Boolean).join(" ") || null;
}
