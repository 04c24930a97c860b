import { arxivAtom } from "./arxiv/atom.js";
import { arxivListing } from "./arxiv/copied-listing.js";
import { arxivListHtml } from "./arxiv/listing-html.js";
import { arxivMail } from "./arxiv/mail.js";
import { arxivRdf } from "./arxiv/rdf.js";
import { arxivRss } from "./arxiv/rss.js";
import { arxivSnapshot } from "./arxiv/snapshot.js";
import { biblatexBbl } from "./bibtex/biblatex-bbl.js";
import { bibtex } from "./bibtex/bibtex.js";
import { org } from "./bibtex/org.js";
import { opml } from "./feed/opml.js";
import { paperFeed } from "./feed/paper-feed.js";
import type { Format } from "./format.js";
import { anyJson } from "./json/any/any-json.js";
import { archiveFormats } from "./json/archives/archives.js";
import { cslJson } from "./json/csl-json.js";
import { huggingFace } from "./json/hugging-face.js";
import { ownJson } from "./json/own-json.js";
import { semanticScholar } from "./json/semantic-scholar.js";
import { openAlex } from "./json/services/openalex.js";
import { serviceFormats } from "./json/services/services.js";
import { googleScholar } from "./json/web/google-scholar.js";
import { jsonLd } from "./json/web/json-ld.js";
import { markdownList } from "./markdown/markdown-list.js";
import { propertyNote } from "./markdown/properties.js";
import { csv } from "./table/csv.js";
import { bbl } from "./tagged/bbl.js";
import { endnoteTags } from "./tagged/endnote-tags.js";
import { ovid } from "./tagged/ovid.js";
import { pubmedTags } from "./tagged/pubmed-tags.js";
import { refWorks } from "./tagged/refworks.js";
import { ris } from "./tagged/ris.js";
import { webOfScience } from "./tagged/web-of-science.js";
import { identifiers } from "./web/identifiers.js";
import { linkedPage } from "./web/linked-page.js";
import { bookmarksHtml, bookmarksJson } from "./web/pages/bookmarks.js";
import { citationPage } from "./web/pages/citation-page.js";
import { coins } from "./web/pages/coins.js";
import { jsonLdPage } from "./web/pages/json-ld-page.js";
import { linkedHtml } from "./web/pages/linked-html.js";
import { runningText } from "./web/running-text.js";
import { aclXml } from "./xml/acl.js";
import { dblpXml } from "./xml/dblp.js";
import { dublinCoreRdf } from "./xml/dublin-core-rdf.js";
import { endnoteXml } from "./xml/endnote.js";
import { europePmcXml } from "./xml/europe-pmc.js";
import { jats } from "./xml/jats.js";
import { oai } from "./xml/oai.js";
import { pubmedXml } from "./xml/pubmed.js";
import { zoteroRdf } from "./xml/zotero-rdf.js";
import { citationFile } from "./yaml/citation-file.js";
import { cslYaml } from "./yaml/csl-yaml.js";
import { hayagriva } from "./yaml/hayagriva.js";
import { note } from "./yaml/note.js";

/**
 * Every format besides the page, loaded only if a listing is not the page. If two are equally certain, the
 * first wins.
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
  ...archiveFormats,
  googleScholar,
  jsonLd,
  bookmarksJson,
  anyJson,
  bibtex,
  ris,
  identifiers,
  opml,
  paperFeed,
  arxivListing,
  arxivListHtml,
  citationPage,
  jsonLdPage,
  bookmarksHtml,
  coins,
  linkedHtml,
  ovid,
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
  dublinCoreRdf,
  europePmcXml,
  aclXml,
  csv,
  citationFile,
  cslYaml,
  hayagriva,
  note,
  propertyNote,
  org,
  markdownList,
  biblatexBbl,
  bbl,
  runningText,
];
