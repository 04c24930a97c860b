import { familyName } from "../../papers/family-name.js";
import { interestId, interestKind } from "../../papers/interests/interest.js";
import { isTopic, leastWanted, type Reason } from "../../ranking/taste.js";
import type { FeatureName } from "../../ranking/terms.js";
import { thousands } from "../../text/numbers.js";
import { ending } from "../interests/saving.js";
import { emptyLine } from "../keys/line-editor.js";
import { nothingHere } from "../list/marking.js";
import { current, type Model } from "../model.js";
import type { PanelEntry } from "../panels/entry.js";
import { forYouHere, isForYou } from "./order.js";

/** The reasons of a paper; `null` if they are not known. */
function reasonsOf(model: Pick<Model, "forYou" | "listing">, at: number): readonly Reason[] | null {
  return forYouHere(model)?.reasons.get(at) ?? null;
}

/** Words and authors that are named in the line of reasons. */
const mostTopics = 3;
const mostAuthors = 2;

/** The reasons in a line, people first: "4 of yours by Xu · diffusion, langevin · cs.LG". */
export function reasonLine(reasons: readonly Reason[]): string {
  const authors = reasons.filter(({ kind }) => kind === "author").slice(0, mostAuthors);
  const topics = reasons.filter(isTopic).slice(0, mostTopics);
  const others = reasons.filter((reason) => reason.kind !== "author" && !isTopic(reason));
  return [
    ...authors.map(shortWords),
    ...(topics.length === 0 ? [] : [topics.map(({ written }) => written).join(", ")]),
    ...others.map(shortWords),
  ].join(" · ");
}

function shortWords({ kind, written, yours }: Reason): string {
  switch (kind) {
    case "author":
      return `${thousands(yours)} of yours by ${familyName(written) || written}`;
    case "organization":
      return `${thousands(yours)} of yours from ${written}`;
    default:
      return written;
  }
}

/** The line of the detail that says why a paper is for the reader, or none. */
export function forYouLines(model: Pick<Model, "forYou" | "listing">, at: number): readonly string[] {
  const reasons = reasonsOf(model, at) ?? [];
  return reasons.length === 0 ? [] : [`for you: ${reasonLine(reasons)} (Y)`];
}

const kindWords: Readonly<Record<Reason["kind"], string>> = {
  author: "author",
  organization: "organisation",
  category: "category",
  keyword: "keyword",
  word: "word",
};

/** Opens the panel of the reasons of the paper under the cursor. */
export function openReasons(model: Model): Model {
  const at = current(model);
  if (at === null) return nothingHere(model)[0];
  const opened: Model = {
    ...model,
    mode: "panel",
    panel: { kind: "reasons", line: emptyLine, cursor: 0, top: 0 },
  };
  if (reasonEntries(opened).length > 0) return opened;
  return { ...model, notice: { text: whyNoReasons(model, at), tone: "info" } };
}

function whyNoReasons(model: Model, at: number): string {
  const here = forYouHere(model);
  if (here === null && !isForYou(model))
    return `no reasons yet · star ${leastWanted} papers (s), then S y ranks this list with reasons`;
  if (here !== null && here.scores === null) {
    const missing = Math.max(1, leastWanted - here.wanted);
    return `too few stars for reasons · star ${missing} more ${missing === 1 ? "paper" : "papers"} (s)`;
  }
  const isKnown = here?.reasons.has(at) === true;
  return isKnown
    ? "nothing in this paper is like your papers"
    : "the reasons for this paper are not known yet";
}

/** The lines of the panel: the reasons, then the struck ones. */
export function reasonEntries(model: Model): readonly PanelEntry[] {
  const at = current(model);
  const reasons = at === null ? [] : (reasonsOf(model, at) ?? []);
  const given = reasons.map((reason): PanelEntry => {
    const { kind, written, yours } = reason;
    const papers = yours === 1 ? "1 paper of yours has it" : `${thousands(yours)} papers of yours have it`;
    return {
      group: "Because",
      label: written,
      text: `${kindWords[kind]} · ${papers}`,
      chosen: { type: "yours", filter: filterFor(reason) },
      removal: {
        type: "interest",
        label: `“${written}” no longer counts`,
        change: { paper: reasonId(reason), title: written, on: true },
      },
    };
  });
  const struck = model.interests
    .filter(({ id }) => interestKind(id) === "reason")
    .map((one): PanelEntry => {
      const kind = one.id.slice(one.id.indexOf(":") + 1, one.id.indexOf("/")) as Reason["kind"];
      return {
        group: "Struck",
        label: one.title,
        text: `${kindWords[kind] ?? kind} · Enter makes it count again`,
        chosen: { type: "interest", label: `“${one.title}” counts again`, change: ending(one) },
      };
    });
  return [...given, ...struck];
}

function reasonId({ kind, term }: FeatureName): string {
  return interestId("reason", `${kind}/${term}`);
}

/** A filter that finds the papers of a reason among those the reader wanted. */
function filterFor({ kind, written }: Reason): string {
  const text = written.replaceAll('"', "");
  const field = { author: "author:", organization: "org:", category: "category:", keyword: "", word: "" }[
    kind
  ];
  return `${field}"${text}"`;
}
