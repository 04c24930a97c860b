import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import {
  arrayAt,
  countAt,
  isFields,
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
import { dateFrom, marked } from "./reading.js";

/** INSPIRE, https://github.com/inspirehep/rest-api-doc */
export const inspire: Format = jsonFormat({
  name: "INSPIRE API response (JSON)",
  title: "INSPIRE",
  knownBy: "`metadata` with `titles` or `arxiv_eprints`",
  from: "https://inspirehep.net/api/literature",
  detect: marked(0.95, /"metadata"\s*:\s*\{/, /"(?:arxiv_eprints|control_number|titles)"\s*:/),
  listing: {
    envelope: ["hits"],
    lists: ["hits"],
    isEntry: (entry) => isFields(entry.metadata),
    toPaper: (entry) => {
      const data = objectAt(entry.metadata);
      const of = (name: string) => objectAt(arrayAt(data[name])[0]);
      const eprint = of("arxiv_eprints");
      const journal = of("publication_info");
      const number = countAt(data.control_number) ?? text(entry.id);
      return foundPaper({
        title: titleAt(of("titles").title),
        abstract: markup(of("abstracts").value) ?? "",
        authors: listOf(data.authors, (one) => nameAt(objectAt(one).full_name)),
        organization: text(of("collaborations").value),
        published: dateFrom(data.earliest_date ?? data.preprint_date ?? of("imprints").date ?? journal.year),
        categories: texts(eprint.categories),
        keywords: listOf(data.keywords, (one) => text(objectAt(one).value)),
        journal: markup(journal.journal_title),
        arxiv: text(eprint.value),
        doi: doiOf(text(of("dois").value) ?? ""),
        url: number === null ? null : `https://inspirehep.net/literature/${number}`,
        volume: text(journal.journal_volume),
        pages: text(journal.page_start),
        citations: countAt(data.citation_count),
      });
    },
  },
});
