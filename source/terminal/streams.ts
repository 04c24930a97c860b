import { clean } from "../text/clean.js";
import { forPrinting } from "../text/shown.js";

type Write = NodeJS.WriteStream["write"];
type Done = (error?: Error | null) => void;

/** What others wrote while the screen was up, at most so many characters of it. */
const mostHeld = 65_536;

/** How a sentence of ours on standard error begins. It is one line, whatever is quoted in it. */
const ours = "papers-tui: ";

/** Standard output as it is, without the gate: what the screen is drawn with. */
let writeToScreen: ((text: string) => void) | null = null;
/** What waits until the screen is gone; `null` while there is none. */
let held: string[] | null = null;
let isExact = false;
/** Sentences that were printed: two parts of the program may find the same thing wrong. */
const said = new Set<string>();
const mostSaid = 1_000;

/**
 * Puts one gate before standard output and standard error, for the program, its libraries, its thread and
 * Node's warnings alike. Nothing passes it that a terminal would act on; while the screen is up nothing
 * passes at all, and is printed afterwards. Call it once, before anything is written.
 */
export function guardStreams(): void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as Write;
  writeToScreen = (text) => void write(text);
  stdout.write = gated(write, forPrinting, () => isExact && !stdout.isTTY);
  whenUsed("stderr", (stderr) => {
    stderr.write = gated(stderr.write.bind(stderr) as Write, messageForPrinting, () => false);
  });
  // Node prints its warnings past the streams.
  if (process.listenerCount("warning") === 0 || process.env.NODE_REDIRECT_WARNINGS) return;
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    process.stderr.write(`${ours}${name}: ${message}\n`);
  });
}

/**
 * What is printed to a file or a pipe from now on goes there as it is: an export, which is data. A terminal
 * gets it through the gate all the same.
 */
export function printExactly(): void {
  isExact = true;
}

/** Writes to the terminal as the screen does, whoever else must wait. */
export function drawOnScreen(text: string): void {
  if (writeToScreen) writeToScreen(text);
  else process.stdout.write(text);
}

/** From now on the screen is up: what others write waits. */
export function holdStreams(): void {
  held ??= [];
}

/** The screen is gone: prints on standard error what has waited, each line once. */
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

/** A sentence of ours on one line, and once; anything else line by line. */
function messageForPrinting(text: string): string {
  const isSentence = text.startsWith(ours) && text.endsWith("\n");
  if (isSentence && said.has(text)) return "";
  if (isSentence && said.size < mostSaid) said.add(text);
  return isSentence ? `${ours}${clean(text.slice(ours.length))}\n` : forPrinting(text);
}

/** Does something to a standard stream when it is first asked for: Node makes it only then. */
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
