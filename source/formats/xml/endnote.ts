import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { isName } from "../fields/author-line.js";
import { dateIn } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";
import { readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/** EndNote's XML export. Any text in it may be wrapped in `style`. */
export const endnoteXml: Format = {
  name: "EndNote file (XML)",
  title: null,
  knownBy: "the root `xml` with `ref-type` or `titles`",
  from: "EndNote, “Export … XML”, and programs that write it (Zotero, Covidence, Rayyan)",
  detect: (text) =>
    /^(?:xml|records)$/i.test(rootName(text) ?? "") &&
    /<(?:ref-type|contributors|titles|source-app)\b/i.test(text.slice(0, 65_536))
      ? 0.95
      : 0,
  parse: (text) => readRecords(text, ["record"], toPaper),
};

function toPaper(record: XmlElement): Paper | string {
  const urls = textsAt(record, "urls", "*", "url").filter((url) => /^https?:\/\/[^\s/]\S*$/i.test(url));
  const number = textAt(record, "electronic-resource-num") ?? "";
  const doi =
    doiOf(number) ??
    paperAt(number)?.doi ??
    urls.map((url) => paperAt(url)?.doi ?? null).find((one) => one !== null) ??
    null;
  const title = textAt(record, "titles", "title");
  const date = textAt(record, "dates", "pub-dates", "date") ?? "";
  const year = textAt(record, "dates", "year") ?? "";
  return foundPaper({
    title: title === null ? null : fromTexAccents(title),
    abstract: textAt(record, "abstract") ?? "",
    authors: (textsAt(record, "contributors", "authors", "author").length > 0
      ? textsAt(record, "contributors", "authors", "author")
      : textsAt(record, "contributors", "secondary-authors", "author")
    )
      .map((name) => personName(name.replace(/,\s*$/, "")))
      .filter(isName),
    published: dateIn(date.includes(year) ? date : `${date} ${year}`) ?? dateIn(year),
    keywords: textsAt(record, "keywords", "keyword"),
    journal:
      textAt(record, "periodical", "full-title") ??
      textAt(record, "titles", "secondary-title") ??
      textAt(record, "alt-periodical", "full-title"),
    arxiv:
      [number, ...urls]
        .map((one) => arxivId(one) ?? paperAt(one)?.arxiv ?? null)
        .find((one) => one !== null) ?? null,
    doi,
    url: urls.find((one) => paperAt(one)?.arxiv == null) ?? null,
    volume: textAt(record, "volume"),
    pages: textAt(record, "pages"),
  });
}
