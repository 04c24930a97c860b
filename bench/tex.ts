import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readListing } from "../source/formats/index.js";
import { renderTex } from "../source/text/tex/render.js";
import type { Table } from "./report.js";

const abstracts = 1_000;
const abstractLength = 1_400;
const runs = 15;
const hostileLength = 2 ** 20;

/** The place of real listings, which may not be shipped; without them the fixtures are read. */
const folders = [new URL("../../shared/samples/", import.meta.url), new URL("../fixtures/", import.meta.url)];

/** Signs of TeX in a text, with or without its backslashes. */
const anyTex = /\\[A-Za-z"'`^~=.%&_#$(["{]|\$[^$]+\$|[_^{}]|\dtimes/;
/** What must not be left over: a command, a brace that is not of a set, a dollar sign that is not money. */
const command = /\\[A-Za-z]+/;
const brace = /[{}]/;
const set = /\{[^{}]*[,|;:][^{}]*\}/g;
const dollar = /\$(?!\d)/;

/** Repeated to a megabyte: inputs that are slow for a renderer that looks ahead, recurses or backtracks. */
const hostile = [
  "{",
  "$",
  "^^",
  "\\frac",
  "\\sqrt[",
  "{\\bf ",
  "pi_",
  "$5 ",
  "\\'",
  "\\begin{cases}",
  "_{1}",
  "{a,",
];

/** The amount of TeX left over in real listings, and the rendering time. */
export async function measureTex(): Promise<Table> {
  const texts = await realTexts();
  const withTex = texts.filter((text) => anyTex.test(text));
  const kept = withTex.filter((text) => keepsTex(renderTex(text).text));
  const share = (100 * kept.length) / withTex.length;

  const many = asAbstracts(texts);
  const json = JSON.stringify(many);
  const time = best(() => {
    for (const text of many) renderTex(text);
  });
  const bare = best(() => JSON.parse(json));

  const worst = Math.max(...hostile.map((part) => best(() => renderTex(grown(part)), 3)));
  return [
    ["TeX", "measured", "beside JSON.parse", "asked for", "verdict"],
    [
      `of ${withTex.length} titles and abstracts with TeX, some is left in`,
      `${share.toFixed(1)} % (${kept.length})`,
      "–",
      "1.5 %",
      verdict(share <= 1.5),
    ],
    [
      `${abstracts} abstracts rendered`,
      `${time.toFixed(1)} ms`,
      `${(time / bare).toFixed(1)} ×`,
      "30 ms",
      verdict(time <= 30),
    ],
    ["a hostile megabyte, the worst", `${worst.toFixed(1)} ms`, "–", "50 ms", verdict(worst <= 50)],
  ];
}

function verdict(isMet: boolean): string {
  return isMet ? "met" : "MISSED";
}

function keepsTex(text: string): boolean {
  return command.test(text) || brace.test(text.replace(set, "")) || dollar.test(text);
}

async function realTexts(): Promise<string[]> {
  const texts = new Set<string>();
  const folder = folders.find((one) => existsSync(one));
  if (!folder) return [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = fileURLToPath(new URL(name, folder));
    if (name.startsWith("broken") || !statSync(path).isFile()) continue;
    const read = await readListing(readFileSync(path), { today: "2026-11-23" });
    if (!read.ok) continue;
    for (const { title, abstract } of read.listing.papers) {
      if (title !== "") texts.add(title);
      if (abstract !== "") texts.add(abstract);
    }
  }
  return [...texts];
}

/** This many abstracts of the usual length; short ones are repeated. */
function asAbstracts(texts: readonly string[]): string[] {
  const long = texts.filter((text) => text.length > 100);
  return Array.from({ length: abstracts }, (_, at) => {
    const text = long[at % long.length] ?? "";
    return text.length >= abstractLength / 2
      ? text
      : Array(Math.ceil(abstractLength / text.length))
          .fill(text)
          .join(" ");
  });
}

function grown(part: string): string {
  return part.repeat(Math.ceil(hostileLength / part.length));
}

/** The shortest of a few runs, in milliseconds, with the least interference. */
function best(work: () => unknown, times = runs): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    work();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}
