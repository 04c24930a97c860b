import type { ParsedListing, Problem } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { isTitleId } from "../../../papers/title-identity.js";
import type { Format } from "../../format.js";
import { parseOrNothing } from "../../json/salvage.js";
import { worksIn } from "../../json/web/json-ld.js";

/**
 * A page that describes papers only in JSON-LD, for search engines: publishers and repositories without the
 * `meta` elements that `citation-page.ts` reads.
 * https://developers.google.com/search/docs/appearance/structured-data/intro-structured-data
 */
export const jsonLdPage: Format = {
  name: "page that describes papers (HTML)",
  title: null,
  knownBy: "HTML with `application/ld+json` that has a ScholarlyArticle, or an Article with a DOI",
  from: "publishers and repositories: what their pages say in JSON-LD for search engines",
  // Any other format of pages says more. A page is parsed to know whether it describes papers.
  detect: (text) => (mayDescribe(text) && parse(text).papers.length > 0 ? 0.5 : 0),
  parse,
};

function mayDescribe(text: string): boolean {
  return (
    /^[\ufeff\s]*</.test(text) &&
    /application\/ld\+json/i.test(text.slice(0, searched)) &&
    /schema\.org/i.test(text)
  );
}

/** How much of a page is searched, in characters. Some put the data after the text. */
const searched = 4_000_000;
/** No page has as many. */
const mostScripts = 50;

function parse(text: string): ParsedListing {
  const papers = new Map<string, Paper>();
  const problems: Problem[] = [];
  for (const script of scriptsOf(text)) {
    // News and posts are articles, too: those of papers have a DOI or an arXiv identifier.
    const found = worksIn(
      parseOrNothing(script),
      ({ id }, types) => !isTitleId(id) || types.some((type) => /Scholarly|Thesis/.test(type)),
    );
    for (const paper of found.papers) if (!papers.has(paper.id)) papers.set(paper.id, paper);
    problems.push(...found.problems.filter(({ skips }) => skips !== undefined));
  }
  if (papers.size === 0)
    problems.push({ line: null, message: "its data for search engines describes no paper" });
  return { papers: [...papers.values()], day: null, problems };
}

function* scriptsOf(text: string): Generator<string, void, void> {
  const page = text.slice(0, searched);
  const opening = /<script\s[^<>]{0,500}application\/ld\+json[^<>]{0,500}>/gi;
  for (let count = 0; count < mostScripts; count += 1) {
    const found = opening.exec(page);
    if (found === null) return;
    const end = page.indexOf("</script", opening.lastIndex);
    if (end < 0) return;
    const script = page.slice(opening.lastIndex, end);
    opening.lastIndex = end;
    yield withoutComment(script.trim());
  }
}

/** JSON without what hides it from old browsers: a comment, or `//<![CDATA[` to `//]]>`. */
function withoutComment(script: string): string {
  const opened = script.replace(/^(?:\/\/)?\s*(?:<!\[CDATA\[|<!--)/, "");
  if (!/(?:\]\]>|-->)$/.test(opened)) return opened.trim();
  const closed = opened.slice(0, -3).trimEnd();
  return (closed.endsWith("//") ? closed.slice(0, -2) : closed).trim();
}
