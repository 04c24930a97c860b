import type { Mode } from "../model.js";

/** Everything a key can do. */
export type CommandName =
  | "down"
  | "up"
  | "half-page-down"
  | "half-page-up"
  | "page-down"
  | "page-up"
  | "first"
  | "last"
  | "next-unread"
  | "previous-unread"
  | "switch-pane"
  | "focus-list"
  | "focus-detail"
  | "detail-down"
  | "detail-up"
  | "detail-page-down"
  | "detail-page-up"
  | "open-detail"
  | "zoom"
  | "back"
  | "star"
  | "read"
  | "later"
  | "mark-all-read"
  | "triage"
  | "undo"
  | "history"
  | "redo"
  | "next-view"
  | "previous-view"
  | "filter"
  | "save-watch"
  | "watches"
  | "follow"
  | "mute"
  | "sort"
  | "read-text"
  | "open-page"
  | "open-pdf"
  | "tex-source"
  | "paper-view"
  | "copy"
  | "export"
  | "reasons"
  | "figures"
  | "refresh"
  | "previous-day"
  | "next-day"
  | "sources"
  | "former"
  | "problems"
  | "redraw"
  | "help"
  | "palette"
  | "quit"
  | "suspend";

/** What a key does in a word or two; `rank` 1 is shown first, the others if there is room. */
export interface Hint {
  readonly words: string;
  readonly rank: number;
}

export interface Binding {
  readonly keys: readonly string[];
  readonly command: CommandName;
  readonly group: "Move" | "Read" | "Mark" | "Find" | "Program";
  readonly help: string;
  /** Other words for it, for searching the help. */
  readonly also?: string;
  /** The footer's hint while the list has the focus. */
  readonly hint?: Hint;
  /** The same while the detail has it. */
  readonly detailHint?: Hint;
  /** Whether it also works while typing. */
  readonly everywhere?: boolean;
}

/**
 * The keymap. The help screen, the footer's hints, the README's table and the tests are made from
 * it, so a key that is not here does not exist.
 */
export const keymap: readonly Binding[] = [
  {
    keys: ["j", "down"],
    command: "down",
    group: "Move",
    help: "next paper; with the focus on the detail, a line down",
    hint: { words: "move", rank: 1 },
    detailHint: { words: "scroll", rank: 1 },
  },
  { keys: ["k", "up"], command: "up", group: "Move", help: "previous paper or line" },
  { keys: ["ctrl-d"], command: "half-page-down", group: "Move", help: "half a page down" },
  { keys: ["ctrl-u"], command: "half-page-up", group: "Move", help: "half a page up" },
  { keys: ["pagedown", "ctrl-f"], command: "page-down", group: "Move", help: "a page down" },
  { keys: ["pageup", "ctrl-b"], command: "page-up", group: "Move", help: "a page up" },
  { keys: ["g", "home"], command: "first", group: "Move", help: "to the top" },
  { keys: ["G", "end"], command: "last", group: "Move", help: "to the bottom; with a count, to that row" },
  {
    keys: ["n"],
    command: "next-unread",
    group: "Move",
    help: "next unread paper; with a filter, the next match, also within a paper",
    detailHint: { words: "next unread", rank: 4 },
  },
  { keys: ["N"], command: "previous-unread", group: "Move", help: "previous unread paper or match" },

  {
    keys: ["enter"],
    command: "open-detail",
    group: "Read",
    help: "open the paper full-screen (marks it read)",
    hint: { words: "open", rank: 6 },
  },
  {
    keys: ["escape"],
    command: "back",
    group: "Read",
    help: "back one level: leave the paper, then the filter, then the listing",
    also: "close return cancel",
    detailHint: { words: "back", rank: 2 },
  },
  {
    keys: ["z"],
    command: "zoom",
    group: "Read",
    help: "zoom the focused pane, or undo the zoom",
    also: "full-screen fullscreen maximize",
  },
  { keys: ["tab"], command: "switch-pane", group: "Read", help: "switch between list and detail" },
  { keys: ["l", "right"], command: "focus-detail", group: "Read", help: "to the detail" },
  { keys: ["h", "left"], command: "focus-list", group: "Read", help: "to the list" },
  {
    keys: ["J"],
    command: "detail-down",
    group: "Read",
    help: "scroll the detail down from wherever you are",
    also: "scroll",
  },
  { keys: ["K"], command: "detail-up", group: "Read", help: "scroll the detail up" },
  {
    keys: ["space"],
    command: "detail-page-down",
    group: "Read",
    help: "a page down in the detail; full-screen, on to the next paper",
    detailHint: { words: "read on", rank: 3 },
  },
  {
    keys: ["b"],
    command: "detail-page-up",
    group: "Read",
    help: "a page up in the detail; full-screen, back to the paper before",
  },
  {
    keys: ["x"],
    command: "tex-source",
    group: "Read",
    help: "show raw TeX, or TeX as signs",
    also: "toggle latex math formula source raw",
  },
  {
    keys: ["i"],
    command: "paper-view",
    group: "Read",
    help: "change what the paper shows: abstract, skim (what was done and found), facts",
    also: "skim summary information metadata details facts highlights key sentences tldr",
    detailHint: { words: "skim", rank: 10 },
  },
  {
    keys: ["f"],
    command: "read-text",
    group: "Read",
    help: "read the whole paper; in the open paper, Enter does too",
    also: "whole paper full text fulltext html body sections references",
    hint: { words: "full text", rank: 7 },
    detailHint: { words: "full text", rank: 4 },
  },
  {
    keys: ["o"],
    command: "open-page",
    group: "Read",
    help: "open the paper's page in the browser",
    also: "browser web link url website",
    hint: { words: "page", rank: 13 },
    detailHint: { words: "open", rank: 7 },
  },
  {
    keys: ["O"],
    command: "open-pdf",
    group: "Read",
    help: "open the paper's PDF",
    also: "browser web download",
  },
  {
    keys: ["y"],
    command: "copy",
    group: "Read",
    help: "copy: then y link, b BibTeX, m Markdown, t title, i id, k cite key, p PDF link, a abstract",
    also: "yank clipboard cite citation",
    hint: { words: "copy", rank: 12 },
    detailHint: { words: "copy", rank: 8 },
  },
  {
    keys: ["e"],
    command: "export",
    group: "Read",
    help: "export the papers in the list to a file: BibTeX, RIS, CSL-JSON, Markdown, JSON, CSV, OPML",
    also: "save write file bibliography citations references zotero",
  },

  {
    keys: ["s"],
    command: "star",
    group: "Mark",
    help: "star or unstar",
    also: "bookmark favourite favorite like save unstar",
    hint: { words: "star", rank: 3 },
    detailHint: { words: "star", rank: 5 },
  },
  {
    keys: ["m"],
    command: "read",
    group: "Mark",
    help: "mark read or unread",
    hint: { words: "read", rank: 4 },
    detailHint: { words: "read/unread", rank: 6 },
  },
  {
    keys: ["L"],
    command: "later",
    group: "Mark",
    help: "add to Later or remove from it",
    also: "read later bookmark queue reading list todo",
    hint: { words: "later", rank: 14 },
    detailHint: { words: "later", rank: 9 },
  },
  {
    keys: ["M"],
    command: "mark-all-read",
    group: "Mark",
    help: "mark everything in the list read",
    also: "catch up clear all done",
  },
  {
    keys: ["T"],
    command: "triage",
    group: "Mark",
    help: "triage: unread papers one at a time, s star, L later, x skip, u back",
    also: "inbox zero sort out go through",
    hint: { words: "triage", rank: 8 },
  },
  {
    keys: ["u"],
    command: "undo",
    group: "Mark",
    help: "undo the last change; one of an earlier visit is named first",
    also: "revert take back mistake",
    hint: { words: "undo", rank: 15 },
  },
  { keys: ["ctrl-r"], command: "redo", group: "Mark", help: "redo what u undid", also: "again repeat" },
  {
    keys: ["U"],
    command: "history",
    group: "Mark",
    help: "the last 500 changes; Enter undoes everything back to the one you pick",
    also: "history log journal recent",
  },

  {
    keys: ["/"],
    command: "filter",
    group: "Find",
    help: "filter as you type; Enter keeps it, Esc clears it, ↑ recalls earlier ones",
    also: "search find query grep look for",
    hint: { words: "filter", rank: 2 },
  },
  {
    keys: ["v"],
    command: "next-view",
    group: "Find",
    help: "next view: all, unread, starred, later, for you, your watches",
    also: "tab starred unread favourites bookmarks",
    hint: { words: "view", rank: 5 },
  },
  {
    keys: ["Y"],
    command: "reasons",
    group: "Find",
    help: "why this paper is for you; Enter lists your papers like it, Ctrl-D strikes a reason",
    also: "why because reasons explain recommended recommendation ranking for you",
  },
  {
    keys: ["I"],
    command: "figures",
    group: "Find",
    help: "this listing in figures, and how much you read by day; Enter filters",
    also: "statistics stats figures bars heat map activity moved insights",
  },
  { keys: ["V"], command: "previous-view", group: "Find", help: "previous view" },
  {
    keys: ["S"],
    command: "sort",
    group: "Find",
    help: "sort; the same order again reverses it",
    also: "order",
    hint: { words: "sort", rank: 10 },
  },

  {
    keys: ["W"],
    command: "save-watch",
    group: "Find",
    help: "save the current filter as a watch",
    also: "alert saved search query",
  },
  {
    keys: ["w"],
    command: "watches",
    group: "Find",
    help: "watches, and what you follow and mute: Enter shows the papers, Ctrl-D removes",
    also: "saved searches alerts followed muted list",
  },
  {
    keys: ["F"],
    command: "follow",
    group: "Find",
    help: "follow an author or the organisation of this paper, by number",
    also: "unfollow author",
  },
  {
    keys: ["X"],
    command: "mute",
    group: "Find",
    help: "mute an author, organisation, keyword or category of this paper, the filter, or words you type",
    also: "unmute hide block ignore exclude never",
  },

  {
    keys: ["r"],
    command: "refresh",
    group: "Program",
    help: "refresh: look for new papers",
    also: "reload update fetch again renew sync",
  },
  {
    keys: ["ctrl-l"],
    command: "redraw",
    group: "Program",
    help: "redraw the screen",
    also: "repaint clear",
    everywhere: true,
  },
  {
    keys: ["["],
    command: "previous-day",
    group: "Program",
    help: "the day before, in Daily Papers; 3[ goes three days back",
    also: "yesterday earlier previous back",
    hint: { words: "day", rank: 11 },
  },
  { keys: ["]"], command: "next-day", group: "Program", help: "the day after", also: "tomorrow later next" },
  {
    keys: ["a"],
    command: "sources",
    group: "Program",
    help: "open another source: a file, an address, a day, a category, words to search for",
    also: "add switch feed listing import load url",
    hint: { words: "sources", rank: 9 },
  },
  {
    keys: ["backspace"],
    command: "former",
    group: "Program",
    help: "back to the previous listing",
    also: "previous return last source former",
  },
  {
    keys: ["!"],
    command: "problems",
    group: "Program",
    help: "problems: entries that could not be read, and remarks",
    also: "errors warnings skipped failed",
  },
  {
    keys: [":", "ctrl-p"],
    command: "palette",
    group: "Program",
    help: "commands: type what to do, Enter does it",
    also: "palette commands menu run",
  },
  {
    keys: ["?", "f1"],
    command: "help",
    group: "Program",
    help: "help: every key; type to search, Enter runs it",
    also: "keys shortcuts manual cheat sheet f1",
    hint: { words: "help", rank: 0 },
    detailHint: { words: "help", rank: 0 },
  },
  {
    keys: ["ctrl-z"],
    command: "suspend",
    group: "Program",
    help: "suspend; fg comes back",
    also: "background shell pause stop",
    everywhere: true,
  },
  {
    keys: ["q", "ctrl-c"],
    command: "quit",
    group: "Program",
    help: "quit from the list; elsewhere back one level",
    also: "exit leave close stop q! wq wq! qa qa!",
    hint: { words: "quit", rank: 16 },
  },
];

/** The sorts that `S` offers, with the key that picks each; the narrow word for it has the key in it. */
export const sortKeys = [
  { key: "o", sort: "order", words: "listing order" },
  { key: "d", sort: "date", words: "date" },
  { key: "t", sort: "title", words: "title" },
  { key: "a", sort: "author", words: "first author" },
  { key: "u", sort: "upvotes", words: "upvotes" },
  { key: "s", sort: "stars", words: "stars" },
  { key: "c", sort: "comments", words: "comments" },
  { key: "i", sort: "citations", words: "citations", narrow: "cites" },
  { key: "l", sort: "listed", words: "listed" },
  { key: "y", sort: "for-you", words: "for you", narrow: "you" },
  { key: "m", sort: "momentum", words: "momentum", narrow: "moved" },
  { key: "r", sort: "relevance", words: "relevance", narrow: "rank" },
] as const;

/** What `y` offers to copy, with the key that picks each. */
export const copyKeys = [
  { key: "y", part: "link", words: "link", short: "link" },
  { key: "b", part: "bibtex", words: "BibTeX", short: "bib" },
  { key: "m", part: "markdown", words: "Markdown", short: "md" },
  { key: "t", part: "title", words: "title", short: "title" },
  { key: "i", part: "id", words: "id", short: "id" },
  { key: "k", part: "key", words: "cite key", short: "key" },
  { key: "p", part: "pdf", words: "PDF link", short: "pdf" },
  { key: "a", part: "abstract", words: "abstract", short: "abs" },
] as const;

const commandsByKey = new Map<string, { readonly command: CommandName; readonly everywhere: boolean }>(
  keymap.flatMap(({ keys, command, everywhere = false }) =>
    keys.map((key) => [key, { command, everywhere }] as const),
  ),
);

/** The command of a key in a mode; `null` where it has none there. */
export function commandOf(mode: Mode, key: string): CommandName | null {
  const found = commandsByKey.get(key);
  return found && (mode === "browse" || found.everywhere) ? found.command : null;
}

const shownNames: Record<string, string> = {
  down: "↓",
  up: "↑",
  left: "←",
  right: "→",
  pagedown: "PgDn",
  pageup: "PgUp",
  home: "Home",
  end: "End",
  enter: "Enter",
  escape: "Esc",
  tab: "Tab",
  space: "Space",
  backspace: "Backspace",
  delete: "Del",
  insert: "Ins",
};

/** A key as people write it: `Ctrl-D`, `PgDn`, `F5`, `↓`. */
export function showKey(key: string): string {
  const [, held = "", name = ""] = /^((?:(?:ctrl|alt|shift)-)*)(.+)$/s.exec(key) ?? [];
  const before = held.replace(/[a-z]+/g, (one) => one.charAt(0).toUpperCase() + one.slice(1));
  const isUpper = held.includes("ctrl-") || /^f\d+$/.test(name);
  return before + (shownNames[name] ?? (isUpper ? name.toUpperCase() : name));
}
