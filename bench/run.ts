import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cleanEnvironment } from "../test/support/environment.js";
import { measureFormats } from "./formats.js";
import { type Figures, goalSize, goals, isMet, otherSizes } from "./goals.js";
import { measureJournal } from "./journal.js";
import { thisMachine } from "./machine.js";
import { type Effort, measureBursts, measureIdle, measureSession, measureStarts } from "./measure.js";
import { describe, details, legend, plain, resultsFile, verdicts } from "./report.js";
import { measureSearch } from "./search.js";
import { papersTui, type Size, type Subject } from "./subject.js";
import { measureTex } from "./tex.js";

const usage = `Measures the built program in a terminal and holds it to bench/goals.ts.

  npm run bench                 everything, about five minutes
  npm run bench -- --quick      one size, fewer runs, under a minute
  npm run bench -- --json       the figures as JSON
  npm run bench -- --write      also writes bench/RESULTS.md
  npm run bench -- --program F  another build than dist/cli.js, to compare
`;

const thorough: Effort = { starts: 15, warmUps: 3, keys: 80, bursts: 7, idleSeconds: 5 };
const quick: Effort = { starts: 10, warmUps: 2, keys: 60, bursts: 3, idleSeconds: 2 };

async function measure(subject: Subject, size: Size, effort: Effort): Promise<Figures> {
  return {
    size,
    starts: await measureStarts(subject, size, effort),
    session: await measureSession(subject, size, effort),
    bursts: await measureBursts(subject, size, effort),
    idle: await measureIdle(subject, size, effort),
  };
}

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      program: { type: "string", default: fileURLToPath(new URL("../dist/cli.js", import.meta.url)) },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (flags.help) {
    process.stdout.write(usage);
    return;
  }
  if (!existsSync(flags.program)) throw new Error(`no ${flags.program}: run \`npm run build\` first`);

  const machine = thisMachine();
  const { variables, home } = cleanEnvironment();
  const all: Figures[] = [];
  try {
    for (const size of [goalSize, ...(flags.quick ? [] : otherSizes)]) {
      process.stderr.write(`measuring at ${size.columns}×${size.rows} …\n`);
      all.push(await measure(papersTui(flags.program, variables), size, flags.quick ? quick : thorough));
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }

  const rooms = flags.quick
    ? []
    : [await measureFormats(), await measureTex(), await measureJournal(), ...(await measureSearch())];
  const [judged] = all;
  if (flags.json) {
    const verdicts = judged ? goals.map((goal) => ({ goal: goal.name, met: isMet(goal, judged) })) : [];
    process.stdout.write(`${JSON.stringify({ machine, verdicts, figures: all, rooms }, null, 2)}\n`);
  } else {
    const parts = [describe(machine), plain(verdicts(all)), legend, plain(details(all)), ...rooms.map(plain)];
    process.stdout.write(`${parts.join("\n\n")}\n`);
  }
  if (flags.write) writeFileSync(new URL("RESULTS.md", import.meta.url), resultsFile(machine, all, rooms));
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
