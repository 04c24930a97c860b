import { doiOf } from "../../../papers/identity.js";
import { knownDate } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import {
  addressAt,
  arrayAt,
  type Fields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { marked } from "../services/reading.js";

/**
 * ORCID's public API: the works of a person, their whole record, or one work. Several sources may have added
 * the same work; ORCID groups them, and the first of a group is the one that the person prefers.
 * https://info.orcid.org/documentation/api-tutorials/
 */
export const orcid: Format = jsonFormat({
  name: "ORCID API response (JSON)",
  title: "ORCID",
  knownBy: "`put-code`, `work-summary` or `orcid-identifier`",
  from: "https://pub.orcid.org/v3.0/…/works, and one work or a whole record",
  detect: marked(0.95, /"(?:put-code|work-summary|orcid-identifier)"\s*:/),
  whyEmpty: "the ORCID record has no works",
  listing: {
    envelope: ["activities-summary", "works"],
    lists: ["group", "bulk"],
    isEntry: (entry) => objectAt(workOf(entry).title).title !== undefined,
    toPaper: (entry) => {
      const work = workOf(entry);
      const title = titleAt(textIn(objectAt(work.title).title));
      const subtitle = titleAt(textIn(objectAt(work.title).subtitle));
      const date = objectAt(work["publication-date"]);
      const ids = arrayAt(objectAt(work["external-ids"])["external-id"]).map(objectAt);
      const idOf = (type: string) => {
        const found = ids.find((id) => id["external-id-type"] === type);
        return found === undefined ? null : text(found["external-id-value"]);
      };
      return foundPaper({
        title: title !== null && subtitle !== null ? `${title}: ${subtitle}` : title,
        abstract: markup(work["short-description"]) ?? "",
        authors: listOf(objectAt(work.contributors).contributor, (one) =>
          nameAt(textIn(objectAt(one)["credit-name"])),
        ),
        published: knownDate(textIn(date.year), textIn(date.month), textIn(date.day)),
        journal: markup(textIn(work["journal-title"])),
        arxiv: idOf("arxiv"),
        doi: doiOf(idOf("doi") ?? ""),
        url: addressAt(textIn(work.url)),
      });
    },
  },
});

/** The work in a group of the same work, in a list of requested works, or alone. */
function workOf(entry: Fields): Fields {
  return objectAt(arrayAt(entry["work-summary"])[0] ?? entry.work ?? entry);
}

/** ORCID wraps each text in an object: `{"value": "2021"}`. */
function textIn(wrapped: unknown): unknown {
  return objectAt(wrapped).value;
}
