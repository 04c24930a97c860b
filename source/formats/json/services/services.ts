import type { Format } from "../../format.js";
import { ads } from "./ads.js";
import { bioRxiv } from "./biorxiv.js";
import { dataCite } from "./datacite.js";
import { dblpJson } from "./dblp.js";
import { europePmc } from "./europe-pmc.js";
import { inspire } from "./inspire.js";
import { jsonFeed } from "./json-feed.js";
import { openReview } from "./openreview.js";
import { zoteroJson } from "./zotero.js";

/** The JSON services that `json-formats.ts` does not list itself. */
export const serviceFormats: readonly Format[] = [
  dblpJson,
  openReview,
  bioRxiv,
  ads,
  inspire,
  dataCite,
  zoteroJson,
  europePmc,
  jsonFeed,
];
