import { fromHome, ownFolders, userDirectories } from "../../app/environment.js";
import { whyProtected } from "../../app/output/export-target.js";
import { writeFile } from "../../app/output/write-file.js";
import { describeFsError, describeReadError } from "../../files/fs-errors.js";
import { LockError } from "../../files/lock.js";
import { readText } from "../../files/regular.js";
import { type Compaction, compactJournal, unreadablePath } from "../../library/journal/compact.js";
import { journalPath } from "../../library/journal/read.js";
import { loadConfigWriter } from "../../settings/config-writer.js";
import { thisMachine } from "../../settings/machine.js";
import { type Exported, exportState, importState } from "../../sync/state-file.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { jsonForPrinting } from "../../text/shown.js";
import type { Invocation } from "../arguments/arguments.js";
import { openInstead, printMerged } from "./merge.js";

/** The longest shown setting, in characters. */
const longestShown = 200;

/** Exports all data as one JSON file, imports such a file, or compacts the journal. Returns the exit code. */
export async function state(invocation: Extract<Invocation, { verb: "state" }>): Promise<number> {
  const { act, file, force, settings } = invocation;
  if (act === "compact") return compact();
  return act === "import" && file !== null ? importFile(file, settings) : write(file, force);
}

function write(file: string | null, force: boolean): number {
  const { state, config } = userDirectories();
  let exported: Exported;
  try {
    exported = exportState(state, config, Date.now);
  } catch (error) {
    warn(`not exported: ${describeFsError(error, journalPath(state, thisMachine()))}`);
    return 2;
  }
  const { text, problems, isWhole } = exported;
  for (const problem of problems) warn(problem);
  if (file === null) {
    process.stdout.write(jsonForPrinting(text));
    return isWhole ? 0 : 2;
  }
  // It contains the journals, which nobody else may read either.
  const path = fromHome(file);
  const failure =
    whyProtected(path, { sources: [], ownFolders: ownFolders() }) ??
    writeFile(path, text, { overwrite: force, mode: 0o600, intoPipes: true });
  if (failure === null) return isWhole ? 0 : 2;
  warn(`not exported: ${failure === "exists" ? `${file} already exists; --force overwrites it` : failure}`);
  return 2;
}

async function importFile(file: string, withSettings: boolean): Promise<number> {
  const path = fromHome(file);
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    warn(`not imported: ${describeReadError(error, path)}`);
    return 2;
  }
  const { state, config } = userDirectories();
  const imported = await importState(
    await loadConfigWriter(),
    text,
    state,
    config,
    thisMachine(),
    withSettings,
  );
  if ("refused" in imported) {
    warn(`not imported: ${file}: ${imported.refused}`);
    if (imported.isOther) warn(openInstead("state import", file));
    return 2;
  }
  for (const problem of imported.problems) warn(problem);
  const isDone = imported.merged.map((one) => printMerged(one.name, one)).every((done) => done);
  const places = imported.places === 1 ? "1 listing" : `${imported.places} listings`;
  if (imported.settings === null) return 2;
  const names = Object.entries(imported.settings).map(([name, value]) => shown(name, value));
  const then = withSettings ? "" : " not imported; --settings imports them";
  process.stdout.write(`settings\t${names.length > 0 ? `${names.join(", ")}${then}` : "nothing new"}\n`);
  process.stdout.write(`places\t${imported.places > 0 ? places : "nothing new"}\n`);
  return isDone && imported.problems.length === 0 ? 0 : 2;
}

/** A setting of the imported file, for people: `source = "arxiv:cs.LG"`. */
function shown(name: string, value: unknown): string {
  const text = clean(`${name} = ${JSON.stringify(value)}`);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** Compacts this machine's journal and prints the figures. */
function compact(): number {
  const { state } = userDirectories();
  const machine = thisMachine();
  let done: Compaction | null;
  try {
    done = compactJournal(state, machine);
  } catch (error) {
    // The file that is in the way may be another than the journal.
    const { path = journalPath(state, machine) } = error as NodeJS.ErrnoException;
    const why = error instanceof LockError ? error.message : describeFsError(error, path);
    warn(`not compacted, and nothing is lost: ${why}`);
    return 2;
  }
  if (done === null) {
    process.stdout.write("There are no marks of this machine yet.\n");
    return 0;
  }
  const { files, bytesBefore, bytesAfter, changesBefore, changesAfter, unreadable } = done;
  const counted = (count: number, one: string) => `${thousands(count)} ${count === 1 ? one : `${one}s`}`;
  const before = `${counted(changesBefore, "change")} in ${counted(files, "file")}, ${size(bytesBefore)}`;
  process.stdout.write(
    files === 1 && bytesAfter >= bytesBefore
      ? `${before}: nothing to remove. (The last 500 always stay, for undo.)\n`
      : `${before}, are now ${counted(changesAfter, "change")} in 1 file, ${size(bytesAfter)}.\n`,
  );
  if (unreadable > 0) {
    const moved = `${counted(unreadable, "line")} that cannot be read ${unreadable === 1 ? "was" : "were"} moved`;
    process.stdout.write(`${moved} to ${unreadablePath(state, machine)}.\n`);
  }
  return 0;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function warn(text: string): void {
  process.stderr.write(`papers-tui: ${clean(text)}\n`);
}
