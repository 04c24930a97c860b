import { doiOf } from "../../../papers/identity.js";
import { withoutProtection } from "../../../text/bibtex/escaped-tex.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import { countAt, listOf, markup, nameAt, text, texts, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { dateFrom, firstText, marked } from "./reading.js";

/** NASA ADS, https://ui.adsabs.harvard.edu/help/api/api-docs.html */
export const ads: Format = jsonFormat({
  name: "NASA ADS API response (JSON)",
  title: "NASA ADS",
  knownBy: "`docs` with `bibcode`",
  from: "https://api.adsabs.harvard.edu/v1/search/query",
  detect: marked(0.95, /"docs"\s*:\s*\[/, /"bibcode"\s*:\s*"/),
  listing: {
    envelope: ["response"],
    lists: ["docs"],
    isEntry: (entry) => entry.bibcode !== undefined,
    toPaper: (entry) => {
      const bibcode = text(entry.bibcode);
      const arxiv = texts(entry.identifier)
        .map((one) => paperAt(`arxiv.org/${one}`)?.arxiv ?? null)
        .find(Boolean);
      return foundPaper({
        title: titleAt(withoutProtection(firstText(entry.title) ?? "")),
        abstract: withoutProtection(markup(entry.abstract) ?? ""),
        authors: listOf(entry.author, nameAt),
        published: dateFrom(entry.pubdate ?? entry.date ?? entry.year),
        categories: texts(entry.arxiv_class),
        keywords: texts(entry.keyword),
        journal: markup(firstText(entry.pub)),
        arxiv: arxiv ?? null,
        doi: doiOf(firstText(entry.doi) ?? ""),
        url: bibcode === null ? null : `https://ui.adsabs.harvard.edu/abs/${encodeURIComponent(bibcode)}`,
        volume: firstText(entry.volume),
        pages: firstText(entry.page),
        citations: countAt(entry.citation_count),
        key: bibcode,
      });
    },
  },
});
