import { fromHome, userDirectories } from "../../app/environment.js";
import { moveState } from "../../library/sync/move.js";
import { clean } from "../../text/clean.js";
import type { Invocation } from "../arguments/arguments.js";

const explanation = `Each machine writes to files of its own in there and reads those of all, so it does not
matter in which order they arrive. Run the same on your other machines. In a folder
of git, commit and pull as you like; Syncthing, Dropbox and a shared drive need
nothing more. A conflict copy is read like any other file.
`;

/** Moves marks to a folder that is synchronised, and says what that means. Returns the exit code. */
export function sync({ directory }: Extract<Invocation, { verb: "sync" }>): number {
  const { state } = userDirectories();
  const moved = moveState(state, fromHome(directory), Date.now);
  if (!moved.done) {
    process.stderr.write(`papers-tui: nothing was moved: ${clean(moved.why)}\n`);
    return 2;
  }
  const { target, backup, already } = moved;
  const where = already
    ? `are already in ${target}; nothing was changed`
    : `are now in ${target}, and ${state} leads there`;
  process.stdout.write(`Your marks ${clean(where)}.\n`);
  if (backup !== null) process.stdout.write(`What was there before is kept in ${clean(backup)}.\n`);
  process.stdout.write(`\n${explanation}`);
  return 0;
}
