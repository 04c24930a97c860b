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
import { openAlex } from "./openalex.js";
import { opml } from "./opml.js";
import { ownJson } from "./own-json.js";
import { paperFeed } from "./paper-feed.js";
import { ris } from "./ris.js";
import { semanticScholar } from "./semantic-scholar.js";
import { runningText } from "./web/running-text.js";

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
  runningText,
];
