import { fromHome, ownFolders, userDirectories } from "../../app/environment.js";
import { whyProtected } from "../../app/taking/export-target.js";
import { writeFile } from "../../app/taking/write-file.js";
import { describeFsError, describeReadError } from "../../files/fs-errors.js";
import { readRegular } from "../../files/regular.js";
import { type Compaction, compactJournal } from "../../library/journal/compact.js";
import { journalPath } from "../../library/journal/read.js";
import { loadConfigWriter } from "../../library/settings/config-writer.js";
import { thisMachine } from "../../library/settings/machine.js";
import { exportState, importState } from "../../library/sync/state-file.js";
import { clean } from "../../text/clean.js";
import { thousands } from "../../text/numbers.js";
import { jsonForPrinting } from "../../text/shown.js";
import type { Invocation } from "../arguments/arguments.js";
import { tellMerged } from "./merge.js";

/** Characters of a setting that are shown. */
const longestShown = 200;

/**
 * Writes all that is the reader's into one JSON file, takes such a file in, or makes the journal
 * shorter. Returns the exit code.
 */
export async function state(invocation: Extract<Invocation, { verb: "state" }>): Promise<number> {
  const { act, file, force, settings } = invocation;
  if (act === "compact") return compact();
  return act === "import" && file !== null ? takeIn(file, settings) : write(file, force);
}

function write(file: string | null, force: boolean): number {
  const { state, config } = userDirectories();
  const { text, problems } = exportState(state, config, Date.now);
  for (const problem of problems) tell(problem);
  if (file === null) {
    process.stdout.write(jsonForPrinting(text));
    return 0;
  }
  // It holds what the journals hold, which nobody else may read either.
  const path = fromHome(file);
  const failure =
    whyProtected(path, { sources: [], ownFolders: ownFolders() }) ??
    writeFile(path, text, { overwrite: force, mode: 0o600, intoPipes: true });
  if (failure === null) return 0;
  tell(`not exported: ${failure === "exists" ? `${file} is there already; --force overwrites it` : failure}`);
  return 2;
}

async function takeIn(file: string, withSettings: boolean): Promise<number> {
  const path = fromHome(file);
  let text: string;
  try {
    text = readRegular(path).toString();
  } catch (error) {
    tell(`not imported: ${describeReadError(error, path)}`);
    return 2;
  }
  const { state, config } = userDirectories();
  const came = importState(await loadConfigWriter(), text, state, config, thisMachine(), withSettings);
  if ("refused" in came) {
    tell(`not imported: ${file}: ${came.refused}`);
    return 2;
  }
  for (const problem of came.problems) tell(problem);
  const isDone = came.merged.map((one) => tellMerged(one.name, one)).every((done) => done);
  const places = came.places === 1 ? "1 listing" : `${came.places} listings`;
  const names = Object.entries(came.settings).map(([name, value]) => shown(name, value));
  const then = withSettings ? "" : " not taken over; --settings takes them";
  process.stdout.write(`settings\t${names.length > 0 ? `${names.join(", ")}${then}` : "nothing new"}\n`);
  process.stdout.write(`places\t${came.places > 0 ? places : "nothing new"}\n`);
  return isDone && came.problems.length === 0 ? 0 : 2;
}

/** A setting of a foreign file as it is named to a person: `source = "arxiv:cs.LG"`. */
function shown(name: string, value: unknown): string {
  const text = clean(`${name} = ${JSON.stringify(value)}`);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

/** Makes this machine's journal shorter, and says by how much. */
function compact(): number {
  const { state } = userDirectories();
  const machine = thisMachine();
  let done: Compaction | null;
  try {
    done = compactJournal(state, machine);
  } catch (error) {
    tell(`not compacted, and nothing is lost: ${describeFsError(error, journalPath(state, machine))}`);
    return 2;
  }
  if (done === null) {
    process.stdout.write("There are no marks of this machine yet.\n");
    return 0;
  }
  const { files, bytesBefore, bytesAfter, changesBefore, changesAfter } = done;
  const counted = (count: number, one: string) => `${thousands(count)} ${count === 1 ? one : `${one}s`}`;
  const before = `${counted(changesBefore, "change")} in ${counted(files, "file")}, ${size(bytesBefore)}`;
  process.stdout.write(
    changesAfter === changesBefore
      ? `${before}: nothing to leave out. (The last 500 always stay, to be undone.)\n`
      : `${before}, are now ${counted(changesAfter, "change")} in 1 file, ${size(bytesAfter)}.\n`,
  );
  return 0;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function tell(text: string): void {
  process.stderr.write(`papers-tui: ${clean(text)}\n`);
}
