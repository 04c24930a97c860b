import type { PassedKind } from "../papers/interests/evidence.js";
import type { Interest } from "../papers/interests/interest.js";
import type { Listing } from "../papers/listing.js";
import type { PaperChange } from "../papers/marks.js";
import type { Movement } from "../papers/movement.js";
import type { Paper } from "../papers/paper.js";
import type { Reason } from "../ranking/taste.js";
import type { FeatureName } from "../ranking/terms.js";
import type { Finding } from "../search/interests/judge.js";
import type { Watches } from "../search/query/query.js";
import type { Outcome } from "../search/query/why-nothing.js";
import type { Spelling } from "../search/words/word.js";
import type { DayCount } from "./figures/heat-map.js";
import type { Key } from "./keys/key.js";
import type { CommandName } from "./keys/keymap.js";
import type { EditedLine } from "./keys/line-editor.js";
import type { Size } from "./layout.js";
import type { LeftOff, ListedChange, Model, Notice, Rows } from "./model.js";
import type { ExportEnding } from "./panels/export-endings.js";
import type { Folder } from "./panels/files.js";
import type { HomeEffect, HomeMessage } from "./panels/known-sources.js";
import type { TextEffect, TextMessage } from "./text/text-messages.js";
import type { Brightness, ThemeName } from "./theme.js";

/** What happened, as input to `update`. */
export type Message =
  | TextMessage
  | HomeMessage
  | { readonly type: "key"; readonly key: Key }
  /** Several keys that came together and only edited the filter: the line as they leave it. */
  | { readonly type: "typed"; readonly line: EditedLine }
  | { readonly type: "command"; readonly command: CommandName; readonly count?: number }
  | { readonly type: "resized"; readonly size: Size }
  /** A paper's detail was on screen long enough to mark it read. */
  | { readonly type: "dwelled"; readonly paper: string }
  /** A change was written to the journal, or failed to be. */
  | {
      readonly type: "recorded";
      readonly label: string;
      readonly papers?: readonly PaperChange[];
      readonly quiet: boolean;
      readonly error: string | null;
    }
  /** A change was undone or redone; the values are the present ones. */
  | {
      readonly type: "reverted";
      readonly verb: "undid" | "redid";
      readonly label: string;
      readonly papers: readonly PaperChange[];
      readonly error: string | null;
    }
  /** The screen is up, with its first listing. */
  | { readonly type: "started" }
  /** The listing was refreshed or, with `adds`, got another page. */
  | {
      readonly type: "loaded";
      readonly listing: Listing;
      readonly marks: Uint8Array;
      readonly adds?: boolean;
    }
  /** A refreshed listing waits for `r`, with so many papers that are not on the screen; 0: none waits. */
  | { readonly type: "waits"; readonly papers: number }
  /** Another source was opened. */
  | {
      readonly type: "opened";
      /** The same as `source` of the model. */
      readonly source?: string | null;
      readonly listing: Listing;
      readonly marks: Uint8Array;
      readonly leftOff: LeftOff;
      /** A filter to begin with in place of the one that was left. */
      readonly filter?: string;
      readonly notice: Notice | null;
      readonly recent: readonly string[];
      readonly working: string | null;
    }
  /** Where going back leads from now on. */
  | { readonly type: "way-back"; readonly wayBack: Model["wayBack"] }
  /** The listing before comes back as it was left, with the present marks. */
  | {
      readonly type: "returned";
      readonly model: Model;
      readonly marks: Uint8Array;
      readonly notice: Notice | null;
      readonly recent: readonly string[];
    }
  /** A proposed name for the export, which no file has yet. */
  | { readonly type: "file-proposed"; readonly name: string }
  | {
      readonly type: "exported";
      readonly path: string;
      /** The absolute path, for the message. */
      readonly place?: string;
      readonly count: number;
      /** "exists", or why it was not written; `null` if it was. */
      readonly failure: string | null;
    }
  /** Another terminal or machine has marked papers; the values are the present ones. */
  | { readonly type: "marked-elsewhere"; readonly papers: readonly PaperChange[] }
  /** The present watches, follows, mutes and struck reasons; `isElsewhere`: another terminal or machine changed them. */
  | { readonly type: "interests"; readonly interests: readonly Interest[]; readonly isElsewhere: boolean }
  /** The papers of a listing that each of these interests matches, from the background search. */
  | {
      readonly type: "judged";
      readonly listing: Listing;
      readonly interests: readonly Interest[];
      readonly findings: readonly Finding[];
    }
  /** The ranking of a listing: the log-odds of each paper, or `null` if too little is known of the reader. */
  | {
      readonly type: "ranked";
      readonly listing: Listing;
      readonly scores: Float32Array | null;
      readonly wanted: number;
    }
  /** Reasons of some papers of a listing. */
  | {
      readonly type: "reasons";
      readonly listing: Listing;
      readonly reasons: readonly (readonly [at: number, reasons: readonly Reason[]])[];
    }
  /** What moved since the papers of a listing were last seen. */
  | { readonly type: "moved"; readonly listing: Listing; readonly moved: ReadonlyMap<number, Movement> }
  /** How much was read on each day, from the journals of all machines. */
  | { readonly type: "activity"; readonly days: readonly DayCount[] }
  | { readonly type: "folder"; readonly folder: Folder }
  /** The terminal has reported its background. */
  | { readonly type: "background"; readonly brightness: Brightness }
  | { readonly type: "history"; readonly changes: readonly ListedChange[] }
  /** The time in milliseconds since 1970, and the day where the reader is, `YYYY-MM-DD`. */
  | { readonly type: "clock"; readonly now: number; readonly today: string }
  /** The pause with this number is over: keys act again. */
  | { readonly type: "pause-over"; readonly number: number }
  /** The work in progress, in words; `null` for none. */
  | { readonly type: "working"; readonly text: string | null }
  | { readonly type: "noticed"; readonly notice: Notice }
  /** Keys have waited as long as they may (see `hold`). */
  | { readonly type: "held-too-long"; readonly number: number }
  /** What the background search found for a filter; more may follow until `isAll`. */
  | {
      readonly type: "found";
      readonly listing: Listing;
      readonly text: string;
      readonly papers: Uint32Array;
      readonly truths: Uint16Array | null;
      readonly outcome?: Outcome;
      readonly isAll: boolean;
      readonly spellings: readonly Spelling[];
    };

/** What the world is asked to do, outside `update`. */
export type Effect =
  | TextEffect
  /** Says in which file the settings are. */
  | { readonly type: "name-settings" }
  /** Saves the theme, and asks for the background if the theme depends on it. */
  | { readonly type: "keep-theme"; readonly theme: ThemeName }
  | HomeEffect
  | {
      readonly type: "record";
      readonly label: string;
      readonly papers: readonly PaperChange[];
      /** The papers whose data is kept, for when their listing is gone. */
      readonly keep: readonly Paper[];
      /** Reported only if it fails. */
      readonly quiet: boolean;
      /** Made by the program and not by a key: `u` first undoes what the person did. */
      readonly automatic?: boolean;
      /** The number of its triage: changes with one number are undone together. */
      readonly group?: number;
      /** Set if papers were only passed over, for the ranking. */
      readonly passed?: PassedKind;
    }
  /** Undoes the last change; with its whole triage, unless `alone`. */
  | {
      readonly type: "undo";
      readonly alone?: boolean;
      /** Whether a change of an earlier visit has just been named, and is still on the screen. */
      readonly isNamed?: boolean;
    }
  | { readonly type: "redo" }
  /** Lists the last changes; the message of this name answers. */
  | { readonly type: "history" }
  /** Undoes a change of the history and all later ones. */
  | { readonly type: "undo-to"; readonly id: string }
  /** Replaces an earlier wait. */
  | { readonly type: "dwell"; readonly paper: string; readonly seconds: number }
  /** Sends `pause-over` after so many seconds. */
  | { readonly type: "pause"; readonly number: number; readonly seconds: number }
  | { readonly type: "stop-dwelling" }
  | { readonly type: "open"; readonly url: string; readonly what: string }
  /** Copies a text to the clipboard; `what` is its name for the footer. */
  | { readonly type: "copy"; readonly text: string; readonly what: string }
  /** The same for a part of the paper at `at` that `exports` writes. */
  | { readonly type: "copy-written"; readonly at: number; readonly format: WrittenPart }
  /** Writes the papers at `rows` to a file. */
  | {
      readonly type: "export";
      readonly path: string;
      readonly format: ExportEnding["format"];
      readonly rows: Rows;
      readonly overwrite: boolean;
    }
  /** Stops such an export; `exported` answers too. */
  | { readonly type: "stop-export" }
  /** Asks for a name of a new file; `file-proposed` answers. */
  | { readonly type: "propose-file"; readonly stem: string; readonly ending: string }
  /** Reads the listing again; `isQuiet`: nobody has asked for it, and only a failure is said. */
  | { readonly type: "refresh"; readonly isQuiet?: true }
  /** Searches in the background; `null` only prepares the index. Replaces an earlier search. */
  | { readonly type: "search"; readonly text: string | null; readonly watches?: Watches }
  /** Asks the background search what these interests match in the listing; `judged` answers. */
  | { readonly type: "judge"; readonly interests: readonly Interest[] }
  /** Ranks the listing without the struck reasons; `ranked` and `reasons` answer. */
  | { readonly type: "rank"; readonly struck: readonly FeatureName[] }
  /** Asks how much was read on each day; `activity` answers. */
  | { readonly type: "activity" }
  /** Sends `held-too-long` after so many seconds. */
  | { readonly type: "hold"; readonly number: number; readonly seconds: number }
  /** Reads the next page of the listing. */
  | { readonly type: "more" }
  /** Cancels work in progress; with none, goes back from an empty listing to the one before. */
  | { readonly type: "cancel" }
  /** Goes back to the listing that was left last. */
  | { readonly type: "go-back" }
  /** Shows the listing so many days on, or back if negative. */
  | { readonly type: "walk"; readonly steps: number }
  /**
   * Opens another source; several are named one a line. `typed` is what was typed for it, if it was. With a
   * filter, that one is on in it.
   */
  | { readonly type: "open-source"; readonly name: string; readonly typed?: string; readonly filter?: string }
  /** Lists the files of a folder; the message of this name answers. */
  | { readonly type: "folder"; readonly path: string }
  /** Asks for the time; the message of this name answers. */
  | { readonly type: "clock" }
  | { readonly type: "redraw" }
  | { readonly type: "suspend" }
  | { readonly type: "quit" };

/** Parts that `exports` writes, which is loaded on demand. */
export type WrittenPart = "bibtex" | "markdown" | "key";

export type Update = readonly [Model, readonly Effect[]];
