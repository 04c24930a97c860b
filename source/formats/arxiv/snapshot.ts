import { arxivAddresses, arxivId, doiOf, identityOf } from "../../papers/identity.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { clean } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { isName, splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { type Fields, noTitle } from "../json/fields.js";
import { headOf, jsonFormat, startsJson } from "../json/json.js";
import { isWithdrawn } from "./fields.js";

/**
 * The arXiv metadata snapshot, JSON Lines: one paper per line, in arXiv's own field names; also an array of such
 * objects. https://www.kaggle.com/datasets/Cornell-University/arxiv
 */
export const arxivSnapshot: Format = jsonFormat({
  name: "arXiv metadata snapshot (JSON Lines)",
  from: "https://www.kaggle.com/datasets/Cornell-University/arxiv",
  knownBy:
    "lines with `id` and `authors_parsed`, `submitter` or `update_date`, or objects with `authors_parsed`",
  title: null,
  detect,
  listing: { lists: [], isEntry: (fields) => typeof fields.id === "string", toPaper },
});

function detect(text: string): number {
  const head = headOf(text);
  const line = /^[ \t]*\{[ \t]*"[^\n]*/m.exec(head)?.[0] ?? "";
  // Our own JSON also has a submitter.
  if (/"authorCount"\s*:/.test(line)) return 0;
  if (/"id"\s*:\s*"/.test(line)) {
    if (/"authors_parsed"\s*:\s*\[|"submitter"\s*:\s*["n]|"update_date"\s*:\s*"/.test(line)) return 1;
    // Extracts of the snapshot omit fields, but keep these.
    if (/"categories"\s*:\s*"[a-z]/.test(line) && /"title"\s*:\s*"/.test(line)) return 0.8;
  }
  // An array of its objects, or one over several lines. No other format has names in parts under this key.
  return startsJson(head) && /"authors_parsed"\s*:\s*\[\s*\[/.test(head) ? 1 : 0;
}

function toPaper(fields: Fields): Paper | string {
  const title = fromMarkup(fromTexAccents(string(fields.title)));
  if (title === "") return noTitle;
  const arxiv = arxivId(clean(string(fields.id)));
  const doi = firstDoi(clean(string(fields.doi)));
  const addresses = arxiv === null ? null : arxivAddresses(arxiv);
  const comment = fromMarkup(string(fields.comments)) || null;
  const versions = Array.isArray(fields.versions) ? (fields.versions as readonly unknown[]) : [];
  const published = created(versions[0]);
  const abstract = fromMarkup(string(fields.abstract));
  return makePaper({
    id: arxiv ?? identityOf({ doi }),
    title,
    abstract,
    authors: authorsOf(fields),
    published,
    // Most papers have one version.
    updated:
      (versions.length > 1 ? created(versions.at(-1)) : published) ?? dayOf(string(fields.update_date)),
    categories: clean(string(fields.categories)).split(" ").filter(Boolean),
    url: addresses?.url ?? null,
    pdf: addresses?.pdf ?? null,
    doi,
    journal: fromMarkup(string(fields["journal-ref"])) || null,
    comment,
    submitter: fromMarkup(fromTexAccents(string(fields.submitter))) || null,
    withdrawn: isWithdrawn(comment ?? "", abstract),
  });
}

/** A paper published in parts has several DOIs in one field. */
function firstDoi(text: string): string | null {
  if (text === "") return null;
  for (const part of text.split(/[ ,;]+/)) {
    const doi = doiOf(part);
    if (doi !== null) return doi;
  }
  return null;
}

/** The names in parts, `[last, first, suffix]`, if the line has them, else from the line of authors. */
function authorsOf(fields: Fields): string[] {
  const parsed = fields.authors_parsed;
  if (!Array.isArray(parsed)) return [...splitAuthors(string(fields.authors)).authors];
  const names = parsed.map((parts: unknown) => {
    if (!Array.isArray(parts)) return "";
    const [last, first, suffix] = parts as readonly unknown[];
    const whole = joined(joined(string(first), string(last)), string(suffix));
    // With a comma, `personName` would swap the parts a second time.
    return personName(whole.includes(",") ? whole.replaceAll(",", " ") : whole);
  });
  return names.filter(isName);
}

function joined(before: string, after: string): string {
  return before === "" || after === "" ? before + after : `${before} ${after}`;
}

function created(version: unknown): string | null {
  if (typeof version !== "object" || version === null) return null;
  return dayOf(string((version as Fields).created));
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}
