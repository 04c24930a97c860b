import { arxivSnapshot } from "../arxiv/snapshot.js";
import type { Format } from "../format.js";
import { anyJson } from "./any-json.js";
import { cslJson } from "./csl-json.js";
import { huggingFace } from "./hugging-face.js";
import { ownJson } from "./own-json.js";
import { semanticScholar } from "./semantic-scholar.js";
import { openAlex } from "./services/openalex.js";
import { serviceFormats } from "./services/services.js";

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
