import { join } from "node:path";
import { isPrivateFolder, makePrivateFolder } from "../../files/private-folder.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import type { HistoryLine } from "../history.js";
import { digest } from "../settings/machine.js";
import { isRecord } from "./format.js";
import { type JournalState, type LineProblem, stillBegins } from "./read.js";
import { Registers, type StoredRegisters } from "./replay.js";

/** Where a snapshot is kept, and what it must be of. */
export interface SnapshotPlace {
  /** The program's cache directory. */
  readonly cache: string;
  /** What identifies the code that replays journals: a snapshot of other code is not valid. */
  readonly codeHash: string;
}

/** What the journals came to. */
export interface Snapshot {
  readonly journals: readonly JournalState[];
  readonly registers: Registers;
  /** The lines of this machine's changes that can be undone or done again. */
  readonly history: readonly HistoryLine[];
  readonly problems: readonly LineProblem[];
}

/** A snapshot as it is in its file, as JSON. */
interface Stored extends Omit<Snapshot, "registers"> {
  readonly codeHash: string;
  readonly state: string;
  readonly machine: string;
  /** When the journals were read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly registers: StoredRegisters;
}

/**
 * The snapshot of a state directory, so that a start reads only what was appended since. It is valid while
 * every journal it was made of still begins with what was read of it; `null` otherwise, and where there is
 * none or its folder could have been written to by another user. Never throws.
 */
export function readSnapshot(place: SnapshotPlace, state: string, machine: string): Snapshot | null {
  try {
    const folder = folderOf(place);
    if (!isPrivateFolder(folder)) return null;
    const stored: unknown = JSON.parse(readRegular(fileOf(place, state, machine)).toString());
    if (!isRecord(stored) || stored.codeHash !== place.codeHash) return null;
    if (stored.state !== state || stored.machine !== machine) return null;
    // The code that wrote it is the code that reads it.
    const { journals, readAt, registers, history, problems } = stored as unknown as Stored;
    if (!journals.every((journal) => stillBegins(join(state, journal.name), journal, readAt))) return null;
    return { journals, registers: Registers.from(registers), history, problems };
  } catch {
    return null;
  }
}

/**
 * Writes a snapshot, whole or not at all. If that fails, the next start is slower; nothing is lost.
 * @param readAt before any of the journals was read, in milliseconds since 1970
 */
export function writeSnapshot(
  place: SnapshotPlace,
  state: string,
  machine: string,
  snapshot: Snapshot,
  readAt: number,
): void {
  if (!makePrivateFolder(folderOf(place))) return;
  const { journals, history, problems } = snapshot;
  const registers = snapshot.registers.stored();
  const { codeHash } = place;
  const stored: Stored = { codeHash, state, machine, readAt, journals, history, problems, registers };
  writeAtomic(fileOf(place, state, machine), JSON.stringify(stored));
}

function folderOf({ cache }: SnapshotPlace): string {
  return join(cache, "marks");
}

/** One file for each state directory and machine. */
function fileOf(place: SnapshotPlace, state: string, machine: string): string {
  return join(folderOf(place), `${machine}-${digest(state)}.json`);
}
