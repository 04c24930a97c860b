import { arxivId, identityOf } from "../../papers/identity.js";
import type { ParsedListing } from "../../papers/listing.js";
import { makePaper } from "../../papers/paper.js";
import { personName } from "../../text/names.js";
import {
  addresses,
  all,
  type EntryRead,
  field,
  first,
  firstDoi,
  linkOf,
  nameLines,
  readFeed,
  terms,
  texField,
  untitled,
} from "../feed/feed.js";
import { type AuthorLine, isName, splitAuthors } from "../fields/author-line.js";
import { dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { rootName, type XmlElement } from "../xml/xml.js";
import { announcedOn, readAnnouncement } from "./announcement.js";
import { isWithdrawn } from "./fields.js";

/**
 * arXiv's Atom: responses of its API (`https://export.arxiv.org/api/query?…`) and the Atom version of its
 * feed (`https://rss.arxiv.org/atom/cs.LG`). https://info.arxiv.org/help/api/user-manual.html
 */
export const arxivAtom: Format = {
  name: "arXiv API response or feed (Atom)",
  from: "https://export.arxiv.org/api/query and https://rss.arxiv.org/atom/…",
  knownBy: "an Atom feed with arXiv’s namespace or addresses",
  title: "arXiv",
  detect,
  parse,
};

function detect(text: string): number {
  if (!/^(?:\w+:)?feed$/i.test(rootName(text) ?? "")) return 0;
  const head = text.slice(0, 16_000);
  return /arxiv\.org\/(?:schemas\/atom|api\/)|rss\.arxiv\.org|<id>\s*https?:\/\/arxiv\.org\/abs\//i.test(head)
    ? 0.95
    : 0;
}

function parse(text: string): ParsedListing {
  // Only the feed is for one day; the API's date is the time of the response.
  const ofDay = /rss\.arxiv\.org|announce_type/i.test(text.slice(0, 16_000));
  return readFeed(text, ofDay ? ["updated"] : [], toPaper);
}

function toPaper(entry: XmlElement): EntryRead {
  const id = field(entry, "id");
  if (/arxiv\.org\/api\/errors/i.test(id)) {
    return { paper: null, problem: `arXiv answered: ${field(entry, "summary", "title") || "an error"}` };
  }
  const title = texField(entry, "title");
  if (title === "") return untitled;
  const announcement = readAnnouncement(field(entry, "summary", "content"));
  const url = linkOf(entry, (link) => (link.rel ?? "alternate") === "alternate");
  const arxiv =
    arxivId(id.replace(/^oai:/i, "").replace(/^arxiv\.org:/i, "")) ??
    arxivId(announcement.id) ??
    (url === null ? null : arxivId(url));
  const doi = firstDoi(field(entry, "arxiv:doi"));
  const comment = texField(entry, "arxiv:comment");
  const type = announcement.type || field(entry, "arxiv:announce_type");
  const published = dayOf(field(entry, "published"));
  return {
    paper: makePaper({
      ...authorsOf(entry),
      ...(type === ""
        ? { published, updated: dayOf(field(entry, "updated")) }
        : announcedOn(published, type)),
      ...addresses(arxiv, {
        url,
        pdf: linkOf(entry, (link) => link.title === "pdf" || link.type === "application/pdf"),
      }),
      id: identityOf({ arxiv, doi, url }),
      title,
      abstract: announcement.abstract,
      categories: terms(entry, "arxiv:primary_category", "category"),
      doi,
      journal: texField(entry, "arxiv:journal_ref", "arxiv:journal_reference") || null,
      comment: comment || null,
      withdrawn: isWithdrawn(comment, announcement.abstract),
    }),
  };
}

/** The API has one element per author, the feed one line for all. */
function authorsOf(entry: XmlElement): Pick<AuthorLine, "authors"> & Partial<AuthorLine> {
  const named = all(entry, "author")
    .map((author) => personName(field(author, "name")))
    .filter(isName);
  return named.length > 0 || !first(entry, "dc:creator")
    ? { authors: named }
    : splitAuthors(nameLines(entry, "dc:creator").join(", "));
}
