import { hasMark, type PaperChange, withMark } from "../../../papers/marks.js";
import { applyChanges } from "../../list/marking.js";
import type { Update } from "../../messages.js";
import type { Model } from "../../model.js";
import { citedBy, noIdKnown } from "../following.js";
import { fitText, said } from "../open-text.js";
import type { OpenText } from "../text-state.js";

/**
 * Stars a paper, or puts it aside: the one that the chosen link cites, else the one that is open. Of a cited paper
 * only the title is kept, as a guess: the rest is asked for later (`app/texts/background-details.ts`).
 */
export function mark(model: Model, open: OpenText, field: "starred" | "later"): Update {
  const cited = citedBy(open);
  if (cited === "unknown") return said(model, noIdKnown);
  const paper = cited ?? open.paper;
  const at = model.listing.indexOf(paper.id);
  const bits = at >= 0 ? (model.marks[at] as number) : (open.marks[paper.id] ?? 0);
  const on = !hasMark(bits, field);
  const change: PaperChange = { paper: paper.id, title: paper.title, [field]: on };
  const words =
    field === "starred" ? (on ? "starred" : "unstarred") : on ? "to read later" : "no longer to read later";
  const listed = at >= 0 ? model.listing.paper(at) : cited === null ? paper : null;
  const keep = on && listed !== null ? [listed] : [];
  return [
    withTextMarks(applyChanges(model, [change]), [change]),
    [{ type: "record", label: words, papers: [change], keep, quiet: false }],
  ];
}

/** The open text with marks as they are now; its bibliography shows them. */
export function withTextMarks(model: Model, changes: readonly PaperChange[]): Model {
  const { text } = model;
  if (text === null) return model;
  const apply = (open: OpenText): OpenText => {
    const marks = { ...open.marks };
    for (const { paper, read, starred, later } of changes) {
      let bits = marks[paper] ?? 0;
      if (read !== undefined) bits = withMark(bits, "read", read);
      if (starred !== undefined) bits = withMark(bits, "starred", starred);
      if (later !== undefined) bits = withMark(bits, "later", later);
      marks[paper] = bits;
    }
    return { ...open, marks, parent: open.parent && apply(open.parent) };
  };
  return { ...model, text: fitText(apply(text), model) };
}
