/**
 * The fault suite: real processes, files and limits, `npm run test:faults [-- KILLS SECONDS SECONDS]`. Prints
 * its figures; exits with 1 if an acknowledged mark was lost or a file of the user was overwritten. Takes about
 * a minute by default, and at most half more: a slow machine makes fewer runs.
 */
import { rmSync } from "node:fs";
import { compactions, fullDiskCompacting } from "./compactions.js";
import { FaultSuite } from "./suite.js";

const [kills = "1000", seconds = "60", compacting = "20"] = process.argv.slice(2);
/** The gate asks for few kills, and tries the disks a third as often. */
const times = (full: number) => (Number(kills) < 1_000 ? full / 3 : full);
const suite = await FaultSuite.start();
try {
  await suite.kills(Number(kills), Number(seconds) * 1_000);
  await compactions(suite, Number(kills), Number(compacting) * 1_000);
  await fullDiskCompacting(suite, times(6));
  await suite.fullDisk(times(12));
  await suite.readOnly();
  await suite.noHome();
  await suite.removedWhileRunning(times(6));
} finally {
  rmSync(suite.home, { recursive: true, force: true });
}
process.stdout.write(suite.report());
process.exitCode = suite.isFine ? 0 : 1;
