import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { at, readRecords, textAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * The ACL Anthology's own data, one file per collection.
 * https://github.com/acl-org/acl-anthology/tree/master/data/xml
 */
export const aclXml: Format = {
  name: "ACL Anthology collection (XML)",
  title: "ACL Anthology",
  knownBy: "the root `collection` with volumes of papers",
  from: "https://github.com/acl-org/acl-anthology, data/xml",
  detect: (text) =>
    /^collection$/i.test(rootName(text) ?? "") &&
    /<(?:volume|paper)\s[^>]{0,200}\bid=/.test(text.slice(0, 65_536))
      ? 0.9
      : 0,
  parse: (text) => {
    const collection = /<collection\s[^>]{0,200}\bid="([\w.-]{1,40})"/.exec(text.slice(0, 65_536))?.[1] ?? "";
    const year = /(?:19|20)\d\d/.exec(collection)?.[0] ?? yearOf(collection);
    return readRecords(text, ["paper"], (paper) => toPaper(paper, collection, year));
  },
};

/** The year of a collection; those from before 2020 are named "P19" or "W96". */
function yearOf(collection: string): string {
  const digits = /^[A-Z](\d\d)$/.exec(collection)?.[1];
  if (digits === undefined) return "";
  return Number(digits) > 60 ? `19${digits}` : `20${digits}`;
}

function toPaper(paper: XmlElement, collection: string, year: string): Paper | string {
  const written = textAt(paper, "url") ?? "";
  const key = /^[\w.-]{4,60}$/.test(written) ? written : null;
  const url =
    key === null ? (/^https?:\/\//i.test(written) ? written : null) : `https://aclanthology.org/${key}/`;
  return foundPaper({
    title: textAt(paper, "title"),
    abstract: textAt(paper, "abstract") ?? "",
    authors: at(paper, "author").flatMap(
      (author) => [textAt(author, "first"), textAt(author, "last")].filter(Boolean).join(" ") || [],
    ),
    published: knownDate(textAt(paper, "year") ?? year),
    arxiv: arxivId(url ?? ""),
    doi: doiOf(textAt(paper, "doi") ?? ""),
    url,
    pdf: key === null ? null : `https://aclanthology.org/${key}.pdf`,
    pages: textAt(paper, "pages"),
    key: key ?? collection,
  });
}
