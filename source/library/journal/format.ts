import { isRecord } from "../../files/json.js";
import { type Change, fields, fieldTypes, type PaperChange } from "../../papers/marks.js";

/**
 * The journal's format, which docs/journal.md describes: one JSON object a line, one line a change.
 *
 *     {"v":1,"id":"laptop-3fa9c1:mfq2x0k1.2a.h3k9x0q2m4-7","at":"2026-11-23T08:24:15.123Z",
 *      "label":"starred","papers":[{"paper":"2510.22543","title":"…","by":"Xu 2025","starred":true}]}
 *
 * Every line begins with its version, and `{"v":` cannot occur inside a JSON string. So a line after a torn one
 * can be found (`salvageLine`). Readers ignore unknown keys; a change that an old reader must not ignore needs
 * a new version.
 */
export const journalVersion = 1;

const lineStart = '{"v":';
/** UTC to the millisecond: text order is time order. */
const isoTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/**
 * A line dated after this is damaged, on every machine: years have four digits, and there must be a later time for
 * the next change. So `orderedAt` may be later.
 */
export const lastAt = "8999-12-31T23:59:59.999Z";
/** The last date of a valid `orderedAt`. Digits after it are later still. */
export const lastOrderedAt = "9499-12-31T23:59:59.999Z";
const orderedTime = new RegExp(`${isoTime.source}|^${lastOrderedAt.replace(".", "\\.")}\\d+$`);

/** One line of a journal. */
export interface JournalEntry extends Change {
  /** When the change was made: UTC to the millisecond, `2026-11-23T08:24:15.123Z`; text order is time order. */
  readonly at: string;
  /**
   * The time used for ordering, if later than `at`: this machine's clock was slower than a change it had seen,
   * and a decision made after seeing that change must win.
   */
  readonly orderedAt?: string;
  /** The change this one undoes. */
  readonly undoes?: string;
  /** The change this one redoes. */
  readonly redoes?: string;
}

/** Why a line is not an entry; "torn" is truncated, "foreign" is other JSON. */
export type LineFault = "torn" | "not JSON" | "foreign" | "newer version" | "far future";

export type Decoded =
  | { readonly entry: JournalEntry; readonly fault: null }
  | { readonly entry: null; readonly fault: LineFault };

/** The line of an entry, without its line break. */
export function encodeLine(entry: JournalEntry): string {
  const { id, at, orderedAt, label, undoes, redoes, automatic, group } = entry;
  const head = { v: journalVersion, id, at, orderedAt, label, undoes, redoes, automatic, group };
  const papers = entry.papers.map((one) => {
    const change: Record<string, unknown> = { paper: one.paper, title: one.title, by: one.by };
    // Without those that are not there, 100,000 papers take two thirds of the time.
    for (const field of fields) if (one[field] !== undefined) change[field] = one[field];
    if (one.before !== undefined) change.before = one.before;
    return change;
  });
  return JSON.stringify({ ...head, papers });
}

/** The entry of a line, or why there is none. Never throws. */
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
  if (!isEntry(value)) return fault("foreign");
  const ordered = value.orderedAt?.slice(0, lastOrderedAt.length) ?? "";
  return value.at > lastAt || ordered > lastOrderedAt ? fault("far future") : { entry: value, fault: null };
}

/** All that can be read from a line: usually one entry, more if lines ran together after a torn one or a crash. */
export function salvageLine(line: string): readonly Decoded[] {
  const whole = decodeLine(line);
  if (whole.fault !== "torn" && whole.fault !== "not JSON") return [whole];
  return line.split(/(?=\{"v":)/).map(decodeLine);
}

/** The ordering time of an entry, as text that sorts by time. */
export function entryTime({ at, orderedAt }: Pick<JournalEntry, "at" | "orderedAt">): string {
  return orderedAt !== undefined && orderedAt > at ? orderedAt : at;
}

/** The parts of an id: the prefix that all ids of its run share, and the number at its end, or -1. */
function splitId(id: string): { readonly run: string; readonly number: number } {
  // "07" and "7" are two ids but one number, and a longer number would lose digits.
  const [, run = id, number = "-1"] = /^(.+-)([1-9]\d{0,14})$/s.exec(id) ?? [];
  return { run, number: Number(number) };
}

/** Compares ids of equal times: by run (which begins with the machine's name), then by number. */
export function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  const a = splitId(one);
  const b = splitId(other);
  if (a.run !== b.run) return a.run < b.run ? -1 : 1;
  return a.number - b.number;
}

/** Ids of early versions, which wrote the clock's time even after it jumped back. */
const earlyRun = /:[0-9a-z]{8}[0-9a-f]{6}-$/;

/** Whether an id follows another in an early version's run, so that its change is not earlier. */
export function followsInEarlyRun(id: string, before: string): boolean {
  const { run, number } = splitId(id);
  const other = splitId(before);
  return run === other.run && number > other.number && earlyRun.test(run);
}

function fault(reason: LineFault): Decoded {
  return { entry: null, fault: reason };
}

/** Checks in place, without copying: a change may have thousands of papers. */
function isEntry(value: Record<string, unknown>): value is Record<string, unknown> & JournalEntry {
  if (typeof value.id !== "string" || value.id === "" || typeof value.label !== "string") return false;
  const { at, orderedAt } = value;
  if (!isTime(at) || (orderedAt !== undefined && !isTime(orderedAt, orderedTime))) return false;
  for (const key of ["undoes", "redoes", "group"])
    if (value[key] !== undefined && typeof value[key] !== "string") return false;
  return Array.isArray(value.papers) && value.papers.every(isPaperChange);
}

const textKeys = ["paper", "title", "by"].map((key) => [key, "string"] as const);
const types: ReadonlyMap<string, string> = new Map([...textKeys, ...Object.entries(fieldTypes)]);

function isPaperChange(value: unknown): value is PaperChange {
  if (!isRecord(value)) return false;
  // Most changes have one field of eight, and this runs for every change of a journal.
  for (const key in value) {
    const type = types.get(key);
    if (type !== undefined && typeof value[key] !== type) return false;
  }
  const { paper, title, before } = value;
  return (
    paper !== undefined && paper !== "" && title !== undefined && (before === undefined || isRecord(before))
  );
}

/** Whether a value is a time in the journal's format. */
function isTime(value: unknown, form = isoTime): value is string {
  return typeof value === "string" && form.test(value);
}

/** Whether a value is a possible `at`. */
export function isPossibleTime(value: unknown): value is string {
  return isTime(value) && value <= lastAt;
}
