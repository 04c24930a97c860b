import { type ChildProcess, spawn } from "node:child_process";
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
import { openLibrary } from "../../source/library/library.js";
import { readImage } from "../../source/library/marks-image.js";
import { Ledger } from "./ledger.js";

const machine = "laptop";
/** How many children mark at the same time. */
const atOnce = 3;
/** How many are killed over one journal, before another is begun. */
const perJournal = 50;
/** Somebody without rights, as root may write everywhere. */
const nobody = 65_534;

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

export class FaultSuite {
  /** Where everything is tried. */
  readonly home: string;
  readonly #child: string;
  readonly #begun = performance.now();
  #runs = 0;
  #kills = 0;
  #damaged = 0;
  #acknowledged = 0;
  #lost = 0;
  #overwritten = 0;
  /** Errors that had to be said. */
  #said = 0;
  /** Images that fitted in the end. */
  #images = 0;
  readonly #failures: string[] = [];

  private constructor(home: string, child: string) {
    this.home = home;
    this.#child = child;
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
    return this.#failures.length === 0 && this.#lost === 0 && this.#overwritten === 0;
  }

  report(): string {
    const figures = [
      ["runs", this.#runs],
      ["kills (-9)", this.#kills],
      ["journals damaged in between", this.#damaged],
      ["marks acknowledged", this.#acknowledged],
      ["marks lost", this.#lost],
      ["files overwritten", this.#overwritten],
      ["errors said", this.#said],
      ["images of use in the end", this.#images],
      ["seconds", Math.round((performance.now() - this.#begun) / 1000)],
    ];
    const lines = figures.map(([name, figure]) => `${String(figure).padStart(8)}  ${name}`);
    return `Faults\n${lines.join("\n")}\n${this.#failures.map((one) => `FAILED: ${one}\n`).join("")}`;
  }

  /** Kills children at random moments, several at once, while journals are damaged under them. */
  async kills(wanted: number, milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    for (let batch = 0; this.#kills < wanted && performance.now() < end; batch += 1) {
      const state = join(this.home, `kills-${batch}`);
      const journal = join(state, `marks-${machine}.jsonl`);
      const files = this.#precious(state);
      const ledger = new Ledger();
      const last = Math.min(wanted, this.#kills + perJournal);
      let before = Buffer.alloc(0);
      const one = async (): Promise<void> => {
        while (this.#kills < last && performance.now() < end) {
          this.#kills += 1;
          ledger.read(await this.#killed(state));
          if (Math.random() < 0.8) continue;
          // A journal only ever grows.
          const now = existsSync(journal) ? readFileSync(journal) : before;
          this.#check(
            now.subarray(0, before.length).equals(before),
            `${journal} was written over`,
            "overwritten",
          );
          before = now;
          this.#damage(journal, now);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, one));
      this.#settle(state, ledger);
      for (const [path, text] of files) {
        this.#check(readFileSync(path, "utf8") === text, `${path} was written over`, "overwritten");
      }
      rmSync(state, { recursive: true });
    }
    this.#check(this.#kills >= wanted / 10, `only ${this.#kills} kills in the time there was`);
  }

  /** A limit on the size of files, which a write meets in its middle, as on a disk that fills up. */
  async fullDisk(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const state = join(this.home, `full-${time}`);
      const blocks = 4 + Math.floor(Math.random() * 60);
      const length = 10 + Math.floor(Math.random() * 3_000);
      const args = [this.#child, state, machine, "60", `${length}`];
      const limited = `ulimit -f ${blocks}; exec "$0" "$@"`;
      const running = this.#spawn("sh", ["-c", limited, process.execPath, ...args]);
      const ledger = new Ledger();
      ledger.read(await endOf(running));
      this.#check(running.exitCode === 0, `on a full disk the program ended with ${running.exitCode}`);
      this.#check(
        ledger.errors.every((error) => /not saved: .*(full|limit)/.test(error)),
        `a full disk was told as: ${ledger.errors[0]}`,
      );
      this.#settle(state, ledger);
    }
  }

  /** A state directory that must not be written to. */
  async readOnly(): Promise<void> {
    const state = join(this.home, "read-only");
    const files = this.#precious(state);
    const journal = join(state, `marks-${machine}.jsonl`);
    const text = `${entryOf("laptop:r-1")}\n`;
    writeFileSync(journal, text);
    chmodSync(journal, 0o444);
    chmodSync(state, 0o555);
    const running = this.#spawn(process.execPath, [this.#child, state, machine, "20", "10"], true);
    const ledger = new Ledger();
    ledger.read(await endOf(running));
    chmodSync(state, 0o755);
    this.#check(running.exitCode === 0, `read-only: the program ended with ${running.exitCode}`);
    this.#check(ledger.acknowledged === 0, "read-only: a mark was acknowledged");
    this.#check(
      ledger.errors.length > 0 && ledger.errors.every((error) => /no permission|read-only/.test(error)),
      `read-only: told as ${ledger.errors[0]}`,
    );
    for (const [path, content] of [...files, [journal, text] as const]) {
      this.#check(readFileSync(path, "utf8") === content, `${path} was written over`, "overwritten");
    }
    this.#said += ledger.errors.length;
  }

  /** No HOME, and nobody's: nothing may be written to wherever the program was started. */
  async noHome(): Promise<void> {
    const folder = join(this.home, "started-here");
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const running = this.#spawn(process.execPath, [this.#child, "", machine, "5", "10"], true, folder);
    const ledger = new Ledger();
    ledger.read(await endOf(running));
    this.#check(running.exitCode === 0, `without HOME the program ended with ${running.exitCode}`);
    this.#check(
      process.getuid?.() !== 0 || (ledger.acknowledged === 0 && ledger.errors.length > 0),
      "without HOME a mark was acknowledged",
    );
    this.#check(!existsSync(join(folder, ".local")), "a mark was written to where the program was started");
    this.#said += ledger.errors.length;
  }

  /** The state directory taken away again and again: the next mark brings back all of the session. */
  async removedWhileRunning(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const state = join(this.home, `removed-${time}`, "state");
      const running = this.#spawn(process.execPath, [this.#child, state, machine, "300", "50", "wait"]);
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
      this.#check(
        ledger.errors.every((error) => /could not be made|tried again/.test(error)),
        `removed while running: ${ledger.errors[0]}`,
      );
      this.#settle(state, ledger);
    }
  }

  /** Starts a child that would go on for long, and kills it after some changes or milliseconds. */
  async #killed(state: string): Promise<string> {
    const running = this.#spawn(process.execPath, [this.#child, state, machine, "1000000", "60"]);
    const enough = Math.floor(Math.random() * 30);
    let printed = "";
    let acknowledged = 0;
    running.stdout?.setEncoding("latin1").on("data", (text: string) => {
      printed += text;
      for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) acknowledged += 1;
      if (acknowledged >= enough) running.kill("SIGKILL");
    });
    const delay = Math.random() < 0.1 ? setTimeout(() => running.kill("SIGKILL"), Math.random() * 80) : null;
    await once(running, "close");
    if (delay) clearTimeout(delay);
    return printed;
  }

  #spawn(command: string, args: readonly string[], asNobody = false, cwd = this.home): ChildProcess {
    this.#runs += 1;
    const isRoot = process.getuid?.() === 0;
    const { HOME: _, XDG_STATE_HOME: __, ...env } = process.env;
    return spawn(command, args, {
      cwd,
      env,
      stdio: ["pipe", "pipe", "inherit"],
      ...(asNobody && isRoot ? { uid: nobody, gid: nobody } : {}),
    });
  }

  /** Files of the user's beside the journal. */
  #precious(state: string): Map<string, string> {
    mkdirSync(state, { recursive: true });
    const files = new Map([
      [join(state, "marks-desktop.jsonl"), `${entryOf("desktop:r-1")}\n`],
      [join(state, `marks-${machine} (conflicted copy).jsonl`), `${entryOf("laptop:copy-1")}\n`],
      [join(state, "notes.txt"), "mine\n"],
    ]);
    for (const [path, text] of files) writeFileSync(path, text);
    return files;
  }

  #damage(journal: string, content: Buffer): void {
    const damage = damages[Math.floor(Math.random() * damages.length)];
    if (damage) appendFileSync(journal, damage(content.toString()));
    this.#damaged += 1;
  }

  /** Counts what was acknowledged, and what of it a new start does not find. */
  #settle(state: string, ledger: Ledger): void {
    const { library } = openLibrary(state, machine, Date.now);
    const lost = ledger.lost(library);
    const image = readImage({ cache: `${state}-cache`, state, machine, program: "faults" });
    const imaged = openLibrary(state, machine, Date.now, image).library;
    const isSame =
      ledger.lost(imaged).length === lost.length &&
      imaged.size === library.size &&
      JSON.stringify(imaged.history(500)) === JSON.stringify(library.history(500));
    this.#check(isSame, `the image of ${state} is of other marks`);
    const { all, behindImage } = imaged.sizes();
    if (behindImage < all) this.#images += 1;
    this.#acknowledged += ledger.acknowledged;
    this.#lost += lost.length;
    this.#said += ledger.errors.length;
    if (lost.length > 0) this.#failures.push(`lost in ${state}: ${lost.slice(0, 5).join(", ")}`);
  }

  #check(holds: boolean, failure: string, counted?: "overwritten"): void {
    if (holds) return;
    if (counted) this.#overwritten += 1;
    this.#failures.push(failure);
  }
}

async function endOf(running: ChildProcess): Promise<string> {
  let printed = "";
  running.stdout?.on("data", (text: Buffer) => {
    printed += text;
  });
  await once(running, "close");
  return printed;
}
