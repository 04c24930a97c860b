import { readFileSync } from "node:fs";
import type { Format } from "../source/formats/format.js";
import { readListing } from "../source/formats/index.js";
import type { Table } from "./report.js";

/** How large the inputs are made, by repeating the papers of a fixture, in bytes. */
const wanted = 10 * 2 ** 20;
const abstractLength = 1_400;
const runs = 5;
const mega = 10 ** 6;

/** A fixture, and which part of it is repeated: from the first mark to the end of the last. */
interface Input {
  readonly file: string;
  readonly from: string | null;
  readonly to: string;
  readonly between: string;
  /** `json`: may take three times what JSON.parse alone takes. `xml`: 20 MB/s. */
  readonly goal: "json" | "xml" | null;
}

const inputs: readonly Input[] = [
  { file: "hugging-face.json", from: "{", to: "}", between: ",", goal: "json" },
  { file: "csl-json.json", from: "{", to: "}", between: ",", goal: "json" },
  { file: "arxiv-atom.xml", from: "<entry>", to: "</entry>", between: "\n", goal: "xml" },
  { file: "arxiv-rss.xml", from: "<item>", to: "</item>", between: "\n", goal: "xml" },
  { file: "arxiv-snapshot.jsonl", from: null, to: "\n", between: "", goal: null },
  { file: "library.bib", from: "@", to: "}\n", between: "\n", goal: null },
  { file: "ris.ris", from: "TY  - ", to: "ER  - \n", between: "", goal: null },
  { file: "daily-papers.txt", from: null, to: "\n", between: "", goal: null },
];

/** How fast each format is read: megabytes a second, and beside JSON.parse where that is the measure. */
export async function measureFormats(): Promise<Table> {
  const rows = [];
  for (const input of inputs) rows.push(await measure(input));
  return [["format, of 10 MB", "read at", "beside JSON.parse", "asked for", "verdict"], ...rows];
}

async function measure(input: Input): Promise<string[]> {
  const text = grown(input);
  const format = await formatOf(text);
  const time = best(() => format.parse(text, { today: "2026-11-23" }));
  const speed = Buffer.byteLength(text) / mega / (time / 1_000);
  const ratio = input.goal === "json" ? time / best(() => JSON.parse(text)) : null;
  const asked = input.goal === "json" ? "3 × JSON.parse" : input.goal === "xml" ? "20 MB/s" : "–";
  const isMet = ratio !== null ? ratio <= 3 : input.goal === "xml" ? speed >= 20 : null;
  return [
    format.name,
    `${speed.toFixed(1)} MB/s`,
    ratio === null ? "–" : `${ratio.toFixed(2)} ×`,
    asked,
    isMet === null ? "–" : isMet ? "met" : "MISSED",
  ];
}

function grown({ file, from, to, between }: Input): string {
  const text = withRealAbstracts(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8"));
  const start = from === null ? 0 : text.indexOf(from);
  const end = text.lastIndexOf(to) + to.length;
  const part = text.slice(start, end);
  const times = Math.ceil(wanted / part.length);
  return text.slice(0, start) + Array(times).fill(part).join(between) + text.slice(end);
}

/** Fixtures have short abstracts; real ones have 1,400 characters in the mean, and are most of a file. */
function withRealAbstracts(text: string): string {
  const abstract =
    /("(?:summary|abstract)"\s*:\s*")((?:[^"\\]|\\.)+)|(<(?:summary|description)>)([^<]{20,})/g;
  return text.replace(abstract, (_, json: string, inJson: string, xml: string, inXml: string) => {
    const words = inJson ?? inXml;
    const whole = Array(Math.ceil(abstractLength / words.length))
      .fill(words)
      .join(" ");
    return `${json ?? xml}${whole}`;
  });
}

async function formatOf(text: string): Promise<Format> {
  const read = await readListing(Buffer.from(text), { today: "2026-11-23" });
  if (!read.ok) throw new Error(read.reason);
  return read.format;
}

/** The shortest of a few runs, in milliseconds: what the code takes where nothing else interferes. */
function best(work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
