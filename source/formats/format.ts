import type { ParsedListing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";

/** What a format needs to know but cannot look up, because this room is pure. */
export interface ReadOptions {
  /** Today, `YYYY-MM-DD`. Used to infer a year only if the listing gives no hint. */
  readonly today: string;
  /** The day of the listing according to the user (`--date`), `YYYY-MM-DD`, or its year, `YYYY`. */
  readonly date?: string | undefined;
}

/** One format of listings, detected by content, never by file name. */
export interface Format {
  /** Whether a listing may be one day of a source that has a previous and a next day. */
  readonly hasDays?: true;
  /** The name shown to people: "Daily Papers page (text)". */
  readonly name: string;
  /** The title of such a listing on screen; `null` if the file name says more. */
  readonly title: string | null;
  /** How likely the text is of this format, from 0 (no) to 1 (certain). */
  detect(text: string): number;
  /** The papers that can be read and the problems found. Never throws. */
  parse(text: string, options: ReadOptions): ParsedListing;
  /**
   * For formats whose papers can be decoded one by one: the same from the bytes of a long text, in less time and
   * memory. `null` if these have to be decoded as a whole.
   */
  readonly parseBytes?: (bytes: Uint8Array) => ParsedListing | null;
  /** For formats with one paper per line: reads a text with only one line in memory at a time. */
  readonly lines?: (papers: PaperSink) => LineReader;
  /** For formats with several forms: whether a text that begins with `head` has one paper per line. */
  readonly isLines?: (head: string) => boolean;
  /** Where the format comes from and what it is, as a sentence for docs/formats.md. */
  readonly from?: string;
  /** The features by which a text is recognized, for docs/formats.md: "it has …". */
  readonly knownBy?: string;
  /** Why a text of this format may have no papers, to show to the reader. */
  readonly whyEmpty?: string;
}

/** Receives papers as they are read. */
export interface PaperSink {
  push(paper: Paper): void;
}

/** Reads the lines of a text in order, without their line breaks. Never throws. */
export interface LineReader {
  /** How many papers it has read. */
  readonly count: number;
  /** @param number the line's number in the text, from 1 */
  take(line: string, number: number): void;
  /** Returns the result besides the papers. @param isCut whether the last line has no line break */
  end(isCut: boolean): Omit<ParsedListing, "papers">;
}
