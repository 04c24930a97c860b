import type { PaperText } from "../../fulltext/blocks.js";
import type { TextRow } from "../../fulltext/rows/row.js";
import type { Paper } from "../../papers/paper.js";
import type { EditedLine } from "../keys/line-editor.js";

/** A link of a text: where it leads, and its first row. */
export interface TextLink {
  readonly href: string;
  readonly row: number;
}

/** What a search has found: parts of rows, from `start` to `end` in UTF-16 units of the row's text. */
export interface TextMatch {
  readonly parts: readonly { readonly row: number; readonly start: number; readonly end: number }[];
}

/** A place in a text that stays the same at another width, nearly: a block (index), and rows below its first. */
export interface TextPlace {
  readonly block: number;
  readonly rows: number;
}

/** A place that a jump led away from. */
export interface TrailPlace extends TextPlace {
  /** The block that the jump led to; `null` after a step that is part of reading, such as the next section. */
  readonly led: number | null;
}

/** A paper's text as it is open on the screen. */
export interface OpenText {
  readonly paper: Paper;
  /** `null` while it is being fetched. */
  readonly text: PaperText | null;
  /** Whether all of it is there; else more blocks come. */
  readonly isWhole: boolean;
  /** Shown once it is there, unless a key is pressed before: the end, or the block with an anchor. */
  readonly awaited: "end" | { readonly anchor: string } | null;
  /** Of the page it was read from; `null` for what is known of a paper without its text. */
  readonly address: string | null;
  /** What is under way: "fetching arxiv.org/html/… · 120 kB". */
  readonly working: string | null;
  /** Why there is no text; `null` unless reading it failed. It stays on the screen until it is left. */
  readonly failure: string | null;
  /** Whether it shows what is known of the paper and not its text. */
  readonly isCard: boolean;
  readonly rows: readonly TextRow[];
  readonly links: readonly TextLink[];
  /** First row on the screen, and first cell of rows that are wider than it. */
  readonly top: number;
  readonly left: number;
  /** The link that is chosen, by its number. */
  readonly link: number | null;
  /** Affiliations and notes of the authors are shown. */
  readonly isUnfolded: boolean;
  /** What is searched for in the text, and where it was when the search began. */
  readonly search: { readonly line: EditedLine; readonly isTyping: boolean; readonly from: number };
  /** A row or a percentage that is being typed after `:`; `null` unless it is. */
  readonly goingTo: EditedLine | null;
  readonly matches: readonly TextMatch[];
  readonly match: number | null;
  /** Places that links, searches and other jumps led away from, the last one last. */
  readonly trail: readonly TrailPlace[];
  /** The place that going back left, until the next jump: `''` goes there again. */
  readonly leftByReturn: TextPlace | null;
  /** The row at the top after the last jump: another jump from there adds no place. */
  readonly landed: number | null;
  /** Marks of the papers in its bibliography, by identity. */
  readonly marks: Readonly<Record<string, number>>;
  /** `y` was pressed: what to copy is the next key. */
  readonly isCopying: boolean;
  /** The text it was opened from, by a reference. */
  readonly parent: OpenText | null;
}
