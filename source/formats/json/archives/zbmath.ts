import { arxivId, doiOf } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
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
import { dateFrom, marked } from "../services/reading.js";

/** zbMATH Open, https://api.zbmath.org/v1/ (document/_search, document/ID) */
export const zbMath: Format = jsonFormat({
  name: "zbMATH API response (JSON)",
  title: "zbMATH",
  knownBy: "`zbmath_url`",
  from: "https://api.zbmath.org/v1/document/_search?search_string=…",
  detect: marked(0.95, /"zbmath_url"\s*:\s*"/),
  listing: {
    envelope: ["result"],
    lists: ["result"],
    isEntry: (entry) => entry.zbmath_url !== undefined,
    toPaper: (entry) => {
      const source = objectAt(entry.source);
      const [series = {}] = arrayAt(source.series).map(objectAt);
      const [book = {}] = arrayAt(source.book).map(objectAt);
      const number = text(entry.identifier);
      return foundPaper({
        title: titleOf(objectAt(entry.title)),
        // Reviews are by other people than the authors.
        abstract: summaryOf(entry),
        authors: listOf(objectAt(entry.contributors).authors, (one) => nameAt(objectAt(one).name)),
        published: dateFrom(entry.year),
        categories: listOf(entry.msc, (one) => text(objectAt(one).code)),
        keywords: listOf(entry.keywords, shown),
        journal: shown(series.title) ?? shown(series.short_title) ?? shown(book.title),
        arxiv: linkOf(entry, "arxiv", (written) => arxivId(written) ?? paperAt(written)?.arxiv ?? null),
        doi: linkOf(entry, "doi", (written) => doiOf(written)),
        url: addressAt(entry.zbmath_url),
        volume: text(series.volume),
        pages: text(source.pages),
        name: number === null ? null : `Zbl ${number}`,
        key: number,
      });
    },
  },
});

/** A text, if it is not the notice that stands where zbMATH may not show it. */
function shown(value: unknown): string | null {
  const found = markup(value);
  return found === null || /contents unavailable due to conflicting licenses/i.test(found) ? null : found;
}

function titleOf(title: Fields): string | null {
  const main = shown(title.title) === null ? null : titleAt(title.title);
  const subtitle = shown(title.subtitle);
  return main === null || subtitle === null ? main : `${main}: ${subtitle}`;
}

/** The authors' own summary among the texts of editors and reviewers. */
function summaryOf(entry: Fields): string {
  const contributions = arrayAt(entry.editorial_contributions).map(objectAt);
  const summary = contributions.find(({ contribution_type: type }) => type === "summary");
  return (shown(summary?.text) ?? "").replace(/^Summary: /, "");
}

function linkOf(entry: Fields, type: string, read: (written: string) => string | null): string | null {
  for (const link of arrayAt(entry.links).map(objectAt)) {
    if (link.type !== type) continue;
    const found = read(text(link.identifier) ?? "") ?? read(text(link.url) ?? "");
    if (found !== null) return found;
  }
  return null;
}
