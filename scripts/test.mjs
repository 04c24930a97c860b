// Runs the tests in groups that fit how they use the machine:
//   node scripts/test.mjs gate      the two that follow, at the same time
//   node scripts/test.mjs together  rooms whose tests leave the process as it was: one process for all
//   node scripts/test.mjs apart     the program, servers, terminals: a process a file; they wait more than they compute
//   node scripts/test.mjs faults    what happens to marks when things go wrong
//   node scripts/test.mjs long      all of these with everything tried, and what takes minutes
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsx = fileURLToPath(new URL("../node_modules/tsx/dist/cli.mjs", import.meta.url));
const rooms =
  /^(?:bench|exports|files|formats|frames|fulltext|library|papers|ranking|reader|screen|search|settings|sync|terminal|text|ui)\//;
/** Tests that measure, and so must run alone. */
const alone = /^(?:long)\//;

const files = readdirSync(new URL("../test/", import.meta.url), { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.test\.tsx?$/.test(path))
  .sort();
const together = files.filter((path) => rooms.test(path));
const measured = files.filter((path) => alone.test(path));
const apart = files.filter((path) => !rooms.test(path) && !alone.test(path));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const hasOneProcess = major > 22 || (major === 22 && minor >= 8);

const groups = {
  gate: async () => {
    // The tests of one process finish first, so their report comes first.
    const [first, second] = [groups.together(), groups.apart("pipe")];
    return (await first) || second;
  },
  together: () => run(together, hasOneProcess ? ["--test-isolation=none"] : []),
  apart: (output) => run([...measured, ...apart], ["--test-concurrency=3"], 120, output),
  faults: (...given) => node([tsx, "test/faults/run.ts", ...given]),
  long: async () => {
    process.env.PAPERS_TUI_LONG = "1";
    return (
      (await groups.together()) ||
      (await run(apart, ["--test-concurrency=2"], 600)) ||
      (await run(measured, [], 3_600)) ||
      groups.faults("1000", "60", "20")
    );
  },
};

/**
 * @param seconds the time limit of one file
 * @param output "inherit", or "pipe" to print everything at the end
 */
function run(names, options, seconds = 120, output = "inherit") {
  const files = names.map((name) => `test/${name}`);
  return node([tsx, "--test", `--test-timeout=${seconds * 1_000}`, ...options, ...files], output);
}

/** Runs a Node script; resolves to its exit code. */
async function node(given, output = "inherit") {
  const running = spawn(process.execPath, given, { cwd: root, stdio: ["inherit", output, "inherit"] });
  const printed = [];
  running.stdout?.on("data", (piece) => printed.push(piece));
  const [code] = await once(running, "close");
  for (const piece of printed) process.stdout.write(piece);
  return code ?? 1;
}

const [name, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(groups, name)) throw new Error(`one of ${Object.keys(groups).join(", ")}, not ${name}`);
process.exitCode = await groups[name](...rest);
