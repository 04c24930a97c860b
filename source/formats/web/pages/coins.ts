import { arxivId, doiOf } from "../../../papers/identity.js";
import type { ParsedListing, Problem } from "../../../papers/listing.js";
import type { Paper } from "../../../papers/paper.js";
import { clean } from "../../../text/clean.js";
import { personName } from "../../../text/names.js";
import { isName } from "../../fields/author-line.js";
import { dateIn } from "../../fields/dates.js";
import type { Format } from "../../format.js";
import { foundPaper } from "../../json/found-paper.js";
import { paperAt } from "../paper-addresses.js";

/**
 * A page with references in COinS, which reference managers put beside what they show: a bibliography that Zotero
 * made as HTML, articles of Wikipedia, catalogues. https://en.wikipedia.org/wiki/COinS (OpenURL, ANSI/NISO Z39.88)
 */
export const coins: Format = {
  name: "page with references (HTML, COinS)",
  title: null,
  knownBy: "HTML with the class `Z3988`",
  from: "Zotero’s “Create Bibliography” as HTML, Wikipedia, catalogues",
  detect,
  parse,
};

/** How much of a page is searched, in characters. */
const searched = 4_000_000;

/** Such a class, in either order of attributes. */
const marked = /\bclass="[^"<>]{0,100}\bZ3988\b/;
/** A page with more text in paragraphs is an article, and its text is worth more than its references. */
const mostProse = 4_000;

/** Less than every format that knows the page itself. */
function detect(text: string): number {
  const page = text.slice(0, searched);
  if (!/^[\ufeff\s]*</.test(page) || !marked.test(page)) return 0;
  let prose = 0;
  for (const [paragraph] of page.matchAll(/<p[\s>](?:(?!<\/?p[\s>])[\s\S]){1,50000}/gi)) {
    prose += paragraph.replace(/<[^<>]*>/g, "").length;
  }
  return prose > mostProse ? 0 : 0.4;
}

function parse(text: string): ParsedListing {
  const papers = new Map<string, Paper>();
  const problems: Problem[] = [];
  for (const [tag] of text.slice(0, searched).matchAll(/<span\s[^<>]{1,20000}>/gi)) {
    if (!marked.test(tag)) continue;
    const written = /\btitle="([^"]{1,20000})"/i.exec(tag)?.[1];
    if (written === undefined) continue;
    const found = toPaper(new URLSearchParams(written.replace(/&amp;/g, "&").replace(/&#39;|&apos;/g, "'")));
    if (typeof found !== "string") papers.set(found.id, found);
    else problems.push({ line: null, message: `a reference ${found}`, skips: 1 });
  }
  if (papers.size + problems.length === 0) problems.push({ line: null, message: "it has no references" });
  return { papers: [...papers.values()], day: null, problems };
}

function toPaper(fields: URLSearchParams): Paper | string {
  const get = (...names: readonly string[]) =>
    names.map((name) => clean(fields.get(`rft.${name}`) ?? "")).find((value) => value !== "") ?? null;
  const names = [...fields.getAll("rft_id"), get("identifier") ?? ""].map((name) =>
    name.replace(/^info:(?:doi|arxiv)\//i, ""),
  );
  const doi =
    names.map((name) => doiOf(name) ?? paperAt(name)?.doi ?? null).find((one) => one !== null) ?? null;
  const arxiv =
    names.map((name) => arxivId(name) ?? paperAt(name)?.arxiv ?? null).find((one) => one !== null) ?? null;
  const people = fields.getAll("rft.au").map(personName).filter(isName);
  const first = personName([get("aufirst") ?? get("auinit"), get("aulast")].filter(Boolean).join(" "));
  const isArticle = get("atitle") !== null;
  return foundPaper({
    title: get("atitle", "btitle", "title"),
    abstract: get("description") ?? "",
    authors: people.length > 0 ? people : [first].filter(isName),
    published: dateIn(get("date") ?? ""),
    journal: isArticle ? get("jtitle", "btitle", "title", "stitle") : null,
    arxiv,
    doi,
    url: names.find((name) => /^https?:\/\/[^\s/]\S*$/i.test(name)) ?? null,
    volume: get("volume"),
    pages: get("pages", "spage"),
  });
}
