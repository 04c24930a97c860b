import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Effort, type Keys, press, repeat, withSubject } from "./measure.js";
import { peakMemory } from "./proc.js";
import { memory, spread, type Table } from "./report.js";
import { type Summary, summary } from "./statistics.js";
import { probe, type Size, type Subject } from "./subject.js";

/** The comparable figures of another program: its start to the last byte, a step, a typed letter, memory. */
interface Compared {
  readonly name: string;
  readonly start: Summary;
  readonly step: Keys;
  readonly letter: Keys | null;
  readonly memory: number | null;
}

/** A program to measure like ours, if it is installed. */
interface Peer extends Subject {
  /** Keys from its first screen to the list. */
  readonly enter: string;
  /** Whether typed letters filter the list. */
  readonly filters: boolean;
  /** Preparation before its first start. */
  readonly prepare: () => void;
}

/**
 * Compares with programs that show lists: newsboat on 1,000 papers as a feed, fzf and less on one title a line.
 * The last row names programs that are not installed.
 *
 * @param folder for the files that they read
 * @param listing a listing in the form of arXiv's snapshot
 */
export async function measurePeers(
  ours: Subject,
  listing: string,
  folder: string,
  size: Size,
  effort: Effort,
): Promise<Table> {
  const all = peers(ours.environment, listing, folder);
  const there = all.filter(({ name }) => spawnSync(name, ["--version"]).error === undefined);
  const figures = [await compare({ ...ours, enter: "", filters: false, prepare: () => {} }, size, effort)];
  for (const peer of there) {
    peer.prepare();
    figures.push(await compare(peer, size, effort));
  }
  const missing = all.filter((one) => !there.includes(one)).map(({ name }) => name);
  const own = figures[0] as Compared;
  const beside = (mine: number, other: number) => `ours is ${(mine / other).toFixed(1)} ×`;
  return [
    ["beside others", "start, to the last byte", "a step", "a typed letter", "peak memory"],
    ...figures.map((one) => {
      const compares = one !== own;
      const start = compares ? `, ${beside(own.start.median, one.start.median)}` : "";
      const step = compares ? `, ${beside(own.step.ms.median, one.step.ms.median)}` : "";
      return [
        one.name,
        `${spread(one.start, "ms")}${start}`,
        `${spread(one.step.ms, "ms")}${step}`,
        spread(one.letter?.ms, "ms"),
        memory(one.memory),
      ];
    }),
    ...(missing.length > 0 ? [[`not installed: ${missing.join(", ")}`, "–", "–", "–", "–"]] : []),
  ];
}

async function compare(peer: Peer, size: Size, effort: Effort): Promise<Compared> {
  const starts: number[] = [];
  for (let run = 0; run < effort.starts; run += 1) {
    const running = probe(peer, size);
    await running.quiet(150);
    starts.push((running.pieces.at(-1)?.at ?? Number.NaN) - running.startedAt);
    await running.kill();
  }
  return withSubject(peer, size, async (running) => {
    if (peer.enter !== "") await press(running, peer.enter);
    const step = await repeat(effort.keys, () => press(running, peer.keys.down));
    const letter = peer.filters
      ? await repeat(effort.keys, (at) =>
          press(running, at % 4 === 3 ? peer.keys.clearLine : ("net"[at % 4] as string)),
        )
      : null;
    return { name: peer.name, start: summary(starts), step, letter, memory: peakMemory(running.pid) };
  });
}

function peers(environment: Record<string, string>, listing: string, folder: string): Peer[] {
  const lines = join(folder, "titles.txt");
  const feed = join(folder, "feed.xml");
  const urls = join(folder, "urls");
  const cache = join(folder, "newsboat.db");
  const common = { environment, ready: "", position: () => null, filters: false };
  const keys = {
    up: "k",
    top: "g",
    pageDown: "\x1b[6~",
    pageUp: "\x1b[5~",
    filter: "",
    clearLine: "\x15",
    leaveFilter: "",
  };
  const writeTitles = () => writeFileSync(lines, `${titles(listing).join("\n")}\n`);
  return [
    {
      ...common,
      name: "newsboat",
      command: "newsboat",
      args: ["-q", "-u", urls, "-c", cache],
      keys: { ...keys, down: "j", top: "", quit: "qqq" },
      enter: "\r",
      prepare: () => {
        writeFileSync(feed, asFeed(titles(listing).slice(0, 1_000)));
        writeFileSync(urls, `file://${feed}\n`);
        spawnSync("newsboat", ["-q", "-u", urls, "-c", cache, "-x", "reload"], { env: environment });
      },
    },
    {
      ...common,
      name: "fzf",
      command: "sh",
      args: ["-c", `exec fzf < '${lines}'`],
      keys: { ...keys, down: "\x1b[A", top: "", quit: "\x1b" },
      enter: "",
      filters: true,
      prepare: writeTitles,
    },
    {
      ...common,
      name: "less",
      command: "less",
      args: [lines],
      keys: { ...keys, down: "j", quit: "q" },
      enter: "",
      prepare: writeTitles,
    },
  ];
}

function titles(listing: string): string[] {
  return readFileSync(listing, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { title: string }).title);
}

function asFeed(all: readonly string[]): string {
  const items = all.map((title, at) => `<item><title>${title}</title><guid>${at}</guid></item>`);
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Papers</title>${items.join("")}</channel></rss>`;
}
