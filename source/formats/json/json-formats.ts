import { arxivSnapshot } from "../arxiv/snapshot.js";
import type { Format } from "../format.js";
import { anyJson } from "./any/any-json.js";
import { archiveFormats } from "./archives/archives.js";
import { cslJson } from "./csl-json.js";
import { huggingFace } from "./hugging-face.js";
import { ownJson } from "./own-json.js";
import { semanticScholar } from "./semantic-scholar.js";
import { openAlex } from "./services/openalex.js";
import { serviceFormats } from "./services/services.js";
import { googleScholar } from "./web/google-scholar.js";
import { jsonLd } from "./web/json-ld.js";

/**
 * All JSON formats, tried for a text that begins like JSON. Ties go to the first, as in
 * `on-demand-formats.ts`.
 */
export const jsonFormats: readonly Format[] = [
  huggingFace,
  arxivSnapshot,
  ownJson,
  cslJson,
  semanticScholar,
  openAlex,
  ...serviceFormats,
  ...archiveFormats,
  googleScholar,
  jsonLd,
  anyJson,
];
