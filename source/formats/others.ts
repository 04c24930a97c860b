import { arxivListHtml } from "./arxiv/listing-html.js";
import { arxivListing } from "./arxiv/listing-page.js";
import { arxivAtom } from "./arxiv-atom.js";
import { arxivMail } from "./arxiv-mail.js";
import { arxivRdf } from "./arxiv-rdf.js";
import { arxivRss } from "./arxiv-rss.js";
import { arxivSnapshot } from "./arxiv-snapshot.js";
import { bibtex } from "./bibtex.js";
import { cslJson } from "./csl-json.js";
import type { Format } from "./format.js";
import { huggingFace } from "./hugging-face.js";
import { identifiers } from "./identifiers.js";
import { anyJson } from "./json/any-json.js";
import { serviceFormats } from "./json/services.js";
import { linkedPage } from "./linked-page.js";
import { markdownList } from "./markdown/markdown-list.js";
import { openAlex } from "./openalex.js";
import { opml } from "./opml.js";
import { ownJson } from "./own-json.js";
import { paperFeed } from "./paper-feed.js";
import { ris } from "./ris.js";
import { semanticScholar } from "./semantic-scholar.js";
import { csv } from "./table/csv.js";
import { bbl } from "./tagged/bbl.js";
import { endnoteTags } from "./tagged/endnote-tags.js";
import { pubmedTags } from "./tagged/pubmed-tags.js";
import { refWorks } from "./tagged/refworks.js";
import { webOfScience } from "./tagged/web-of-science.js";
import { citationPage } from "./web/citation-page.js";
import { runningText } from "./web/running-text.js";
import { aclXml } from "./xml-formats/acl-xml.js";
import { dblpXml } from "./xml-formats/dblp-xml.js";
import { endnoteXml } from "./xml-formats/endnote-xml.js";
import { jats } from "./xml-formats/jats.js";
import { oai } from "./xml-formats/oai.js";
import { pubmedXml } from "./xml-formats/pubmed-xml.js";
import { zoteroRdf } from "./xml-formats/zotero-rdf.js";

/**
 * Every format besides the page; loaded only where a listing is not one. Of two that are equally
 * sure of a text the first is taken.
 */
export const otherFormats: readonly Format[] = [
  huggingFace,
  arxivAtom,
  arxivRss,
  arxivRdf,
  arxivMail,
  arxivSnapshot,
  linkedPage,
  ownJson,
  cslJson,
  semanticScholar,
  openAlex,
  ...serviceFormats,
  anyJson,
  bibtex,
  ris,
  identifiers,
  opml,
  paperFeed,
  arxivListing,
  arxivListHtml,
  citationPage,
  pubmedTags,
  webOfScience,
  endnoteTags,
  refWorks,
  pubmedXml,
  jats,
  endnoteXml,
  dblpXml,
  oai,
  zoteroRdf,
  aclXml,
  csv,
  markdownList,
  bbl,
  runningText,
];
