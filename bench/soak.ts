import { setTimeout as sleep } from "node:timers/promises";
import { serveDay } from "./homes.js";
import { currentMemory } from "./proc.js";
import type { Table } from "./report.js";
import { papersTui, probe, type Size } from "./subject.js";

/** An hour's work in a few minutes: this many of each, in rounds of some of each. */
const wanted = { keys: 200_000, resizes: 2_000, refreshes: 500 };
const rounds = 100;
/** Rounds after which all caches are filled. */
const warmUp = 10;
/** How long to idle before memory is measured, in milliseconds. */
const rest = 20_000;
/** Keys per write: a held key over a slow line, which the program has to catch up with. */
const burst = "jjjjjjjjsLJJKKmkkkkkkkkvjjV\t\x1b[6~\x1b[5~\tGgu";

/** Uses the program as hard as possible, and returns its memory after the warm-up and at the end. */
export async function measureSoak(
  program: string,
  environment: Record<string, string>,
  size: Size,
): Promise<Table> {
  const server = await serveDay();
  const subject = papersTui(program, { ...environment, ...server.environment }, "trending");
  const running = probe(subject, size);
  try {
    await running.quiet(500);
    let before: number | null = null;
    for (let round = 0; round < rounds; round += 1) {
      if (round === warmUp) before = await restingMemory(running.pid);
      await oneRound(running, size);
    }
    const after = await restingMemory(running.pid);
    running.write("\x1bq");
    await running.ended();
    return report(before, after);
  } finally {
    await running.kill();
    server.close();
  }
}

/**
 * The memory while idle. V8 keeps garbage until it needs the room, and collects it after some seconds of rest:
 * without them the moment of the last collection would be measured.
 */
async function restingMemory(pid: number): Promise<number | null> {
  await sleep(rest);
  return currentMemory(pid);
}

async function oneRound(running: ReturnType<typeof probe>, size: Size): Promise<void> {
  const writes = Math.ceil(wanted.keys / rounds / burst.length);
  for (let at = 0; at < writes; at += 1) {
    running.write(burst);
    // The pieces are only counted here; other benches check the screen.
    if (at % 8 === 7) await running.quiet(5, 200);
  }
  for (let at = 0; at < wanted.resizes / rounds; at += 1) {
    running.resize(size.columns - (at % 5), size.rows - (at % 3));
    await running.quiet(4, 50);
  }
  for (let at = 0; at < wanted.refreshes / rounds; at += 1) {
    running.write("r");
    await running.quiet(20, 400);
  }
  running.pieces.length = 0;
}

function report(before: number | null, after: number | null): Table {
  const what = `${wanted.keys} keys, ${wanted.resizes} resizes, ${wanted.refreshes} refreshes`;
  const head = ["soak", "memory after the warm-up", "at the end", "asked for", "verdict"];
  if (before === null || after === null) return [head, [what, "–", "–", "–", "not measured (no /proc)"]];
  const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const verdict = after <= 1.2 * before ? "met" : "MISSED";
  return [head, [what, mib(before), mib(after), "20 % more at most", verdict]];
}
