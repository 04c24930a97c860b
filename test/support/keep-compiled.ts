// Starts the built program once, so that tests find its compiled code: `tsx test/support/keep-compiled.ts HOME`.
import { setTimeout } from "node:timers/promises";
import { start } from "../e2e/program.js";

const home = process.argv[2] ?? "";
const terminal = start(["sample"], { home });
try {
  await terminal.until("Papers");
  // The code is kept when the start has settled, and then once more what was compiled until the end.
  terminal.write("jjk");
  await setTimeout(2_500);
  terminal.write("q");
  await terminal.exit();
} finally {
  await terminal.dispose();
}
