/**
 * Stops what works on files between any two of its calls, to let another go by, or for ever: as the
 * system does with processes, but where a test wants it. Only within this process.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** What is thrown in the place of the call at which somebody is killed, and of all they would make after it. */
export class Killed extends Error {}

/** What happens before the calls of somebody, by the number of the call. */
export interface Plan {
  /** Goes by, from its beginning to its end, before that call. */
  readonly others: ReadonlyMap<number, () => void>;
  /** The call that is not made any more; none where it is beyond all. */
  readonly killedAt: number;
}

interface Running {
  readonly plan: Plan;
  calls: number;
  isDead: boolean;
}

const watched = [
  "closeSync",
  "fstatSync",
  "fsyncSync",
  "lstatSync",
  "openSync",
  "readSync",
  "readdirSync",
  "renameSync",
  "rmSync",
  "statSync",
  "writeSync",
] as const;

const running: Running[] = [];

function step(): void {
  const now = running.at(-1);
  if (now === undefined) return;
  if (now.isDead) throw new Killed();
  now.calls += 1;
  now.plan.others.get(now.calls)?.();
  if (now.calls !== now.plan.killedAt) return;
  now.isDead = true;
  throw new Killed();
}

/** Begins to watch calls; returns what ends it. */
export function watchFiles(): () => void {
  const originals = watched.map((name) => [name, fs[name]] as const);
  const patched = fs as unknown as Record<string, unknown>;
  for (const [name, original] of originals) {
    patched[name] = (...args: unknown[]) => {
      const now = running.at(-1);
      try {
        step();
      } catch (error) {
        // The system closes what the dead have open.
        if (name === "closeSync" && now?.isDead) Reflect.apply(original, fs, args);
        throw error;
      }
      return Reflect.apply(original, fs, args);
    };
  }
  syncBuiltinESMExports();
  return () => {
    for (const [name, original] of originals) patched[name] = original;
    syncBuiltinESMExports();
  };
}

/** Ends somebody who has been killed, where an error was taken for another. */
export function liveOn(): void {
  if (running.at(-1)?.isDead) throw new Killed();
}

/** Does what nobody comes between. */
export function undisturbed<T>(act: () => T): T {
  running.push({ plan: { others: new Map(), killedAt: 0 }, calls: 0, isDead: false });
  try {
    return act();
  } finally {
    running.pop();
  }
}

/** Does what somebody does, as planned. Returns how many calls it took, and whether they were killed. */
export function preempted(plan: Plan, act: () => void): { calls: number; isKilled: boolean } {
  const one: Running = { plan, calls: 0, isDead: false };
  running.push(one);
  try {
    act();
  } catch (error) {
    if (!one.isDead) throw error;
  } finally {
    running.pop();
  }
  return { calls: one.calls, isKilled: one.isDead };
}
