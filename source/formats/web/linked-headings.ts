import { arxivId } from "../../papers/identity.js";
import { type PageDate, readPageDate } from "../fields/dates.js";
import { type Draft, joined, newDraft, shortLine, takeFact, takeLink } from "./linked-draft.js";
import type { Page } from "./linked-lines.js";

const anyLink = /!?\[([^[\]]{0,500})\]\((https?:\/\/[^\s()]{1,1500})\)/g;

/**
 * The page as converted to Markdown by a text extractor:
 *
 *     ## Trending Papers                               header lines
 *     ### Title                                        may continue, indented, on the next line;
 *                                                      may be a link: ### [Title](https://…)
 *     Abstract
 *     - 8 authors
 *     [LINK: GitHub 11.3k](https://github.com/…)       the code and its stars
 *
 * Each third-level heading begins a paper. The abstract follows its first blank line and ends at the first
 * count, date or link.
 */
export function readHeadings(lines: readonly string[]): Page {
  const drafts: Draft[] = [];
  let current: Draft | null = null;
  let inTitle = false;
  let day: PageDate | null = null;
  lines.forEach((line, index) => {
    const small = line.length <= shortLine;
    const text = small ? line.trim() : line;
    if (text === "") {
      inTitle = false;
      return;
    }
    const heading = /^\s{0,3}(#{1,6})\s([\s\S]*)$/.exec(line);
    if (heading) {
      const level = (heading[1] as string).length;
      current = level === 3 ? begin(index + 1, (heading[2] as string).trim()) : null;
      if (current) drafts.push(current);
      inTitle = current !== null;
      return;
    }
    if (!current) {
      if (small && drafts.length === 0) day ??= readPageDate(text);
      return;
    }
    if (inTitle && /^\s/.test(line)) {
      current.title = joined(current.title, text);
      return;
    }
    inTitle = false;
    if (small && (takeFact(current, text) || takeLinks(current, text))) return;
    // Text after the links and counts belongs to no paper: buttons, the footer.
    if (!current.ended) current.abstract = joined(current.abstract, text);
  });
  return { drafts, day, near: null };
}

function begin(line: number, heading: string): Draft {
  const found = /^\[(.{1,1500})\]\((https?:\/\/[^\s()]{1,1500})\)$/.exec(heading.slice(0, 3_100));
  if (!found) return newDraft(line, heading);
  const draft = newDraft(line, found[1] as string);
  draft.id = arxivId(found[2] as string);
  return draft;
}

/** Reads the links of a line that has only links. */
function takeLinks(draft: Draft, line: string): boolean {
  const links = [...line.matchAll(anyLink)];
  if (links.length === 0 || /[\p{L}\p{N}]/u.test(line.replace(anyLink, ""))) return false;
  for (const [, label = "", address = ""] of links) takeLink(draft, label, address);
  return true;
}
