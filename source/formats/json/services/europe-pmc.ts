import { doiOf } from "../../../papers/identity.js";
import { splitAuthors, withInitialsFirst } from "../../fields/author-line.js";
import type { Format } from "../../format.js";
import {
  countAt,
  dayAt,
  type Fields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  texts,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { dateFrom, marked, withoutStop } from "./reading.js";

/** Europe PMC, https://europepmc.org/RestfulWebService */
export const europePmc: Format = jsonFormat({
  name: "Europe PMC API response (JSON)",
  title: "Europe PMC",
  knownBy: "`resultList`",
  from: "https://www.ebi.ac.uk/europepmc/webservices/rest/search with format=json",
  detect: marked(0.95, /"resultList"\s*:\s*\{/),
  listing: {
    envelope: ["resultList"],
    lists: ["result"],
    isEntry: (entry) => entry.title !== undefined && entry.source !== undefined,
    toPaper: (entry) => {
      const source = text(entry.source);
      const id = text(entry.id);
      return foundPaper({
        title: withoutStop(titleAt(entry.title)),
        abstract: markup(entry.abstractText) ?? "",
        authors: authorsOf(entry),
        published: dayAt(entry.firstPublicationDate) ?? dateFrom(entry.pubYear),
        keywords: texts(objectAt(entry.keywordList).keyword),
        journal: markup(entry.journalTitle) ?? markup(objectAt(objectAt(entry.journalInfo).journal).title),
        doi: doiOf(text(entry.doi) ?? ""),
        url: source === null || id === null ? null : `https://europepmc.org/article/${source}/${id}`,
        citations: countAt(entry.citedByCount),
        key: text(entry.pmid),
      });
    },
  },
});

/** Full names if the request asked for them (`resultType=core`), else family names with initials. */
function authorsOf(entry: Fields): readonly string[] {
  const full = listOf(objectAt(entry.authorList).author, (one) => {
    const { firstName, lastName, collectiveName } = objectAt(one);
    const [given, family] = [text(firstName), text(lastName)];
    return nameAt(collectiveName) ?? (given === null || family === null ? null : `${given} ${family}`);
  });
  const line = text(entry.authorString)?.replace(/\.$/, "") ?? "";
  const short = withInitialsFirst(splitAuthors(line).authors);
  return full.length < short.length ? short : full;
}
