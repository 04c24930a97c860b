import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { readListing } from "../source/formats/index.js";
import { type JsonWriter, jsonWriters } from "./listings.js";
import type { Table } from "./report.js";

/** The size of the inputs, in bytes. */
const wanted = 10 * 2 ** 20;
/** The number of papers of a day. */
const ofADay = 40;
const abstractLength = 1_400;
const mega = 10 ** 6;

/** A fixture, and the part to repeat: from the first marker to the end of the last. */
interface Input {
  readonly file: string;
  readonly from: string | null;
  readonly to: string;
  readonly between: string;
  /** In MB/s. */
  readonly goal: number | null;
}

const inputs: readonly Input[] = [
  { file: "arxiv-atom.xml", from: "<entry>", to: "</entry>", between: "\n", goal: 20 },
  { file: "arxiv-rss.xml", from: "<item>", to: "</item>", between: "\n", goal: 20 },
  { file: "library.bib", from: "@", to: "}\n", between: "\n", goal: null },
  { file: "ris.ris", from: "TY  - ", to: "ER  - \n", between: "", goal: null },
  { file: "daily-papers.txt", from: null, to: "\n", between: "", goal: null },
];

/**
 * The reading speed of each format, from bytes to papers: megabytes a second, and for JSON also that of
 * `JSON.parse` alone; the goal is at most three times its time.
 */
export async function measureFormats(): Promise<Table> {
  const read = await bundled();
  const rows = [];
  for (const writer of jsonWriters) rows.push(await measureJson(read, writer));
  for (const input of inputs) rows.push(await measureText(read, input));
  return [
    ["format", "10 MB", "beside JSON.parse", `${ofADay} papers, beside JSON.parse`, "asked for", "verdict"],
    ...rows,
  ];
}

type Read = typeof readListing;

/**
 * `readListing` in one file, as the program has it: the loader of TypeScript takes 0.05 ms for each `import()`, a
 * third of the time of a day's papers.
 */
async function bundled(): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), "formats-"));
  try {
    const outfile = join(folder, "formats.cjs");
    await build({
      entryPoints: [fileURLToPath(new URL("../source/formats/index.ts", import.meta.url))],
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile,
      logLevel: "error",
    });
    return ((await import(pathToFileURL(outfile).href)) as { readListing: Read }).readListing;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureJson(read: Read, writer: JsonWriter): Promise<string[]> {
  const day = await besideJsonParse(read, writer, writer.write(ofADay), 200);
  const bytesEach = Buffer.byteLength(writer.write(1_000)) / 1_000;
  const large = await besideJsonParse(read, writer, writer.write(Math.ceil(wanted / bytesEach)), 12);
  return [
    writer.format,
    `${large.speed.toFixed(1)} MB/s`,
    `${large.ratio.toFixed(2)} ×`,
    `${day.ratio.toFixed(2)} ×`,
    "3 × JSON.parse",
    large.ratio <= 3 && day.ratio <= 3 ? "met" : "MISSED",
  ];
}

async function besideJsonParse(
  read: Read,
  { format }: JsonWriter,
  text: string,
  runs: number,
): Promise<{ readonly speed: number; readonly ratio: number }> {
  const bytes = Buffer.from(text);
  // As in the program: V8 stores a decoded text differently from a concatenated one.
  const decoded = bytes.toString();
  const parse = format.includes("JSON Lines")
    ? () => decoded.split("\n").map((line) => (line === "" ? null : JSON.parse(line)))
    : () => JSON.parse(decoded);
  let alone = Number.POSITIVE_INFINITY;
  let whole = Number.POSITIVE_INFINITY;
  // In turns, so that other load affects both.
  for (let run = 0; run < runs; run += 1) {
    alone = Math.min(alone, await time(parse));
    whole = Math.min(whole, await time(() => readAs(read, format, bytes)));
  }
  return { speed: bytes.length / mega / (whole / 1_000), ratio: whole / alone };
}

async function measureText(read: Read, input: Input): Promise<string[]> {
  const bytes = Buffer.from(grown(input));
  const first = await read(bytes, { today: "2026-11-23" });
  if (!first.ok) throw new Error(first.reason);
  const { name } = first.format;
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run += 1)
    shortest = Math.min(shortest, await time(() => readAs(read, name, bytes)));
  const speed = bytes.length / mega / (shortest / 1_000);
  const verdict = input.goal === null ? "–" : speed >= input.goal ? "met" : "MISSED";
  const goalText = input.goal === null ? "–" : `${input.goal} MB/s`;
  return [name, `${speed.toFixed(1)} MB/s`, "–", "–", goalText, verdict];
}

/** Reads, and checks that the format was detected. */
async function readAs(read: Read, format: string, bytes: Uint8Array): Promise<void> {
  const result = await read(bytes, { today: "2026-11-23" });
  if (!result.ok) throw new Error(result.reason);
  if (result.format.name !== format) throw new Error(`a ${format} was read as ${result.format.name}`);
}

function grown({ file, from, to, between }: Input): string {
  const text = withRealAbstracts(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8"));
  const start = from === null ? 0 : text.indexOf(from);
  const end = text.lastIndexOf(to) + to.length;
  const part = text.slice(start, end);
  const times = Math.ceil(wanted / part.length);
  return text.slice(0, start) + Array(times).fill(part).join(between) + text.slice(end);
}

/** Fixtures have short abstracts; real ones have 1,400 characters on average, and are most of a file. */
function withRealAbstracts(text: string): string {
  return text.replace(/(<(?:summary|description)>)([^<]{20,})/g, (_, tag: string, words: string) => {
    const whole = Array(Math.ceil(abstractLength / words.length))
      .fill(words)
      .join(" ");
    return `${tag}${whole}`;
  });
}

/** Milliseconds. */
async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
