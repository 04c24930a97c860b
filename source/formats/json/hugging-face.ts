import { arxivAddresses, arxivId } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import type { Format } from "../format.js";
import type { JsonListing } from "./entries.js";
import {
  addressAt,
  arrayAt,
  countAt,
  dayAt,
  type Fields,
  isFields,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  texts,
  titleAt,
} from "./fields.js";
import { foundPaper } from "./found-paper.js";
import { headOf, readJsonEntries, readJsonListing, startsJson } from "./json.js";
import { isJsonLines, JsonLinesReader } from "./json-lines.js";

/**
 * Responses of Hugging Face's API: a day's papers (`GET /api/daily_papers?date=…`), one paper (`GET
 * /api/papers/ID`), a search (`GET /api/papers/search?q=…`). https://huggingface.co/docs/hub/api#papers-api
 * and https://huggingface.co/.well-known/openapi.json
 *
 * An entry of a day holds the paper under "paper" and repeats some of its fields outside. We use the inner
 * fields, because the outer date is hours earlier and can fall on the previous day.
 */
export const huggingFace: Format = {
  name: "Daily Papers API response (JSON)",
  from: "https://huggingface.co/api/daily_papers, /api/papers/… and its search",
  knownBy: "an arXiv identifier in `id` beside authors that are objects, or entries under `paper`",
  title: "Daily Papers",
  hasDays: true,
  detect,
  parse: (whole) => {
    const seen = daysSeen();
    return { ...readJsonListing(whole, seen.listing), day: seen.day() };
  },
  parseBytes: (bytes) => {
    const seen = daysSeen();
    const found = readJsonEntries(bytes, seen.listing);
    return found && { ...found, day: seen.day() };
  },
  lines: (papers) => {
    const seen = daysSeen();
    const reader = new JsonLinesReader(papers, seen.listing);
    return {
      get count() {
        return reader.count;
      },
      take: (line, number) => reader.take(line, number),
      end: (isCut) => ({ ...reader.end(isCut), day: seen.day() }),
    };
  },
  isLines: isJsonLines,
};

const listing: JsonListing = {
  lists: ["papers", "dailyPapers"],
  isEntry: (entry) => isFields(entry.paper) || (entry.id !== undefined && entry.summary !== undefined),
  toPaper,
};

const anArxivId = '"(?:\\d{4}\\.\\d{4,5}|[a-z-]+(?:\\.[A-Z]{2})?/\\d{7})"';
const onePaper = new RegExp(`"id"\\s*:\\s*${anArxivId}`);

function detect(whole: string): number {
  const head = headOf(whole);
  if (!startsJson(head)) return 0;
  if (/^[\ufeff\s]*\[\s*\]\s*$/.test(head)) return 0.4;
  if (/^[\ufeff\s]*\{\s*"error"\s*:\s*"/.test(head)) return 0.4;
  const authors = /"authors"\s*:\s*\[/.test(head);
  if (/"paper"\s*:\s*\{/.test(head)) {
    if (onePaper.test(head) && authors) return 1;
    return /"(?:submittedOnDailyAt|numComments|upvotes|summary)"\s*:/.test(head) ? 0.8 : 0;
  }
  // If the authors are strings, it is a crawler's list of arXiv papers.
  if (!authors || /"authors"\s*:\s*\[\s*"/.test(head)) return 0;
  const own = /"(?:upvotes|submittedOnDailyAt|discussionId|hidden|ai_summary|summary)"\s*:/.test(head);
  return own && onePaper.test(head) ? 0.9 : 0;
}

/** Reads papers, and knows the day on which they were submitted; `null` if there are several. */
function daysSeen(): { readonly listing: JsonListing; day(): string | null } {
  const days = new Set<string | null>();
  const toPaperOfDay = (entry: Fields) => {
    const paper = toPaper(entry);
    if (typeof paper !== "string") days.add(dayAt(innerOf(entry).submittedOnDailyAt));
    return paper;
  };
  return {
    listing: { ...listing, toPaper: toPaperOfDay },
    day: () => {
      const [day = null, ...others] = days;
      return others.length === 0 ? day : null;
    },
  };
}

function innerOf(entry: Fields): Fields {
  return isFields(entry.paper) ? entry.paper : entry;
}

function toPaper(entry: Fields): Paper | string {
  const inner = innerOf(entry);
  const arxiv = arxivId(text(inner.id) ?? "");
  const summary = markup(inner.ai_summary);
  return foundPaper({
    arxiv,
    title: titleOf(inner.title, entry.title),
    abstract: markup(inner.summary) ?? markup(entry.summary) ?? "",
    authors: listOf(inner.authors, authorOf),
    organization: organizationOf(inner.organization) ?? organizationOf(entry.organization),
    published: dayAt(inner.publishedAt) ?? dayAt(entry.publishedAt),
    keywords: texts(inner.ai_keywords),
    upvotes: countAt(inner.upvotes),
    comments: countAt(entry.numComments) ?? countAt(inner.numComments) ?? commentsIn(inner.comments),
    url: arxiv === null ? null : `https://huggingface.co/papers/${arxiv}`,
    pdf: arxiv === null ? null : arxivAddresses(arxiv).pdf,
    code: addressAt(withoutSpace(inner.githubRepo)),
    codeStars: countAt(inner.githubStars),
    summary,
    summaryBy: summary === null ? null : summaryBy(text(inner.ai_summary_model)),
    project: addressAt(withoutSpace(inner.projectPage)),
    listed: dayAt(inner.submittedOnDailyAt) ?? dayOfOuterDate(entry.publishedAt, inner.publishedAt),
    submitter: personAt(inner.submittedOnDailyBy) ?? personAt(entry.submittedBy),
    authorsTakePart: entry.isAuthorParticipating === true || inner.isAuthorParticipating === true,
    thumbnail: addressAt(entry.thumbnail) ?? addressAt(inner.thumbnail),
    media: mediaOf(entry, inner),
    discussion: text(inner.discussionId),
  });
}

/** The title that still has its TeX. The inner one has often lost it ("nabla^2", "timespebbles"). */
function titleOf(inner: unknown, outer: unknown): string | null {
  const here = titleAt(inner);
  const there = inner === outer ? here : titleAt(outer);
  const isOuter = there !== null && /[\\$]/.test(there) && !/[\\$]/.test(here ?? "");
  return isOuter ? there : (here ?? there);
}

/**
 * Responses from before spring 2025 have no `submittedOnDailyAt`; their outer `publishedAt` is the time of
 * submission. In newer ones it is the paper's own time, some hours earlier than the inner one.
 */
function dayOfOuterDate(outer: unknown, inner: unknown): string | null {
  const [there, here] = [text(outer), text(inner)];
  return there !== null && here !== null && there > here ? dayAt(there) : null;
}

/** The credit that the detail shows for a summary. */
function summaryBy(model: string | null): string {
  return `Hugging Face (${model ?? "AI"})`;
}

/** The media of both, each once. */
function mediaOf(entry: Fields, inner: Fields): readonly string[] {
  const [outer, own] = [mediaIn(entry), mediaIn(inner)];
  return outer.length + own.length === 0 ? none : [...new Set([...outer, ...own])];
}

const none: readonly string[] = [];

/** Pictures and videos. Responses from before 2025 have only one. */
function mediaIn({ mediaUrl, mediaUrls }: Fields): readonly string[] {
  if (mediaUrl === undefined && mediaUrls === undefined) return none;
  return listOf([mediaUrl, ...arrayAt(mediaUrls)], addressAt);
}

function personAt(value: unknown): string | null {
  const { fullname, name, user } = objectAt(value);
  return nameAt(fullname) ?? text(name) ?? text(user);
}

/** Code addresses may contain line breaks. */
function withoutSpace(value: unknown): unknown {
  return typeof value === "string" && value.length < 2_000 ? value.replace(/\s+/g, "") : value;
}

/** A response for a single paper may include the comments themselves instead of a count. */
function commentsIn(value: unknown): number | null {
  return Array.isArray(value) ? arrayAt(value).length : null;
}

/** Skips hidden authors, as the site does, and a lone ":" left over from the heading of an author list. */
function authorOf(value: unknown): string | null {
  const author = objectAt(value);
  if (author.hidden === true) return null;
  const name = nameAt(author.name);
  return name === ":" ? null : name;
}

function organizationOf(value: unknown): string | null {
  const { fullname, name } = objectAt(value);
  return text(fullname) ?? text(name);
}
