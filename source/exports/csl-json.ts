import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { jsonForPrinting } from "../text/shown.js";
import { additionsTo, type WrittenField } from "./entry/additions.js";
import { authorsToWrite, type Details, detailNames, detailsOf, hasOwnTitle } from "./entry/fields.js";
import { typeOf } from "./entry/types.js";
import { arxivOf, dateParts, type ExportedPapers, tellsAnotherPaper } from "./exported-paper.js";
import { nameParts } from "./text/names.js";
import { readableText } from "./text/tex.js";

/**
 * The papers as CSL-JSON, an array of items under the keys given, after
 * https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json. An item from
 * CSL-JSON keeps its fields; further data is added. Preprints follow Zotero: the identifier in `number`, arXiv
 * as archive and publisher. The schema has one text for all keywords, so a comma inside a keyword looks like a
 * separator.
 */
export function* cslJsonOf(papers: ExportedPapers, keys: readonly string[]): Generator<string, void, void> {
  let at = 0;
  for (const { paper } of papers) {
    // The same layout as `JSON.stringify` of the whole array.
    const item = jsonForPrinting(JSON.stringify([itemOf(paper, keys[at] as string)], null, 2).slice(2, -2));
    yield `${at === 0 ? "[" : ","}\n${item}`;
    at += 1;
  }
  yield at === 0 ? "[]\n" : "\n]\n";
}

function itemOf(paper: Paper, key: string): Record<string, unknown> {
  const { entry } = paper;
  const type = typeOf(paper, "csl-json");
  const fields = fieldsOf(paper);
  const own = entry?.format === "csl-json" ? entry.fields : [];
  const added =
    entry?.format === "csl-json" && !isCrossref(paper) ? additionsTo(paper, entry, fields) : fields;
  const item: Record<string, unknown> = { id: key, type };
  for (const { name, value } of added) item[name] = value;
  // Its own fields in their order, including a numeric `id`.
  return own.length === 0 ? item : { id: key, type, ...Object.fromEntries(own), ...without(item, own) };
}

/** The fields of an item that `own` lacks and that not every item has. */
function without(
  item: Readonly<Record<string, unknown>>,
  own: NonNullable<Paper["entry"]>["fields"],
): Record<string, unknown> {
  const names = new Set(["id", "type", ...own.map(([name]) => name)]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.has(name)));
}

/** Crossref's items are stored without the fields of `Paper`, and have no key. */
function isCrossref({ entry }: Paper): boolean {
  return entry !== undefined && entry.key === "" && !entry.fields.some(([name]) => name === "title");
}

function fieldsOf(paper: Paper): readonly WrittenField<unknown>[] {
  const arxiv = arxivOf(paper);
  const parts = dateParts(paper.published);
  const isOnArxiv = arxiv !== null;
  const details = detailsOf(paper);
  const authors = authorsToWrite(paper, details)
    .map(nameOf)
    .filter((name) => name !== null);
  const fields: readonly WrittenField<unknown>[] = [
    { name: "title", value: hasOwnTitle(paper) ? readableText(paper.title) : "", says: "title" },
    {
      name: "author",
      // Pandoc writes "and others" like this, and its styles show it as "et al.".
      value: [...authors, ...(paper.andOthers && authors.length > 0 ? [{ literal: "others" }] : [])],
      says: "author",
    },
    { name: "issued", value: parts.length === 0 ? null : { "date-parts": [parts] }, says: "date" },
    { name: "container-title", value: readableText(paper.journal ?? ""), says: "journal" },
    ...detailFields(details),
    { name: "DOI", value: clean(paper.doi ?? ""), says: "doi" },
    { name: "URL", value: clean(paper.url ?? ""), says: "url" },
    { name: "number", value: isOnArxiv ? `arXiv:${arxiv}` : null, says: "arxiv" },
    { name: "archive", value: isOnArxiv ? "arXiv" : null, says: "arxiv" },
    { name: "archive_location", value: arxiv, says: "arxiv" },
    {
      name: "publisher",
      value: isOnArxiv && paper.journal === null && !details?.publisher ? "arXiv" : null,
      says: "arxiv",
    },
    { name: "categories", value: paper.categories.map(clean).filter(Boolean), says: "keywords" },
    { name: "keyword", value: paper.keywords.map(readableText).filter(Boolean).join(", "), says: "keywords" },
    { name: "abstract", value: readableText(paper.abstract), says: "abstract" },
    {
      name: tellsAnotherPaper(paper) ? "annote" : "note",
      value: readableText(paper.comment ?? ""),
      says: "comment",
    },
  ];
  return fields.filter(
    ({ value }) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
}

function detailFields(details: Details | null): WrittenField<unknown>[] {
  if (details === null) return [];
  const texts = (Object.keys(detailNames) as (keyof typeof detailNames)[]).map((detail) => ({
    name: detailNames[detail]["csl-json"][0] as string,
    value: detail === "pages" ? details.pages.replace(/(?<!\s)\s*[–—]+\s*/g, "-") : details[detail],
    says: "detail" as const,
  }));
  const editors = details.editors.map(nameOf).filter((name) => name !== null);
  return [{ name: "editor", value: editors, says: "detail" }, ...texts];
}

function nameOf(name: string): Record<string, string> | null {
  const parts = nameParts(readableText(name));
  if ("literal" in parts) return parts.literal === "" ? null : { literal: parts.literal };
  return {
    family: parts.family,
    ...(parts.given && { given: parts.given }),
    ...(parts.particle && { "non-dropping-particle": parts.particle }),
    ...(parts.suffix && { suffix: parts.suffix }),
  };
}
