import { doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { dblpName } from "../json/services/dblp.js";
import { withoutStop } from "../json/services/reading.js";
import { paperAt } from "../web/paper-addresses.js";
import { at, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * DBLP's records (`dblp.xml`, the page of a person or a record) and the XML of its search.
 * https://dblp.org/faq/
 */
export const dblpXml: Format = {
  name: "DBLP response (XML)",
  title: "DBLP",
  knownBy: "the root `dblp`, or `result` with `hits`",
  from: "https://dblp.org/search/publ/api, records and persons’ pages as XML",
  detect: (text) => {
    const root = (rootName(text) ?? "").toLowerCase();
    if (root === "dblp" || root === "dblpperson") return 1;
    return root === "result" && /<hits\b[^>]{0,200}\bcomputed=/.test(text.slice(0, 65_536)) ? 0.95 : 0;
  },
  parse: (text) =>
    readRecords(
      text,
      [
        "info",
        "article",
        "inproceedings",
        "incollection",
        "book",
        "proceedings",
        "phdthesis",
        "mastersthesis",
        "data",
      ],
      toPaper,
    ),
  whyEmpty: "DBLP found nothing",
};

function toPaper(record: XmlElement): Paper | string {
  const links = textsAt(record, "ee");
  const url = links.find((link) => /^https?:\/\//i.test(link)) ?? null;
  const written = [...at(record, "authors", "author"), ...at(record, "author")];
  // Proceedings and collections have editors instead.
  const authors = written.length > 0 ? written : at(record, "editor");
  return foundPaper({
    title: withoutStop(textAt(record, "title")),
    authors: authors.flatMap(({ text }) => dblpName(text) ?? []),
    published: knownDate(textAt(record, "year")),
    journal: textAt(record, "venue") ?? textAt(record, "journal") ?? textAt(record, "booktitle"),
    arxiv: links.map((link) => paperAt(link)?.arxiv ?? null).find((one) => one !== null) ?? null,
    doi:
      doiOf(textAt(record, "doi") ?? "") ??
      links.map((link) => paperAt(link)?.doi ?? null).find((one) => one !== null) ??
      null,
    url: url !== null && paperAt(url)?.arxiv != null ? null : url,
    volume: textAt(record, "volume"),
    pages: textAt(record, "pages"),
    key: record.attributes.key ?? textAt(record, "key"),
  });
}
