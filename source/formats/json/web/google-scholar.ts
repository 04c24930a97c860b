import { splitAuthors } from "../../fields/author-line.js";
import { knownDate } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import {
  addressAt,
  arrayAt,
  countAt,
  type Fields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { headOf, jsonFormat, startsJson } from "../json.js";
import { dateFrom } from "../services/reading.js";

/**
 * Google Scholar's results as services give them: SerpApi and SearchApi (a search, an author's articles, one
 * article) and Serper. A line such as "I Holm, O Reed… - Journal of Kettles, 2018 - kettles.example" says
 * most of it. https://serpapi.com/google-scholar-organic-results, https://serper.dev
 */
export const googleScholar: Format = jsonFormat({
  name: "Google Scholar results (JSON)",
  title: "Google Scholar",
  knownBy:
    "`organic_results` with `publication_info`, `organic` with `publicationInfo`, or `articles` with `citation_id`",
  from: "SerpApi, SearchApi and Serper for Google Scholar",
  detect,
  listing: {
    envelope: ["citation"],
    lists: ["organic_results", "organic", "articles"],
    isEntry: (entry) => entry.title !== undefined,
    toPaper,
  },
});

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  const isSearch =
    /"organic_results"\s*:\s*\[/.test(head) &&
    /"(?:publication_info|inline_links)"\s*:|"engine"\s*:\s*"google_scholar/.test(head);
  const isShort = /"organic"\s*:\s*\[/.test(head) && /"publicationInfo"\s*:/.test(head);
  const isAuthor = /"engine"\s*:\s*"google_scholar_author/.test(head) || /"citation_id"\s*:/.test(head);
  return isSearch || isShort || (isAuthor && /"(?:articles|citation)"\s*:/.test(head)) ? 0.95 : 0;
}

function toPaper(entry: Fields): ReturnType<typeof foundPaper> {
  const info = objectAt(entry.publication_info);
  const line =
    text(info.summary) ?? text(entry.publicationInfo) ?? text(entry.publication) ?? text(entry.journal) ?? "";
  const { people, journal, year } = partsOf(line, text(entry.authors) !== null);
  const url = addressAt(entry.link);
  const pdfs = arrayAt(entry.resources).map(objectAt);
  const pdf =
    addressAt(pdfs.find((one) => one.file_format === "PDF" || one.format === "PDF")?.link) ??
    addressAt(entry.pdfUrl) ??
    addressAt(entry.pdfLink);
  const named = /arxiv:\s?([\w./-]{9,30})/i.exec(line)?.[1];
  const found = [named === undefined ? null : `arxiv.org/abs/${named}`, url, pdf].map((one) =>
    paperAt(one ?? ""),
  );
  return foundPaper({
    title: titleAt(entry.title)?.replace(/^(?:\[[A-Z]{1,12}\]\s?){1,3}/, "") ?? null,
    abstract: markup(entry.description) ?? markup(entry.snippet) ?? "",
    ...authorsOf(entry, people, info),
    published:
      dateFrom((text(entry.publication_date) ?? "").replaceAll("/", "-")) ??
      knownDate(yearOf(entry) ?? year ?? ""),
    journal: journal === "" ? null : journal,
    citations: citationsOf(entry),
    arxiv: found.find((one) => one?.arxiv)?.arxiv ?? null,
    doi: found.find((one) => one?.doi)?.doi ?? null,
    url,
    pdf,
    key: text(entry.result_id) ?? text(entry.id),
  });
}

/** "People - Journal, year - site", of which each part but the first may be missing. */
function partsOf(
  line: string,
  isJournalOnly: boolean,
): { readonly people: string; readonly journal: string; readonly year: string | null } {
  const [people = "", ...rest] = isJournalOnly ? ["", line] : line.split(/\s[-–]\s/);
  // The last part is the site, unless it has the year.
  const middle = (rest.length > 1 && !/\d{4}$/.test(rest.at(-1) ?? "") ? rest.slice(0, -1) : rest).join(
    " - ",
  );
  const found = /^(.*?)(?:,\s*)?((?:1[5-9]|20)\d\d)$/.exec(middle);
  // With one part left, "nature.com" is a site.
  const journal =
    found === null && rest.length === 1 && /^[\w-]+(?:\.[\w-]+)+$/.test(middle) ? "" : (found?.[1] ?? middle);
  return { people, journal: journal.trim(), year: found?.[2] ?? null };
}

/** Everybody in the line; the list of profiles has only some of them. */
function authorsOf(entry: Fields, people: string, info: Fields) {
  const written = text(entry.authors) ?? people;
  const isCut = /…|\.\.\.\s*$/.test(written);
  const { authors, andOthers } = splitAuthors(written.replace(/\s?(?:…|\.\.\.)/g, ""));
  const listed = listOf(arrayAt(info.authors ?? entry.authors), (one) => nameAt(objectAt(one).name));
  if (authors.length === 0) return { authors: listed };
  return { authors, ...((isCut || andOthers) && { andOthers: true as const }) };
}

function yearOf(entry: Fields): string | null {
  return typeof entry.year === "number" ? String(entry.year) : text(entry.year);
}

function citationsOf(entry: Fields): number | null {
  const cited = objectAt(objectAt(entry.inline_links).cited_by ?? entry.cited_by);
  const total = objectAt(objectAt(entry.total_citations).cited_by).total;
  const counts = [cited.total, cited.value, total, entry.citedBy, entry.citedByCount].map(countAt);
  return counts.find((count) => count !== null) ?? null;
}
