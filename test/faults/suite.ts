import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compactJournal } from "../../source/library/journal/compact.js";
import { openLibrary } from "../../source/library/library.js";
import { Ledger } from "./ledger.js";

export const machine = "laptop";
/** How many children mark at the same time. */
const together = 3;
/** How many are killed over one journal, before another is begun. */
const perJournal = 50;
/** Somebody without rights, as root may write everywhere. */
const nobody = 65_534;

/** Where the children keep their snapshots. */
const placeOf = (state: string) => ({ cache: `${state}-cache`, codeHash: "faults" });

const entryOf = (id: string, more = "") =>
  `{"v":1,"id":"${id}","at":"2026-11-23T08:00:00.000Z","label":"read","papers":[{"paper":"${id}","title":"T","read":true}]${more}}`;

/** What is found in journals that should not be there; each may come in between any two lines. */
const damages: readonly ((text: string) => string | Buffer)[] = [
  () => entryOf("laptop:torn-1").slice(0, 70),
  () => '{"hello":"world"}\n',
  () => "<<<<<<< HEAD\n",
  (text) => text.slice(0, text.indexOf("\n") + 1),
  (text) => text.slice(0, Math.min(text.length, 5_000)),
  () => Buffer.alloc(4_096),
  () => `${entryOf("laptop:newer-1").replace('"v":1', '"v":9')}\n`,
  () => Buffer.from([0xff, 0xfe, 0x0a, 0xc3]),
];

/** Whether this machine lets a program have process numbers of its own, as a container has. */
function hasProcessSpaces(): boolean {
  const [command = "", ...args] = alone;
  return spawnSync(command, [...args, "true"]).status === 0;
}

/** Runs what follows with process numbers of its own; it ends with what is killed. */
const alone = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"];

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** When a child is killed: after up to so many of a sign. */
interface Killing {
  /** With process numbers of its own. */
  readonly isAlone?: boolean;
  readonly most?: number;
  readonly sign?: string;
  /** It stops itself before one call in so many, for about so long. */
  readonly stops?: { readonly oneIn: number; readonly milliseconds: number } | null;
}

interface Spawning {
  readonly asNobody?: boolean;
  readonly cwd?: string;
  readonly stops?: number;
  /** Leads a process group, which can be killed as one. */
  readonly isGroup?: boolean;
}

export class FaultSuite {
  /** Where everything is tried. */
  readonly home: string;
  readonly child: string;
  readonly #begun = performance.now();
  readonly figures = {
    runs: 0,
    kills: 0,
    /** Kills of processes with process numbers of their own. */
    alone: 0,
    damaged: 0,
    compactions: 0,
    stops: 0,
    acknowledged: 0,
    lost: 0,
    overwritten: 0,
    /** Errors that had to be said. */
    said: 0,
    /** Snapshots that were valid in the end, and again after a compaction. */
    snapshots: 0,
    snapshotsOfCompacted: 0,
  };
  readonly #failures: string[] = [];

  private constructor(home: string, child: string) {
    this.home = home;
    this.child = child;
  }

  /** Bundles the child, so that a thousand of them start soon. */
  static async start(): Promise<FaultSuite> {
    const home = mkdtempSync(join(tmpdir(), "papers-tui-faults-"));
    chmodSync(home, 0o755);
    const child = join(home, "child.mjs");
    await build({
      entryPoints: [fileURLToPath(new URL("child.ts", import.meta.url))],
      outfile: child,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["conf"],
      logLevel: "error",
    });
    return new FaultSuite(home, child);
  }

  get isFine(): boolean {
    return this.#failures.length === 0 && this.figures.lost === 0 && this.figures.overwritten === 0;
  }

  report(): string {
    const { figures } = this;
    const rows = [
      ["runs", figures.runs],
      ["kills (-9)", figures.kills],
      ["of them in process namespaces", figures.alone],
      ["journals damaged in between", figures.damaged],
      ["compactions meanwhile", figures.compactions],
      ["times stopped between two calls", figures.stops],
      ["marks acknowledged", figures.acknowledged],
      ["marks lost", figures.lost],
      ["files overwritten", figures.overwritten],
      ["errors said", figures.said],
      ["valid snapshots in the end", figures.snapshots],
      ["valid snapshots after a compaction", figures.snapshotsOfCompacted],
      ["seconds", Math.round((performance.now() - this.#begun) / 1000)],
    ];
    const lines = rows.map(([name, figure]) => `${String(figure).padStart(8)}  ${name}`);
    return `Faults\n${lines.join("\n")}\n${this.#failures.map((one) => `FAILED: ${one}\n`).join("")}`;
  }

  /** Kills children at random moments, several at once, while journals are damaged under them. */
  async kills(wanted: number, milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    for (let batch = 0; this.figures.kills < wanted && performance.now() < end; batch += 1) {
      const state = join(this.home, `kills-${batch}`);
      const journal = join(state, `marks-${machine}.jsonl`);
      const files = this.precious(state);
      const ledger = new Ledger();
      // Every second journal is shared as by containers: the processes have one number, and see no other.
      const isAlone = batch % 2 === 1 && hasProcessSpaces();
      const last = Math.min(wanted, this.figures.kills + perJournal);
      let before = Buffer.alloc(0);
      const one = async (): Promise<void> => {
        while (this.figures.kills < last && performance.now() < end) {
          ledger.read(await this.killed([state, machine, "1000000", "60"], { isAlone }));
          if (Math.random() < 0.8) continue;
          // A journal only ever grows.
          const now = existsSync(journal) ? readFileSync(journal) : before;
          this.check(
            now.subarray(0, before.length).equals(before),
            `${journal} was written over`,
            "overwritten",
          );
          before = now;
          this.damage(journal, now);
        }
      };
      await Promise.all(Array.from({ length: together }, one));
      this.settle(state, ledger);
      this.expect(files);
      rmSync(state, { recursive: true });
    }
    this.check(this.figures.kills >= wanted / 10, `only ${this.figures.kills} kills in the time there was`);
  }

  /** A limit on the size of files, which a write meets in its middle, as on a disk that fills up. */
  async fullDisk(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const state = join(this.home, `full-${time}`);
      const blocks = 4 + Math.floor(Math.random() * 60);
      const length = 10 + Math.floor(Math.random() * 3_000);
      const args = [this.child, state, machine, "60", `${length}`];
      const limited = `ulimit -f ${blocks}; exec "$0" "$@"`;
      const running = this.spawn("sh", ["-c", limited, process.execPath, ...args]);
      const ledger = new Ledger();
      ledger.read(await endOf(running));
      this.check(running.exitCode === 0, `on a full disk the program ended with ${running.exitCode}`);
      this.check(
        ledger.errors.every((error) => /not saved: .*(full|limit)/.test(error)),
        `a full disk was reported as: ${ledger.errors[0]}`,
      );
      this.settle(state, ledger);
    }
  }

  /** A state directory that must not be written to. */
  async readOnly(): Promise<void> {
    const state = join(this.home, "read-only");
    const files = this.precious(state);
    const journal = join(state, `marks-${machine}.jsonl`);
    const text = `${entryOf("laptop:r-1")}\n`;
    writeFileSync(journal, text);
    chmodSync(journal, 0o444);
    chmodSync(state, 0o555);
    const running = this.spawn(process.execPath, [this.child, state, machine, "20", "10"], {
      asNobody: true,
    });
    const ledger = new Ledger();
    ledger.read(await endOf(running));
    chmodSync(state, 0o755);
    this.check(running.exitCode === 0, `read-only: the program ended with ${running.exitCode}`);
    this.check(ledger.acknowledged === 0, "read-only: a mark was acknowledged");
    this.check(
      ledger.errors.length > 0 && ledger.errors.every((error) => /no permission|read-only/.test(error)),
      `read-only: reported as ${ledger.errors[0]}`,
    );
    this.expect(new Map([...files, [journal, text]]));
    this.figures.said += ledger.errors.length;
  }

  /** No HOME, and nobody's: nothing may be written to wherever the program was started. */
  async noHome(): Promise<void> {
    const folder = join(this.home, "started-here");
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const running = this.spawn(process.execPath, [this.child, "", machine, "5", "10"], {
      asNobody: true,
      cwd: folder,
    });
    const ledger = new Ledger();
    ledger.read(await endOf(running));
    this.check(running.exitCode === 0, `without HOME the program ended with ${running.exitCode}`);
    this.check(
      process.getuid?.() !== 0 || (ledger.acknowledged === 0 && ledger.errors.length > 0),
      "without HOME a mark was acknowledged",
    );
    this.check(!existsSync(join(folder, ".local")), "a mark was written to where the program was started");
    this.figures.said += ledger.errors.length;
  }

  /** The state directory taken away again and again: the next mark brings back all of the session. */
  async removedWhileRunning(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const state = join(this.home, `removed-${time}`, "state");
      const running = this.spawn(process.execPath, [this.child, state, machine, "300", "50", "wait"]);
      let printed = "";
      let isWaiting = false;
      running.stdout?.on("data", (text: Buffer) => {
        printed += text;
        isWaiting = printed.endsWith("waiting\n");
      });
      while (!isWaiting && running.exitCode === null) {
        await sleep(Math.random() * 10);
        try {
          rmSync(join(state, ".."), { recursive: true, force: true });
        } catch {
          // The child made something new in it meanwhile.
        }
      }
      running.stdin?.end("\n");
      await once(running, "close");
      const ledger = new Ledger();
      ledger.read(printed);
      // Taken away in the very moment of a change it is said, and that change is written with the next.
      this.check(
        ledger.errors.every((error) => /could not be made|tried again/.test(error)),
        `removed while running: ${ledger.errors[0]}`,
      );
      this.settle(state, ledger);
    }
  }

  /** Starts a child that would go on for long, and kills it after up to `most` signs or after some milliseconds. */
  async killed(args: readonly string[], how: Killing = {}): Promise<string> {
    const { isAlone = false, most = 30, sign = "=", stops = null } = how;
    const [command = "", ...rest] = [...(isAlone ? alone : []), process.execPath, this.child, ...args];
    if (isAlone) this.figures.alone += 1;
    const running = this.spawn(command, rest, { stops: stops?.oneIn ?? 0, isGroup: isAlone });
    // The whole group: `unshare` may be killed before it has bound its child to itself.
    const kill = () => (isAlone && running.pid ? killGroup(running.pid) : running.kill("SIGKILL"));
    const enough = Math.floor(Math.random() * most);
    let printed = "";
    let acknowledged = 0;
    running.stdout?.setEncoding("latin1").on("data", (text: string) => {
      printed += text;
      for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) acknowledged += 1;
      if (acknowledged >= enough) kill();
    });
    // Whoever stops is killed most likely while it is stopped: what it would do next to mend things is not done.
    const limit = stops === null ? 80 : 300 + 15 * stops.milliseconds;
    const isTimed = stops !== null || Math.random() < 0.1;
    const delay = isTimed ? setTimeout(kill, Math.random() * limit) : null;
    const going = stops === null ? null : setInterval(() => running.kill("SIGCONT"), stops.milliseconds);
    await once(running, "close");
    if (delay) clearTimeout(delay);
    if (going) clearInterval(going);
    this.figures.kills += 1;
    this.figures.stops += printed.split("|\n").length - 1;
    return printed;
  }

  /** Starts a program; `stops` says how often it stops itself (`child.ts`). */
  spawn(command: string, args: readonly string[], how: Spawning = {}): ChildProcess {
    const { asNobody = false, cwd = this.home, stops = 0, isGroup = false } = how;
    this.figures.runs += 1;
    const isRoot = process.getuid?.() === 0;
    const { HOME: _, XDG_STATE_HOME: __, ...env } = process.env;
    return spawn(command, args, {
      cwd,
      env: stops > 0 ? { ...env, STOPS: `${stops}` } : env,
      stdio: ["pipe", "pipe", "inherit"],
      detached: isGroup,
      ...(asNobody && isRoot ? { uid: nobody, gid: nobody } : {}),
    });
  }

  /** Files of the user's beside the journal. */
  precious(state: string): Map<string, string> {
    mkdirSync(state, { recursive: true });
    const files = new Map([
      [join(state, "marks-desktop.jsonl"), `${entryOf("desktop:r-1")}\n`],
      [join(state, `marks-${machine} (conflicted copy).jsonl`), `${entryOf("laptop:copy-1")}\n`],
      [join(state, "notes.txt"), "mine\n"],
    ]);
    for (const [path, text] of files) writeFileSync(path, text);
    return files;
  }

  /** Looks whether files are as they were. */
  expect(files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) {
      this.check(readFileSync(path, "utf8") === text, `${path} was written over`, "overwritten");
    }
  }

  damage(journal: string, content: Buffer): void {
    const damage = damages[Math.floor(Math.random() * damages.length)];
    if (damage) appendFileSync(journal, damage(content.toString()));
    this.figures.damaged += 1;
  }

  /**
   * Counts what was acknowledged, and what of it a new start does not find, nor one when all is compacted;
   * with a snapshot of the marks and without.
   */
  settle(state: string, ledger: Ledger): void {
    const lost = this.#lostIn(state, ledger, "snapshots");
    compactJournal(state, machine);
    // With the snapshot of what was there before, which is not valid any more, and with one of what is there now.
    this.#lostIn(state, ledger, null);
    openLibrary(state, machine, Date.now, placeOf(state)).library.keepSnapshot(1);
    const later = this.#lostIn(state, ledger, "snapshotsOfCompacted");
    lost.push(...later.filter((paper) => !lost.includes(paper)));
    this.figures.acknowledged += ledger.acknowledged;
    this.figures.lost += lost.length;
    this.figures.said += ledger.errors.length;
    for (const mistaken of ledger.mistaken) this.#failures.push(`in ${state} an undo or redo ${mistaken}`);
    if (lost.length > 0) this.#failures.push(`lost in ${state}: ${lost.slice(0, 5).join(", ")}`);
  }

  /** What of the acknowledged a new start does not find; one with the snapshot must have the same as one without. */
  #lostIn(state: string, ledger: Ledger, figure: "snapshots" | "snapshotsOfCompacted" | null): string[] {
    const { library } = openLibrary(state, machine, Date.now);
    const lost = ledger.lost(library);
    const quick = openLibrary(state, machine, Date.now, placeOf(state)).library;
    const isSame =
      ledger.lost(quick).length === lost.length &&
      quick.size === library.size &&
      JSON.stringify(quick.interests()) === JSON.stringify(library.interests()) &&
      JSON.stringify(quick.history()) === JSON.stringify(library.history());
    this.check(isSame, `the snapshot of ${state} has other marks`);
    if (figure !== null && quick.bytesInSnapshot > 0) this.figures[figure] += 1;
    return [...lost];
  }

  check(holds: boolean, failure: string, counted?: "overwritten"): void {
    if (holds) return;
    if (counted) this.figures.overwritten += 1;
    this.#failures.push(failure);
  }
}

/** All that a program prints till it ends. */
export async function endOf(running: ChildProcess): Promise<string> {
  let printed = "";
  running.stdout?.on("data", (text: Buffer) => {
    printed += text;
  });
  await once(running, "close");
  return printed;
}
