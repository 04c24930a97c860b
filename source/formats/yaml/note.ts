import { arxivId, doiOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { splitAuthors } from "../fields/author-line.js";
import { withoutResolver } from "../fields/citation.js";
import { dateIn } from "../fields/dates.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import { addressAt, type Fields, isFields, markup, nameAt, objectAt, text, titleAt } from "../json/fields.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";
import { readYaml } from "./yaml.js";

/**
 * A note on a paper, from Obsidian's plug-ins, Logseq or Zettlr: Markdown whose front matter has the
 * paper's title and an identifier or citation key, or authors and where it appeared.
 */
export const note: Format = {
  name: "note on a paper (Markdown)",
  title: null,
  knownBy: "front matter with `title` and `doi`, `arxiv`, `citekey`, or authors with a year and a journal",
  from: "Obsidian, Logseq, Zettlr and other notes",
  detect: (whole) => (paperFields(whole) === null ? 0 : 0.925),
  parse,
};

const frontMatter = /^\ufeff?---[ \t]*\n([\s\S]{3,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const isNamed = /^["']?(?:doi|arxiv(?:[_-]?id)?|eprint|cite-?key|citation-?key)["']?:[ \t]*\S/im;
const hasAuthors = /^["']?authors?["']?:/im;
const hasPlace = /^["']?(?:journal|venue|booktitle|conference|publication|container-title)["']?:[ \t]*\S/im;
const hasYear = /^["']?(?:year|date|issued|published)["']?:[ \t]*\S/im;

/** The fields of the front matter, in lower case without hyphens; `null` if they do not describe a paper. */
function paperFields(whole: string): Fields | null {
  const head = frontMatter.exec(headOf(whole))?.[1];
  if (head === undefined || !/^["']?title["']?:/im.test(head)) return null;
  if (!isNamed.test(head) && !(hasAuthors.test(head) && hasPlace.test(head) && hasYear.test(head)))
    return null;
  const found = readYaml(head, 2);
  if (!found.ok || !isFields(found.value)) return null;
  return Object.fromEntries(
    Object.entries(found.value).map(([name, value]) => [name.toLowerCase().replace(/[_\s-]/g, ""), value]),
  );
}

function parse(whole: string): ParsedListing {
  const fields = paperFields(whole);
  if (fields === null)
    return {
      papers: [],
      day: null,
      problems: [{ line: 1, message: "its front matter does not describe a paper" }],
    };
  const paper = paperOfNote(fields);
  return typeof paper === "string"
    ? { papers: [], day: null, problems: [{ line: 1, message: `the note ${paper}`, skips: 1 }] }
    : { papers: [paper], day: null, problems: [] };
}

/**
 * The paper that the fields of a note describe.
 * @param fields with names in lower case, without hyphens, blanks and underscores
 */
export function paperOfNote(fields: Fields): Paper | string {
  const doi = doiOf(withoutResolver(text(fields.doi) ?? ""));
  const url = addressAt(fields.url) ?? addressAt(fields.link);
  const eprint = text(fields.arxiv) ?? text(fields.arxivid) ?? text(fields.eprint) ?? "";
  return foundPaper({
    title: titleAt(fields.title),
    abstract: markup(fields.abstract) ?? "",
    ...authorsOf(fields.authors ?? fields.author),
    published:
      [fields.date, fields.published, fields.issued, fields.year]
        .map((one) => dateIn(text(one) ?? ""))
        .find((date) => date !== null) ?? null,
    journal:
      [
        fields.journal,
        fields.venue,
        fields.booktitle,
        fields.conference,
        fields.publication,
        fields.containertitle,
        fields.publicationtitle,
      ]
        .map(markup)
        .find((one) => one !== null) ?? null,
    arxiv:
      arxivId(eprint.replace(/^arxiv:\s*/i, "")) ??
      paperAt(eprint)?.arxiv ??
      paperAt(url ?? "")?.arxiv ??
      null,
    doi,
    url,
    pdf: addressAt(fields.pdf),
    code: addressAt(fields.code) ?? addressAt(fields.github),
    key: text(fields.citekey) ?? text(fields.citationkey),
  });
}

/** A list of names, or names separated by "and" or commas. Obsidian links are also names. */
function authorsOf(value: unknown) {
  const names = (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === "string"
      ? one.replace(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g, "$1")
      : (text(objectAt(one).name) ?? ""),
  );
  const [only = ""] = names;
  if (names.length > 1) return { authors: names.flatMap((name) => nameAt(name) ?? []) };
  if (/\sand\s|;/.test(only))
    return { authors: only.split(/\s+and\s+|;/).flatMap((name) => nameAt(name) ?? []) };
  return splitAuthors(only, { lastFirst: true });
}
