import { fromHome, userDirectories } from "../../app/environment.js";
import { moveState } from "../../sync/move.js";
import { unfinishedMoveProblem } from "../../sync/unfinished-move.js";
import { clean } from "../../text/clean.js";
import type { Invocation } from "../arguments/arguments.js";

const explanation = `Each machine writes its own files there and reads all of them, so their order does
not matter. Run the same command on your other machines. In a git folder, commit and
pull as you like; Syncthing, Dropbox and a shared drive need nothing more. Conflict
copies are read like any other file.
`;

/** Moves marks to a synchronised folder and explains the result. Returns the exit code. */
export function sync({ directory }: Extract<Invocation, { verb: "sync" }>): number {
  const { state } = userDirectories();
  const unfinished = unfinishedMoveProblem(state);
  if (unfinished !== null) {
    process.stderr.write(`papers-tui: nothing was moved: ${clean(unfinished)}\n`);
    return 2;
  }
  const moved = moveState(state, fromHome(directory), Date.now);
  if (!moved.done) {
    process.stderr.write(`papers-tui: nothing was moved: ${clean(moved.why)}\n`);
    return 2;
  }
  const { target, backup, already } = moved;
  const where = already
    ? `are already in ${target}; nothing was changed`
    : `are now in ${target}, and ${state} is a link to it`;
  process.stdout.write(`Your marks ${clean(where)}.\n`);
  if (backup !== null) process.stdout.write(`The previous folder is kept as ${clean(backup)}.\n`);
  process.stdout.write(`\n${explanation}`);
  return 0;
}
