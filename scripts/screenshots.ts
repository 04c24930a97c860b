import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Terminal } from "../test/support/terminal.js";
import { drawWindow } from "./svg.js";

/** A picture of the running program: `docs/NAME.svg`. */
interface Scene {
  readonly name: string;
  /** The alternative text of the picture. */
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  /** The user's actions until the final screen. */
  play(terminal: Terminal): Promise<void>;
}

const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const pictures = fileURLToPath(new URL("../docs/", import.meta.url));

/** Types `keys` and waits for their effect, so that no picture depends on time. */
async function type(terminal: Terminal, keys: string, brings: (screen: string) => boolean): Promise<void> {
  terminal.write(keys);
  await terminal.until((at) => brings(at.text()), { what: `what ${JSON.stringify(keys)} brings` });
}

/** Stars and reads a few papers, as after some minutes of use, and ends on the third. */
async function readAWhile(terminal: Terminal): Promise<void> {
  const isOn = (paper: number, screen: string) => screen.endsWith(` ${paper}/40`);
  const keysTo = (paper: number) => `g${"j".repeat(paper - 1)}`;
  for (const paper of [3, 9, 12, 18]) {
    await type(terminal, keysTo(paper), (screen) => isOn(paper, screen));
    await type(terminal, "s", (screen) => screen.includes("★ starred"));
  }
  for (const paper of [1, 2, 4, 5, 9, 10]) {
    await type(terminal, keysTo(paper), (screen) => isOn(paper, screen));
    await type(terminal, "m", (screen) => !screen.includes("● unread"));
  }
  await type(terminal, keysTo(3), (screen) => isOn(3, screen));
}

const scenes: readonly Scene[] = [
  {
    name: "browse",
    title: "papers-tui: a list of papers, and the paper under the cursor beside it",
    columns: 120,
    rows: 36,
    play: readAWhile,
  },
  {
    name: "filter",
    title: "papers-tui: filtering the papers while typing",
    columns: 120,
    rows: 30,
    async play(terminal) {
      await readAWhile(terminal);
      await type(terminal, "/contrastive", (screen) => /contrastive.*\d of 40$/m.test(screen));
    },
  },
  {
    name: "narrow",
    title: "papers-tui in 80 columns",
    columns: 80,
    rows: 24,
    play: readAWhile,
  },
  {
    name: "help",
    title: "papers-tui: every key and what it does",
    columns: 100,
    rows: 30,
    play: (terminal) => type(terminal, "?", (screen) => /half a? ?page/i.test(screen)),
  },
];

/** Plays a scene from an empty home and draws its final screen. */
async function draw({ title, columns, rows, play }: Scene): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "screenshots-"));
  const config = join(home, ".config", "papers-tui");
  mkdirSync(config, { recursive: true });
  // Only keys change marks, however long a slow machine takes for a scene.
  writeFileSync(join(config, "config.json"), JSON.stringify({ markReadAfter: 0 }));
  const args = [program, "sample"];
  const terminal = Terminal.start({ command: process.execPath, args, columns, rows, env: { HOME: home } });
  try {
    await terminal.until("? help");
    await play(terminal);
    await terminal.settled();
    return drawWindow({ rows: terminal.styled(), cursor: terminal.cursor(), title });
  } finally {
    await terminal.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const scene of scenes) {
    const file = join(pictures, `${scene.name}.svg`);
    writeFileSync(file, await draw(scene));
    process.stdout.write(`docs/${scene.name}.svg\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`screenshots: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
