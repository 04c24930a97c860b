import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import { makePaper } from "../../papers/paper.js";
import {
  addresses,
  type EntryRead,
  field,
  nameLines,
  readFeed,
  texField,
  untitled,
  webAddress,
} from "../feed/feed.js";
import { splitAuthors } from "../fields/author-line.js";
import type { Format } from "../format.js";
import { rootName, type XmlElement } from "../xml/xml.js";
import { readTitle } from "./announcement.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's announcement feed of a day until January 2024, RSS 1.0 (RDF). An item has no date; its title
 * contains title, identifier and category, and the authors are HTML links.
 * https://web.resource.org/rss/1.0/spec
 */
export const arxivRdf: Format = {
  name: "arXiv feed of before 2024 (RDF)",
  from: "feeds kept from before 2024",
  knownBy: "RSS 1.0 with arXiv’s addresses",
  title: "arXiv",
  detect,
  parse,
};

function detect(text: string): number {
  if (!/^(?:\w+:)?rdf$/i.test(rootName(text) ?? "")) return 0;
  const head = text.slice(0, 16_000);
  // Other RDF, as of Zotero, also has papers of arXiv.
  return /["']http:\/\/purl\.org\/rss\/1\.0\/["']/.test(head) && /arxiv\.org\/|\(arXiv:\d/i.test(head)
    ? 0.95
    : 0;
}

function parse(text: string): ParsedListing {
  return readFeed(text, ["dc:date"], toPaper);
}

function toPaper(entry: XmlElement): EntryRead {
  const { title, id, category } = readTitle(texField(entry, "title"));
  if (title === "") return untitled;
  const link = field(entry, "link") || (entry.attributes["rdf:about"] ?? "");
  const arxiv = arxivId(id) ?? arxivId(link);
  const abstract = field(entry, "description");
  return {
    paper: makePaper({
      ...splitAuthors(nameLines(entry, "dc:creator").join(", ")),
      ...addresses(arxiv, { url: webAddress(link), pdf: null }),
      id: identityOf({ arxiv, url: link }),
      title,
      abstract,
      categories: category === "" ? [] : [category],
      withdrawn: isWithdrawn("", abstract),
    }),
  };
}
