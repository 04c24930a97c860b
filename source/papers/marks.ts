/**
 * What a reader can say of a paper: the name of each field, and the type of its values. Marks come first.
 * `place` is where they left its text: the anchor of a block, "" for the beginning.
 */
export const fieldTypes = { read: "boolean", starred: "boolean", later: "boolean", place: "string" } as const;

export type Field = keyof typeof fieldTypes;

export const fields = Object.keys(fieldTypes) as readonly Field[];

/** The fields that are marks: set or not. */
export type MarkField = {
  [Name in Field]: (typeof fieldTypes)[Name] extends "boolean" ? Name : never;
}[Field];

export const markFields = fields.filter((field) => fieldTypes[field] === "boolean") as readonly MarkField[];

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
    const negated: Record<string, unknown> = { paper: one.paper, title: one.title };
    if (one.by !== undefined) negated.by = one.by;
    for (const field of markFields) {
      const value = one[field];
      if (value !== undefined) negated[field] = !value;
    }
    return negated as unknown as PaperChange;
  });
}
