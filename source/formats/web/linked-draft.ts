import { arxivAddresses, arxivId, identityOf } from "../../papers/identity.js";
import type { Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { fromMarkup } from "../../text/markup.js";
import { thousands } from "../../text/numbers.js";
import { isoDay, type PageDate, readPageDate } from "../fields/dates.js";

/** A paper while the lines of its page are being read. */
export interface Draft {
  /** The line of its title, from 1. */
  line: number;
  id: string | null;
  title: string;
  abstract: string;
  authorCount: number | null;
  organization: string | null;
  date: PageDate | null;
  upvotes: number | null;
  comments: number | null;
  code: string | null;
  codeStars: number | null;
  /** Whether the abstract has ended. */
  ended: boolean;
}

/** A longer line is prose and is not searched for counts, dates or links. In characters. */
export const shortLine = 2_000;
const titleLimit = 1_000;
const abstractLimit = 50_000;

/** An empty draft. */
export function newDraft(line: number, title: string): Draft {
  return {
    line,
    title,
    id: null,
    abstract: "",
    authorCount: null,
    organization: null,
    date: null,
    upvotes: null,
    comments: null,
    code: null,
    codeStars: null,
    ended: false,
  };
}

/** Joins two texts with a space. */
export function joined(before: string, text: string): string {
  return before === "" ? text : `${before} ${text}`;
}

/** Reads a count in the page's notation: `19`, `1,204`, `11.3k`; `null` for anything else. */
export function readCount(text: string): number | null {
  const found = /^(\d[\d,]{0,11}(?:\.\d{1,2})?)\s?([kKmM]?)$/.exec(text.trim());
  if (!found) return null;
  const unit = { "": 1, k: 1_000, m: 1_000_000 }[(found[2] as string).toLowerCase()] ?? 1;
  return Math.round(Number((found[1] as string).replaceAll(",", "")) * unit);
}

/**
 * Reads a line after the abstract that states a fact: authors, date, votes, comments. Returns whether it
 * did.
 */
export function takeFact(draft: Draft, line: string): boolean {
  const text = line.replace(/^\s{0,40}[-*•·]\s/, "").trim();
  const authors = /^\[?\s?([\d,]{1,9})\s+authors?(?:\]\([^)]{0,300}\))?$/i.exec(text);
  const votes = /^(?:upvotes?:?\s+([\d.,]{1,9}k?)|([\d.,]{1,9}k?)\s+upvotes?)$/i.exec(text);
  const comments = /^([\d,]{1,9})\s+comments?$/i.exec(text);
  const date = readPageDate(text.replace(/^(?:published|submitted)(?: on)?:?\s+/i, ""));
  if (authors) draft.authorCount = readCount(authors[1] as string);
  else if (votes) draft.upvotes = readCount((votes[1] ?? votes[2]) as string);
  else if (comments) draft.comments = readCount(comments[1] as string);
  else if (date) draft.date = date;
  else return false;
  draft.ended = true;
  return true;
}

/** Reads a fact from a link's address and label. Returns whether it did. */
export function takeLink(draft: Draft, label: string, address: string): boolean {
  const words = label.replace(/^link:/i, "").trim();
  const last = words.split(/\s/).at(-1) ?? "";
  if (repository.test(address)) {
    draft.code ??= address;
    draft.codeStars ??= readCount(last);
  } else if (address.endsWith("#community")) {
    draft.comments = readCount(last) ?? draft.comments;
  } else if (arxivId(address) !== null) {
    draft.id ??= arxivId(address);
    takeFact(draft, words);
  } else if (account.test(address)) {
    if (words !== "" && words !== "AK") draft.organization ??= words;
  } else return false;
  draft.ended = true;
  return true;
}

const repository = /^https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/[^/\s]+\/[^/\s]+/i;
const account = /^https?:\/\/huggingface\.co\/(?!papers|login|join|models|datasets|spaces)[\w.-]+\/?$/i;

/** Whether an address is a person's or an organization's account on Hugging Face. */
export function isAccount(address: string): boolean {
  return account.test(address);
}

/** Converts a draft to a paper. `year` applies to dates without one. */
export function toPaper(draft: Draft, year: number | null, problems: Problem[]): Paper {
  const limited = (text: string, limit: number, what: string): string => {
    if (text.length <= limit) return fromMarkup(text);
    problems.push({ line: draft.line, message: `${what} was cut after ${thousands(limit)} characters` });
    return `${fromMarkup(text.slice(0, limit))}…`;
  };
  return makePaper({
    // The page links to its own page of the paper, as Hugging Face's API does (`hugging-face.ts`).
    url: draft.id === null ? null : `https://huggingface.co/papers/${draft.id}`,
    pdf: draft.id === null ? null : arxivAddresses(draft.id).pdf,
    id: identityOf({ arxiv: draft.id }),
    title: limited(draft.title, titleLimit, "a title"),
    abstract: limited(draft.abstract, abstractLimit, "an abstract"),
    authorCount: draft.authorCount,
    organization: draft.organization === null ? null : fromMarkup(draft.organization) || null,
    published: draft.date ? isoDay(draft.date, year) : null,
    upvotes: draft.upvotes,
    comments: draft.comments,
    code: draft.code === null ? null : fromMarkup(draft.code),
    codeStars: draft.codeStars,
  });
}
