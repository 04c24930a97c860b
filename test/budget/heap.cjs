// Loaded before the program (NODE_OPTIONS=--require): at SIGURG it collects all garbage and adds how
// many bytes are alive, as a line, to the file that BUDGET_REPORT names.
const { appendFileSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
process.on("SIGURG", () => {
  // What is freed by finalizers is gone with the second.
  collect();
  collect();
  appendFileSync(process.env.BUDGET_REPORT, `${process.memoryUsage().heapUsed}\n`);
});
