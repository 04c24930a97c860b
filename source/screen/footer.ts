import { paperElsewhere } from "../reader/filter/filtering.js";
import { proposalFor } from "../reader/filter/proposal.js";
import { outcomeIn } from "../reader/filter/search-index.js";
import { canGoBack, canReturn } from "../reader/keys/commands.js";
import { type Binding, type Hint, keymap, showKey } from "../reader/keys/keymap.js";
import type { Pane } from "../reader/layout.js";
import { progressOf, triageKeys } from "../reader/list/triage.js";
import type { Model, Notice } from "../reader/model.js";
import { cellWidth } from "../text/cells.js";
import { counted, thousands } from "../text/numbers.js";
import { wrap } from "../text/wrap.js";
import { fit, lineWidth, spread } from "./line.js";
import { noticeText } from "./notice.js";
import { type Line, type Span, span, styles } from "./style.js";

interface KeyHint extends Hint {
  readonly key: string;
  readonly command: Binding["command"];
}

/** Keys that are shown together with their opposites. */
const pairs: Partial<Record<Binding["command"], string>> = { down: "j/k", "previous-day": "[ ]" };

const listHints = hintsBy(({ hint }) => hint);
const detailHints = hintsBy(({ detailHint }) => detailHint);

/** Hints by rank, from the keymap: `j/k move`, `? help`. */
function hintsBy(hintOf: (binding: Binding) => Hint | undefined): KeyHint[] {
  return keymap
    .flatMap((binding) => {
      const hint = hintOf(binding);
      const { command } = binding;
      const key = pairs[command] ?? showKey(binding.keys[0] as string);
      return hint ? [{ key, command, ...hint }] : [];
    })
    .sort((a, b) => a.rank - b.rank);
}

/**
 * The message row: what just happened or is in progress; empty if there is nothing to say. A long message
 * takes two rows, since the reason and the key to press are at its end.
 */
export function messageLines(model: Model, width: number): readonly Line[] {
  const { notice, working, mode, filter } = model;
  if (notice === null) {
    // The filter stays visible; the footer then shows the work in progress.
    if (working === null || mode !== "browse" || !filter.query.isEmpty) return [];
    return [fit([span(` ${working}`), ...stopHint(model)], width)];
  }
  const [first, next] = wrap(notice.text, width - 2);
  if (first === undefined || next === undefined) return [besideFilter(model, notice, width)];
  const start = { ...notice, text: notice.text.slice(first.start, first.end) };
  const rest = { ...notice, text: notice.text.slice(next.start).replace(/^· /, "") };
  return [fit([noticeSpan(start, width)], width), besideFilter(model, rest, width)];
}

/** A notice with the filter at its right, if there is room for both. */
function besideFilter({ filter }: Model, notice: Notice, width: number): Line {
  const query = filter.query.text.trim();
  const right: Line = query === "" ? [] : [span(`/ ${query} `, styles.faint)];
  if (3 * lineWidth(right) > width) return fit([noticeSpan(notice, width)], width);
  return spread([noticeSpan(notice, width - lineWidth(right) - 1)], right, width);
}

/** A notice with a margin, if there is room. */
function noticeSpan({ text, tone }: Notice, width: number): Span {
  const margin = width > 2 ? " " : "";
  return span(margin + noticeText(text, width - 2 * margin.length), styles[tone]);
}

function stopHint(model: Model): Span[] {
  return canGoBack(model) ? [] : [span(" · ", styles.faint), ...modeHints([["Esc", "stops it"]])];
}

/**
 * The footer: the most useful keys, and at the right the position of the cursor.
 * @param isAlone whether the footer is also the message row
 */
export function footerLine(model: Model, pane: Pane, isAlone: boolean): Line {
  if (isAlone && model.notice) {
    // A message matters more than the position.
    const right: Line = [span(place(model), styles.faint), span(" ")];
    const { text } = model.notice;
    // A long message takes the whole row.
    const isLong = cellWidth(text) + 3 + lineWidth(right) > pane.width;
    return spread([noticeSpan(model.notice, pane.width)], isLong ? [] : right, pane.width);
  }
  if (model.mode === "triage" && model.triage) {
    const right: Line = [span(`${progressOf(model.triage)} `, styles.faint)];
    const keys = triageKeys.map(({ key, words }) => [key, words] as const);
    const hints = [...keys, ["Esc", "end"], ["u", "back"], ["Space", "read on"], ["?", "help"]] as const;
    // As many whole hints as fit.
    const lines = hints.map((_, dropped) => modeHints(hints.slice(0, hints.length - dropped)));
    const room = pane.width - lineWidth(right) - 2;
    return spread([span(" "), ...(lines.find((line) => lineWidth(line) <= room) ?? [])], right, pane.width);
  }
  const right: Line = [span(position(model), styles.faint), span(" ")];
  if (model.working !== null && model.mode === "browse" && (isAlone || !model.filter.query.isEmpty)) {
    return spread([span(` ${model.working}`), ...stopHint(model)], right, pane.width);
  }
  return spread([span(" "), ...hintSpans(model, pane.width - lineWidth(right) - 2)], right, pane.width);
}

/** The cursor's row and the number of rows. */
function place({ count, shown, cursor, listing }: Model): string {
  const before = count === null ? "" : `${count}  `;
  const more = listing.hasMore ? (listing.total === null ? "+" : ` of ${thousands(listing.total)}`) : "";
  return `${before}${shown.length === 0 ? 0 : thousands(cursor + 1)}/${thousands(shown.length)}${more}`;
}

/** The position and the state of the listing. */
function position(model: Model): string {
  const { listing } = model;
  // A missing network is reported as "offline". If there is nothing else, no problem is counted; otherwise the
  // count is the number of lines in the panel `!`.
  const problems = listing.problems.filter(({ isRemark }) => !isRemark);
  const isOnlyOffline = listing.stale === "offline" && problems.every((one) => one.isOffline);
  const said = [
    place(model),
    ...(problems.length === 0 || isOnlyOffline
      ? remarkCount(listing.problems.length - problems.length)
      : [problemCount(listing.problems.length)]),
    ...(listing.stale === null ? [] : [listing.stale === "offline" ? "offline" : "not refreshed"]),
  ];
  return said.join(" · ");
}

/** Where nothing is wrong. */
function remarkCount(remarks: number): string[] {
  return remarks === 0 ? [] : [`${counted(remarks, "remark")} (!)`];
}

function problemCount(problems: number): string {
  return `${counted(problems, "problem")} (!)`;
}

function hintSpans(model: Model, width: number): Span[] {
  if (model.mode === "filter") {
    const mends = mendHints(model);
    return modeHints([
      ...mends,
      ...(mends.some(([key]) => key === "Enter") ? [] : [["Enter", "keep"] as const]),
      ["Esc", "clear"],
      model.filter.history.length > 0 ? ["↑", "earlier filters"] : ["↓", "next row"],
    ]);
  }
  if (model.mode === "sort")
    return modeHints([
      ["S", "reverse"],
      ["Esc", "back"],
    ]);
  if (model.mode === "copy") return modeHints([["Esc", "back"]]);
  if (model.mode === "watch")
    return modeHints([
      ["Enter", model.naming.isThere ? "replace" : "save"],
      ...(model.naming.isThere ? [["n", "another name"] as const] : []),
      ["Esc", "back"],
    ]);
  if (model.mode === "export" && model.file.isWriting) return modeHints([["Esc", "stops it"]]);
  if (model.mode === "export")
    return modeHints([
      ["Enter", model.file.isThere ? "overwrite" : "write"],
      ...(model.file.isThere ? [["n", "another name"] as const] : []),
      ["Tab", "format"],
      ["Esc", "back"],
    ]);
  const spans: Span[] = [];
  let room = width;
  // Help is always shown; the others if there is room.
  const [help, ...others] = model.focus === "detail" ? detailHints : listHints;
  if (!help) return [];
  room -= cellWidth(`${help.key} ${help.words}`);
  if (canReturn(model)) {
    spans.push(...modeHints([["Esc", "back"]]));
    room -= lineWidth(spans);
  }
  for (const { key, command, words: usual } of others) {
    if (command === "previous-day" && !model.listing.hasDays) continue;
    const words = key === "n" && !model.filter.query.isEmpty ? "next match" : usual;
    const needed = cellWidth(`${key} ${words}`) + 2;
    if (needed > room) continue;
    room -= needed;
    spans.push(span(key, styles.key), span(` ${words}  `, styles.faint));
  }
  spans.push(span(help.key, styles.key), span(` ${help.words}`, styles.faint));
  return spans;
}

/** Keys that correct the spelling of a filter, or fix one that finds nothing. */
function mendHints(model: Model): (readonly [string, string])[] {
  const isEmpty = model.shown.length === 0 && model.awaited === null;
  const elsewhere = paperElsewhere(model);
  if (elsewhere !== null)
    return [["Enter", `open ${elsewhere.count > 1 ? "them" : "it"} from ${elsewhere.site}`]];
  const proposed = proposalFor(model.filter.query);
  if (proposed !== null) return [[isEmpty ? "Enter" : "Tab", `take ${proposed.conditions.join(" ")}`]];
  if (!isEmpty) return [];
  const { why } = outcomeIn(model);
  return [
    ...(why?.instead ? [["Enter", `take ${why.instead.word}`] as const] : []),
    ...(why?.without ? [["Tab", "leave it out"] as const] : []),
  ];
}

/** Keys and what they do, for a footer. */
export function modeHints(pairs: readonly (readonly [string, string])[]): Span[] {
  return pairs.flatMap(([key, words]) => [span(key, styles.key), span(` ${words}  `, styles.faint)]);
}
