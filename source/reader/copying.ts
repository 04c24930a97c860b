import { arxivAddresses, arxivId, doiOf } from "../papers/identity.js";
import type { Paper } from "../papers/paper.js";
import type { Key } from "./key.js";
import { copyKeys } from "./keymap.js";
import { nothingHere } from "./marking.js";
import type { Update } from "./messages.js";
import { current, type Model } from "./model.js";

/** What of a paper can be copied. */
export type CopyPart = (typeof copyKeys)[number]["part"];

/** Asks what to copy of the paper under the cursor. */
export function startCopying(model: Model): Update {
  return current(model) === null ? nothingHere(model) : [{ ...model, mode: "copy" }, []];
}

/** The key behind `y`: what to copy. Any other key copies nothing. */
export function onCopyKey(model: Model, key: Key): Update {
  const browsing: Model = { ...model, mode: "browse" };
  const chosen = copyKeys.find((one) => one.key === key.name);
  const at = current(model);
  if (!chosen || at === null) {
    const notice = { text: "nothing was copied", tone: "info" } as const;
    return [key.name === "escape" ? browsing : { ...browsing, notice }, []];
  }
  const paper = model.listing.paper(at);
  const text = plainPart(paper, chosen.part);
  if (text === null) return [browsing, [{ type: "copy-written", at, format: chosen.part as WrittenPart }]];
  if (text === "") {
    const notice = { text: `this listing gives no ${chosen.words} for this paper`, tone: "info" } as const;
    return [{ ...browsing, notice }, []];
  }
  return [browsing, [{ type: "copy", text, what: `the ${chosen.words}` }]];
}

/** Parts that are written by `exports`, which is loaded when it is needed. */
export type WrittenPart = "bibtex" | "markdown" | "key";

/** A part that is a field of the paper; "" where it has none, `null` where it must be written first. */
function plainPart(paper: Paper, part: CopyPart): string | null {
  switch (part) {
    case "link":
      return linkOf(paper) ?? "";
    case "pdf":
      return pdfOf(paper) ?? "";
    case "title":
      return paper.title;
    case "id":
      return paper.id.replace(/^(?:doi|title):/, "");
    case "abstract":
      return paper.abstract;
    default:
      return null;
  }
}

/** The address of a paper's page: the listing's, or what its identity tells. */
export function linkOf(paper: Paper): string | null {
  if (paper.url !== null) return paper.url;
  const arxiv = arxivId(paper.id);
  if (arxiv !== null) return arxivAddresses(arxiv).url;
  const doi = paper.doi ?? doiOf(paper.id);
  return doi === null ? null : `https://doi.org/${encodeURI(doi)}`;
}

/** The address of a paper's PDF: the listing's, or arXiv's. */
export function pdfOf(paper: Paper): string | null {
  const arxiv = arxivId(paper.id);
  return paper.pdf ?? (arxiv === null ? null : arxivAddresses(arxiv).pdf);
}
