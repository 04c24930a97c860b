import { doiOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import type { Paper } from "../../papers/paper.js";
import { withoutResolver } from "../fields/citation.js";
import { dateIn, knownDate } from "../fields/dates.js";
import { headOf } from "../fields/lines.js";
import type { Format } from "../format.js";
import {
  addressAt,
  arrayAt,
  type Fields,
  isFields,
  listOf,
  markup,
  objectAt,
  text,
  texts,
  titleAt,
} from "../json/fields.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";
import { readYaml } from "./yaml.js";

/**
 * How to cite a repository (`CITATION.cff`): the preferred article first, then the work itself, then its
 * references. https://github.com/citation-file-format/citation-file-format
 */
export const citationFile: Format = {
  name: "citation file (CFF)",
  title: null,
  knownBy: "`cff-version`",
  from: "CITATION.cff of a repository on GitHub, GitLab or Zenodo: the preferred citation, the work itself, its references",
  detect: (text) => (/^["']?cff-version["']?:/m.test(headOf(text)) ? 0.97 : 0),
  parse,
};

function parse(whole: string): ParsedListing {
  const found = readYaml(whole);
  if (!found.ok) {
    return { papers: [], day: null, problems: [{ line: found.line, message: `it ${found.message}` }] };
  }
  const root = objectAt(found.value);
  const works = [root["preferred-citation"], root, ...arrayAt(root.references)].filter(isFields);
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  for (const work of works) {
    const paper = toPaper(work);
    if (typeof paper !== "string") papers.push(paper);
    else problems.push({ line: null, message: `an entry ${paper}`, skips: 1 });
  }
  return { papers, day: null, problems };
}

function toPaper(work: Fields): Paper | string {
  const ids = arrayAt(work.identifiers).map(objectAt);
  const dois = [work.doi, ...ids.filter(({ type }) => type === "doi").map(({ value }) => value)];
  const doi = dois.map((one) => doiOf(withoutResolver(text(one) ?? ""))).find((one) => one !== null) ?? null;
  const url = addressAt(work.url);
  const code = addressAt(work["repository-code"]) ?? addressAt(work.repository);
  const others = ids.map(({ value }) => text(value) ?? "");
  const arxiv =
    [url ?? "", ...others].map((one) => paperAt(asAddress(one))?.arxiv ?? null).find(Boolean) ?? null;
  return foundPaper({
    title: titleAt(work.title),
    abstract: markup(work.abstract) ?? "",
    authors: listOf(work.authors, nameOf),
    published:
      dateIn(text(work["date-published"]) ?? text(work["date-released"]) ?? "") ??
      knownDate(work.year, work.month),
    keywords: texts(work.keywords),
    journal:
      markup(work.journal) ?? markup(work["collection-title"]) ?? markup(objectAt(work.conference).name),
    arxiv,
    doi,
    url: url ?? (doi === null && arxiv === null ? code : null),
    code,
    volume: text(work.volume),
    pages: text(work.start) ?? text(work.pages),
  });
}

/** Converts "arXiv:2103.00001" to the address of its page. */
function asAddress(identifier: string): string {
  return identifier.replace(/^arxiv:\s*/i, "https://arxiv.org/abs/");
}

/** The name of a person, or of an entity, which has a single name. */
function nameOf(value: unknown): string | null {
  const person = objectAt(value);
  const parts = ["given-names", "name-particle", "family-names", "name-suffix"].map((part) =>
    text(person[part]),
  );
  return parts.filter(Boolean).join(" ") || text(person.name) || text(person.alias);
}
