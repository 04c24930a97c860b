import { createHash } from "node:crypto";
import { join } from "node:path";
import { isRecord } from "../../files/json.js";
import { isPrivateFolder, makePrivateFolder } from "../../files/private-folder.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import { digest } from "../../settings/machine.js";
import type { JournalEntry } from "./format.js";
import type { LineProblem } from "./problems.js";
import { type JournalState, stillBegins } from "./read.js";
import { Registers, type StoredRegisters, type StoredRest } from "./registers.js";

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
  /** The hash of the second line. */
  readonly rest: string;
}

/**
 * The snapshot of a state directory, so that a start reads only appended lines. Its first line is all that most
 * starts parse: with 10,000 marks that takes a third of the time. It is valid while every journal
 * still begins with the bytes that were read. `null` if it is invalid or missing, or another user could have
 * written to its folder. Never throws.
 */
export function readSnapshot(place: SnapshotPlace, state: string, machine: string): Snapshot | null {
  try {
    const folder = folderOf(place);
    if (!isPrivateFolder(folder)) return null;
    const bytes = readRegular(fileOf(place, state, machine));
    const end = bytes.indexOf(0x0a);
    const stored: unknown = JSON.parse(bytes.toString("utf8", 0, end));
    if (!isRecord(stored) || stored.codeHash !== place.codeHash) return null;
    if (stored.state !== state || stored.machine !== machine) return null;
    // The same code wrote it.
    const { journals, readAt, registers, history, problems, rest } = stored as unknown as Stored;
    // It is parsed later, and most starts do without, so damage must show now.
    const second = bytes.subarray(end + 1);
    if (hashOf(second) !== rest) return null;
    const readRest = (): StoredRest => JSON.parse(second.toString());
    if (!journals.every((journal) => stillBegins(join(state, journal.name), journal, readAt))) return null;
    return { journals, registers: new Registers(registers, readRest), history, problems };
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
  const second = Buffer.from(JSON.stringify(snapshot.registers.storedRest()));
  const about = { codeHash: place.codeHash, state, machine, readAt, rest: hashOf(second) };
  const stored: Stored = { ...about, ...snapshot, registers };
  writeAtomic(fileOf(place, state, machine), [`${JSON.stringify(stored)}\n`, second]);
}

const hashOf = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

function folderOf({ cache }: SnapshotPlace): string {
  return join(cache, "marks");
}

/** One file for each state directory and machine. */
function fileOf(place: SnapshotPlace, state: string, machine: string): string {
  return join(folderOf(place), `${machine}-${digest(state)}.json`);
}
