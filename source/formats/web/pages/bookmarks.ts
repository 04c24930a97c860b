import type { ParsedListing, Problem } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { fromMarkup } from "../../../text/markup.js";
import { counted } from "../../../text/numbers.js";
import type { Format } from "../../format.js";
import { type Fields, isFields, listOf, objectAt, text as textOf, texts } from "../../json/fields.js";
import { foundPaper } from "../../json/found-paper.js";
import { parseOrNothing } from "../../json/salvage.js";
import { paperAt } from "../paper-addresses.js";

/**
 * Bookmarks that browsers, Zotero and services for bookmarks write as HTML. Those that lead to a paper are read.
 * https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
 */
export const bookmarksHtml: Format = {
  name: "bookmarks (HTML)",
  title: null,
  knownBy: "`<!DOCTYPE NETSCAPE-Bookmark-file-1>`",
  from: "browsers, Zotero’s “Bookmarks”, Raindrop, Pocket and others: bookmarks that lead to papers",
  detect: (text) => (/^[\ufeff\s]*<!DOCTYPE NETSCAPE-Bookmark-file-1>/i.test(text) ? 1 : 0),
  parse: (text) => papersOf(linksInHtml(text)),
};

/** Bookmarks of Chrome and Firefox as JSON, and annotations of Hypothesis, which name the annotated page. */
export const bookmarksJson: Format = {
  name: "bookmarks (JSON)",
  title: null,
  knownBy: "`bookmark_bar`, `text/x-moz-place`, or `uri` beside `document` and `target`",
  from: "Chrome’s and Firefox’s bookmarks, and https://api.hypothes.is/api/search: pages that are papers",
  detect: detectJson,
  parse: (text) => papersOf(linksInJson(parseOrNothing(text))),
};

function detectJson(text: string): number {
  const head = text.slice(0, 65_536);
  if (!/^[\ufeff\s]*[{[]/.test(head)) return 0;
  const isBrowser =
    /"bookmark_bar"\s*:\s*\{/.test(head) || /"type"\s*:\s*"text\/x-moz-place(?:-container)?"/.test(head);
  const isHypothesis =
    /"uri"\s*:\s*"/.test(head) && /"document"\s*:\s*\{/.test(head) && /"target"\s*:\s*\[/.test(head);
  return isBrowser || isHypothesis ? 0.95 : 0;
}

interface Bookmark {
  readonly url: string;
  readonly title: string | null;
  readonly keywords: readonly string[];
}

function papersOf(links: readonly Bookmark[]): ParsedListing {
  const papers = new Map<string, Paper>();
  const others = new Set<string>();
  for (const { url, title, keywords } of links) {
    const named = paperAt(url);
    const found =
      named === null
        ? "leads to no paper"
        : foundPaper({ title, keywords, arxiv: named.arxiv, doi: named.doi, url, name: named.name });
    if (typeof found === "string") others.add(url);
    else if (!papers.has(found.id)) papers.set(found.id, found);
  }
  const problems: Problem[] = [];
  if (others.size > 0) {
    const message = `${counted(others.size, "other page that is not a known paper was", "other pages that are not known papers were")} skipped`;
    problems.push({ line: null, message, skips: others.size });
  } else if (papers.size === 0) problems.push({ line: null, message: "it has no bookmarks" });
  return { papers: [...papers.values()], day: null, problems };
}

function linksInHtml(text: string): Bookmark[] {
  const links: Bookmark[] = [];
  // Icons are in the tags, so these may be long.
  for (const [, inner = "", label = ""] of text.matchAll(/<a\s([^<>]{1,200000})>([^<]{0,2000})<\/a>/gi)) {
    const url = /\bhref\s*=\s*"([^"]{1,4000})"/i.exec(inner)?.[1];
    const tags = /\btags\s*=\s*"([^"]{0,2000})"/i.exec(inner)?.[1] ?? "";
    if (url === undefined || !/^https?:/i.test(url)) continue;
    links.push({ url: fromMarkup(url), title: titleOf(label), keywords: partsOf(tags) });
  }
  return links;
}

/** A title without what sites add to it: "Counting kettles | OpenReview". */
function titleOf(label: string): string | null {
  return (
    fromMarkup(label).replace(
      /\s+[|·]\s+(?:OpenReview|arXiv|Semantic Scholar|PubMed|bioRxiv|medRxiv|Nature[\w ]*|Science|IEEE[\w ]*)$/,
      "",
    ) || null
  );
}

function partsOf(tags: string): string[] {
  return tags
    .split(",")
    .map(fromMarkup)
    .filter((tag) => tag !== "");
}

/** Nobody nests folders deeper. */
const deepest = 50;

function linksInJson(root: unknown): Bookmark[] {
  const links: Bookmark[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (depth > deepest) return;
    if (Array.isArray(value)) {
      for (const one of value) collect(one, depth + 1);
    } else if (isFields(value)) {
      const link = linkOf(value);
      if (link !== null) links.push(link);
      else for (const inner of Object.values(value)) collect(inner, depth + 1);
    }
  };
  collect(root, 0);
  return links;
}

function linkOf(node: Fields): Bookmark | null {
  const url = textOf(node.uri) ?? textOf(node.url);
  if (url === null || !/^https?:/i.test(url)) return null;
  const title = textOf(node.title) ?? textOf(node.name) ?? listOf(objectAt(node.document).title, textOf)[0];
  const keywords = typeof node.tags === "string" ? partsOf(node.tags) : texts(node.tags);
  return { url, title: titleOf(title ?? ""), keywords };
}
