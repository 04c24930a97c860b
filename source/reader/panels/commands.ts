import { lazily } from "../../papers/lazily.js";
import { graphemes } from "../../text/cells.js";
import { editDistance, nearest } from "../../text/did-you-mean.js";
import { type Binding, copyKeys, keymap, showKey } from "../keys/keymap.js";
import { marginSigns } from "../margin-signs.js";
import type { PanelKind, SortKey, ViewName } from "../model.js";
import type { ThemeName } from "../theme.js";
import { defaultSources } from "./default-sources.js";
import { matching, type PanelEntry, ranked } from "./entry.js";
import { daysMeant, meaningsOf, openEntry } from "./meanings.js";

/** What is written over each panel. */
export const panelTitles: Readonly<Record<PanelKind, string>> = {
  keys: "Keys",
  palette: "Commands",
  sources: "Sources",
  problems: "Problems and remarks",
  history: "What was marked here",
  contents: "Contents",
  watches: "Watches, and what you follow and mute",
  follow: "Follow",
  mute: "Mute",
  reasons: "Why this paper is for you",
  figures: "In figures",
};

/** What a command is called where it is not listed: over its panel, in the footer. */
function otherNames({ command, hint, detailHint }: Binding): string {
  const kind = command === "help" ? "keys" : command;
  const title = Object.hasOwn(panelTitles, kind) ? panelTitles[kind as PanelKind] : "";
  return [title, hint?.words ?? "", detailHint?.words ?? ""].join(" ");
}

const allKeys = lazily(() => keymap.map(keyEntry));

function keyEntry(binding: Binding): PanelEntry {
  const { keys, group, help, also = "", command } = binding;
  return {
    group,
    label: keys.map(showKey).join(" "),
    text: help,
    also: `${also} ${otherNames(binding)}`,
    chosen: { type: "command", command },
  };
}

/** The orders that `S` offers, forward and reversed. */
const orders: readonly (readonly [key: SortKey, shown: string, usual: string, reversed: string])[] = [
  ["order", "o", "in the order of the listing", "in the order of the listing, backwards"],
  ["date", "d", "by date, newest first", "by date, oldest first"],
  ["title", "t", "by title, A to Z", "by title, Z to A"],
  ["author", "a", "by first author, A to Z", "by first author, Z to A"],
  ["upvotes", "u", "by upvotes, most first", "by upvotes, fewest first"],
  ["stars", "s", "by stars of the code, most first", "by stars of the code, fewest first"],
  ["comments", "c", "by comments, most first", "by comments, fewest first"],
  ["citations", "i", "by citations, most first", "by citations, fewest first"],
  ["listed", "l", "by the day it was listed, newest first", "by the day it was listed, oldest first"],
  ["for-you", "y", "for you, best first", "for you, worst first"],
  ["momentum", "m", "by momentum: what moved since you last saw it", "by momentum, least first"],
  ["relevance", "r", "by relevance, best match first", "by relevance, worst match first"],
];

/** Other words for an order that people may type. */
const orderWords: Partial<Record<SortKey, string>> = {
  upvotes: "votes likes popular",
  stars: "github repository popular",
  comments: "discussed discussion",
  citations: "cited influential",
  listed: "added submitted",
  "for-you": "recommended personal ranking",
  momentum: "moved growing rising",
  relevance: "best match rank",
};

const shownViews: readonly (readonly [view: ViewName, text: string, also: string])[] = [
  ["all", "show all papers", "everything view"],
  ["unread", "show unread papers only", "new view"],
  ["starred", "show starred papers only", "favourites favorites bookmarks view"],
  ["for-you", "show unread papers for you, best first", "recommended personal ranking view"],
  ["later", "show papers for later only", "queue reading list view"],
];

const themes: readonly (readonly [theme: ThemeName, text: string, also: string])[] = [
  ["terminal", "theme: the terminal's own sixteen colours", "default ansi"],
  ["light", "theme: light, black on white", "bright day white mode background"],
  ["dark", "theme: dark, white on black", "night black mode background"],
  ["auto", "theme: light or dark, as the terminal's background is", "automatic follow system"],
  ["high-contrast", "theme: high contrast", "accessibility"],
  ["mono", "theme: mono, without colours", "none off monochrome black white"],
];

/** Every choice that a command offers, as a line of its own: for people who type what they want. */
const choices: readonly PanelEntry[] = [
  ...orders.flatMap(([key, shown, usual, backwards]): PanelEntry[] =>
    [false, true].map((reversed) => ({
      group: "Sort",
      label: reversed ? `S ${shown} S S` : `S ${shown}`,
      text: `sort ${reversed ? backwards : usual}`,
      also: `order ${key} ${orderWords[key] ?? ""}`,
      chosen: { type: "sort", sort: { key, reversed } },
    })),
  ),
  ...shownViews.map(
    ([view, text, also]): PanelEntry => ({
      group: "View",
      label: "v",
      text,
      also,
      chosen: { type: "view", view },
    }),
  ),
  ...copyKeys.map(
    ({ key, words }): PanelEntry => ({
      group: "Copy",
      label: `y ${key}`,
      text: `copy the ${words}`,
      also: "yank clipboard",
      chosen: { type: "copy", key },
    }),
  ),
  {
    group: "Sources",
    label: "a Ctrl-T",
    text: "add this listing to your morning, or take it out",
    also: "source subscribe subscription follow feed home daily save keep unsubscribe",
    chosen: { type: "subscribe", name: null },
  },
  ...defaultSources.map(
    ({ name, text, also }): PanelEntry => ({
      group: "Open",
      label: name,
      text,
      also: `open source ${also}`,
      chosen: { type: "source", name },
    }),
  ),
  ...themes.map(
    ([theme, text, also]): PanelEntry => ({
      group: "Theme",
      label: theme,
      text,
      also: `theme colours colors scheme ${also}`,
      chosen: { type: "theme", theme },
    }),
  ),
  {
    group: "Settings",
    label: "config.json",
    text: "show where the settings are",
    also: "configuration configure preferences options config.json",
    chosen: { type: "settings" },
  },
];

/** The keys of triage, for its help; the help does not run them. */
export const triageEntries: readonly PanelEntry[] = [
  ["s", "star it, and on to the next paper"],
  ["L", "keep it for later, and on to the next"],
  ["x", "skip it: only marked read"],
  ["u", "back to the paper before, with its decision undone"],
  ["i", "abstract, skim or facts of the paper"],
  ["Space b", "a page down or up in the paper"],
  ["j k ↓ ↑", "a line down or up in the paper"],
  ["Esc q", "end the triage; the rest stays unread"],
].map(([label = "", text = ""]) => ({ group: "Triage", label, text, chosen: null }));

/** What the signs before the rows of the list mean, for the help. */
export function signEntries(typed: string, useAscii: boolean): readonly PanelEntry[] {
  const all = Object.values(marginSigns).map(
    ({ sign, ascii, words }): PanelEntry => ({
      group: "Signs",
      label: useAscii ? ascii : sign,
      text: words,
      also: "legend margin",
      chosen: null,
    }),
  );
  // One sign alone is a key, or what is looked up here; not every text with an s in it.
  if (graphemes(typed).length !== 1) return matching(typed, all);
  return keysCalled(typed).length > 0 ? [] : all.filter(({ label }) => label.includes(typed));
}

function rowEntry(row: number): PanelEntry {
  return {
    group: "Move",
    label: `${row} G`,
    text: `go to row ${row}`,
    chosen: { type: "command", command: "last", count: Math.max(1, row) },
  };
}

function keysCalled(typed: string): readonly Binding[] {
  return keymap.filter(({ keys }) => keys.map(showKey).includes(typed));
}

/**
 * The lines of the help and of the palette: every key, and once something is typed every choice.
 * @param today `YYYY-MM-DD`, to know which day "yesterday" is; `null` if that is not known
 */
export function commandEntries(typed: string, today: string | null): readonly PanelEntry[] {
  if (typed === "") return allKeys();
  // A single character looks up a key and is case-sensitive: "s" does not mean every text with an s.
  if (graphemes(typed).length === 1) {
    const exact = keysCalled(typed);
    if (exact.length > 0) return exact.map(keyEntry);
  }
  // As in vim and less: a number is a row, and no part of "the last 500 changes".
  if (/^\d{1,9}$/.test(typed)) return [rowEntry(Number(typed))];
  const source = /^(?:source|open)\s+(.+)$/.exec(typed)?.[1];
  if (source !== undefined) {
    const keys = ranked(typed, allKeys());
    const isBegun = ({ text }: PanelEntry) => text.startsWith(typed.toLowerCase());
    const others = keys.filter((one) => !isBegun(one));
    return [...keys.filter(isBegun), ...ranked(typed, choices), openEntry(source), ...others];
  }
  const [day] = daysMeant(typed, today);
  const all = [...allKeys(), ...choices];
  const found = ranked(typed, all);
  if (day !== undefined) return [day, ...found];
  if (found.length > 0) return found;
  const meant = commandMeant(typed, all);
  // No command: what was pasted may be a paper, an address, categories.
  return meant === null ? meaningsOf(typed, today) : ranked(meant, all);
}

/** Nobody types a longer command, in characters. */
const longestCommand = 60;

/** What a person means who has misspelt a command: "export" for "exprot"; `null` if that is not clear. */
export function commandMeant(
  typed: string,
  all: readonly PanelEntry[] = [...allKeys(), ...choices],
): string | null {
  // What is longer was pasted.
  if (typed.length > longestCommand || ranked(typed, all).length > 0) return null;
  const known = [
    ...new Set(
      all.flatMap(({ text, also = "" }) => `${text} ${also}`.toLowerCase().match(/[a-z]{3,}/g) ?? []),
    ),
  ];
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .map((word) => {
      if (ranked(word, all).length > 0) return word;
      const near = nearest(word, known);
      // Of a short word with two other letters nobody knows what it was.
      return near !== null && (word.length > 5 || editDistance(word, near) < 2) ? near : null;
    });
  const meant = words.includes(null) ? "" : words.join(" ");
  return meant !== "" && ranked(meant, all).length > 0 ? meant : null;
}
