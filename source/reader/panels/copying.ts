import type { Paper } from "../../papers/paper.js";
import { linkOf, pageHint, pdfOf } from "../detail/links.js";
import type { Key } from "../keys/key.js";
import { copyKeys } from "../keys/keymap.js";
import { nothingHere } from "../list/marking.js";
import type { Update, WrittenPart } from "../messages.js";
import { current, type Model } from "../model.js";

/** The parts of a paper that can be copied. */
export type CopyPart = (typeof copyKeys)[number]["part"];

/** Asks what to copy of the paper under the cursor. */
export function startCopying(model: Model): Update {
  return current(model) === null ? nothingHere(model) : [{ ...model, mode: "copy" }, []];
}

/** The key after `y`: what to copy. Any other key copies nothing. */
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
    const text = `this listing gives no ${chosen.words} for this paper · ${pageHint(paper)}`;
    return [{ ...browsing, notice: { text, tone: "info" } }, []];
  }
  return [browsing, [{ type: "copy", text, what: `the ${chosen.words}` }]];
}

/** A part that is a field of the paper; "" if it has none, `null` if `exports` must write it. */
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
