/**
 * What a reader can record about a paper: each field and the type of its values. Marks come first. `place`
 * is the reading position in its text: the anchor of a block, "" for the beginning.
 */
const paperFieldTypes = { read: "boolean", starred: "boolean", later: "boolean", place: "string" } as const;

/**
 * Fields of a watch, a follow, a mute or a struck reason (`interests/interest.ts`); `on` if it is in force.
 */
const interestFieldTypes = {
  on: "boolean",
  filter: "string",
  with: "string",
  without: "string",
} as const;

/** All fields of the journal. */
export const fieldTypes = { ...paperFieldTypes, ...interestFieldTypes } as const;

export type Field = keyof typeof fieldTypes;
export type InterestField = keyof typeof interestFieldTypes;

export const fields = Object.keys(fieldTypes) as readonly Field[];
export const paperFields = Object.keys(paperFieldTypes) as readonly Field[];
export const interestFields = Object.keys(interestFieldTypes) as readonly InterestField[];

/** The fields that are marks: set or not. */
export type MarkField = {
  [Name in keyof typeof paperFieldTypes]: (typeof paperFieldTypes)[Name] extends "boolean" ? Name : never;
}[keyof typeof paperFieldTypes];

export const markFields = Object.entries(paperFieldTypes)
  .filter(([, type]) => type === "boolean")
  .map(([field]) => field) as readonly MarkField[];

/** The fields that undo restores. Nobody wants to undo where they are in a text. */
export const undoableFields = fields.filter((field) => field !== "place") as readonly Exclude<
  Field,
  "place"
>[];

/** The values of a field, by the name of its type. */
interface ValueTypes {
  readonly boolean: boolean;
  readonly string: string;
  readonly number: number;
}
export type FieldValue<Name extends Field = Field> = ValueTypes[(typeof fieldTypes)[Name]];

/** New values of some fields. */
export type FieldValues = { readonly [Name in Field]?: FieldValue<Name> };

/** A paper's marks as bits, so that the marks of a listing take one byte a paper. */
export const markBits = { read: 1, starred: 2, later: 4 } as const satisfies Record<MarkField, number>;

/**
 * An extra bit: the paper was in no listing on the screen before this visit. It is not a mark, because nobody
 * sets it, but views and filters use it like one.
 */
export const newBit = 8;

/**
 * Extra bits derived from what the user follows, mutes and watches (`interests/`): the paper is muted, by a
 * followed author, or found by a watch.
 */
export const interestBits = { muted: 16, followed: 32, watched: 64 } as const;

/** Whether a paper with these bits is hidden. A starred paper is never hidden. */
export function isMuted(bits: number): boolean {
  return (bits & interestBits.muted) !== 0 && (bits & markBits.starred) === 0;
}

/** Whether `bits` has the mark. */
export function hasMark(bits: number, field: MarkField): boolean {
  return (bits & markBits[field]) !== 0;
}

/** `bits` with the mark set or removed. */
export function withMark(bits: number, field: MarkField, on: boolean): number {
  return on ? bits | markBits[field] : bits & ~markBits[field];
}

/** The effect of a change on one paper: only changed fields, with the new value. */
export interface PaperChange extends FieldValues {
  readonly paper: string;
  /** The title at that time, so that people can read the journal, and to match by title. */
  readonly title: string;
  /** The first author and year (`same-paper.ts`), if known, because two papers may have one title. */
  readonly by?: string;
  /**
   * The values before the change, if they do not follow from the new ones: for watches, follows, mutes and
   * reasons.
   */
  readonly before?: FieldValues;
}

/**
 * One action of the user ("marked 37 read"), done and undone as a whole. It lists only real changes, so
 * negating every value reverses it.
 */
export interface Change {
  /** Unique within all machines' journals: `machine:number`. */
  readonly id: string;
  /** Its name in the footer: "starred", "37 marked read". */
  readonly label: string;
  readonly papers: readonly PaperChange[];
  /** Made by the program and not by a key: a paper became read after some time on screen. */
  readonly automatic?: boolean;
  /** Changes with the same text here are undone together, as after a triage. */
  readonly group?: string;
}

/** The change that reverses `change`, paper for paper. */
export function opposite(change: Change): readonly PaperChange[] {
  return change.papers.map((one) => {
    const reversed: Record<string, unknown> = { paper: one.paper, title: one.title };
    if (one.by !== undefined) reversed.by = one.by;
    for (const field of undoableFields) {
      const value = one[field];
      if (value !== undefined) reversed[field] = valueBefore(one, field, value);
    }
    return reversed as unknown as PaperChange;
  });
}

/** The value of a field before a change; for text without a recorded value, "". */
function valueBefore({ before }: PaperChange, field: Field, value: FieldValue): FieldValue {
  // Another program may have written the line.
  const recorded: unknown = before?.[field];
  if (typeof recorded === fieldTypes[field]) return recorded as FieldValue;
  return typeof value === "boolean" ? !value : "";
}
