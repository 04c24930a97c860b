import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { writeGenerated } from "../scripts/readme.js";
import { cleanEnvironment } from "../test/support/environment.js";
import { measureFilters } from "./filters.js";
import { measureFormats } from "./formats.js";
import { type Figures, goalSize, goals, isMet, otherSizes } from "./goals.js";
import { homeWithMarks, serveDay } from "./homes.js";
import { measureJournal } from "./journal.js";
import { thisMachine } from "./machine.js";
import {
  type Effort,
  measureBursts,
  measureIdle,
  measureLoading,
  measureSession,
  measureStarts,
  type Starts,
} from "./measure.js";
import { measurePeers } from "./peers.js";
import { measureQuality } from "./quality-peers.js";
import { describe, details, legend, plain, resultsFile, type Table, verdicts } from "./report.js";
import { measureSearch } from "./search.js";
import { writeSnapshotListing } from "./snapshot-listing.js";
import { measureSoak } from "./soak.js";
import { papersTui, type Size } from "./subject.js";
import { measureTex } from "./tex.js";
import { measureTexts } from "./texts.js";
import { measureWatches } from "./watches.js";

const usage = `Measures the built program in a terminal and holds it to bench/goals.ts.

  npm run bench                 everything but the million and the soak, about six minutes
  npm run bench -- --quick      the bundled listing at one size, fewer runs, under a minute
  npm run bench -- --million    also a listing of 1,000,000 papers (1.3 GB in the temporary directory)
  npm run bench -- --soak       also an hour's keys, resizes and refreshes, in a few minutes
  npm run bench -- --json       the figures as JSON
  npm run bench -- --write      also writes bench/RESULTS.md and its figures in docs/comparison.md
  npm run bench -- --program F  another build than dist/cli.js, to compare
`;

const thorough: Effort = { starts: 15, warmUps: 3, keys: 80, bursts: 7, idleSeconds: 5 };
const quick: Effort = { starts: 10, warmUps: 2, keys: 60, bursts: 3, idleSeconds: 2 };

const marks = 10_000;
/** How often to load a long listing. */
const loads = 5;

/** The bundled listing. */
async function measureSample(
  program: string,
  size: Size,
  effort: Effort,
  isWhole: boolean,
): Promise<Figures> {
  return inHome(cleanEnvironment(), async ({ variables }) => {
    const subject = papersTui(program, variables);
    return {
      size,
      papers: null,
      starts: await measureStarts(subject, size, effort),
      withMarks: await inHome(homeWithMarks(marks), (home) =>
        measureStarts(papersTui(program, home.variables), size, effort),
      ),
      withDay: isWhole ? await measureDay(program, size, effort) : null,
      loading: null,
      session: await measureSession(subject, size, effort),
      bursts: await measureBursts(subject, size, effort),
      idle: await measureIdle(subject, size, effort),
    };
  });
}

/** Starts on a cached day. */
async function measureDay(program: string, size: Size, effort: Effort): Promise<Starts> {
  const server = await serveDay();
  try {
    return await inHome(cleanEnvironment(server.environment), async ({ variables }) => {
      const day = "daily:2025-10-29";
      await promisify(execFile)(process.execPath, [program, "list", day], { env: variables });
      return measureStarts(papersTui(program, variables, day), size, effort);
    });
  } finally {
    server.close();
  }
}

/** A listing of this many papers, in a file. */
async function measureFile(program: string, path: string, papers: number, effort: Effort): Promise<Figures> {
  return inHome(cleanEnvironment(), async ({ variables }) => {
    const subject = papersTui(program, variables, path);
    // A short file is read before the first screen, like the sample.
    const isLong = papers > 10_000;
    return {
      size: goalSize,
      papers,
      starts: isLong ? null : await measureStarts(subject, goalSize, effort),
      withMarks: null,
      withDay: null,
      loading: isLong ? await measureLoading(subject, goalSize, papers, loads) : null,
      session: await measureSession(subject, goalSize, effort, papers),
      bursts: await measureBursts(subject, goalSize, effort, papers),
      idle: null,
    };
  });
}

async function inHome<T>(
  environment: ReturnType<typeof cleanEnvironment>,
  work: (environment: ReturnType<typeof cleanEnvironment>) => Promise<T>,
): Promise<T> {
  try {
    return await work(environment);
  } finally {
    rmSync(environment.home, { recursive: true, force: true });
  }
}

function say(what: string): void {
  process.stderr.write(`measuring ${what} …\n`);
}

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      million: { type: "boolean", default: false },
      soak: { type: "boolean", default: false },
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
  const { program, quick: isQuick } = flags;
  const effort = isQuick ? quick : thorough;
  const all: Figures[] = [];
  const rooms: Table[] = [];
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-bench-"));
  try {
    for (const size of [goalSize, ...(isQuick ? [] : otherSizes)]) {
      say(`the sample at ${size.columns}×${size.rows}`);
      all.push(await measureSample(program, size, effort, !isQuick));
    }
    for (const papers of isQuick ? [] : [1_000, 100_000, ...(flags.million ? [1_000_000] : [])]) {
      say(`${papers} papers`);
      const path = writeSnapshotListing(folder, papers);
      all.push(await measureFile(program, path, papers, effort));
      if (papers === 100_000) {
        await inHome(cleanEnvironment(), async ({ variables }) => {
          const subject = papersTui(program, variables, path);
          rooms.push(await measureFilters(subject, path, papers, folder, goalSize));
        });
      }
    }
    if (!isQuick) {
      say("other programs, and rooms of this one");
      const path = join(folder, "snapshot-1000.jsonl");
      await inHome(cleanEnvironment(), async ({ variables }) => {
        rooms.push(await measurePeers(papersTui(program, variables, path), path, folder, goalSize, effort));
      });
      rooms.push(
        await measureFormats(),
        await measureTex(),
        await measureTexts(program, goalSize, effort),
        await measureJournal(),
        ...(await measureSearch()),
        await measureWatches(),
        ...(await measureQuality()),
      );
    }
    if (flags.soak) {
      say("a soak");
      rooms.push(
        await inHome(cleanEnvironment(), ({ variables }) => measureSoak(program, variables, goalSize)),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  const [judged] = all;
  if (flags.json) {
    const verdicts = judged ? goals.map((goal) => ({ goal: goal.name, met: isMet(goal, judged) })) : [];
    process.stdout.write(`${JSON.stringify({ machine, verdicts, figures: all, rooms }, null, 2)}\n`);
  } else {
    const parts = [describe(machine), plain(verdicts(all)), legend, plain(details(all)), ...rooms.map(plain)];
    process.stdout.write(`${parts.join("\n\n")}\n`);
  }
  if (!flags.write) return;
  const results = resultsFile(machine, all, rooms);
  writeFileSync(new URL("RESULTS.md", import.meta.url), results);
  if (!isQuick) writeGenerated();
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
