import { doiOf } from "../../../papers/identity.js";
import { knownDate } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import { addressAt, isFields, listOf, markup, nameAt, objectAt, text, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { firstText, marked, withoutStop } from "./reading.js";

/**
 * DBLP's search, https://dblp.org/search/publ/api?q=…&format=json. Homonyms are numbered: "Otto Reed 0001".
 */
export const dblpJson: Format = jsonFormat({
  name: "DBLP API response (JSON)",
  title: "DBLP",
  knownBy: "`hits` with `@total`",
  from: "https://dblp.org/search/publ/api with format=json",
  detect: marked(0.95, /"hits"\s*:\s*\{\s*"@total"/),
  listing: {
    envelope: ["result", "hits"],
    lists: ["hit"],
    isEntry: (entry) => isFields(entry.info),
    toPaper: (entry) => {
      if (!isFields(entry.info)) return "is not a paper and was skipped";
      const info = objectAt(entry.info);
      const authors = objectAt(info.authors).author;
      const url = addressAt(firstText(info.ee)) ?? addressAt(info.url);
      return foundPaper({
        title: withoutStop(titleAt(info.title)),
        authors: listOf(Array.isArray(authors) ? authors : [authors], (one) =>
          dblpName(isFields(one) ? one.text : one),
        ),
        published: knownDate(text(info.year)),
        journal: markup(firstText(info.venue)),
        arxiv: paperAt(url ?? "")?.arxiv ?? null,
        doi: doiOf(text(info.doi) ?? "") ?? paperAt(url ?? "")?.doi ?? null,
        url,
        volume: text(info.volume),
        pages: text(info.pages),
        key: text(info.key),
      });
    },
  },
});

/** A name without the number that DBLP adds to distinguish homonyms. */
export function dblpName(value: unknown): string | null {
  return nameAt(typeof value === "string" ? value.replace(/\s\d{4}\s*$/, "") : null);
}
