import { fromMarkup } from "../../text/markup.js";
import { type AuthorLine, isName, splitAuthors } from "../fields/author-line.js";
import { dateIn } from "../fields/dates.js";

/** What the text of an entry in a journal's feed contains: the abstract, and other facts. */
export interface FeedText {
  readonly abstract: string;
  readonly authors: AuthorLine | null;
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  readonly published: string | null;
  readonly journal: string | null;
}

/** Tags that separate paragraphs; `st` is the heading of a `sec` at HighWire. */
const paragraphEnd = /<\/?(?:jats:)?(?:p|div|br|h[1-6]|sec|section|st|title)\b[^<>]{0,500}>/gi;
/** A citation or label is no longer than this, in characters; longer text is not searched for one. */
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
 * Separates the abstract of an entry from the rest. `raw` is the HTML, `names` are the authors listed
 * elsewhere in the entry. Publishers add paragraphs around the abstract: the citation, the heading
 * "Abstract", "Author(s): …" (APS, ScienceDirect), "by …" (PLOS), "Publication date: …" and "Source: …"
 * (ScienceDirect). Some feeds contain only these.
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
      // The text before the heading is a citation, unless it is too long for one.
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

/** The authors in a paragraph "by Ada Lovelace, Charles Babbage"; `null` for any other paragraph. */
function byLine(text: string, names: readonly string[]): AuthorLine | null {
  if (!/^by\s+\p{L}/iu.test(text)) return null;
  const line = splitAuthors(text.slice(3));
  const isLine =
    names.length > 0
      ? line.authors.includes(names[0] as string)
      : line.authors.every((name) => isName(name) && name.length < 60 && !/[.!?]$/.test(name));
  return isLine ? line : null;
}
