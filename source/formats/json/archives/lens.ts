import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import {
  arrayAt,
  countAt,
  dayAt,
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
import { dateFrom, marked } from "../services/reading.js";

/** Scholarly works of Lens.org, https://docs.api.lens.org/response-scholar.html */
export const lens: Format = jsonFormat({
  name: "Lens.org works (JSON)",
  title: null,
  knownBy: "`lens_id`",
  from: "https://api.lens.org/scholarly/search, and its export as JSON or JSON Lines",
  detect: marked(0.95, /"lens_id"\s*:\s*"/),
  listing: {
    lists: ["data"],
    isEntry: (entry) => entry.lens_id !== undefined,
    toPaper: (entry) => {
      const lensId = text(entry.lens_id);
      const idOf = (type: string) =>
        text(
          arrayAt(entry.external_ids)
            .map(objectAt)
            .find((id) => id.type === type)?.value,
        );
      return foundPaper({
        title: titleAt(entry.title),
        abstract: markup(entry.abstract) ?? "",
        authors: listOf(entry.authors, (one) => {
          const person = objectAt(one);
          const whole = [text(person.first_name) ?? text(person.initials), text(person.last_name)];
          return nameAt(person.collective_name) ?? nameAt(whole.filter(Boolean).join(" "));
        }),
        published: dayAt(entry.date_published) ?? dateFrom(entry.year_published),
        categories: texts(entry.fields_of_study),
        keywords: texts(entry.keywords),
        journal: markup(objectAt(entry.source).title),
        arxiv: idOf("arxiv"),
        doi: doiOf(idOf("doi") ?? ""),
        url:
          lensId === null ? null : `https://www.lens.org/lens/scholar/article/${encodeURIComponent(lensId)}`,
        volume: text(entry.volume),
        pages: text(entry.start_page),
        citations: countAt(entry.scholarly_citations_count),
        key: lensId,
      });
    },
  },
});
