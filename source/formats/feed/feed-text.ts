import { fromMarkup } from "../../text/markup.js";
import { type AuthorLine, isName, splitAuthors } from "../fields/author-line.js";
import { dateIn } from "../fields/dates.js";

/** What the text of an entry in a journal's feed tells: the abstract, and what else stands in it. */
export interface FeedText {
  readonly abstract: string;
  readonly authors: AuthorLine | null;
  /** `YYYY-MM-DD` or as much of it as is said. */
  readonly published: string | null;
  readonly journal: string | null;
}

/** Tags that part paragraphs; `st` is the heading of a `sec` at HighWire. */
const paragraphEnd = /<\/?(?:jats:)?(?:p|div|br|h[1-6]|sec|section|st|title)\b[^<>]{0,500}>/gi;
/** A citation or a label is short; in anything longer none is looked for. */
const shortLimit = 400;
const heading = /^(?:graphical )?abstract[:.]?$/i;
/** Nature: "Nature Looms, Published online: 12 May 2026; doi:10.1038/s41929". */
const publishedOnline = /^[^;]{1,200}, Published online: [^;]{1,40};\s*doi:\s*\S+$/i;
/** ACM, Science, Wiley and others: "Journal of Looms, Volume 7, Issue 1, Page 1-32, February 2023." */
const issue =
  /^.{1,150}, (?:Ahead of Print|EarlyView|Accepted Article|Volume [^\s,]{1,10}(?:, [^,]{1,40}){1,4})\.$/i;
/** APS: "[Phys. Rev. Lett. 130, 010001] Published Tue Jan 03, 2023"; PubMed: "PMID:1 | DOI:10.1000/x". */
const foot = /^(?:\[[^\]]{1,100}\] Published\b|PMID:\s*\d)/i;

/**
 * The text of an entry as publishers put it together: `raw` is its HTML, `names` the authors that
 * the entry names elsewhere. Around the abstract stand, each in a paragraph of its own, the
 * citation, the heading "Abstract", "Author(s): …" (APS, ScienceDirect), "by …" (PLOS),
 * "Publication date: …" and "Source: …" (ScienceDirect); a feed may have nothing but these.
 */
export function readFeedText(raw: string, names: readonly string[]): FeedText {
  let authors: AuthorLine | null = null;
  let published: string | null = null;
  let journal: string | null = null;
  let texts: string[] = [];
  for (const paragraph of raw.split(paragraphEnd)) {
    const text = fromMarkup(paragraph);
    if (text === "") continue;
    const found = /^(author\(s\)|publication date|source):\s*(.+)$/i.exec(text);
    if (found?.[1]?.toLowerCase() === "author(s)") authors ??= splitAuthors(found[2] as string);
    else if (text.length > shortLimit) texts.push(text);
    else if (heading.test(text)) {
      // What stands before the heading is a citation; a text that long is none.
      if (texts.join(" ").length <= shortLimit) texts = [];
    } else if (found?.[1]?.toLowerCase() === "source") {
      journal ??= (found[2] as string).replace(/, (?:Volume|Issue|Part)\b.*$/, "");
    } else if (found) published ??= dateIn(found[2] as string);
    else if (!(publishedOnline.test(text) || issue.test(text) || foot.test(text))) texts.push(text);
  }
  const [first = "", ...others] = texts;
  const line = others.length > 0 ? byLine(first, names) : null;
  if (line) {
    texts = others;
    authors ??= line;
  }
  return { abstract: texts.join(" "), authors, published, journal };
}

/** The authors of a paragraph "by Ada Lovelace, Charles Babbage"; `null` where it is none. */
function byLine(text: string, names: readonly string[]): AuthorLine | null {
  if (!/^by\s+\p{L}/iu.test(text)) return null;
  const line = splitAuthors(text.slice(3));
  const isLine =
    names.length > 0
      ? line.authors.includes(names[0] as string)
      : line.authors.every((name) => isName(name) && name.length < 60 && !/[.!?]$/.test(name));
  return isLine ? line : null;
}
