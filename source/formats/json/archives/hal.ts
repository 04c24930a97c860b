import { doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { addressAt, listOf, markup, nameAt, text, texts, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { dateFrom, firstText, marked } from "../services/reading.js";

/**
 * HAL's search. Fields are present only if the request named them (`fl=`); without it there is only `label_s`,
 * the whole citation. https://api.archives-ouvertes.fr/docs/search
 */
export const hal: Format = jsonFormat({
  name: "HAL API response (JSON)",
  title: "HAL",
  knownBy: "`docs` with `halId_s`, `label_s`, `uri_s`, `title_s` or `authFullName_s`",
  from: "https://api.archives-ouvertes.fr/search/?q=…&fl=title_s,authFullName_s,abstract_s,doiId_s,…",
  detect: marked(0.95, /"docs"\s*:\s*\[/, /"(?:halId_s|label_s|uri_s|title_s|authFullName_s)"\s*:/),
  listing: {
    envelope: ["response"],
    lists: ["docs"],
    isEntry: (entry) => entry.label_s !== undefined || entry.title_s !== undefined,
    toPaper: (entry) => {
      const label = (markup(entry.label_s) ?? "").slice(0, 2_000);
      const cited = citation.exec(label);
      return foundPaper({
        title: titleAt(firstText(entry.title_s) ?? cited?.[2] ?? label),
        abstract: markup(firstText(entry.abstract_s)) ?? "",
        authors:
          entry.authFullName_s === undefined && entry.title_s === undefined
            ? texts(cited?.[1]?.split(", "))
            : listOf(entry.authFullName_s, nameAt),
        published:
          dateFrom(entry.publicationDate_s ?? entry.producedDate_s ?? entry.publicationDateY_i) ??
          dateFrom(cited?.[3]),
        keywords: texts(entry.keyword_s),
        journal:
          markup(firstText(entry.journalTitle_s)) ??
          markup(firstText(entry.bookTitle_s)) ??
          markup(firstText(entry.conferenceTitle_s)),
        arxiv: text(entry.arxivId_s),
        doi: doiOf(text(entry.doiId_s) ?? ""),
        url: addressAt(entry.uri_s),
        pdf: addressAt(firstText(entry.fileMain_s)),
        volume: text(entry.volume_s),
        pages: text(entry.page_s),
        key: text(entry.halId_s),
      });
    },
  },
});

/** "Ines Holm, Otto Reed. Counting kettles. Journal of Kettles, 2021, 12, pp.3. ⟨hal-01234567⟩" */
const citation =
  /^(.{2,2000}?(?<=\p{L}{2}))\.\s+(.+?(?:[^.\s]{2}|\s\d))[.?!]\s+(?:.*?\b((?:19|20)\d\d)\b)?.*$/u;
