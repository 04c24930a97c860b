import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing, Problem } from "../../papers/listing.js";
import { makePaper, type Paper } from "../../papers/paper.js";
import { shellWord } from "../../text/clean.js";
import { fromMarkup } from "../../text/markup.js";
import type { Format } from "../format.js";
import { withoutNumber } from "../json/found-paper.js";
import { readXml, rootName, type XmlElement } from "../xml/xml.js";
import { addresses, doiInAddress, fieldLimit, webAddress } from "./feed.js";

/**
 * An outline of links, as our `export` and bookmark managers write it. Each outline with the address of a
 * page is a paper. Outlines of feeds are not; their addresses are reported, so that each can be opened.
 * http://opml.org/spec2.opml
 */
export const opml: Format = {
  name: "outline of links (OPML)",
  from: "`export --format opml`, bookmark managers",
  knownBy: "the root `opml`",
  title: null,
  detect: (text) => (/^opml$/i.test(rootName(text) ?? "") ? 0.9 : 0),
  parse,
};

const problemLimit = 50;

function parse(text: string): ParsedListing {
  const papers: Paper[] = [];
  const problems: Problem[] = [];
  const { problems: ofXml } = readXml(text, new Set(["outline"]), (outermost) => {
    // The XML reader limits the depth.
    const take = (outline: XmlElement): void => {
      const paper = toPaper(outline);
      if (paper !== null) papers.push(paper);
      const feed = webAddress(attribute(outline, "xmlurl"));
      if (paper === null && feed !== null && problems.length < problemLimit) {
        problems.push({
          line: outline.line,
          message: `this is a feed, not a paper: open it with papers-tui ${shellWord(feed)}`,
        });
      }
      for (const child of outline.children) take(child);
    };
    take(outermost);
  });
  return { papers, day: null, problems: [...problems, ...ofXml] };
}

/** `null` for a heading or a feed. */
function toPaper(outline: XmlElement): Paper | null {
  if (attribute(outline, "xmlurl") !== "") return null;
  const url = webAddress(attribute(outline, "url")) ?? webAddress(attribute(outline, "htmlurl"));
  const title = fromMarkup(attribute(outline, "text") || attribute(outline, "title"));
  if (title === "" || (url === null && outline.children.some(({ name }) => name === "outline"))) return null;
  const arxiv = url === null ? null : arxivId(url);
  const doi = doiInAddress(url ?? "");
  return makePaper({
    ...addresses(arxiv, { url, pdf: null }),
    id: identityOf({ arxiv, doi, url }),
    title: withoutNumber(title, arxiv),
    doi,
  });
}

/** An attribute, by its name in lower case. The specification uses mixed case, and programs differ. */
function attribute({ attributes }: XmlElement, wanted: string): string {
  for (const name in attributes) {
    if (name.toLowerCase() === wanted) return (attributes[name] as string).slice(0, fieldLimit);
  }
  return "";
}
