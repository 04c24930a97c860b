import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import {
  addressAt,
  arrayAt,
  countAt,
  dayAt,
  isFields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { dateFrom, marked } from "./reading.js";

/** DataCite, https://support.datacite.org/docs/api */
export const dataCite: Format = jsonFormat({
  name: "DataCite API response (JSON)",
  title: "DataCite",
  knownBy: "`titles` and `creators`",
  from: "https://api.datacite.org/dois",
  detect: marked(0.95, /"titles"\s*:\s*\[/, /"(?:publicationYear|creators)"\s*:/),
  listing: {
    lists: ["data"],
    isEntry: (entry) => isFields(entry.attributes) || Array.isArray(entry.titles),
    toPaper: (entry) => {
      const one = isFields(entry.data) ? entry.data : entry;
      const data = isFields(one.attributes) ? one.attributes : one;
      const dated = (kind: string) =>
        arrayAt(data.dates)
          .map(objectAt)
          .find((date) => date.dateType === kind)?.date;
      const abstract = arrayAt(data.descriptions)
        .map(objectAt)
        .find(({ descriptionType: type }) => type === "Abstract");
      const url = addressAt(data.url);
      return foundPaper({
        title: titleAt(objectAt(arrayAt(data.titles)[0]).title),
        abstract: markup(abstract?.description) ?? "",
        authors: listOf(data.creators, (person) => nameAt(objectAt(person).name)),
        published: dayAt(dated("Issued")) ?? dayAt(dated("Submitted")) ?? dateFrom(data.publicationYear),
        keywords: listOf(data.subjects, (subject) => text(objectAt(subject).subject)),
        journal:
          markup(objectAt(data.container).title) ??
          markup(isFields(data.publisher) ? data.publisher.name : data.publisher),
        arxiv: paperAt(url ?? "")?.arxiv ?? null,
        doi: doiOf(text(data.doi) ?? text(one.id) ?? ""),
        url,
        citations: countAt(data.citationCount),
      });
    },
  },
});
