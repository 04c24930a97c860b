import { doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { personName } from "../../text/names.js";
import { isName, splitAuthors, withInitialsFirst } from "../fields/author-line.js";
import { dateIn, dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { withoutStop } from "../json/services/reading.js";
import { at, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/** Europe PMC's answer as it comes without `format=json`. https://europepmc.org/RestfulWebService */
export const europePmcXml: Format = {
  name: "Europe PMC API response (XML)",
  title: "Europe PMC",
  knownBy: "the root `responseWrapper`",
  from: "https://www.ebi.ac.uk/europepmc/webservices/rest/search",
  detect: (text) =>
    /^responsewrapper$/i.test(rootName(text) ?? "") && /<resultList\b/.test(text) ? 0.95 : 0,
  parse: (text) => readRecords(text, ["result"], toPaper),
};

function toPaper(result: XmlElement): Paper | string {
  const [source, id] = [textAt(result, "source"), textAt(result, "id")];
  const full = at(result, "authorlist", "author").map(
    (one) =>
      textAt(one, "collectivename") ??
      [textAt(one, "firstname"), textAt(one, "lastname")].filter(Boolean).join(" "),
  );
  const short = withInitialsFirst(
    splitAuthors((textAt(result, "authorstring") ?? "").replace(/\.$/, "")).authors,
  );
  const named = full.map(personName).filter(isName);
  const cited = textAt(result, "citedbycount");
  return foundPaper({
    title: withoutStop(textAt(result, "title")),
    abstract: textAt(result, "abstracttext") ?? "",
    authors: named.length < short.length ? short : named,
    published: dayOf(textAt(result, "firstpublicationdate") ?? "") ?? dateIn(textAt(result, "pubyear") ?? ""),
    keywords: textsAt(result, "keywordlist", "keyword"),
    journal: textAt(result, "journaltitle") ?? textAt(result, "journalinfo", "journal", "title"),
    doi: doiOf(textAt(result, "doi") ?? ""),
    url: source === null || id === null ? null : `https://europepmc.org/article/${source}/${id}`,
    citations: cited !== null && /^\d{1,9}$/.test(cited) ? Number(cited) : null,
    key: textAt(result, "pmid"),
  });
}
