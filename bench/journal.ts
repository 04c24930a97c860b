import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeLine } from "../source/library/journal/format.js";
import { openLibrary } from "../source/library/library.js";
import type { Table } from "./report.js";
import { percentile } from "./statistics.js";

/** The number of changes in 27 years, at forty a day. */
const changes = 400_000;
const changesPerRun = 40;
const runs = 7;
const marks = 2_000;
const machine = "laptop-3fa9c1";
const words =
  "learning graph diffusion policy optimization attention sampling a framework of the with for on efficient";

/** The time to load a long journal, and with it that of a mark and of a check for others' marks. */
export async function measureJournal(): Promise<Table> {
  const state = mkdtempSync(join(tmpdir(), "papers-tui-bench-"));
  const path = join(state, `marks-${machine}.jsonl`);
  try {
    writeFileSync(path, journalText());
    let load = Number.POSITIVE_INFINITY;
    let parse = Number.POSITIVE_INFINITY;
    // In turns, so that other load affects both.
    for (let run = 0; run < runs; run += 1) {
      load = Math.min(
        load,
        timeOf(() => openLibrary(state, machine, Date.now)),
      );
      parse = Math.min(
        parse,
        timeOf(() => parseLines(path)),
      );
    }
    const { library } = openLibrary(state, machine, Date.now);
    if (library.size !== changes) throw new Error(`${library.size} of ${changes} papers are marked`);
    const mark = Array.from({ length: marks }, (_, number) => {
      const paper = { paper: `bench.${number}`, title: "A paper marked now", read: true };
      return timeOf(() => library.record("read", [paper]));
    });
    library.refresh();
    const check = Array.from({ length: marks }, () => timeOf(() => library.refresh()));
    return [
      ["a journal of 400,000 changes", "measured", "beside JSON.parse", "asked for", "verdict"],
      row("loaded", load, 400, `${(load / parse).toFixed(2)} ×`),
      row("a mark, p95", percentile(mark, 0.95), 1),
      row("a look for others' marks, p95", percentile(check, 0.95), 1),
    ];
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function row(what: string, milliseconds: number, limit: number, ratio = "–"): string[] {
  const figure = `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
  return [what, figure, ratio, `${limit} ms`, milliseconds <= limit ? "met" : "MISSED"];
}

function parseLines(path: string): void {
  for (const line of readFileSync(path).toString().split("\n")) if (line !== "") JSON.parse(line);
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Lines as after years of use: runs of some marks each, titles of 70 letters on average. */
function journalText(): string {
  const vocabulary = words.split(" ");
  const lines: string[] = [];
  let time = Date.parse("2000-01-01T08:00:00.000Z");
  let run = "";
  for (let number = 0; number < changes; number += 1) {
    if (number % changesPerRun === 0) {
      time += 8 * 3_600_000;
      run = `${machine}:${time.toString(36)}.${(1_000 + (number % 30_000)).toString(36)}.1`;
    }
    time += 1_000 + (number % 17) * 1_000;
    const title = Array.from(
      { length: 8 + (number % 5) },
      (_, at) => vocabulary[(number * 7 + at * 3) % vocabulary.length],
    ).join(" ");
    const month = 1 + (Math.floor(number / 7_000) % 12);
    const paper = `${10 + Math.floor(number / 84_000)}${String(month).padStart(2, "0")}.${String(number % 100_000).padStart(5, "0")}`;
    const what = number % 10 === 0 ? "starred" : "read";
    lines.push(
      encodeLine({
        id: `${run}-${1 + (number % changesPerRun)}`,
        at: new Date(time).toISOString(),
        label: what,
        papers: [{ paper, title, [what]: true }],
      }),
    );
  }
  return `${lines.join("\n")}\n`;
}
