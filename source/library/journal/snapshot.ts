import { join } from "node:path";
import { isRecord } from "../../files/json.js";
import { isPrivateFolder, makePrivateFolder } from "../../files/private-folder.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { digest } from "../../settings/machine.js";
import type { JournalEntry } from "./format.js";
import type { LineProblem } from "./problems.js";
import { type JournalState, stillBegins } from "./read.js";
import { Registers, type StoredRegisters } from "./registers.js";

/** The place of a snapshot, and the code that it belongs to. */
export interface SnapshotPlace {
  /** The program's cache directory. */
  readonly cache: string;
  /** The hash of the code that replays journals; a snapshot of other code is not valid. */
  readonly codeHash: string;
}

/** The result of replaying the journals. */
export interface Snapshot {
  readonly journals: readonly JournalState[];
  readonly registers: Registers;
  /** This machine's changes that can be undone or redone. */
  readonly history: readonly JournalEntry[];
  readonly problems: readonly LineProblem[];
}

/** A snapshot file. */
interface Stored extends Omit<Snapshot, "registers"> {
  readonly codeHash: string;
  readonly state: string;
  readonly machine: string;
  /** When the journals were read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly registers: StoredRegisters;
}

/**
 * The snapshot of a state directory, so that a start reads only appended lines. It is valid while every journal
 * still begins with the bytes that were read. `null` if it is invalid or missing, or another user could have
 * written to its folder. Never throws.
 */
export function readSnapshot(place: SnapshotPlace, state: string, machine: string): Snapshot | null {
  try {
    const folder = folderOf(place);
    if (!isPrivateFolder(folder)) return null;
    const stored: unknown = JSON.parse(readRegular(fileOf(place, state, machine)).toString());
    if (!isRecord(stored) || stored.codeHash !== place.codeHash) return null;
    if (stored.state !== state || stored.machine !== machine) return null;
    // The same code wrote it.
    const { journals, readAt, registers, history, problems } = stored as unknown as Stored;
    if (!journals.every((journal) => stillBegins(join(state, journal.name), journal, readAt))) return null;
    return { journals, registers: new Registers(registers), history, problems };
  } catch {
    return null;
  }
}

/**
 * Writes a snapshot completely or not at all. If that fails, the next start is slower; nothing is lost.
 * @param readAt a time before the first journal was read, in milliseconds since 1970
 */
export function writeSnapshot(
  place: SnapshotPlace,
  state: string,
  machine: string,
  snapshot: Snapshot,
  readAt: number,
): void {
  if (!makePrivateFolder(folderOf(place))) return;
  const registers = snapshot.registers.stored();
  const stored: Stored = { codeHash: place.codeHash, state, machine, readAt, ...snapshot, registers };
  writeAtomic(fileOf(place, state, machine), [JSON.stringify(stored)]);
}

function folderOf({ cache }: SnapshotPlace): string {
  return join(cache, "marks");
}

/** One file for each state directory and machine. */
function fileOf(place: SnapshotPlace, state: string, machine: string): string {
  return join(folderOf(place), `${machine}-${digest(state)}.json`);
}
