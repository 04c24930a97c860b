import type { ParsedListing } from "../../../papers/listing.js";
import { fromMarkup } from "../../../text/markup.js";
import type { Format, ReadOptions } from "../../format.js";
import { markdownList } from "../../markdown/markdown-list.js";
import { paperAt } from "../paper-addresses.js";

/**
 * Any other page that lists papers with links: publications of a group, results of a search, a reading list. It is
 * read as a list in Markdown.
 */
export const linkedHtml: Format = {
  name: "page with links to papers (HTML)",
  title: null,
  knownBy: "HTML with links to two papers or more, and little prose",
  from: "pages of publications, search results and reading lists, saved from a browser",
  detect,
  parse: (text, options) => read(text, options),
};

/** How much of a page is read, in characters. */
const longest = 2_000_000;
/** A page with more text in paragraphs is an article that cites papers. */
const mostProse = 4_000;
/** The text beside each link: people, a venue, an abstract. */
const mostBeside = 2_500;
/** Fewer links may be those of a single paper, or of any page. */
const fewest = 2;

function detect(text: string): number {
  const page = text.slice(0, longest);
  if (!/^[\ufeff\s]*<(?:!doctype html|html)\b/i.test(page)) return 0;
  // LaTeXML makes pages of whole papers.
  if (/\bclass="[^"<>]{0,200}\bltx_/.test(page) || !isMostlyLinks(page)) return 0;
  return read(page, { today: "" }).papers.length >= fewest ? 0.3 : 0;
}

function isMostlyLinks(page: string): boolean {
  const papers = new Set<string>();
  for (const [, address = ""] of page.matchAll(link)) if (paperAt(address) !== null) papers.add(address);
  if (papers.size < fewest) return false;
  // What is linked is a title.
  const outside = withoutAside(page).replace(/<a\s[^<>]*>[^<]*/gi, "");
  const prose = Array.from(outside.matchAll(/<p[\s>](?:(?!<\/?p[\s>])[\s\S]){1,50000}/gi), ([one]) =>
    lengthOf(one),
  );
  return (
    prose.reduce((sum, one) => sum + one, 0) <= mostProse &&
    lengthOf(outside) <= mostProse + papers.size * mostBeside
  );
}

/** How long the text of a page is, in characters. */
function lengthOf(html: string): number {
  return html.replace(/<[^<>]*>|\s+/g, " ").length;
}

const link = /<a\s[^<>]{0,2000}?\bhref\s*=\s*["'](https?:\/\/[^"'<>\s]{1,2000})["']/gi;

function read(page: string, options: ReadOptions): ParsedListing {
  const found = markdownList.parse(inMarkdown(page.slice(0, longest)), options);
  return found.papers.length > 0
    ? found
    : { ...found, problems: [{ line: null, message: "the page has no links to papers" }] };
}

/** What of a page is not shown, or is not its content. */
const aside = /<(script|style|head|nav|footer|noscript|svg|select|!--)(?=[\s>]|(?<=!--))/gi;

/** A page without these elements. Linear: one that is never closed stays, and others of its name are not searched for. */
function withoutAside(page: string): string {
  const lower = page.toLowerCase();
  const open = new Set<string>();
  let kept = "";
  let at = 0;
  for (const found of page.matchAll(aside)) {
    const name = (found[1] as string).toLowerCase();
    if (found.index < at || open.has(name)) continue;
    const closing = name === "!--" ? "-->" : `</${name}`;
    const end = lower.indexOf(closing, found.index);
    if (end < 0) {
      open.add(name);
      continue;
    }
    kept += page.slice(at, found.index);
    const after = lower.indexOf(">", end);
    at = after < 0 ? page.length : after + 1;
  }
  return kept + page.slice(at);
}

/** The text of a page with its items, headings and links in Markdown. */
function inMarkdown(page: string): string {
  const lines = withoutAside(page)
    .replace(/\s+/g, " ")
    .replace(
      /<a\s([^<>]{1,4000})>((?:(?!<\/?a\b)[\s\S]){0,3000})<\/a>/gi,
      (_, tag: string, label: string) => {
        const address = /\bhref\s*=\s*["'](https?:\/\/[^"'<>\s]{1,2000})["']/i.exec(tag)?.[1];
        const text = fromMarkup(label).replace(/[[\]]/g, "");
        return address === undefined || text === ""
          ? text
          : `[${text}](${address.replace(/&amp;/g, "&").replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
      },
    )
    .replace(/<(?:b|strong)\b[^<>]*>\s*([^<>]{2,500}?)\s*<\/(?:b|strong)>/gi, "**$1**")
    .replace(/<h[1-6]\b[^<>]*>/gi, "\n\n## ")
    .replace(/<(?:li|dt|tr)\b[^<>]*>/gi, "\n\n- ")
    .replace(
      /<\/(?:h[1-6]|li|dt|dd|tr|p|div|ul|ol|dl|table|section|article)\s*>|<(?:p|div|dd)\b[^<>]*>/gi,
      "\n\n",
    )
    .replace(/<(?:br|td|th)\b[^<>]*>/gi, "\n")
    .split("\n");
  return lines
    .map((line) => {
      const [, mark = "", text = line] = /^\s*(- |## )(.*)$/.exec(line) ?? [];
      return mark + fromMarkup(text);
    })
    .join("\n");
}
