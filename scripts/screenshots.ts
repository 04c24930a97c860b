import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Terminal } from "../test/support/terminal.js";
import { dayAnswer, pictureDay, textId, textPage } from "./pictures/day.js";
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

/** A server of the day, on which more papers are put up later, and of one text. */
interface Day {
  readonly address: string;
  isEarly: boolean;
  close(): void;
}

const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const pictures = fileURLToPath(new URL("../docs/", import.meta.url));
/** Sets the program's clock, so that dates are near whenever the pictures are drawn. */
const clock = fileURLToPath(new URL("../test/support/clock.cjs", import.meta.url));

/** Types `keys` and waits for their effect, so that no picture depends on time. */
async function type(terminal: Terminal, keys: string, brings: (screen: string) => boolean): Promise<void> {
  terminal.write(keys);
  await terminal.until((at) => brings(at.text()), { what: `what ${JSON.stringify(keys)} brings` });
}

const isOn = (paper: number) => (screen: string) => new RegExp(` ${paper}/\\d+$`).test(screen.trimEnd());

/** A first visit: reads a few papers, stars one and puts one aside. */
async function firstVisit(terminal: Terminal): Promise<void> {
  await terminal.until("All 10");
  await type(terminal, "gs", (screen) => screen.includes("Starred 1"));
  await type(terminal, "jjL", (screen) => screen.includes("Later 1"));
  await type(terminal, "gm", (screen) => screen.includes("Unread 9"));
  await type(terminal, "jjjm", (screen) => screen.includes("Unread 8"));
  terminal.write("q");
  await terminal.exit();
}

const scenes: readonly Scene[] = [
  {
    name: "browse",
    title: "papers-tui: a day of papers, new ones first, and the paper under the cursor beside it",
    columns: 120,
    rows: 36,
    play: (terminal) => type(terminal, "g", isOn(1)),
  },
  {
    name: "filter",
    title: "papers-tui: filtering the papers while typing",
    columns: 120,
    rows: 30,
    play: (terminal) => type(terminal, "/contrastive", (screen) => /contrastive.*\d of 14$/m.test(screen)),
  },
  {
    name: "text",
    title: "papers-tui: the text of a paper with its formulas",
    columns: 120,
    rows: 36,
    play: (terminal) =>
      type(terminal, "gf", (screen) => screen.includes("A key") && screen.includes("Method")),
  },
  {
    name: "triage",
    title: "papers-tui: unread papers one at a time, what each did first",
    columns: 120,
    rows: 30,
    play: (terminal) => type(terminal, "gT", (screen) => screen.includes("1 of 12")),
  },
  {
    name: "skim",
    title: "papers-tui: an abstract for skimming",
    columns: 120,
    rows: 30,
    play: (terminal) => type(terminal, "gi", (screen) => /^.*│ did +We present/m.test(screen)),
  },
  {
    name: "narrow",
    title: "papers-tui in 80 columns",
    columns: 80,
    rows: 24,
    play: (terminal) => type(terminal, "g", isOn(1)),
  },
  {
    name: "help",
    title: "papers-tui: every key and what it does",
    columns: 100,
    rows: 30,
    play: (terminal) => type(terminal, "?", (screen) => /half a? ?page/i.test(screen)),
  },
];

async function serveDay(): Promise<Day> {
  const server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/api/daily_papers"))
      response.setHeader("content-type", "application/json").end(dayAnswer(day.isEarly));
    else if (url === `/html/${textId}`) response.setHeader("content-type", "text/html").end(textPage);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const day: Day = { address, isEarly: true, close };
  return day;
}

/** Plays a scene in a home where the day was visited before its last papers came, and draws its final screen. */
async function draw({ title, columns, rows, play }: Scene): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "screenshots-"));
  const config = join(home, ".config", "papers-tui");
  mkdirSync(config, { recursive: true });
  const day = await serveDay();
  // Only keys change marks, however long a slow machine takes for a scene.
  const settings = {
    markReadAfter: 0,
    arxivSite: day.address,
    arxivEndpoint: day.address,
    keepText: "opened",
  };
  writeFileSync(join(config, "config.json"), JSON.stringify(settings));
  const visit = async (at: string, work: (terminal: Terminal) => Promise<void>) => {
    const terminal = Terminal.start({
      command: process.execPath,
      args: ["--require", clock, program, `daily:${pictureDay}`],
      columns,
      rows,
      env: { HOME: home, HF_ENDPOINT: day.address, TEST_CLOCK: `${pictureDay}T${at}:00Z`, TZ: "UTC" },
    });
    try {
      await terminal.until("? help");
      await work(terminal);
    } finally {
      await terminal.dispose();
    }
  };
  try {
    await visit("07:30", firstVisit);
    day.isEarly = false;
    let picture = "";
    await visit("16:10", async (terminal) => {
      // As nobody has pressed a key yet, the papers that came meanwhile come into the list by themselves.
      await terminal.until("All 14");
      await play(terminal);
      await terminal.settled();
      picture = drawWindow({ rows: terminal.styled(), cursor: terminal.cursor(), title });
    });
    return picture;
  } finally {
    day.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const named = process.argv.slice(2);
  for (const scene of scenes) {
    if (named.length > 0 && !named.includes(scene.name)) continue;
    const file = join(pictures, `${scene.name}.svg`);
    writeFileSync(file, await draw(scene));
    process.stdout.write(`docs/${scene.name}.svg\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`screenshots: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
