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

/** What happened. */
export type Message =
  | TextMessage
  | HomeMessage
  | { readonly type: "key"; readonly key: Key }
  /** Several keys that came together and only edited the filter: the line as they leave it. */
  | { readonly type: "typed"; readonly line: EditedLine }
  | { readonly type: "command"; readonly command: CommandName; readonly count?: number }
  | { readonly type: "resized"; readonly size: Size }
  /** A paper's detail was on screen for as long as makes it read. */
  | { readonly type: "dwelled"; readonly paper: string }
  /** The journal has taken a change in, or could not. */
  | {
      readonly type: "recorded";
      readonly label: string;
      readonly papers?: readonly PaperChange[];
      readonly quiet: boolean;
      readonly error: string | null;
    }
  /** The journal has taken a change back or done it again: the values as they are now. */
  | {
      readonly type: "reverted";
      readonly verb: "undid" | "redid";
      readonly label: string;
      readonly papers: readonly PaperChange[];
      readonly error: string | null;
    }
  /** The listing, read anew, or (`adds`) with a page more behind what was there. */
  | {
      readonly type: "loaded";
      readonly listing: Listing;
      readonly marks: Uint8Array;
      readonly adds?: boolean;
    }
  /** A listing with so many papers that are not on the screen waits for `r`; 0: none does. */
  | { readonly type: "waits"; readonly papers: number }
  /** Another source is open. */
  | {
      readonly type: "opened";
      readonly listing: Listing;
      readonly marks: Uint8Array;
      readonly leftOff: LeftOff;
      readonly notice: Notice | null;
      readonly recent: readonly string[];
      readonly working: string | null;
    }
  /** What was asked for could not be opened: the reader as it was before, with the marks as they are now. */
  | {
      readonly type: "returned";
      readonly model: Model;
      readonly marks: Uint8Array;
      readonly notice: Notice | null;
      readonly recent: readonly string[];
    }
  /** A name for the file to export to, which nothing has yet. */
  | { readonly type: "file-proposed"; readonly name: string }
  | {
      readonly type: "exported";
      readonly path: string;
      /** The whole path, for the message. */
      readonly place?: string;
      readonly count: number;
      /** "exists", or why it could not be written; `null` where it was. */
      readonly failure: string | null;
    }
  /** Another terminal, or another machine, has marked papers: the values as they are now. */
  | { readonly type: "marked-elsewhere"; readonly papers: readonly PaperChange[] }
  /** The watches, follows, mutes and struck reasons as they are now; `isElsewhere`: changed by another terminal or machine. */
  | { readonly type: "interests"; readonly interests: readonly Interest[]; readonly isElsewhere: boolean }
  /** What the search in the background found for each of these, in a listing. */
  | {
      readonly type: "judged";
      readonly listing: Listing;
      readonly interests: readonly Interest[];
      readonly findings: readonly Finding[];
    }
  /** The ranking of a listing: the log-odds of each paper, or `null` where too little is known of the reader. */
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
  /** The terminal has said what its background is. */
  | { readonly type: "background"; readonly brightness: Brightness }
  | { readonly type: "history"; readonly changes: readonly ListedChange[] }
  /** The time in milliseconds since 1970, and the day where the reader is, `YYYY-MM-DD`. */
  | { readonly type: "clock"; readonly now: number; readonly today: string }
  /** The pause of that number is over: keys act again. */
  | { readonly type: "pause-over"; readonly number: number }
  /** What is under way behind the screen, in words; `null` where nothing is. */
  | { readonly type: "working"; readonly text: string | null }
  | { readonly type: "noticed"; readonly notice: Notice }
  /** Keys have waited as long as they may (see `hold`). */
  | { readonly type: "held-too-long"; readonly number: number }
  /** What the search behind the screen found for a filter; more may follow until `isAll`. */
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

/** What is to be done in the world, outside `update`. */
export type Effect =
  | TextEffect
  /** Keeps the theme for the next time, and asks for the background if it depends on it. */
  | { readonly type: "keep-theme"; readonly theme: ThemeName }
  | HomeEffect
  | {
      readonly type: "record";
      readonly label: string;
      readonly papers: readonly PaperChange[];
      /** The papers that are to be listed after their listing is gone. */
      readonly keep: readonly Paper[];
      /** Said only when it fails. */
      readonly quiet: boolean;
      /** Done by the program and not by a key, so that `u` first undoes what the person did. */
      readonly automatic?: boolean;
      /** The number of the triage it belongs to: changes with the same one are undone together. */
      readonly group?: number;
      /** Set where papers were only passed over, for the ranking. */
      readonly passed?: PassedKind;
    }
  /** Undoes the last change, with its whole triage unless it is to be undone `alone`. */
  | { readonly type: "undo"; readonly alone?: boolean }
  | { readonly type: "redo" }
  /** Lists the last changes; answered by the message of that name. */
  | { readonly type: "history" }
  /** Takes back a change of the history and all made after it. */
  | { readonly type: "undo-to"; readonly id: string }
  /** Replaces the wait before it. */
  | { readonly type: "dwell"; readonly paper: string; readonly seconds: number }
  /** Says `pause-over` in so many seconds. */
  | { readonly type: "pause"; readonly number: number; readonly seconds: number }
  | { readonly type: "stop-dwelling" }
  | { readonly type: "open"; readonly url: string; readonly what: string }
  /** Puts a text into the clipboard; `what` is what the footer calls it. */
  | { readonly type: "copy"; readonly text: string; readonly what: string }
  /** The same with a part of the paper at `at` that has to be written first. */
  | { readonly type: "copy-written"; readonly at: number; readonly format: WrittenPart }
  /** Writes the papers at `rows` to a file. */
  | {
      readonly type: "export";
      readonly path: string;
      readonly format: ExportEnding["format"];
      readonly rows: Rows;
      readonly overwrite: boolean;
    }
  /** Stops such an export; answered by `exported` too. */
  | { readonly type: "stop-export" }
  /** Asks for a name of a new file; answered by `file-proposed`. */
  | { readonly type: "propose-file"; readonly stem: string; readonly ending: string }
  | { readonly type: "refresh" }
  /** Looks behind the screen for what the filter says; `null`: makes ready for it. Replaces what was asked before. */
  | { readonly type: "search"; readonly text: string | null; readonly watches?: Watches }
  /** Asks the search in the background what these find in the listing; answered by `judged`. */
  | { readonly type: "judge"; readonly interests: readonly Interest[] }
  /** Ranks the listing for the reader, without the reasons they have struck; answered by `ranked` and `reasons`. */
  | { readonly type: "rank"; readonly struck: readonly FeatureName[] }
  /** Asks how much was read on each day; answered by `activity`. */
  | { readonly type: "activity" }
  /** Says `held-too-long` in so many seconds. */
  | { readonly type: "hold"; readonly number: number; readonly seconds: number }
  /** Reads the next page of a listing that goes on. */
  | { readonly type: "more" }
  /** Calls off what is under way; in an empty listing with nothing under way, goes back to the one before. */
  | { readonly type: "cancel" }
  | { readonly type: "walk"; readonly step: 1 | -1 }
  /**
   * Opens another source; several are named one a line. `typed` is what was typed for it, if it was. With a
   * filter, that one is on in it.
   */
  | { readonly type: "open-source"; readonly name: string; readonly typed?: string; readonly filter?: string }
  /** Looks what files are in a folder; answered by the message of that name. */
  | { readonly type: "folder"; readonly path: string }
  /** Asks what time it is; answered by the message of that name. */
  | { readonly type: "clock" }
  | { readonly type: "redraw" }
  | { readonly type: "suspend" }
  | { readonly type: "quit" };

/** Parts that are written by `exports`, which is loaded when it is needed. */
export type WrittenPart = "bibtex" | "markdown" | "key";

export type Update = readonly [Model, readonly Effect[]];
