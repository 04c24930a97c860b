import { type Interest, interestKind } from "../../papers/interests/interest.js";
import { isMuted } from "../../papers/marks.js";
import { heldFor, unsureOf } from "../../search/interests/judged.js";
import { cellWidth, cutToWidth } from "../../text/cells.js";
import { thousands } from "../../text/numbers.js";
import type { Model } from "../model.js";

/** How many watches, follows or mutes are named; the others are counted. */
const mostNamed = 20;
/** Cells of a name: another machine may have saved a longer one. */
const nameWidth = 200;

const whatWords: Readonly<Record<string, string>> = { org: "organisation" };

/** The detail's lines about a paper's watches, follows and mutes. */
export function interestLines(
  { judged, marks }: Pick<Model, "judged" | "marks">,
  at: number,
): readonly string[] {
  if (judged === null) return [];
  const lines: string[] = [];
  const held = heldFor(judged, at);
  const of = (kind: string) => held.filter(({ id }) => interestKind(id) === kind);
  const watches = of("watch");
  if (watches.length > 0)
    lines.push(`${watches.length === 1 ? "watch" : "watches"}: ${someOf(watches, titleOf, " · ")}`);
  const followed = of("follow");
  if (followed.length > 0) lines.push(`you follow ${someOf(followed, titleOf, ", ")}`);
  const muted = of("mute");
  const isHidden = isMuted(marks[at] as number);
  if (muted.length > 0) {
    lines.push(
      `muted: ${someOf(muted, mutedName, " · ")}${isHidden ? " (X shows it again)" : " (shown because of its star)"}`,
    );
  }
  for (const { id, title } of unsureOf(judged, at).slice(0, mostNamed)) {
    const isFollow = interestKind(id) === "follow";
    lines.push(`${cutToWidth(title, nameWidth)}: the one you ${isFollow ? "follow? F" : "muted? X"} answers`);
  }
  return lines;
}

function titleOf({ title }: Interest): string {
  return cutToWidth(title, nameWidth);
}

function mutedName({ id, title }: Interest): string {
  const what = id.slice("mute:".length, id.indexOf("/"));
  return `${whatWords[what] ?? what} ${cutToWidth(title, nameWidth)}`;
}

/** The names of the first interests, and the number of the others: "a · b +3". */
function someOf(interests: readonly Interest[], name: (one: Interest) => string, separator: string): string {
  const more = interests.length - mostNamed;
  return interests.slice(0, mostNamed).map(name).join(separator) + (more > 0 ? ` +${thousands(more)}` : "");
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
