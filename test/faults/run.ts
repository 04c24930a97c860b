/**
 * What happens to marks when things go wrong, tried with real processes, files and limits:
 * `npm run test:faults [-- KILLS SECONDS SECONDS]`. Prints its figures; ends with 1 where an acknowledged mark was lost or a file
 * of the user's overwritten. Takes about a minute unless told otherwise, and half more at most: on a slow machine there are
 * fewer runs.
 */
import { rmSync } from "node:fs";
import { compactions, fullDiskCompacting } from "./compactions.js";
import { FaultSuite } from "./suite.js";

const [kills = "1000", seconds = "60", compacting = "20"] = process.argv.slice(2);
const suite = await FaultSuite.start();
try {
  await suite.kills(Number(kills), Number(seconds) * 1_000);
  await compactions(suite, Number(kills), Number(compacting) * 1_000);
  await fullDiskCompacting(suite, 6);
  await suite.fullDisk(12);
  await suite.readOnly();
  await suite.noHome();
  await suite.removedWhileRunning(6);
} finally {
  rmSync(suite.home, { recursive: true, force: true });
}
process.stdout.write(suite.report());
process.exitCode = suite.isFine ? 0 : 1;
