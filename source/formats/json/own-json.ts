import { entryFrom, otherEntriesFrom } from "../../papers/bibliography-entry.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { isIsoDay, knownDate } from "../fields/dates.js";
import type { Format } from "../format.js";
import { addressAt, countAt, type Fields, listOf, noTitle, text, texts } from "./fields.js";
import { headOf, jsonFormat, startsJson } from "./json.js";

/**
 * The output of our own `list --json` (`paperRecord` in `exports/json.ts`), so that a selection can be
 * saved and read again. Identities are kept; marks in the file are ignored, because they belong to whoever
 * wrote it. The texts are already plain, so they are not parsed as markup.
 */
export const ownJson: Format = jsonFormat({
  name: "papers-tui list (JSON)",
  from: "`papers-tui list --json`",
  knownBy: "`authorCount` and `starred`",
  title: null,
  detect,
  listing: {
    lists: [],
    isEntry: (record) => record.authorCount !== undefined && record.starred !== undefined,
    toPaper: (record) => ownPaper(record) ?? noTitle,
  },
});

/** In a text shorter than this, in characters, the whole first paper is visible to detection. */
const firstPaper = 8_000;

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/^[\ufeff\s]*\[\s*\]\s*$/.test(head)) return 0.2;
  if (/"authorCount"\s*:/.test(head) && /"starred"\s*:/.test(head)) return 1;
  // The first paper alone may be longer than the part that is checked. No other format begins like this.
  if (whole.length < firstPaper) return 0;
  const begins = /^[\ufeff\s]*\[\s*\{\s*"id"\s*:\s*"[^"]{0,2000}"\s*,\s*"title"\s*:\s*"/.test(head);
  return begins && /"abstract"\s*:\s*"/.test(head) && /"authors"\s*:\s*\[\s*"/.test(head) ? 0.7 : 0;
}

/** The paper of one record of `list --json`; `null` if it has no title. */
export function ownPaper(record: Fields): Paper | null {
  const title = text(record.title);
  if (title === null) return null;
  const authors = texts(record.authors);
  const count = countAt(record.authorCount);
  return makePaper({
    id: text(record.id) ?? "",
    title,
    abstract: text(record.abstract) ?? "",
    authors,
    // `list --json` writes the count for every paper with authors; drop it if it equals the number of
    // names.
    authorCount: count === authors.length ? null : count,
    organization: text(record.organization),
    published: dateAt(record.published),
    updated: dateAt(record.updated),
    categories: texts(record.categories),
    keywords: texts(record.keywords),
    upvotes: countAt(record.upvotes),
    comments: countAt(record.comments),
    url: addressAt(record.url),
    pdf: addressAt(record.pdf),
    code: addressAt(record.code),
    codeStars: countAt(record.codeStars),
    doi: text(record.doi),
    journal: text(record.journal),
    comment: text(record.comment),
    withdrawn: record.withdrawn === true,
    summary: text(record.summary),
    summaryBy: text(record.summaryBy),
    project: addressAt(record.project),
    listed: dateAt(record.listed),
    submitter: text(record.submitter),
    authorsTakePart: record.authorsTakePart === true,
    thumbnail: addressAt(record.thumbnail),
    media: listOf(record.media, addressAt),
    citations: countAt(record.citations),
    influential: countAt(record.influential),
    discussion: text(record.discussion),
    ...(record.andOthers === true && { andOthers: true }),
    entry: entryFrom(record.entry) ?? undefined,
    otherEntries: otherEntriesFrom(record.otherEntries),
  });
}

/** A date, as precise as the program knew it when it wrote it. */
function dateAt(value: unknown): string | null {
  const found = typeof value === "string" ? /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value) : null;
  if (found?.[3] !== undefined) return isIsoDay(found[0]) ? found[0] : null;
  return found && knownDate(found[1], found[2]);
}
