import { clean } from "../text/clean.js";
import { forPrinting } from "../text/shown.js";

type Write = NodeJS.WriteStream["write"];
type Done = (error?: Error | null) => void;

/** The limit of output kept while the screen is up, in characters. */
const mostHeld = 65_536;

/** The prefix of our own messages on standard error. A message is one line, whatever it quotes. */
const ours = "papers-tui: ";

/** Standard output without the filter, for drawing the screen. */
let writeToScreen: ((text: string) => void) | null = null;
/** Output kept until the screen is gone; `null` without a screen. */
let held: string[] | null = null;
let isExact = false;
/** Messages printed so far: two parts of the program may report the same problem. */
const said = new Set<string>();
const mostSaid = 1_000;

/**
 * Filters standard output and standard error, for the program, its libraries, its threads and Node's warnings.
 * Removes everything that controls a terminal. While the screen is up, keeps all output and prints it
 * afterwards. Call it once, before any output.
 */
export function guardStreams(): void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as Write;
  writeToScreen = (text) => void write(text);
  stdout.write = gated(write, forPrinting, () => isExact && !stdout.isTTY);
  whenUsed("stderr", (stderr) => {
    stderr.write = gated(stderr.write.bind(stderr) as Write, messageForPrinting, () => false);
  });
  // Node prints its warnings without these streams.
  if (process.listenerCount("warning") === 0 || process.env.NODE_REDIRECT_WARNINGS) return;
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    process.stderr.write(`${ours}${name}: ${message}\n`);
  });
}

/**
 * From now on, output to a file or a pipe is not filtered, because it is data: an export. Output to a terminal
 * still is.
 */
export function printExactly(): void {
  isExact = true;
}

/** Writes to the terminal directly, as the screen does. */
export function drawOnScreen(text: string): void {
  if (writeToScreen) writeToScreen(text);
  else process.stdout.write(text);
}

/** The screen is up: output is kept from now on. */
export function holdStreams(): void {
  held ??= [];
}

/** The screen is gone: prints the kept output on standard error, each line once. */
export function releaseStreams(): void {
  const waiting = held;
  held = null;
  if (waiting === null || waiting.length === 0) return;
  const lines = new Set(
    waiting
      .join("")
      .split("\n")
      .filter((line) => line.trim() !== ""),
  );
  for (const line of lines) process.stderr.write(`${line}\n`);
}

function gated(write: Write, made: (text: string) => string, passes: () => boolean): Write {
  return (chunk: Uint8Array | string, encoding?: BufferEncoding | Done, callback?: Done): boolean => {
    const done = typeof encoding === "function" ? encoding : callback;
    if (held === null && passes()) return write(chunk, done);
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    if (held === null) return write(made(text), done);
    hold(text);
    done?.();
    return true;
  };
}

function hold(text: string): void {
  const kept = (held ?? []).reduce((length, one) => length + one.length, 0);
  if (kept < mostHeld) held?.push(text.slice(0, mostHeld - kept));
}

/** Our own message on one line, and once; other output line by line. */
function messageForPrinting(text: string): string {
  const isSentence = text.startsWith(ours) && text.endsWith("\n");
  if (isSentence && said.has(text)) return "";
  if (isSentence && said.size < mostSaid) said.add(text);
  return isSentence ? `${ours}${clean(text.slice(ours.length))}\n` : forPrinting(text);
}

/** Runs something for a standard stream when it is first used, because Node makes it only then. */
function whenUsed(name: "stderr", act: (stream: NodeJS.WriteStream) => void): void {
  const { get } = Object.getOwnPropertyDescriptor(process, name) ?? {};
  if (!get) {
    act(process[name]);
    return;
  }
  let stream: NodeJS.WriteStream | null = null;
  const first = () => {
    if (stream === null) {
      stream = get.call(process) as NodeJS.WriteStream;
      act(stream);
    }
    return stream;
  };
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: first });
}
