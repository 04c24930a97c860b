import type { Interest } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import { interestBits, isMuted, markBits, newBit, type PaperChange } from "../papers/marks.js";
import type { Movement } from "../papers/movement.js";
import type { ColumnName, SortName } from "../papers/sort-and-column-names.js";
import type { Judged } from "../search/interests/judged.js";
import type { Matcher } from "../search/match/highlight.js";
import type { Query } from "../search/query/query.js";
import type { Outcome } from "../search/query/why-nothing.js";
import type { Caches } from "./caches.js";
import type { PaperView } from "./detail/page-views.js";
import type { DayCount } from "./figures/heat-map.js";
import type { ForYou } from "./for-you/for-you.js";
import type { Key } from "./keys/key.js";
import type { EditedLine } from "./keys/line-editor.js";
import type { Size, Zoom } from "./layout.js";
import type { Folder } from "./panels/files.js";
import type { Home } from "./panels/known-sources.js";
import type { OpenText } from "./text/text-state.js";
import type { Brightness, ThemeChoice } from "./theme.js";

export type ViewName = "all" | "unread" | "starred" | "later" | "for-you";
export const views: readonly ViewName[] = ["all", "unread", "starred", "later", "for-you"];

/** One pass through unread papers, each decided by one key. */
export interface Triage {
  /** Identities of the papers, in their order. */
  readonly papers: readonly string[];
  /** The decisions so far, in order. */
  readonly decided: readonly Decision[];
  /** When it began, and when the last decision was made, in milliseconds since 1970. */
  readonly began: number | null;
  readonly last: number | null;
}

export type Decision = "star" | "later" | "skip";

/**
 * How rows are ordered. `relevance` is the default: the best match first with a filter,
 * otherwise the order of the listing.
 */
export type SortKey = SortName;
export interface Sort {
  readonly key: SortKey;
  readonly reversed: boolean;
}

/** Rows of the list: indices into the listing. Never changed in place. */
export type Rows = Uint32Array;

export const noRows: Rows = new Uint32Array();

/** What the next key means: a command, text for the filter, a sort key, … */
export type Mode = "browse" | "filter" | "sort" | "copy" | "export" | "watch" | "panel" | "triage" | "text";

/** A time in which some keys are ignored, because they were meant for what has just closed. */
export interface Pause {
  readonly number: number;
  /**
   * What closed: a triage that ended by itself, a panel by `q`, which may be the first letter of a word (or a
   * panel that did not open, before a word), or something by Backspace, which may be held down. Or what was asked:
   * whether a file may be overwritten.
   */
  readonly after: "triage" | "q" | "name" | "backspace" | "arrival" | "asked";
}

/** A message until the next key. */
export interface Notice {
  readonly text: string;
  readonly tone: "info" | "warning" | "error";
  /** Whether it stays until the next key, even if an `info` message arrives; a warning, whatever arrives. */
  readonly stays?: boolean;
  /** Whether it is about the restored view and filter of a listing: it disappears with that listing. */
  readonly isOfListing?: boolean;
  /** The changes that it reports. It disappears when another terminal changes these marks. */
  readonly marks?: readonly PaperChange[];
  /** Whether it names the change of an earlier visit that the next `u` undoes. */
  readonly namesUndo?: boolean;
}

/** A change to marks, as listed in the history. */
export interface ListedChange {
  readonly id: string;
  /** When it was made, in local time: "23 Nov 08:24". */
  readonly when: string;
  /** What was done, and to which papers. */
  readonly text: string;
  readonly isUndone: boolean;
}

/** Where the reader left a listing, saved between runs. */
export interface LeftOff {
  readonly view: ViewName;
  readonly sort: string;
  readonly filter: string;
  /** Identity of the paper under the cursor. */
  readonly paper: string | null;
  /** The day of the listing, if it has one. */
  readonly day: string | null;
  readonly history: readonly string[];
}

export interface Filter {
  /** The query that filters the list. */
  readonly query: Query;
  /** The text of the prompt, kept after the prompt is closed. */
  readonly line: EditedLine;
  /** Earlier filters, newest last. */
  readonly history: readonly string[];
  /** Index of the filter recalled with ↑; `history.length` is the line being typed. */
  readonly recalled: number;
  /** The typed text from before ↑ was first pressed. */
  readonly draft: string;
  /** The order chosen for search results; `null`: best match first. */
  readonly sort: Sort | null;
  /** The state before the prompt was opened, for Esc. */
  readonly before: BeforePrompt | null;
}

/** What Esc at the prompt of the filter goes back to. */
export interface BeforePrompt extends Pick<Model, "top" | "zoom" | "focus"> {
  readonly text: string;
  readonly paper: number | null;
}

/** The answer of the background search, with the listing and the text it is for. */
export interface FoundPapers {
  readonly listing: Listing;
  readonly text: string;
  /** Best first, whatever their marks. */
  readonly papers: Uint32Array;
  /** For each paper, which combinations of marks it matches, if the filter depends on marks. */
  readonly truths: Uint16Array | null;
  /** Whether abstracts were searched too; until then more results may follow. */
  readonly isAll: boolean;
  readonly outcome: Outcome;
  readonly matcher: Matcher;
}

/** A panel over the screen: keys, commands, sources, problems, … */
export type PanelKind =
  | "keys"
  | "palette"
  | "sources"
  | "problems"
  | "history"
  | "contents"
  | "watches"
  | "follow"
  | "mute"
  | "reasons"
  | "figures";

export interface Panel {
  readonly kind: PanelKind;
  /** The typed text that filters it. */
  readonly line: EditedLine;
  readonly cursor: number;
  readonly top: number;
  /** The number of the pause after which a typed `q` closes the panel; until then a letter may follow. */
  readonly qWaits?: number;
}

/** Where to show the source's own summary: before the abstract, after it, or not at all. */
export type SummaryPlace = "first" | "below" | "never";

/** The settings that the screen needs. */
export interface ReaderSettings {
  /** Seconds after which a paper that the reader went to is marked read; 0: never. */
  readonly markReadAfter: number;
  /** Where to show a paper's summary. */
  readonly summary?: SummaryPlace;
  /** The columns of the list in order; the default ones if not given. */
  readonly columns?: readonly ColumnName[] | null;
  /** Lines per row of the list. */
  readonly rows?: 1 | 2;
  readonly ascii: boolean;
  /** The colours; the terminal's own if not given. */
  readonly theme?: ThemeChoice;
  /** The language whose order titles and names are sorted in: a BCP 47 tag. */
  readonly locale: string;
}

/** Everything the screen shows, and nothing else. Never changed in place. */
export interface Model {
  /** Results kept from key to key. */
  readonly caches: Caches;
  readonly listing: Listing;
  /** Mark bits of each paper of the listing, with those of `judged`. */
  readonly marks: Uint8Array;
  readonly counts: Counts;
  /** The watches, follows, mutes and struck reasons in force, by identity. */
  readonly interests: readonly Interest[];
  /** The papers in the listing that they match; `null` if there are none, or if that is not known yet. */
  readonly judged: Judged | null;
  /** The last request to the background search about them; `isAwaited`: the answer recomputes the rows. */
  readonly judging: {
    readonly listing: Listing;
    readonly interests: readonly Interest[];
    readonly isAwaited: boolean;
  } | null;
  /** The last ranking, perhaps of another listing; `null` before the first. */
  readonly forYou: ForYou | null;
  /** How each paper's numbers changed since it was last seen, by index in the listing. */
  readonly moved: ReadonlyMap<number, Movement>;
  /** How much was read on each day; `null` until it is loaded. */
  readonly activity: readonly DayCount[] | null;
  /** The last request to the ranking; `isAwaited`: the answer recomputes the rows. */
  readonly ranking: {
    readonly listing: Listing;
    /** The struck reasons. */
    readonly struck: string;
    readonly isAwaited: boolean;
  } | null;
  /** How many papers were not on the screen before this visit. */
  readonly fresh: number;
  readonly size: Size;
  readonly settings: ReaderSettings;
  /** Whether the terminal's background is light or dark; `null` until it reports it. */
  readonly brightness: Brightness | null;

  readonly view: ViewName;
  /** The identity of the watch that is shown as a view, in which case `view` is `all`. */
  readonly watch: string | null;
  readonly sort: Sort;
  readonly filter: Filter;
  /** The day of the listing that the filter was left on, until a key is pressed; `null` for no such filter. */
  readonly restoredFilter: { readonly day: string | null } | null;
  /** The last answer of the background search; listings of up to `searchedAtOnce` papers need none. */
  readonly found: FoundPapers | null;
  /** The last request: a filter's text, or `null` to prepare the index. */
  readonly asked: { readonly listing: Listing; readonly text: string | null } | null;
  /** Set while the rows wait for an answer: the paper (index) to stay on, or `null` for the best match. */
  readonly awaited: { readonly stay: number | null } | null;
  /** Keys that wait for these rows, and how often any began to wait. */
  readonly held: readonly Key[];
  readonly holds: number;
  /** The rows: indices into the listing. They do not change until the view is entered again. */
  readonly shown: Rows;
  /** How many rows at the top are new papers; 0 if new papers are not separated. */
  readonly newRows: number;
  /** Which row the cursor is on, and which is the first on screen. */
  readonly cursor: number;
  readonly top: number;
  /** The paper (index) that the cursor was on last, to return to from an empty list. */
  readonly anchor: number | null;

  /**
   * The last switch to another view: the paper that was chosen before it, and the one the cursor landed on.
   * If the cursor has not moved since, the next switch looks for the chosen one.
   */
  readonly lastViewSwitch: { readonly chosen: number | null; readonly landed: number | null } | null;

  readonly focus: "list" | "detail";
  readonly zoom: Zoom;
  /** Whether TeX is shown raw. */
  readonly asSource: boolean;
  /** What the detail shows of a paper. */
  readonly shows: PaperView;
  /** The first line of the detail on screen, for each paper shown and filter. */
  readonly detailTops: ReadonlyMap<string, number>;
  /**
   * The match in the detail that `n` went to last, by its key in `detailTops`; `null` after the reader
   * scrolled.
   */
  readonly chosenMatch: { readonly place: string; readonly index: number } | null;

  readonly mode: Mode;
  /** A count typed before a motion. */
  readonly count: number | null;
  readonly panel: Panel;
  /**
   * The file to export to while its name is typed. `ending` is appended to a name without one; `isThere`:
   * the file exists and Enter overwrites it; `isWriting`: it is being written.
   */
  readonly file: {
    readonly line: EditedLine;
    readonly ending: string;
    readonly isThere: boolean;
    readonly isWriting: boolean;
  };
  /** The name of a watch while it is typed; `isThere`: a watch of that name exists and Enter replaces it. */
  readonly naming: { readonly line: EditedLine; readonly isThere: boolean };
  /** The last changes to marks, newest first. */
  readonly history: readonly ListedChange[];
  /**
   * The open source as the setting `sources` names it, several one a line; `null` if it cannot be opened again,
   * like a pipe.
   */
  readonly source: string | null;
  /** Names of the sources opened before, latest first. */
  readonly recent: readonly string[];
  /**
   * Where going back leads: to a listing that was left in this visit; nowhere, as this is the `first` of them;
   * nowhere, as no other one was opened yet.
   */
  readonly wayBack: "listing" | "first" | "unopened";
  /** The files in the folder of the path being typed. */
  readonly folder: Folder;
  /** The sources of the morning, and what is known about each. */
  readonly home: Home;
  /** The text open over the list; `null` for none. */
  readonly text: OpenText | null;
  /** The triage in progress; `null` for none. */
  readonly triage: Triage | null;
  /** The number of the last triage; its changes are undone together. */
  readonly triages: number;
  /** The pause in which keys are ignored; `null` outside a pause. */
  readonly pause: Pause | null;
  /** The number of the last pause. */
  readonly pauses: number;
  readonly notice: Notice | null;
  /** Today in local time, `YYYY-MM-DD`, as last reported; `null` before. */
  readonly today: string | null;
  /** The paper to begin at, if the shown listing does not have it yet. */
  readonly leftAt: string | null;
  /** How many new papers a waiting listing has, which `r` shows; 0 if none is waiting. */
  readonly waiting: number;
  /** Whether a key was pressed since the listing was shown. From then on a newer one has to wait. */
  readonly isUsed: boolean;
  /** Whether the program runs for the first time and no key has been pressed. */
  readonly isFirstRun: boolean;
  /** Work in progress: "fetching Daily Papers · 120 kB". */
  readonly working: string | null;
  /** The paper under the cursor, if the reader went to it; `null` if it came up by itself. */
  readonly goneTo: string | null;
  /** The paper that will be marked read if it stays on screen. */
  readonly lookingAt: string | null;
}

/** The index in the listing of the paper under the cursor; `null` in an empty list. */
export function current(model: Model): number | null {
  return model.shown[model.cursor] ?? null;
}

/** The counts of all papers. Computed once per listing, so that no key waits for a million papers. */
export function countsOf(marks: Uint8Array): Pick<Model, "counts" | "fresh"> {
  let fresh = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const bits = marks[at] as number;
    if (bits & newBit && !isMuted(bits)) fresh += 1;
  }
  return { counts: countViews(marks), fresh };
}

/** How many papers each view has, and how many are muted and therefore in none. */
export type Counts = Readonly<Record<ViewName | "muted", number>>;

/** Whether the view "for you" may show a paper: only if the reader has not decided on it yet. */
export function isForYouBits(bits: number): boolean {
  return (bits & (markBits.read | markBits.starred | markBits.later)) === 0;
}

export function countViews(marks: Uint8Array): Record<ViewName | "muted", number> {
  let read = 0;
  let starred = 0;
  let later = 0;
  let muted = 0;
  let decided = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const bits = marks[at] as number;
    if (bits === 0) continue;
    if (bits & interestBits.muted && isMuted(bits)) {
      muted += 1;
      continue;
    }
    if (!isForYouBits(bits)) decided += 1;
    if (bits & markBits.read) read += 1;
    if (bits & markBits.starred) starred += 1;
    if (bits & markBits.later) later += 1;
  }
  const all = marks.length - muted;
  return { all, unread: all - read, starred, later, "for-you": all - decided, muted };
}
