import type { PaperChange } from "../../papers/marks.js";
import type { CommandName } from "../keys/keymap.js";
import type { Sort, ViewName } from "../model.js";
import type { ThemeName } from "../theme.js";

/** One line of a panel, and what Enter on it does. */
export interface PanelEntry {
  /** The group of the line, shown where it changes. */
  readonly group: string;
  /** The label before the text: keys, a source, the line of a problem. */
  readonly label: string;
  readonly text: string;
  /** Other words that find it. */
  readonly also?: string | undefined;
  readonly chosen: Chosen | null;
  /** What Ctrl-D on it does. */
  readonly removal?: Chosen;
}

/** What choosing a line does. */
export type Chosen =
  | { readonly type: "command"; readonly command: CommandName; readonly count?: number }
  | { readonly type: "sort"; readonly sort: Sort }
  | { readonly type: "view"; readonly view: ViewName }
  | { readonly type: "theme"; readonly theme: ThemeName }
  /** What `y` and this key copy. */
  | { readonly type: "copy"; readonly key: string }
  | { readonly type: "source"; readonly name: string }
  /** The papers that the reader wanted, with a filter. */
  | { readonly type: "yours"; readonly filter: string }
  /** Adds a source to the morning or removes it; `null`: the open one. */
  | { readonly type: "subscribe"; readonly name: string | null }
  /** Says where the settings are. */
  | { readonly type: "settings" }
  /** Says something and does nothing else. */
  | { readonly type: "say"; readonly text: string }
  /** Filters the open listing. */
  | { readonly type: "filter"; readonly text: string }
  /** Opens a folder, by typing its path. */
  | { readonly type: "folder"; readonly path: string }
  | { readonly type: "change"; readonly id: string }
  /** Shows a watch as a view. */
  | { readonly type: "watch"; readonly id: string }
  /** Follows, mutes, or ends one of these or a watch; `label` is what the footer calls it. */
  | { readonly type: "interest"; readonly label: string; readonly change: PaperChange }
  /** Scrolls the open text to a block. */
  | { readonly type: "section"; readonly block: number }
  /** In the open text, to the place before the last jump, or forth again. */
  | { readonly type: "swap-places" };

/** The entries that contain every typed word. */
export function matching(typed: string, entries: readonly PanelEntry[]): readonly PanelEntry[] {
  if (typed === "") return entries;
  const words = typed.toLowerCase().split(/\s+/);
  return entries.filter((entry) => words.every((word) => textOf(entry).includes(word)));
}

/** A word without its ending: "views" and "viewing" are "view". */
function stem(word: string): string {
  return word.replace(/(?<=...)(?:s|ing)$/, "");
}

/**
 * The matching entries; those first that begin with what is typed: "sort" is not triage, which says it too.
 * Then those that have the typed words as words and not only as parts of them, and
 * of these, where several words are typed, the one that says least besides: "copy title" is not the line
 * that lists all that can be copied.
 */
export function ranked(typed: string, entries: readonly PanelEntry[]): readonly PanelEntry[] {
  const words = typed.toLowerCase().split(/\s+/);
  const isFound = (entry: PanelEntry) => words.every((word) => textOf(entry).includes(stem(word)));
  const rank = (entry: PanelEntry) => {
    // A match in the group counts less than one in the text.
    const said = ` ${textOf({ ...entry, group: "" }).replace(/[^\p{L}\p{N}]+/gu, " ")} `;
    const begins = entry.text.toLowerCase().startsWith(words.map(stem).join(" "));
    return words.reduce(
      (sum, word) => sum + (said.includes(` ${word} `) ? 0 : said.includes(` ${stem(word)}`) ? 1 : 3),
      begins ? -10 : 0,
    );
  };
  const length = ({ text }: PanelEntry) => (words.length > 1 ? text.length : 0);
  return entries
    .filter(isFound)
    .map((entry) => ({ entry, rank: rank(entry) }))
    .sort((one, other) => one.rank - other.rank || length(one.entry) - length(other.entry))
    .map(({ entry }) => entry);
}

function textOf({ group, label, text, also = "" }: PanelEntry): string {
  return `${label} ${group} ${text} ${also}`.toLowerCase();
}
