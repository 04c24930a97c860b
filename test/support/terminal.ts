import { rmSync } from "node:fs";
import { type IPty, spawn } from "@lydell/node-pty";
import { cleanEnvironment } from "./environment.js";
import { type Cell, type Cursor, type Modes, Screen } from "./screen.js";

export type { Cell, Colour, Cursor, Modes } from "./screen.js";

export interface TerminalOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** 80 where not given. */
  readonly columns?: number;
  /** 24 where not given. */
  readonly rows?: number;
  /** Added to a clean environment, see `cleanEnvironment`; `undefined` takes a variable away. */
  readonly env?: Record<string, string | undefined>;
  readonly cwd?: string;
  /**
   * Type the command into an interactive shell instead of running it alone, so that Ctrl-Z and `fg`
   * have someone to return to. The prompt is `shellPrompt`; `pid` and `exit()` are the shell's.
   */
  readonly shell?: boolean;
}

/** How a program ended: by itself (`code`) or by a signal's number (`signal`). */
export interface Exit {
  readonly code: number | null;
  readonly signal: number | null;
}

/** What a shell started by `shell: true` writes when it waits for a command. */
export const shellPrompt = "shell>";

type Condition = string | RegExp | ((terminal: Terminal) => boolean);

/** A program in a real pty, and the screen a person would see: keys in, cells out. */
export class Terminal {
  readonly pid: number;
  /** The home directory of the program: the one given, or a fresh one that `dispose` removes. */
  readonly home: string;
  /** How many bytes the program has written so far. */
  bytes = 0;

  readonly #pty: IPty;
  readonly #screen: Screen;
  readonly #written: Uint8Array[] = [];
  readonly #watchers = new Set<() => void>();
  readonly #ended: Promise<Exit>;
  readonly #removeHome: boolean;
  #exit: Exit | null = null;

  /** The program that has the terminal now, as its command begins: the shell's, or of what runs in it. */
  get foreground(): string {
    return this.#pty.process;
  }

  /** Starts the program; returns at once, before it has written anything. */
  static start(options: TerminalOptions): Terminal {
    return new Terminal(options);
  }

  private constructor(options: TerminalOptions) {
    const { columns = 80, rows = 24, cwd = process.cwd(), shell = false } = options;
    const environment = cleanEnvironment(shell ? { ...options.env, PS1: `${shellPrompt} ` } : options.env);
    this.home = environment.home;
    this.#removeHome = environment.isTemporary;
    this.#screen = new Screen(columns, rows, (answer) => this.write(answer));
    const [command, args] = shell ? ["sh", ["-i"]] : [options.command, [...options.args]];
    // Without an encoding node-pty hands over the bytes as they come, which its types do not know.
    const settings = { cols: columns, rows, cwd, env: environment.variables, encoding: null };
    this.#pty = spawn(command, args, settings);
    this.pid = this.#pty.pid;
    this.#pty.onData((data) => this.#receive(data as unknown as Uint8Array));
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(async ({ exitCode, signal }) => {
        await this.#screen.show("");
        this.#exit = signal ? { code: null, signal } : { code: exitCode, signal: null };
        this.#tellWatchers();
        resolve(this.#exit);
      });
    });
    if (shell) this.#typeCommand(options);
  }

  /** Sends `data` to the program in one write, as a terminal sends keys; after its end, nothing happens. */
  write(data: string): void {
    if (!this.#exit) this.#pty.write(data);
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    if (!this.#exit) this.#pty.resize(columns, rows);
  }

  /** The visible rows without the blanks at their ends; a wide character is one character. */
  screen(): string[] {
    return this.#screen.rows();
  }

  /** The screen's rows joined by line breaks. */
  text(): string {
    return this.screen().join("\n");
  }

  /** The visible rows cell by cell, with colours and styles. */
  styled(): Cell[][] {
    return this.#screen.styled();
  }

  cursor(): Cursor {
    return this.#screen.cursor();
  }

  /** The modes as the program left them so far. */
  modes(): Modes {
    return this.#screen.modes();
  }

  /** The window title the program set, or `null`. */
  title(): string | null {
    return this.#screen.title();
  }

  /** The texts the program put into the clipboard by OSC 52, oldest first. */
  clipboardWrites(): string[] {
    return this.#screen.clipboardWrites();
  }

  /** The addresses of the links the program wrote by OSC 8, oldest first. */
  links(): string[] {
    return this.#screen.links();
  }

  /** Everything the program wrote, as UTF-8. */
  raw(): string {
    return Buffer.concat(this.#written).toString("utf8");
  }

  /**
   * Waits until a text or a pattern is on the screen, or a condition holds. Looks now and after every
   * piece of output, but not inside a synchronized update, which no person sees half done. A function may
   * look at other things too, such as files, so it is asked now and then as well.
   *
   * @throws as soon as the program has ended without it, or after `timeout` ms (10,000); the message
   *   shows the screen.
   */
  async until(condition: Condition, options: { timeout?: number; what?: string } = {}): Promise<void> {
    const { timeout = 10_000, what = describe(condition) } = options;
    const every = typeof condition === "function" ? 50 : null;
    if (await this.#wait(() => meets(this, condition), timeout, every)) return;
    const why = this.#exit ? `the program ended (${describeExit(this.#exit)})` : `${timeout} ms went by`;
    throw new Error(`Waited for ${what}, but ${why}. The screen:\n${this.#framedScreen()}`);
  }

  /**
   * Waits until the program has written nothing for `silence` ms. Only for measuring and pictures: a
   * test says what it waits for with `until`.
   */
  async settled(silence = 150): Promise<void> {
    let seen = -1;
    while (seen !== this.bytes && !this.#exit) {
      seen = this.bytes;
      await new Promise((resolve) => setTimeout(resolve, silence));
    }
  }

  /** Resolves when the program has ended and all it wrote is on the screen. */
  exit(): Promise<Exit> {
    return this.#ended;
  }

  /** Sends a signal to the program; nothing happens if it has ended. */
  kill(signal: NodeJS.Signals): void {
    if (!this.#exit) this.#pty.kill(signal);
  }

  /** Ends the program if it still runs and frees everything, the fresh home included. */
  async dispose(): Promise<void> {
    this.kill("SIGKILL");
    await this.#ended;
    this.#screen.dispose();
    if (this.#removeHome) rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  async #receive(data: Uint8Array): Promise<void> {
    this.bytes += data.length;
    this.#written.push(data);
    await this.#screen.show(data);
    this.#tellWatchers();
  }

  #tellWatchers(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /**
   * Resolves with whether the condition came to hold; rejects if looking at it throws.
   *
   * @param every looks also without output, after so many ms
   */
  #wait(isMet: () => boolean, timeout: number, every: number | null): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const look = (isLast = this.#exit !== null) => {
        try {
          // At the end too, because a program may have left synchronized updates on.
          const isWhole = isLast || !this.modes().synchronized;
          const isHolding = isWhole && isMet();
          if (isHolding || isLast) stop(() => resolve(isHolding));
        } catch (error) {
          stop(() => reject(error));
        }
      };
      const watcher = () => look();
      const timer = setTimeout(() => look(true), timeout);
      const looking = every === null ? undefined : setInterval(watcher, every);
      const stop = (settle: () => void) => {
        clearTimeout(timer);
        clearInterval(looking);
        this.#watchers.delete(watcher);
        settle();
      };
      this.#watchers.add(watcher);
      look();
    });
  }

  /** Types only at the prompt: what is typed ahead is echoed twice by some shells. */
  #typeCommand({ command, args }: TerminalOptions): void {
    const line = [command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
    this.until(shellPrompt).then(
      () => this.write(`${line}\r`),
      () => {}, // The test's own `until` fails too, and shows the screen.
    );
  }

  #framedScreen(): string {
    const { x, y, visible } = this.cursor();
    const edge = "─".repeat(this.#screen.columns);
    const rows = this.screen().map((row) => `│${row}`);
    const state = `cursor ${visible ? "" : "hidden "}at column ${x}, row ${y}; ${JSON.stringify(this.modes())}`;
    return [`┌${edge}`, ...rows, `└${edge}`, state].join("\n");
  }
}

function meets(terminal: Terminal, condition: Condition): boolean {
  if (typeof condition === "function") return condition(terminal);
  if (typeof condition === "string") return terminal.text().includes(condition);
  condition.lastIndex = 0; // A pattern with /g would go on from its last match.
  return condition.test(terminal.text());
}

function describe(condition: Condition): string {
  if (typeof condition === "function") return condition.toString();
  return typeof condition === "string" ? JSON.stringify(condition) : condition.toString();
}

function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
