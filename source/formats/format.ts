import type { ParsedListing } from "../papers/listing.js";
import type { Paper } from "../papers/paper.js";

/** What a format needs to know of the world, given to it because it cannot look. */
export interface ReadOptions {
  /** Today, `YYYY-MM-DD`: decides a year only where the listing itself gives no hint. */
  readonly today: string;
  /** The day the reader says the listing is of (`--date`), `YYYY-MM-DD`, or its year, `YYYY`. */
  readonly date?: string | undefined;
}

/** One way papers come written down. Told by content, never by file name. */
export interface Format {
  /** Whether a listing may be one day of a source that has a day before and one after. */
  readonly hasDays?: true;
  /** As people call it: "Daily Papers page (text)". */
  readonly name: string;
  /** What a listing of this format is called on screen; `null` where its file's name says more. */
  readonly title: string | null;
  /** How sure it is that the text is of this format, from 0 (no) to 1 (certainly). */
  detect(text: string): number;
  /** The papers that can be read and the problems met. Never throws. */
  parse(text: string, options: ReadOptions): ParsedListing;
  /** For formats of one paper a line: reads a text of which only a line is in memory at a time. */
  readonly lines?: (papers: PaperSink) => LineReader;
  /** For formats that come in other forms too: whether a text, of which this is the beginning, has a paper a line. */
  readonly isLines?: (head: string) => boolean;
  /** Where it comes from and what it is, in a sentence for docs/formats.md. */
  readonly from?: string;
  /** The marks by which a text is known to be of this format, for docs/formats.md: "it has …". */
  readonly knownBy?: string;
  /** Why there are no papers in a text of this format, where it has none; for the reader. */
  readonly whyEmpty?: string;
}

/** Where papers are put as they are read. */
export interface PaperSink {
  push(paper: Paper): void;
}

/** Takes a text's lines in order, without their line breaks. Never throws. */
export interface LineReader {
  /** How many papers it has read. */
  readonly count: number;
  /** @param number the line's number in the text, from 1 */
  take(line: string, number: number): void;
  /** What came of the lines besides papers. @param isCut whether no line break stands behind the last of them */
  end(isCut: boolean): Omit<ParsedListing, "papers">;
}
