import type { Paper } from "../papers/paper.js";
import { clean } from "../text/clean.js";
import { jsonForPrinting } from "../text/shown.js";
import {
  arxivOf,
  dateParts,
  type ExportedPapers,
  type Kind,
  kindOf,
  tellsAnotherPaper,
} from "./exported-paper.js";
import { nameParts } from "./names.js";
import { readableText } from "./tex.js";

const types: Readonly<Record<Kind, string>> = {
  article: "article-journal",
  conference: "paper-conference",
  preprint: "article",
};

/**
 * The papers as CSL-JSON, an array of items under the keys given, after
 * https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json.
 * Preprints stand as Zotero writes them: the identifier in `number`, arXiv as archive and publisher.
 * The schema has one text for all keywords, so a comma in a keyword cannot be told from one between.
 */
export function* cslJsonOf(papers: ExportedPapers, keys: readonly string[]): Generator<string, void, void> {
  let at = 0;
  for (const { paper } of papers) {
    // As `JSON.stringify` writes the whole of it.
    const item = jsonForPrinting(JSON.stringify([itemOf(paper, keys[at] as string)], null, 2).slice(2, -2));
    yield `${at === 0 ? "[" : ","}\n${item}`;
    at += 1;
  }
  yield at === 0 ? "[]\n" : "\n]\n";
}

function itemOf(paper: Paper, key: string): Record<string, unknown> {
  const arxiv = arxivOf(paper);
  const parts = dateParts(paper.published);
  const isOnArxiv = arxiv !== null;
  const item: Record<string, unknown> = {
    id: key,
    type: types[kindOf(paper)],
    title: readableText(paper.title),
    author: paper.authors.map(nameOf).filter((name) => name !== null),
    issued: parts.length === 0 ? null : { "date-parts": [parts] },
    "container-title": readableText(paper.journal ?? ""),
    DOI: clean(paper.doi ?? ""),
    URL: clean(paper.url ?? ""),
    number: isOnArxiv ? `arXiv:${arxiv}` : null,
    archive: isOnArxiv ? "arXiv" : null,
    archive_location: arxiv,
    publisher: isOnArxiv && paper.journal === null ? "arXiv" : null,
    categories: paper.categories.map(clean).filter(Boolean),
    keyword: paper.keywords.map(readableText).filter(Boolean).join(", "),
    abstract: readableText(paper.abstract),
    [tellsAnotherPaper(paper) ? "annote" : "note"]: readableText(paper.comment ?? ""),
  };
  const isSaid = (value: unknown) =>
    value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(item).filter(([, value]) => isSaid(value)));
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
