import { type Interest, interestId, interestKind, nameOf } from "../../papers/interests/interest.js";
import type { PaperChange } from "../../papers/marks.js";
import { parseQuery } from "../../search/query/query.js";
import { graphemes } from "../../text/cells.js";
import { editWith } from "../filter/filtering.js";
import { whyNotKept } from "../filter/proposal.js";
import type { Key } from "../keys/key.js";
import { answerOf, emptyLine, proposed } from "../keys/line-editor.js";
import type { Effect, Update } from "../messages.js";
import { type Model, views } from "../model.js";
import { watchesIn } from "./judging.js";

export const noName: Model["naming"] = { line: emptyLine, isThere: false };

/** The longest name, in characters: a longer one fits nowhere. */
export const longestName = 60;
/** What ends a name in `watch:"NAME"`, and so cannot be in one. */
const quotationMarks = /["“”„]/;
const wordsProposed = 4;

/** The views by the names that the header gives them; a watch of the same name could not be told apart. */
const viewNames: ReadonlySet<string> = new Set(views.map((view) => view.replace("-", " ")));

/** Why a watch cannot have a name; `null` if it can. */
export function nameFault(title: string): string | null {
  if (nameOf(title) === "") return "a watch needs a name with letters";
  if (quotationMarks.test(title)) return "the name of a watch has no quotation marks";
  if (isViewName(title)) return `“${title}” is the name of a view`;
  return null;
}

function isViewName(title: string): boolean {
  return viewNames.has(nameOf(title).replace("-", " "));
}

/** Asks for a name to save the filter as a watch, and proposes one. */
export function startNaming(model: Model): Update {
  const filter = filterToSave(model);
  if (filter === "") {
    const text = "no filter to save · / filters, then W saves it as a watch";
    return [{ ...model, notice: { text, tone: "info" } }, []];
  }
  const why = whyNotKept(model.filter.query);
  if (why !== null) {
    return [{ ...model, notice: { text: `not saved: ${why} · / changes the filter`, tone: "warning" } }, []];
  }
  const known = model.interests.find((one) => interestKind(one.id) === "watch" && one.filter === filter);
  const name = known?.title ?? proposedName(filter);
  return [{ ...model, mode: "watch", naming: { line: proposed(name), isThere: false } }, []];
}

function filterToSave({ filter }: Model): string {
  return filter.query.isEmpty ? "" : filter.query.text.trim();
}

/** A name made of the first words of a filter: of `title:langevin OR "mean field"` "langevin mean field". */
export function proposedName(filter: string): string {
  const words = filter
    .replace(/(?:^|[\s(])(?:-|!|NOT )\s*(?:"[^"]*"?|[^\s()]+)/g, " ")
    .replace(/\b(?:OR|AND|NOT|ANDNOT)\b/g, " ")
    .replace(/\b[a-z]+[:=]/gi, " ")
    .match(/[\p{L}\p{N}][\p{L}\p{N}.+#-]*/gu);
  const found = (words ?? []).slice(0, wordsProposed).join(" ");
  const name = isViewName(found) ? `${found} papers` : found;
  return graphemes(name || filter.replace(new RegExp(quotationMarks, "g"), ""))
    .slice(0, longestName)
    .join("");
}

/** A key while the name of a watch is typed. */
export function onNamingKey(model: Model, key: Key): Update {
  const { naming } = model;
  const answer = naming.isThere ? answerOf(key) : null;
  if (answer === "yes") return save(model);
  if (answer === "no") {
    const notice = { text: "not replaced · type another name", tone: "info" } as const;
    return [{ ...model, naming: { line: proposed(naming.line.text), isThere: false }, notice }, []];
  }
  switch (key.name) {
    case "escape":
    case "ctrl-g":
      return [{ ...model, mode: "browse", naming: noName }, []];
    case "enter":
      return save(model);
  }
  const line = editWith(naming.line, key);
  return [line ? { ...model, naming: { line, isThere: false } } : model, []];
}

function save(model: Model): Update {
  const { naming, interests } = model;
  const title = graphemes(naming.line.text.trim().replace(/\s+/g, " ")).slice(0, longestName).join("");
  if (nameOf(title) === "") return [model, []];
  const fault = nameFault(title);
  if (fault !== null) return [{ ...model, notice: { text: `not saved: ${fault}`, tone: "warning" } }, []];
  const filter = filterToSave(model);
  const id = interestId("watch", title);
  const other = interests.find((one) => one.id === id);
  if (namesItself(model, title)) {
    const text = `not saved: the filter names the watch “${title}” itself`;
    return [{ ...model, notice: { text, tone: "warning" } }, []];
  }
  // Replacing another watch takes a second Enter.
  if (other !== undefined && other.filter !== filter && !naming.isThere) {
    return [{ ...model, naming: { ...naming, isThere: true } }, []];
  }
  const browsing: Model = { ...model, mode: "browse", naming: noName };
  if (other?.filter === filter && other.title === title) {
    return [{ ...browsing, notice: { text: `watch “${title}” is saved already`, tone: "info" } }, []];
  }
  const change: PaperChange = { paper: id, title, on: true, filter };
  const label = other === undefined ? `watch “${title}” saved` : `watch “${title}” replaced`;
  return [browsing, [recordInterest(label, change)]];
}

/** Whether the filter names the very watch that it would replace. */
function namesItself(model: Model, title: string): boolean {
  const { query } = model.filter;
  const others = new Map(watchesIn(model));
  if (!others.delete(nameOf(title))) return false;
  return parseQuery(query.text, model.today, others).mistakes.length > query.mistakes.length;
}

/** The effect that writes a change of a watch, a follow or a mute to the journal. */
export function recordInterest(label: string, change: PaperChange): Effect {
  return { type: "record", label, papers: [change], keep: [], quiet: false };
}

/** The change that ends a watch, a follow or a mute. */
export function ending({ id, title }: Interest): PaperChange {
  return { paper: id, title, on: false };
}
