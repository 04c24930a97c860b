import type { FieldValue } from "../../papers/marks.js";
import { compareIds } from "./format.js";
import { allLines, keyOf, linesWith, sortedLines, splitKey } from "./sorted-lines.js";

/** The value of a field of one paper, and what set it. */
export interface Register {
  readonly value: FieldValue;
  /** The ordering time of the change (`entryTime`). */
  readonly time: string;
  /** The id of the change. */
  readonly id: string;
  /** The paper's index in the change. */
  readonly place: number;
}

/** The registers of one field by paper. Those of a snapshot stay lines until they are needed: a start needs few. */
export class Column {
  /** Registers in no order; those of a snapshot only if all were asked for, or if another value was set. */
  readonly #registers = new Map<string, Register>();
  /** The lines of a snapshot that are not among the registers. */
  #lines: string;

  /** @param lines what `lines()` gave */
  constructor(lines = "") {
    this.#lines = lines;
  }

  get(paper: string): Register | undefined {
    const known = this.#registers.get(paper);
    if (known !== undefined || this.#lines === "") return known;
    const [line] = linesWith(this.#lines, keyOf(paper));
    return line === undefined ? undefined : registerIn(line)[1];
  }

  /** Sets the register of a paper, unless what set it before is later. */
  set(paper: string, register: Register): void {
    const known = this.get(paper);
    // Early versions could give two changes one id; then the values decide.
    const order = known === undefined ? 1 : compareRegisters(register, known);
    if (order > 0 || (order === 0 && String(register.value) > String(known?.value)))
      this.#registers.set(paper, register);
  }

  all(): ReadonlyMap<string, Register> {
    for (const line of allLines(this.#lines)) {
      const [paper, register] = registerIn(line);
      if (!this.#registers.has(paper)) this.#registers.set(paper, register);
    }
    this.#lines = "";
    return this.#registers;
  }

  /** The registers as sorted lines, for a snapshot. */
  lines(): string {
    return sortedLines(
      [...this.all()].map(
        ([paper, { value, time, id, place }]) => keyOf(paper) + JSON.stringify([value, time, id, place]),
      ),
    );
  }
}

/** The order in which values count: by time, then by id, then within a change. */
export function compareRegisters(one: Register, other: Register): number {
  if (one.time !== other.time) return one.time < other.time ? -1 : 1;
  return compareIds(one.id, other.id) || one.place - other.place;
}

function registerIn(line: string): readonly [string, Register] {
  const [paper, rest] = splitKey(line);
  const [value, time, id, place] = JSON.parse(rest);
  return [paper, { value, time, id, place }];
}
