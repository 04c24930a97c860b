import type { Change, PaperChange } from "../papers/marks.js";

/**
 * The journal's format: one JSON object a line, one line a change.
 *
 *     {"v":1,"id":"laptop-3fa9c1:mfq2x0k1a2b3c4-7","at":"2026-11-23T08:24:15.123Z","label":"starred",
 *      "papers":[{"paper":"2510.22543","title":"…","by":"Xu 2025","starred":true}]}
 *
 * (on one line). `papers` gives new values, also where a change takes an earlier one back, so that
 * the marks are the last value of each field and nothing else needs to be understood:
 * `"undoes":"<id>"` and `"redoes":"<id>"` only say which change it was, to rebuild the history, and
 * `"by"`, which may be missing, says who made a paper and when, and `"orderedAt"` stands beside `at` where the clock was behind another machine's.
 *
 * Every line begins with its version, and `{"v":` cannot stand inside a JSON string: a line glued
 * to a torn one can therefore be found again (`salvageLine`). Keys that are not known are ignored;
 * what an old reader must not ignore needs a new version.
 */
export const journalVersion = 1;

const lineStart = '{"v":';
/** UTC to the millisecond, so that the order of texts is the order of times. */
const isoTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** One line of a journal. */
export interface JournalEntry extends Change {
  /** When it was made: UTC to the millisecond, `2026-11-23T08:24:15.123Z`, so that text order is time order. */
  readonly at: string;
  /**
   * When it counts as made, where that is later than `at`: this machine's clock was behind that of
   * another machine whose changes had been seen, and what was decided after seeing them must win.
   */
  readonly orderedAt?: string;
  /** The change this one takes back. */
  readonly undoes?: string;
  /** The change this one does again. */
  readonly redoes?: string;
  /**
   * Only where compaction has left changes out (`compacted.ts`), in an entry that has no papers: which
   * they were, as ranges of the numbers that their ids end in, by what stands before these.
   */
  readonly leftOut?: LeftOutIds;
}

export type LeftOutIds = Readonly<Record<string, readonly (readonly [first: number, last: number])[]>>;

/**
 * Why a line is not an entry: begun and never finished; not JSON at all; JSON of something else;
 * written by a later version of this program.
 */
export type LineFault = "torn" | "not JSON" | "foreign" | "newer version";

export type Decoded =
  | { readonly entry: JournalEntry; readonly fault: null }
  | { readonly entry: null; readonly fault: LineFault };

/** The line for an entry, without its line break (it never holds one inside). */
export function encodeLine(entry: JournalEntry): string {
  return JSON.stringify({
    v: journalVersion,
    id: entry.id,
    at: entry.at,
    orderedAt: entry.orderedAt,
    label: entry.label,
    undoes: entry.undoes,
    redoes: entry.redoes,
    papers: entry.papers.map((one) => ({
      paper: one.paper,
      title: one.title,
      by: one.by,
      read: one.read,
      starred: one.starred,
      later: one.later,
    })),
  });
}

/** The entry a line holds, or why it holds none. Never throws. */
export function decodeLine(line: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fault(line.startsWith(lineStart) ? "torn" : "not JSON");
  }
  if (!isRecord(value)) return fault("foreign");
  const { v } = value;
  if (typeof v !== "number") return fault("foreign");
  if (v > journalVersion) return fault("newer version");
  return isEntry(value) ? { entry: value, fault: null } : fault("foreign");
}

/**
 * Everything that can be had from one line of a file: usually its one entry. Where several lines
 * have run into one (a torn line without its break, bytes a crash left as NUL), each piece that
 * begins as a line does is read by itself, in order.
 */
export function salvageLine(line: string): readonly Decoded[] {
  const whole = decodeLine(line);
  if (whole.entry !== null || line.indexOf(lineStart, 1) < 0) return [whole];
  if (whole.fault === "newer version" || whole.fault === "foreign") return [whole];
  const pieces: Decoded[] = [];
  for (let start = 0; start < line.length; ) {
    const next = line.indexOf(lineStart, start + 1);
    const end = next < 0 ? line.length : next;
    pieces.push(decodeLine(line.slice(start, end)));
    start = end;
  }
  return pieces;
}

/** When an entry counts as made, as text that sorts by time. */
export function entryTime(entry: JournalEntry): string {
  return entry.orderedAt !== undefined && entry.orderedAt > entry.at ? entry.orderedAt : entry.at;
}

function fault(reason: LineFault): Decoded {
  return { entry: null, fault: reason };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checked in place, not copied: a change may have thousands of papers. */
function isEntry(value: Record<string, unknown>): value is Record<string, unknown> & JournalEntry {
  if (typeof value.id !== "string" || value.id === "" || typeof value.label !== "string") return false;
  if (!isTime(value.at) || (value.orderedAt !== undefined && !isTime(value.orderedAt))) return false;
  if (value.undoes !== undefined && typeof value.undoes !== "string") return false;
  if (value.redoes !== undefined && typeof value.redoes !== "string") return false;
  if (!Array.isArray(value.papers) || (value.leftOut !== undefined && !isRecord(value.leftOut))) return false;
  for (const one of value.papers) if (!isPaperChange(one)) return false;
  return true;
}

function isPaperChange(value: unknown): value is PaperChange {
  return (
    isRecord(value) &&
    typeof value.paper === "string" &&
    value.paper !== "" &&
    typeof value.title === "string" &&
    (value.by === undefined || typeof value.by === "string") &&
    isMark(value.read) &&
    isMark(value.starred) &&
    isMark(value.later)
  );
}

function isMark(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && isoTime.test(value);
}
