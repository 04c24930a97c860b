import { readFileSync } from "node:fs";
import { readListing } from "../source/formats/index.js";
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
  const rows = [];
  for (const writer of jsonWriters) rows.push(await measureJson(writer));
  for (const input of inputs) rows.push(await measureText(input));
  return [
    ["format", "10 MB", "beside JSON.parse", `${ofADay} papers, beside JSON.parse`, "asked for", "verdict"],
    ...rows,
  ];
}

async function measureJson(writer: JsonWriter): Promise<string[]> {
  const day = await besideJsonParse(writer, writer.write(ofADay), 200);
  const bytesEach = Buffer.byteLength(writer.write(1_000)) / 1_000;
  const large = await besideJsonParse(writer, writer.write(Math.ceil(wanted / bytesEach)), 12);
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
  let read = Number.POSITIVE_INFINITY;
  // In turns, so that other load affects both.
  for (let run = 0; run < runs; run += 1) {
    alone = Math.min(alone, await time(parse));
    read = Math.min(read, await time(() => readAs(format, bytes)));
  }
  return { speed: bytes.length / mega / (read / 1_000), ratio: read / alone };
}

async function measureText(input: Input): Promise<string[]> {
  const bytes = Buffer.from(grown(input));
  const first = await readListing(bytes, { today: "2026-11-23" });
  if (!first.ok) throw new Error(first.reason);
  const { name } = first.format;
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run += 1) shortest = Math.min(shortest, await time(() => readAs(name, bytes)));
  const speed = bytes.length / mega / (shortest / 1_000);
  const verdict = input.goal === null ? "–" : speed >= input.goal ? "met" : "MISSED";
  const goalText = input.goal === null ? "–" : `${input.goal} MB/s`;
  return [name, `${speed.toFixed(1)} MB/s`, "–", "–", goalText, verdict];
}

/** Reads, and checks that the format was detected. */
async function readAs(format: string, bytes: Uint8Array): Promise<void> {
  const read = await readListing(bytes, { today: "2026-11-23" });
  if (!read.ok) throw new Error(read.reason);
  if (read.format.name !== format) throw new Error(`a ${format} was read as ${read.format.name}`);
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
