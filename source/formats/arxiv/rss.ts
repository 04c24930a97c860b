import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import { makePaper } from "../../papers/paper.js";
import {
  addresses,
  type EntryRead,
  field,
  firstDoi,
  nameLines,
  readFeed,
  terms,
  texField,
  untitled,
  webAddress,
} from "../feed/feed.js";
import { splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { rootName, type XmlElement } from "../xml/xml.js";
import { announcedOn, readAnnouncement, readTitle } from "./announcement.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's announcement feed of a day, RSS 2.0: `https://rss.arxiv.org/rss/cs.LG+cs.CL`, and its form before
 * 2024 (`?version=2.0`), with identifier and category in the title (`rdf.ts` reads RSS 1.0). Empty at
 * weekends and on holidays. https://info.arxiv.org/help/rss.html,
 * https://www.rssboard.org/rss-specification
 */
export const arxivRss: Format = {
  name: "arXiv feed (RSS)",
  from: "https://rss.arxiv.org/rss/cs.LG",
  knownBy: "RSS with arXiv’s addresses in its head",
  title: "arXiv",
  detect,
  parse,
};

function detect(text: string): number {
  if (rootName(text)?.toLowerCase() !== "rss") return 0;
  return /rss\.arxiv\.org|arxiv\.org\/(?:schemas\/atom|abs\/)/i.test(text.slice(0, 4_000)) ? 0.95 : 0;
}

function parse(text: string): ParsedListing {
  return readFeed(text, ["pubdate", "lastbuilddate", "dc:date"], toPaper);
}

function toPaper(entry: XmlElement): EntryRead {
  const { title, id, category } = readTitle(texField(entry, "title"));
  if (title === "") return untitled;
  const announcement = readAnnouncement(field(entry, "description", "content:encoded"));
  const link = field(entry, "link");
  const arxiv =
    arxivId(announcement.id) ??
    arxivId(id) ??
    arxivId(link) ??
    arxivId(field(entry, "guid").replace(/^oai:arxiv\.org:/i, ""));
  const doi = firstDoi(field(entry, "arxiv:doi"));
  const comment = field(entry, "arxiv:comment", "arxiv:comments");
  const type = announcement.type || field(entry, "arxiv:announce_type");
  return {
    paper: makePaper({
      ...splitAuthors(nameLines(entry, "dc:creator").join(", ")),
      ...announcedOn(dayOf(field(entry, "pubdate", "dc:date")), type),
      ...addresses(arxiv, { url: webAddress(link), pdf: null }),
      id: identityOf({ arxiv, doi, url: link }),
      title,
      abstract: announcement.abstract,
      categories: category === "" ? terms(entry, "category") : [category],
      doi,
      journal: texField(entry, "arxiv:journal_reference", "arxiv:journal_ref") || null,
      comment: comment || null,
      withdrawn: isWithdrawn(comment, announcement.abstract),
    }),
  };
}
