import { setTimeout as sleep } from "node:timers/promises";
import { Screen } from "../test/support/screen.js";
import { type Piece, Probe, type Response, silence } from "./probe.js";
import { peakMemory, processorTime } from "./proc.js";
import { type Summary, summary } from "./statistics.js";
import { probe, type Size, type Subject, wordsOnFirstScreen } from "./subject.js";

/** The amount of measuring. */
export interface Effort {
  /** Starts of each kind, after the warm-up. */
  readonly starts: number;
  readonly warmUps: number;
  /** Single keys of each kind. */
  readonly keys: number;
  readonly bursts: number;
  readonly idleSeconds: number;
}

/** Starting up: ms from the spawn. */
export interface Starts {
  /** Time of `node -e` to its one line, in the same kind of pty. */
  readonly bareNode: Summary;
  /** To the last word of the first full screen. */
  readonly firstScreen: Summary;
  /** To the last byte before the program is quiet. */
  readonly settled: Summary;
  readonly bytes: Summary;
}

/** Single keys: ms to the last byte, and number of bytes. */
export interface Keys {
  readonly ms: Summary;
  readonly bytes: Summary;
}

/** Loading a long listing: ms from the spawn. */
export interface Loading {
  /** To a screen with progress. */
  readonly firstScreen: Summary;
  /** To a screen with the first papers, while more load. */
  readonly firstPapers: Summary;
  /** To a screen with all papers. */
  readonly loaded: Summary;
  /** Steps down and up while papers load: ms to the first byte. */
  readonly meanwhile: Summary;
  /** The peak memory until then, in bytes, without the filter's index; `null` without /proc. */
  readonly peakMemory: number | null;
}

/** A running program, from its first key on. */
export interface Session {
  readonly step: Keys;
  readonly page: Keys;
  readonly letter: Keys;
  readonly resize: Keys;
  /** In bytes, over the whole session; `null` without /proc. */
  readonly peakMemory: number | null;
}

/** The keys of `burstLength` steps down in one write. */
export interface Bursts extends Keys {
  /** The mistakes in the cursor's position; empty if it was always right. */
  readonly mistakes: readonly string[];
}

/** A program left alone: ms of processor time, and bytes written, in `seconds`; `null` without /proc. */
export interface Idle {
  readonly seconds: number;
  readonly processorMs: number | null;
  readonly bytes: number;
}

export const burstLength = 100;

/** Typed into the filter letter by letter: words that some, few and no papers have. */
const filterWords = ["contrastive", "graph", "learning", "diffusion", "hessian spectrum", "zebra"];

/** After this silence a program has started, in ms. */
const startSilence = 150;

/** A program without output until then has failed to start, in ms: a busy machine may pause for seconds. */
const mostStarting = 10_000;

/** The limit for loading a listing or building an index, in ms. */
const mostLoading = 90_000;

/** A program that is idle for this long has finished its work. */
const idleMs = 400;

/** Longer than every delayed effect of a key, such as marking a paper read. */
const restMs = 2500;

/** Starts bare Node and the subject in turn, so that both run under the same load. */
export async function measureStarts(subject: Subject, size: Size, effort: Effort): Promise<Starts> {
  for (let run = 0; run < effort.warmUps; run++) {
    await startOfBareNode(subject.environment, size);
    await startOf(subject, size, []);
  }
  // Only now, because a program may behave differently at its first start.
  const words = await wordsOnFirstScreen(subject, size);
  const [bareNode, firstScreen, settled, bytes]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let run = 0; run < effort.starts; run++) {
    bareNode.push(await startOfBareNode(subject.environment, size));
    const start = await startOf(subject, size, words);
    firstScreen.push(start.firstScreen);
    settled.push(start.settled);
    bytes.push(start.bytes);
  }
  return {
    bareNode: summary(bareNode),
    firstScreen: summary(firstScreen),
    settled: summary(settled),
    bytes: summary(bytes),
  };
}

/** Starts the subject on a long listing. */
export async function measureLoading(
  subject: Subject,
  size: Size,
  papers: number,
  starts: number,
): Promise<Loading> {
  const [firstScreen, firstPapers]: [number[], number[]] = [[], []];
  const [loaded, meanwhile]: [number[], number[]] = [[], []];
  let most: number | null = null;
  for (let run = 0; run < starts; run += 1) {
    const running = probe(subject, size);
    try {
      const steps = run === 0 ? meanwhile : null;
      const { first, all } = await untilLoaded(running, subject, size, papers, steps);
      const memory = peakMemory(running.pid);
      if (memory !== null) most = Math.max(most ?? 0, memory);
      // Drawing makes the run with keys slower.
      if (steps === null || starts === 1) {
        firstScreen.push(arrival(running, ["reading"]));
        firstPapers.push(first);
        loaded.push(all);
      }
      running.write(subject.keys.quit);
      await running.ended();
    } finally {
      await running.kill();
    }
  }
  return {
    firstScreen: summary(firstScreen),
    firstPapers: summary(firstPapers),
    loaded: summary(loaded),
    meanwhile: summary(meanwhile),
    peakMemory: most,
  };
}

/**
 * The ms from the spawn to the pieces of output that show the first papers, and all of them.
 * @param steps collects the times of steps meanwhile; `null` for no steps
 */
async function untilLoaded(
  running: Probe,
  subject: Subject,
  size: Size,
  papers: number,
  steps: number[] | null = null,
): Promise<{ readonly first: number; readonly all: number }> {
  const screen = new Screen(size.columns, size.rows);
  try {
    let shown = 0;
    let first = Number.NaN;
    let isDown = false;
    const end = performance.now() + mostLoading;
    while (performance.now() < end) {
      await running.quiet(silence, silence);
      for (const { at, data } of running.pieces.slice(shown)) {
        await screen.show(data);
        shown += 1;
        const of = subject.position(screen.rows())?.of ?? 0;
        if (of > 0 && Number.isNaN(first)) first = at - running.startedAt;
        if (of === papers) return { first, all: at - running.startedAt };
      }
      if (steps === null || Number.isNaN(first)) continue;
      isDown = !isDown;
      steps.push(await running.firstByte(() => running.write(isDown ? subject.keys.down : subject.keys.up)));
    }
    throw new Error(`not all of ${papers} papers were there after ${mostLoading} ms`);
  } finally {
    screen.dispose();
  }
}

/** One session of single keys: steps, pages, a filter typed, resizes. */
export async function measureSession(
  subject: Subject,
  size: Size,
  effort: Effort,
  papers: number | null = null,
): Promise<Session> {
  return withSubject(
    subject,
    size,
    async (running) => {
      const { keys } = subject;
      const step = await repeat(effort.keys, async () => {
        const response = await press(running, keys.down);
        if (response.bytes > 0) return response;
        await press(running, keys.top); // At the end of the list a step would do nothing.
        return press(running, keys.down);
      });
      await press(running, keys.top);
      const page = await repeat(effort.keys / 2, async (at) =>
        press(running, at % 2 === 0 ? keys.pageDown : keys.pageUp),
      );
      const letter = await measureLetters(running, subject, effort.keys);
      const resize = await repeat(effort.keys / 3, (at) => {
        const less = at % 2 === 0 ? 3 : 0;
        return running.response(() => running.resize(size.columns - less, size.rows - less));
      });
      const memory = peakMemory(running.pid);
      return { step, page, letter, resize, peakMemory: memory };
    },
    papers,
  );
}

/** Many keys in one write, from the top each time; an emulated screen shows the final position. */
export async function measureBursts(
  subject: Subject,
  size: Size,
  effort: Effort,
  papers: number | null = null,
): Promise<Bursts> {
  return withSubject(
    subject,
    size,
    async (running) => {
      const screen = new Screen(size.columns, size.rows);
      const mistakes: string[] = [];
      let shown = 0;
      const keys = await repeat(effort.bursts, async () => {
        await press(running, subject.keys.top);
        const response = await press(running, subject.keys.down.repeat(burstLength));
        for (const { data } of running.pieces.slice(shown)) await screen.show(data);
        shown = running.pieces.length;
        const position = subject.position(screen.rows());
        const expected = position && Math.min(1 + burstLength, position.of);
        if (!position || position.at !== expected) {
          mistakes.push(position ? `at ${position.at} instead of ${expected}` : "no position on the screen");
        }
        return response;
      });
      screen.dispose();
      return { ...keys, mistakes };
    },
    papers,
  );
}

/** The program's work while idle. */
export async function measureIdle(subject: Subject, size: Size, effort: Effort): Promise<Idle> {
  return withSubject(subject, size, async (running) => {
    await sleep(restMs);
    const bytesBefore = countBytes(running.pieces);
    const before = processorTime(running.pid);
    await sleep(1000 * effort.idleSeconds);
    const after = processorTime(running.pid);
    return {
      seconds: effort.idleSeconds,
      processorMs: before === null || after === null ? null : after - before,
      bytes: countBytes(running.pieces) - bytesBefore,
    };
  });
}

async function measureLetters(running: Probe, { keys }: Subject, count: number): Promise<Keys> {
  const letters = filterWords.flatMap((word) => [...word, keys.clearLine]);
  const responses: Response[] = [];
  await press(running, keys.filter);
  // The first letter also builds the index, which is a separate figure.
  running.write("a");
  await untilIdle(running);
  await press(running, keys.clearLine);
  for (let at = 0; responses.length < count; at++) {
    const key = letters[at % letters.length] ?? "";
    const response = await press(running, key);
    if (key !== keys.clearLine) responses.push(response);
  }
  await press(running, keys.clearLine);
  await press(running, keys.leaveFilter);
  return inShort(responses);
}

async function startOfBareNode(environment: Record<string, string>, size: Size): Promise<number> {
  const args = ["-e", "console.log(1)"];
  const node = new Probe({ command: process.execPath, args, ...size, environment });
  try {
    await node.ended();
    return arrival(node, ["1"]);
  } finally {
    await node.kill();
  }
}

async function startOf(subject: Subject, size: Size, words: readonly string[]) {
  const running = probe(subject, size);
  try {
    await running.quiet(startSilence, mostStarting);
    // On a busy machine there may be silence before the first screen.
    const end = performance.now() + mostStarting;
    while (missingOf(running, words).length > 0 && performance.now() < end) await running.quiet(startSilence);
    const firstScreen = arrival(running, words);
    const settled = (running.pieces.at(-1)?.at ?? Number.NaN) - running.startedAt;
    const bytes = countBytes(running.pieces);
    // Quit as a user does, so that the program saves its data for the next start (compiled code).
    running.write(subject.keys.quit);
    await running.ended();
    return { firstScreen, settled, bytes };
  } finally {
    await running.kill();
  }
}

/** The ms from the spawn until the last of `texts` has arrived. */
function arrival(running: Probe, texts: readonly string[]): number {
  let missing = [...texts];
  const decoder = new TextDecoder();
  let written = "";
  for (const { at, data } of running.pieces) {
    written += decoder.decode(data, { stream: true });
    const plain = withoutSequences(written);
    missing = missing.filter((text) => !plain.includes(text));
    if (missing.length === 0) return at - running.startedAt;
  }
  throw new Error(`the first screen lacked: ${missing.join(" ")}; it was:\n${withoutSequences(written)}`);
}

/** Those of `texts` that have not arrived. */
function missingOf(running: Probe, texts: readonly string[]): string[] {
  const plain = withoutSequences(Buffer.concat(running.pieces.map(({ data }) => data)).toString("utf8"));
  return texts.filter((text) => !plain.includes(text));
}

/** Text without cursor movements and colours: a word may be styled in its middle. */
function withoutSequences(written: string): string {
  return written.replace(/\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, "");
}

/** Waits until the program is idle: it builds the index in the background and does not report the end. */
export async function untilIdle(running: Probe): Promise<void> {
  await running.quiet(startSilence);
  const end = performance.now() + mostLoading;
  let before = processorTime(running.pid);
  while (before !== null && performance.now() < end) {
    await sleep(idleMs);
    const now = processorTime(running.pid);
    if (now === null || now - before < idleMs / 20) return;
    before = now;
  }
}

/** Starts the subject, waits until it is quiet, calls `use` to measure, and quits as a user does. */
export async function withSubject<T>(
  subject: Subject,
  size: Size,
  use: (running: Probe) => Promise<T>,
  papers: number | null = null,
): Promise<T> {
  const running = probe(subject, size);
  try {
    if (papers === null) await running.quiet(startSilence, mostStarting);
    else await untilLoaded(running, subject, size, papers);
    const measured = await use(running);
    // The next start must find the same state, even if the program saves its position.
    await press(running, subject.keys.top);
    running.write(subject.keys.quit);
    await running.ended();
    return measured;
  } finally {
    await running.kill();
  }
}

export function press(running: Probe, keys: string): Promise<Response> {
  return running.response(() => running.write(keys));
}

export async function repeat(count: number, once: (at: number) => Promise<Response>): Promise<Keys> {
  const responses: Response[] = [];
  for (let at = 0; at < count; at++) responses.push(await once(at));
  return inShort(responses);
}

function inShort(responses: readonly Response[]): Keys {
  return {
    ms: summary(responses.map(({ ms }) => ms)),
    bytes: summary(responses.map(({ bytes }) => bytes)),
  };
}

function countBytes(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { data }) => sum + data.length, 0);
}

/** The names of single keys in the report. */
export const method = `to the last byte before ${silence} ms of silence`;
