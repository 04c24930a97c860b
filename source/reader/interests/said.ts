import { interestKind } from "../../papers/interests/interest.js";
import { isMuted } from "../../papers/marks.js";
import { heldFor, unsureOf } from "../../search/interests/judged.js";
import { cellWidth } from "../../text/cells.js";
import type { Model } from "../model.js";

const whatWords: Readonly<Record<string, string>> = { org: "organisation" };

/** The detail's lines about a paper's watches, follows and mutes. */
export function interestLines(
  { judged, marks }: Pick<Model, "judged" | "marks">,
  at: number,
): readonly string[] {
  if (judged === null) return [];
  const lines: string[] = [];
  const of = (kind: string) => heldFor(judged, at).filter(({ id }) => interestKind(id) === kind);
  const titles = (kind: string) => of(kind).map(({ title }) => title);
  const watches = titles("watch");
  if (watches.length > 0) lines.push(`${watches.length === 1 ? "watch" : "watches"}: ${watches.join(" · ")}`);
  const followed = titles("follow");
  if (followed.length > 0) lines.push(`you follow ${followed.join(", ")}`);
  const muted = of("mute").map(({ id, title }) => {
    const what = id.slice("mute:".length, id.indexOf("/"));
    return `${whatWords[what] ?? what} ${title}`;
  });
  const isHidden = isMuted(marks[at] as number);
  if (muted.length > 0) {
    lines.push(
      `muted: ${muted.join(" · ")}${isHidden ? " (X shows it again)" : " (shown because of its star)"}`,
    );
  }
  for (const { id, title } of unsureOf(judged, at)) {
    const isFollow = interestKind(id) === "follow";
    lines.push(`${title}: the one you ${isFollow ? "follow? F" : "muted? X"} answers`);
  }
  return lines;
}

/** The letter of a paper's first watch, for the list's margin; "" if it has none. */
export function watchLetter({ judged }: Pick<Model, "judged">, at: number): string {
  const number = judged?.firstWatch[at] ?? 0;
  if (judged === null || number === 0) return "";
  const title = judged.held[number - 1]?.interest.title ?? "";
  const letter = /\p{L}|\p{N}/u.exec(title)?.[0]?.toLowerCase() ?? "w";
  // The margin is one cell wide.
  return cellWidth(letter) === 1 ? letter : "w";
}
