import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ledger } from "./ledger.js";
import { endOf, type FaultSuite, machine } from "./suite.js";

type Stops = { readonly oneIn: number; readonly milliseconds: number } | null;

/** How many are killed over one journal, before another is begun. */
const perJournal = 40;

/**
 * Several mark and several compact at once, all killed at random and begun again; some of them stop
 * between any two calls that work on files while the others go on.
 */
export async function compactions(suite: FaultSuite, wanted: number, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  const { figures } = suite;
  const begun = figures.kills;
  for (let batch = 0; figures.kills - begun < wanted && performance.now() < end; batch += 1) {
    const state = join(suite.home, `compactions-${batch}`);
    const files = suite.precious(state);
    beginsInTwo(state);
    const ledger = new Ledger();
    const last = figures.kills + perJournal;
    const isOpen = () => figures.kills < last && performance.now() < end;
    const compact = async (stops: Stops): Promise<void> => {
      while (isOpen()) {
        const args = [state, machine, "1000000", "0", "compact"];
        const printed = await suite.killed(args, { most: 60, sign: ".", stops });
        figures.compactions += count(printed, suite);
      }
    };
    const mark = async (most: number, stops: Stops): Promise<void> => {
      while (isOpen()) {
        ledger.read(await suite.killed([state, machine, "1000000", "60"], { most, stops }));
        if (Math.random() > 0.05) continue;
        const journal = join(state, `marks-${machine}.jsonl`);
        if (existsSync(journal)) suite.damage(journal, Buffer.alloc(0));
      }
    };
    // One compacts while another is between two of its steps, and a mark is between open and write.
    await Promise.all([
      compact(null),
      compact({ oneIn: 6, milliseconds: 20 }),
      mark(600, null),
      mark(1_000, { oneIn: 2, milliseconds: 60 }),
      mark(1_000, { oneIn: 3, milliseconds: 100 }),
    ]);
    suite.settle(state, ledger);
    suite.expect(files);
    const left = readdirSync(state).filter((name) => /^marks-laptop(?:\..*)?\.jsonl$/.test(name));
    suite.check(left.length === 1, `one file should be left of all that was compacted: ${left.join(" ")}`);
    rmSync(state, { recursive: true });
  }
  suite.check(figures.compactions > 0 && figures.stops > 0, "nothing was compacted or nobody stopped");
}

/** A disk that fills up while a journal is compacted again and again: what was there stays. */
export async function fullDiskCompacting(suite: FaultSuite, times: number): Promise<void> {
  let failed = 0;
  for (let time = 0; time < times; time += 1) {
    const state = join(suite.home, `full-compacting-${time}`);
    // So much that it and a journal that fills the disk are too large for one file.
    beginsInTwo(state, 60);
    const blocks = 16 + Math.floor(Math.random() * 60);
    const args = [suite.child, state, machine, "150", `${200 + Math.floor(Math.random() * 800)}`, "full"];
    const running = suite.spawn("sh", [
      "-c",
      `ulimit -f ${blocks}; exec "$0" "$@"`,
      process.execPath,
      ...args,
    ]);
    const printed = await endOf(running);
    const ledger = new Ledger();
    ledger.read(printed);
    suite.check(running.exitCode === 0, `compacting on a full disk ended with ${running.exitCode}`);
    suite.figures.compactions += count(printed, suite, /too large|no space|ENOSPC|EFBIG/i);
    failed += printed.split("\n").filter((line) => line.startsWith("#")).length;
    const left = readdirSync(state).filter((name) => name.endsWith(".tmp"));
    suite.check(left.length === 0, `a full disk left ${left.join(" ")}`);
    suite.settle(state, ledger);
  }
  suite.check(failed > 0, "no compaction met the end of the disk");
}

/** A part of the journal put aside before: one file that would not get smaller is left alone. */
function beginsInTwo(state: string, marks = 1): void {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const lines = Array.from(
    { length: marks },
    (_, at) =>
      `{"v":1,"id":"desktop:r-${at + 1}","at":"2026-11-01T08:00:00.000Z","label":"read","papers":[{"paper":"${at}","title":"One","read":true}]}\n`,
  );
  writeFileSync(join(state, `marks-${machine}.sealed-a-a.jsonl`), lines.join(""), { mode: 0o600 });
}

/** How many compactions were done; what went wrong must be of the kind that may. */
function count(printed: string, suite: FaultSuite, mayFail?: RegExp): number {
  const lines = printed.split("\n");
  for (const line of lines.filter((one) => one.startsWith("#"))) {
    suite.check(mayFail?.test(line) ?? false, `a compaction failed: ${line}`);
  }
  return lines.filter((line) => line === ".").length;
}
