import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../support/environment.js";
import { Terminal, type TerminalOptions } from "../support/terminal.js";

export const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
export const fixture = fileURLToPath(new URL("../../fixtures/daily-papers.txt", import.meta.url));

interface Options extends Partial<Omit<TerminalOptions, "command" | "args">> {
  readonly home?: string;
}

/** Starts the built program in a terminal, in a home of its own unless one is given. */
export function start(
  args: readonly string[] = ["sample"],
  { home, env, ...options }: Options = {},
): Terminal {
  return Terminal.start({
    command: process.execPath,
    args: [cli, ...args],
    columns: 120,
    rows: 36,
    env: { ...(home === undefined ? {} : { HOME: home }), ...env },
    ...options,
  });
}

/** How a run without a terminal ended, and what it said. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built program to its end with pipes in place of the terminal, in a home of its own unless one is given. */
export function run(
  args: readonly string[],
  {
    home,
    env,
    input = "",
  }: { home?: string; env?: Record<string, string | undefined>; input?: string | Buffer } = {},
): Run {
  const environment = cleanEnvironment({ ...(home === undefined ? {} : { HOME: home }), ...env });
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      env: environment.variables,
      input,
      encoding: "utf8",
      timeout: 30_000,
    });
    return { code: status, out: stdout, err: stderr };
  } finally {
    if (environment.isTemporary) rmSync(environment.home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** As `run`, while the test goes on: for a program that asks a server of the test. */
export async function runBeside(
  args: readonly string[],
  { home, env }: { home?: string; env?: Record<string, string | undefined> } = {},
): Promise<Run> {
  const environment = cleanEnvironment({ ...(home === undefined ? {} : { HOME: home }), ...env });
  const child = spawn(process.execPath, [cli, ...args], {
    env: environment.variables,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  if (environment.isTemporary) rmSync(environment.home, { recursive: true, force: true, maxRetries: 3 });
  return { code, out, err };
}

/** Runs `work` with a home directory that outlives one run of the program. */
export async function withHome(work: (home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "papers-tui-home-"));
  try {
    await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs `work` with a terminal and frees it, whatever happens. */
export async function using(terminal: Terminal, work: (terminal: Terminal) => Promise<void>): Promise<void> {
  try {
    await work(terminal);
  } finally {
    await terminal.dispose();
  }
}

/** Undoes what was done in an earlier visit, which `u` names before. */
export async function undoEarlier(terminal: Terminal): Promise<void> {
  terminal.write("u");
  await terminal.until("u again undoes what you did on");
  // Keys that come faster are held.
  await new Promise((resolve) => setTimeout(resolve, 450));
  terminal.write("u");
}

/** The title of the paper under the cursor, as far as the row shows it. */
export function currentRow(terminal: Terminal): string {
  const row = terminal.screen().find((line) => line.startsWith("▌")) ?? "";
  // After the marks come the votes, where the listing has them.
  return (row.split("│")[0] as string)
    .slice(5)
    .replace(/^ {0,3}\d+k? {2}/, "")
    .trim();
}

/** Whether the terminal is as a program must leave it. */
export function isRestored(terminal: Terminal): boolean {
  const { alternate, bracketedPaste, mouse, synchronized } = terminal.modes();
  return (
    !alternate &&
    !bracketedPaste &&
    !mouse &&
    !hasWheel(terminal) &&
    !synchronized &&
    terminal.cursor().visible
  );
}

/** Whether the wheel was left as arrow keys by a program that found it otherwise: of one saved mode, as xterm has. */
function hasWheel(terminal: Terminal): boolean {
  let isOn = false;
  let saved = false;
  for (const [, what] of terminal.raw().matchAll(/\x1b\[\?1007([hlsr])/g)) {
    if (what === "s") saved = isOn;
    else isOn = what === "r" ? saved : what === "h";
  }
  return isOn;
}
