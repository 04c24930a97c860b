import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import {
  addressAt,
  arrayAt,
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
import { marked } from "../services/reading.js";

/**
 * Preprints of the Open Science Framework (PsyArXiv, SocArXiv, EdArXiv …). Authors are there only if the
 * request asked for them with `embed=contributors`. https://developer.osf.io/#tag/Preprints
 */
export const osf: Format = jsonFormat({
  name: "OSF API response (JSON)",
  title: "OSF Preprints",
  knownBy: "the type `preprints`, or `preprint_doi`",
  from: "https://api.osf.io/v2/preprints/?embed=contributors",
  detect: marked(0.95, /"attributes"\s*:\s*\{/, /"type"\s*:\s*"preprints"|"preprint_doi"\s*:/),
  listing: {
    lists: ["data"],
    isEntry: (entry) => objectAt(entry.attributes).title !== undefined,
    toPaper: (written) => {
      // A single preprint is the object under "data".
      const entry = written.attributes === undefined ? objectAt(written.data) : written;
      const fields = objectAt(entry.attributes);
      const links = objectAt(entry.links);
      const people = objectAt(objectAt(entry.embeds).contributors).data;
      return foundPaper({
        title: titleAt(fields.title),
        abstract: markup(fields.description) ?? "",
        authors: listOf(people, (one) => {
          const person = objectAt(objectAt(objectAt(objectAt(one).embeds).users).data);
          return nameAt(objectAt(person.attributes).full_name);
        }),
        published:
          dayAt(fields.original_publication_date) ??
          dayAt(fields.date_published) ??
          dayAt(fields.date_created),
        updated: dayAt(fields.date_modified),
        categories: listOf(arrayAt(fields.subjects).flat(), (one) => text(objectAt(one).text)),
        keywords: texts(fields.tags),
        // The DOI of the preprint itself; `doi` is that of the published article.
        doi: doiOf(text(links.preprint_doi) ?? "") ?? doiOf(text(fields.doi) ?? ""),
        url: addressAt(links.html),
        withdrawn: fields.date_withdrawn !== undefined && fields.date_withdrawn !== null,
        key: text(entry.id),
      });
    },
  },
});
