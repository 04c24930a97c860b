import { arxivSnapshot } from "./arxiv-snapshot.js";
import { cslJson } from "./csl-json.js";
import type { Format } from "./format.js";
import { huggingFace } from "./hugging-face.js";
import { anyJson } from "./json/any-json.js";
import { serviceFormats } from "./json/services.js";
import { openAlex } from "./openalex.js";
import { ownJson } from "./own-json.js";
import { semanticScholar } from "./semantic-scholar.js";

/** The formats in JSON, of which a text that begins as JSON is one. Ties are settled as in `others.ts`. */
export const jsonFormats: readonly Format[] = [
  huggingFace,
  arxivSnapshot,
  ownJson,
  cslJson,
  semanticScholar,
  openAlex,
  ...serviceFormats,
  anyJson,
];
