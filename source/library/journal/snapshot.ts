import { createHash } from "node:crypto";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { isPrivateFolder, makePrivateFolder, readPrivate, writePrivate } from "../../files/private-folder.js";
import { digest } from "../../settings/machine.js";
import { History } from "../history.js";
import type { LineProblem } from "./problems.js";
import { type JournalState, stillBegins } from "./read.js";
import { Registers, type StoredRegisters } from "./registers.js";

/** Where a snapshot is, and the code that it belongs to. */
export interface SnapshotLocation {
  /** The program's cache directory. */
  readonly cache: string;
  /** The hash of the code that replays journals; a snapshot of other code is not valid. */
  readonly codeHash: string;
}

/** The result of replaying the journals. */
export interface Snapshot {
  readonly journals: readonly JournalState[];
  readonly registers: Registers;
  readonly history: History;
  readonly problems: readonly LineProblem[];
}

/** The second line of a snapshot file. The first is the checksum of all others, which follow as texts. */
interface Head extends Pick<Snapshot, "journals" | "problems"> {
  /** What it is a snapshot of (`keyOf`). */
  readonly key: string;
  /** When the journals were read, in milliseconds since 1970. */
  readonly readAt: number;
  readonly registers: Pick<StoredRegisters, "newest" | "untitled">;
  /** Names and lengths in bytes: of the registers, and of the changes that can be undone or redone. */
  readonly texts: readonly (readonly [name: string, length: number])[];
}

/**
 * The snapshot of a state directory, so that a start reads only appended lines. After a checksum and a line of JSON
 * come sorted lines, of which most starts need a few. It is valid while every journal still begins with the bytes
 * that were read. `null` if it is invalid or missing, or another user could have written to its folder. Never throws.
 */
export function readSnapshot(location: SnapshotLocation, state: string, machine: string): Snapshot | null {
  try {
    const folder = folderOf(location);
    if (!isPrivateFolder(folder)) return null;
    const bytes = readPrivate(fileOf(location, state, machine));
    const begin = bytes.indexOf(0x0a) + 1;
    // Most of it is read later, so damage must show now.
    if (checksumOf(bytes.subarray(begin)) !== bytes.toString("latin1", 0, begin - 1)) return null;
    const end = bytes.indexOf(0x0a, begin);
    // The checksum is right, so this program wrote it.
    const head: Head = JSON.parse(bytes.toString("utf8", begin, end));
    const { key, journals, readAt, registers, problems, texts } = head;
    if (key !== keyOf(location, state, machine)) return null;
    if (!journals.every((journal) => stillBegins(join(state, journal.name), journal, readAt))) return null;
    const lines = new Map<string, string>();
    let start = end + 1;
    for (const [name, length] of texts) {
      lines.set(name, bytes.toString("utf8", start, start + length));
      start += length;
    }
    const history = new History(lines.get("history"));
    return { journals, registers: new Registers({ ...registers, lines }), history, problems };
  } catch {
    return null;
  }
}

/** Writes a snapshot whole or not at all; `readAt` is a time before the first journal was read. */
export function writeSnapshot(
  location: SnapshotLocation,
  state: string,
  machine: string,
  { journals, registers, history, problems }: Snapshot,
  readAt: number,
): void {
  if (!makePrivateFolder(folderOf(location))) return;
  const { lines, ...stored } = registers.stored();
  const named = [...lines, ["history", history.lines()]] as const;
  const texts = named.map(([name, text]) => [name, Buffer.from(text)] as const);
  const head: Head = {
    ...{ key: keyOf(location, state, machine), readAt, journals, registers: stored, problems },
    texts: texts.map(([name, { length }]) => [name, length]),
  };
  const all = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...texts.map(([, bytes]) => bytes)]);
  writePrivate(fileOf(location, state, machine), [`${checksumOf(all)}\n`, all]);
}

/** Versions of Node without `crc32` take longer. */
function checksumOf(bytes: Uint8Array): string {
  return crc32?.(bytes).toString(16) ?? createHash("sha1").update(bytes).digest("hex");
}

function folderOf({ cache }: SnapshotLocation): string {
  return join(cache, "marks");
}

/** The code, the folder and the machine. */
function keyOf({ codeHash }: SnapshotLocation, state: string, machine: string): string {
  return JSON.stringify([codeHash, state, machine]);
}

/** One file for each state directory and machine. */
function fileOf(location: SnapshotLocation, state: string, machine: string): string {
  return join(folderOf(location), `${machine}-${digest(state)}.json`);
}
