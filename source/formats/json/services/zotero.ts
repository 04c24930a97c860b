import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import { addressAt, arrayAt, isFields, listOf, markup, nameAt, objectAt, text, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { dateFrom, marked } from "./reading.js";

/**
 * Zotero's API (items under "data") and JSON exported by Better BibTeX.
 * https://www.zotero.org/support/dev/web_api/v3/basics
 */
export const zoteroJson: Format = jsonFormat({
  name: "Zotero items (JSON)",
  title: null,
  knownBy: "`itemType`",
  from: "https://api.zotero.org/users/…/items, and Better BibTeX JSON",
  detect: marked(0.95, /"itemType"\s*:\s*"/),
  listing: {
    lists: ["items"],
    isEntry: (entry) => isFields(entry.data) || entry.itemType !== undefined,
    toPaper: (entry) => {
      const data = isFields(entry.data) ? entry.data : entry;
      const kind = text(data.itemType) ?? "";
      if (/^(?:attachment|note|annotation)$/.test(kind))
        return `is a Zotero ${kind}, not a paper, and was skipped`;
      const extra = typeof data.extra === "string" ? data.extra : "";
      const eprint = /^[ \t]{0,40}(?:arXiv|eprint):\s{0,40}(\S{6,40})/im.exec(extra)?.[1] ?? null;
      const url = addressAt(data.url);
      const people = arrayAt(data.creators).map(objectAt);
      const authors = people.filter(({ creatorType: type }) =>
        /^(?:author|artist|inventor|programmer|presenter|director|podcaster|cartographer|interviewee|contributor)?$/.test(
          text(type) ?? "",
        ),
      );
      return foundPaper({
        title: titleAt(data.title) ?? titleAt(data.caseName) ?? titleAt(data.subject),
        abstract: markup(data.abstractNote) ?? "",
        authors: listOf(authors.length > 0 ? authors : people, (one) => {
          const person = objectAt(one);
          return (
            nameAt(person.name) ??
            ([text(person.firstName), text(person.lastName)].filter(Boolean).join(" ") || null)
          );
        }),
        published: dateFrom(data.date),
        keywords: listOf(data.tags, (tag) => text(objectAt(tag).tag) ?? text(tag)),
        journal:
          markup(data.publicationTitle) ??
          markup(data.proceedingsTitle) ??
          markup(data.bookTitle) ??
          markup(data.conferenceName),
        arxiv:
          eprint ??
          paperAt(url ?? "")?.arxiv ??
          paperAt(`arxiv.org/${text(data.archiveID) ?? ""}`)?.arxiv ??
          null,
        doi:
          doiOf(text(data.DOI) ?? "") ??
          doiOf(/^[ \t]{0,40}DOI:\s{0,40}(\S{5,300})/im.exec(extra)?.[1] ?? "") ??
          paperAt(url ?? "")?.doi ??
          null,
        url,
        volume: text(data.volume),
        pages: text(data.pages),
        key: text(data.citationKey) ?? text(entry.key),
      });
    },
  },
});
