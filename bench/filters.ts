import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { Screen } from "../test/support/screen.js";
import { untilIdle, withSubject } from "./measure.js";
import type { Probe } from "./probe.js";
import { spread, type Table } from "./report.js";
import { summary } from "./statistics.js";
import type { Size, Subject } from "./subject.js";

/** Typed letter by letter, with the line cleared in between: words that many, some and few papers have. */
const typed = ["contrastive", "graph", "hessian spectrum"];

/** Long enough for every further response, in ms. */
const silence = 300;

/** The time from a letter to the first change of the rows and to its last byte, in ms. */
interface Letter {
  readonly first: number;
  readonly last: number;
}

/**
 * Types letters into the filter of the built program and into fzf's, in turn, so that both run under the
 * same load: ours searches titles, authors and abstracts, fzf titles only.
 *
 * @param listing a listing of `papers` papers in the form of arXiv's snapshot
 * @param folder for the file that fzf reads
 */
export async function measureFilters(
  ours: Subject,
  listing: string,
  papers: number,
  folder: string,
  size: Size,
): Promise<Table> {
  const head = [
    `typing into the filter of ${papers.toLocaleString("en")} papers`,
    "the rows change",
    "the last byte",
  ];
  const isThere = spawnSync("fzf", ["--version"]).error === undefined;
  const lines = join(folder, `titles-${papers}.txt`);
  if (isThere) await writeTitles(listing, lines);
  const own: Typing = new Typing(size);
  const other: Typing = new Typing(size);
  await withSubject(
    ours,
    size,
    async (running) => {
      running.write(`${ours.keys.filter}a`);
      await untilIdle(running);
      const both = async (peer: Probe | null) => {
        for (const keys of typed.flatMap((words) => ["\x15", ...words])) {
          await own.press(running, keys);
          if (peer !== null) await other.press(peer, keys);
        }
      };
      if (isThere) {
        const fzf = {
          ...ours,
          name: "fzf",
          command: "sh",
          args: ["-c", `exec fzf < '${lines}'`],
          keys: fzfKeys,
        };
        await withSubject(fzf, size, async (peer) => {
          await untilIdle(peer);
          await both(peer);
        });
      } else await both(null);
      running.write(`\x15${ours.keys.leaveFilter}`);
      await running.quiet();
    },
    papers,
  );
  return [
    head,
    ["papers-tui, titles, authors and abstracts", ...(await own.cells())],
    ["fzf, titles", ...(isThere ? await other.cells() : ["not installed", "–"])],
  ];
}

const fzfKeys: Subject["keys"] = {
  down: "\x1b[A",
  up: "\x1b[B",
  top: "",
  pageDown: "\x1b[6~",
  pageUp: "\x1b[5~",
  filter: "",
  clearLine: "\x15",
  leaveFilter: "",
  quit: "\x1b",
};

/** Keys typed into a program, and the times of its output. */
class Typing {
  readonly #keys: { key: string; at: number; from: number; end: number }[] = [];
  readonly #size: Size;
  #running: Probe | null = null;

  constructor(size: Size) {
    this.#size = size;
  }

  async press(running: Probe, key: string): Promise<void> {
    this.#running = running;
    const from = running.pieces.length;
    const at = performance.now();
    running.write(key);
    await running.quiet(silence);
    this.#keys.push({ key, at, from, end: running.pieces.length });
  }

  async cells(): Promise<string[]> {
    const letters = await this.#letters();
    return [
      spread(summary(letters.map(({ first }) => first)), "ms"),
      spread(summary(letters.map(({ last }) => last)), "ms"),
    ];
  }

  /** Replays the output on an emulated screen, to find when rows changed. */
  async #letters(): Promise<Letter[]> {
    const pieces = this.#running?.pieces ?? [];
    const screen = new Screen(this.#size.columns, this.#size.rows);
    // The last two rows are the prompt and the number of matches.
    const rows = () => screen.rows().slice(0, -2).join("\n");
    const letters: Letter[] = [];
    let shown = 0;
    for (const { key, at, from, end } of this.#keys) {
      for (; shown < from; shown += 1) await screen.show((pieces[shown] as (typeof pieces)[number]).data);
      const before = rows();
      let first: number | null = null;
      for (; shown < end; shown += 1) {
        const piece = pieces[shown] as (typeof pieces)[number];
        await screen.show(piece.data);
        if (first === null && rows() !== before) first = piece.at - at;
      }
      const last = (pieces[end - 1]?.at ?? at) - at;
      if (key.length === 1 && key >= " ") letters.push({ first: first ?? last, last });
    }
    screen.dispose();
    return letters;
  }
}

/** The titles of a listing, one a line. */
async function writeTitles(listing: string, path: string): Promise<void> {
  const out = createWriteStream(path);
  for await (const line of createInterface({ input: createReadStream(listing) })) {
    if (line !== "") out.write(`${(JSON.parse(line) as { title: string }).title}\n`);
  }
  out.end();
  await finished(out);
}
