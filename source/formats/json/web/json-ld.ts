import type { ParsedListing, Problem } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { eachLine } from "../../fields/lines.js";
import type { Format } from "../../format.js";
import { type Fields, isFields } from "../fields.js";
import { headOf, startsJson } from "../json.js";
import { isJsonLines } from "../json-lines.js";
import { parseOrNothing, salvage } from "../salvage.js";
import { schemaPaper, typesOf, valuesOf } from "./schema-paper.js";

/**
 * JSON-LD with works in the vocabulary of schema.org: a work, a list of them, or a graph with people and
 * journals of their own. https://www.w3.org/TR/json-ld11/, https://schema.org/ScholarlyArticle
 */
export const jsonLd: Format = {
  name: "works of schema.org (JSON-LD)",
  title: null,
  knownBy: "`@context` with schema.org and a `@type` such as ScholarlyArticle",
  from: "publishers, repositories and Zenodo’s export as JSON-LD",
  detect,
  parse,
};

const work =
  /^(?:(?:Medical)?ScholarlyArticle|Article|TechArticle|Report|Thesis|Book|Chapter|Review|PublicationEvent)$/;
/** Things that lists have beside papers. */
const other =
  /^(?:Dataset|SoftwareSourceCode|SoftwareApplication|CreativeWork|DigitalDocument|PresentationDigitalDocument|VideoObject|ImageObject|LearningResource|Collection|Map|Poster)$/;
const typed =
  /"@type"\s*:\s*(?:\[[^\]]{0,200}?)?"(?:schema:|https?:\/\/schema\.org\/)?(?:(?:Medical)?ScholarlyArticle|Article|TechArticle|Report|Thesis|Book|Chapter|Review)"/;

function detect(whole: string): number {
  const head = headOf(whole);
  return startsJson(head) && /"@context"\s*:/.test(head) && /\bschema\.org\b/.test(head) && typed.test(head)
    ? 0.95
    : 0;
}

function parse(whole: string): ParsedListing {
  const root = parseOrNothing(whole);
  if (root !== undefined) return worksIn(root);
  if (isJsonLines(whole.slice(0, 1_000_000))) return worksInLines(whole);
  const place = { lists: ["@graph", "itemListElement"] };
  const { entries, problems, isTruncated } = salvage(whole, place, isFields);
  const found = worksIn(entries);
  return {
    ...found,
    problems: [...problems, ...found.problems],
    ...(isTruncated && { isTruncated: true as const }),
  };
}

function worksInLines(whole: string): ParsedListing {
  const values: unknown[] = [];
  const torn: Problem[] = [];
  eachLine(whole, (line, number) => {
    if (line.trim() === "") return;
    const value = parseOrNothing(line.trim().replace(/,$/, ""));
    if (isFields(value)) values.push(value);
    else torn.push({ line: number, message: "a line that is not a paper was skipped", skips: 1 });
  });
  const found = worksIn(values);
  return { ...found, problems: [...torn, ...found.problems] };
}

/** What no part of is a work of the list: a work's references, its journal, its people. */
const aside =
  /^(?:citation|references|isPartOf|author|creator|publisher|editor|isBasedOn|relatedLink|review|breadcrumb)$/;
/** Nobody nests works deeper. */
const deepest = 12;

/**
 * The works in a value of JSON-LD.
 * @param counts whether a paper made from a work of these types counts; by default every kind of publication
 */
export function worksIn(
  root: unknown,
  counts: (paper: Paper, types: readonly string[]) => boolean = () => true,
): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  const named = new Map<string, Fields>();
  nameNodes(root, named, 0);
  let count = 0;
  const collect = (value: unknown, depth: number, isListed: boolean): void => {
    if (depth > deepest) return;
    if (Array.isArray(value)) {
      for (const one of value) collect(one, depth + 1, isListed);
      return;
    }
    if (!isFields(value)) return;
    const types = typesOf(value);
    const isWork = types.some((type) => work.test(type));
    if (isWork || (isListed && types.some((type) => other.test(type)))) {
      // A reference to a work that is elsewhere in the graph.
      if (Object.keys(value).length <= 2 && value["@id"] !== undefined) return;
      const found = isWork ? schemaPaper(value, named) : `is a ${types[0]}, not a paper, and was skipped`;
      if (typeof found !== "string" && !counts(found, types)) return;
      count += 1;
      if (typeof found !== "string") papers.push(found);
      else problems.push({ line: null, message: `entry ${count} ${found}`, skips: 1 });
      collect(valuesOf(value, "hasPart"), depth + 1, true);
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== "object" || aside.test(name.replace(/^schema:/, ""))) continue;
      collect(
        inner,
        depth + 1,
        isListed || /^(?:@graph|(?:schema:)?(?:itemListElement|hasPart))$/.test(name),
      );
    }
  };
  collect(root, 0, Array.isArray(root));
  if (count === 0) problems.push({ line: null, message: "it describes no paper" });
  return { papers, day: null, problems };
}

/** Collects the things of a graph by their names, which others refer to: `{"@id": "#holm"}`. */
function nameNodes(value: unknown, named: Map<string, Fields>, depth: number): void {
  if (depth > deepest || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) nameNodes(one, named, depth + 1);
    return;
  }
  const fields = value as Fields;
  const id = fields["@id"];
  if (typeof id === "string" && Object.keys(fields).length > 1 && !named.has(id)) named.set(id, fields);
  for (const inner of Object.values(fields)) nameNodes(inner, named, depth + 1);
}
