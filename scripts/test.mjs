// Runs the tests in groups that fit how they use the machine:
//   node scripts/test.mjs gate      the two that follow, at the same time
//   node scripts/test.mjs together  rooms whose tests leave the process as it was: one process for all
//   node scripts/test.mjs apart     the program, servers, terminals: a process a folder, three at a time, as they
//                                   wait as much as they compute
//   node scripts/test.mjs faults    what happens to marks when things go wrong
//   node scripts/test.mjs long      all of these with everything tried, and what takes minutes
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsx = fileURLToPath(new URL("../node_modules/tsx/dist/cli.mjs", import.meta.url));
const rooms =
  /^(?:bench|exports|files|formats|frames|fulltext|library|papers|ranking|reader|screen|search|settings|terminal|text|ui)\//;
/** Tests that set variables of the process for themselves: a process a file, as each process takes a second to begin. */
const byThemselves = /^sources\/(?:named-addresses|tunnel)\.test\.ts$/;
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
    await keepCompiled();
    // The tests of one process finish first, so their report comes first.
    const [first, second] = [groups.together(), groups.apart()];
    return (await first) || second;
  },
  together: (seconds) => run(together, seconds),
  apart: async (seconds) => {
    await keepCompiled();
    return runFolders([...measured, ...apart], 3, seconds);
  },
  faults: (...given) => node([tsx, "test/faults/run.ts", ...given]),
  long: async () => {
    process.env.PAPERS_TUI_LONG = "1";
    return (
      (await groups.together(600)) ||
      (await runFolders(apart, 2, 600)) ||
      (await run(measured, 3_600)) ||
      groups.faults("1000", "60", "20")
    );
  },
};

/** Keeps the program's compiled code for the homes of tests (test/support/environment.ts). Without it they are slower. */
async function keepCompiled() {
  if (process.env.PAPERS_TUI_TEST_COMPILED !== undefined) return;
  const home = mkdtempSync(join(tmpdir(), "papers-tui-compiled-"));
  process.once("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  await node([tsx, "test/support/keep-compiled.ts", home]);
  process.env.PAPERS_TUI_TEST_COMPILED = join(home, ".cache/papers-tui/compiled");
}

/**
 * Runs files in one process, where Node can, as each process takes half a second to begin.
 *
 * One that is ended by a signal is run once more. What failed is named at the end of all.
 *
 * @param seconds the time limit of one test
 * @param output "inherit", or "pipe" to print everything at the end
 */
async function run(names, seconds = 120, output = "inherit") {
  const files = names.map((name) => `test/${name}`);
  const options = hasOneProcess ? ["--test-isolation=none"] : ["--test-concurrency=2"];
  const command = [tsx, "--test", `--test-timeout=${seconds * 1_000}`, ...options, ...files];
  const code = await node(command, output);
  if (code === 0) return 0;
  const folders = [...new Set(names.map(dirname))];
  const where =
    folders.length === 1 ? `test/${folders[0]}` : `test/${folders[0]} and ${folders.length - 1} more`;
  if (code < 128) {
    ends.push(`Tests failed in ${where}.`);
    return code;
  }
  // By a signal: no test failed, but Node or the native code behind the terminals of tests broke off, which is rare
  // and not repeatable. Only what breaks off twice has failed.
  const again = await node(command, output);
  ends.push(`The process of ${where} broke off with ${code}, and ended with ${again} when run again.`);
  return again;
}

/** Runs the files folder by folder, `count` folders at a time; resolves to the first exit code that is not 0. */
async function runFolders(names, count, seconds) {
  const placeOf = (name) => (byThemselves.test(name) ? name : dirname(name));
  const folders = [...new Set(names.map(placeOf))].map((place) =>
    names.filter((name) => placeOf(name) === place),
  );
  // The largest first, so that none of them is alone in the end.
  folders.sort((one, other) => other.length - one.length);
  const codes = [];
  const work = async () => {
    for (let next = folders.shift(); next; next = folders.shift())
      codes.push(await run(next, seconds, "pipe"));
  };
  await Promise.all(Array.from({ length: count }, work));
  return codes.find((code) => code !== 0) ?? 0;
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

/** What is to be said at the end, where nobody has to look for it. */
const ends = [];

const [name, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(groups, name)) throw new Error(`one of ${Object.keys(groups).join(", ")}, not ${name}`);
process.exitCode = await groups[name](...rest);
for (const end of ends) console.error(end);
