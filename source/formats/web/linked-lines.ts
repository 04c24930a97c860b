import { arxivId } from "../../papers/identity.js";
import { type PageDate, readPageDate } from "../fields/dates.js";
import {
  type Draft,
  isAccount,
  joined,
  newDraft,
  readCount,
  shortLine,
  takeFact,
  takeLink,
} from "./linked-draft.js";

/** What the lines of a page contain, before the years of its dates are known. */
export interface Page {
  readonly drafts: Draft[];
  /** The day shown. */
  readonly day: PageDate | null;
  /** A day, `YYYY-MM-DD`, that the page links to as the previous or next day. */
  readonly near: string | null;
}

/** Text from consecutive lines. */
interface Text {
  readonly line: number;
  readonly text: string;
}

const addressLine = /^\]?\(?(https?:\/\/[^\s()]{1,1500})\)?$/;
const labelled = /^!?\[([^\]]{0,500})\]\((https?:\/\/[^\s)]{1,1500})\)$/;

/**
 * The page from a text extractor that puts the address of each link on the line after its text:
 *
 *      [-] 19                                          upvotes
 *     https://huggingface.co/login?next=…
 *     Title
 *     https://huggingface.co/papers/2409.02326
 *     Abstract, in one line
 *     https://huggingface.co/papers/2409.02326
 *     [
 *     3 authors](https://huggingface.co/papers/2409.02326)
 *     ·                                                may be an organization and its address
 *     Sep 3, 2024                                      instead of the authors
 *     2
 *     https://huggingface.co/papers/2409.02326#community
 *
 * with blank lines anywhere. A paper begins with the first link to it; the text before is its title.
 */
export function readLinkedLines(lines: readonly string[]): Page {
  const drafts: Draft[] = [];
  let pending: Text[] = [];
  let current: Draft | null = null;
  let upvotes: number | null = null;
  let day: PageDate | null = null;
  let near: string | null = null;
  let blankBefore = true;

  const open = (id: string, number: number): Draft => {
    const title = pending.at(-1);
    const draft = newDraft(title?.line ?? number, title?.text ?? "");
    draft.id = id;
    draft.upvotes = upvotes;
    upvotes = null;
    drafts.push(draft);
    return draft;
  };
  /** Handles a link. If it has no label of its own, the text before it is its label. */
  const follow = (address: string, number: number): void => {
    const label = pending.at(-1)?.text ?? "";
    const id = arxivId(address);
    if (id !== null && !address.includes("#")) {
      if (current?.id !== id) current = open(id, number);
      else if (current.title === "") {
        // The first link was around the thumbnail.
        current.title = label;
        current.line = pending.at(-1)?.line ?? current.line;
      } else if (!current.ended) current.abstract = joined(current.abstract, textOf(pending));
      else takeLink(current, label, address);
    } else if (current && !(isAccount(address) && submitter(pending))) {
      takeLink(current, label, address);
    }
    near ??= /\/papers\/date\/(\d{4}-\d\d-\d\d)$/.exec(address)?.[1] ?? null;
    pending = [];
  };

  lines.forEach((line, index) => {
    const number = index + 1;
    const text = line.length > shortLine ? line : line.trim();
    if (text === "") {
      blankBefore = true;
      return;
    }
    const continues = !blankBefore;
    blankBefore = false;
    const small = text.length <= shortLine;
    const votes = small ? /^\[-\]\s{0,20}([\d.,]{1,9}k?)?$/i.exec(text) : null;
    const address = small ? addressLine.exec(text) : null;
    const link = small ? labelled.exec(text) : null;
    const date = small ? readPageDate(text) : null;
    if (votes) {
      upvotes = votes[1] === undefined ? null : readCount(votes[1]);
      // The next paper begins, so the lines that follow do not belong to this one.
      if (current) current.ended = true;
      pending = [];
    } else if (address) {
      follow(address[1] as string, number);
    } else if (link) {
      if (link[1]?.trim()) pending.push({ line: number, text: link[1] });
      follow(link[2] as string, number);
    } else if (date && !current) {
      day ??= date;
    } else if (/^[·•|[\]]$/.test(text)) {
      // Separators between facts.
    } else if (current && small && takeFact(current, text)) {
      pending = [];
    } else {
      const before = pending.at(-1);
      if (continues && before)
        pending[pending.length - 1] = { line: before.line, text: joined(before.text, text) };
      else pending.push({ line: number, text });
    }
  });
  const last = drafts.at(-1);
  if (last && !last.ended && last.abstract === "") last.abstract = textOf(pending);
  return { drafts, day, near };
}

function textOf(pending: readonly Text[]): string {
  return pending.map(({ text }) => text).join(" ");
}

/** Whether the account is that of the person who submitted the paper, who need not be an author. */
function submitter(pending: readonly Text[]): boolean {
  return pending.slice(-2).some(({ text }) => /^submitted by\b/i.test(text));
}
