import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Parser } from "htmlparser2";
import type { PaperText } from "../source/fulltext/blocks.js";
import { readHtmlPaper } from "../source/fulltext/html/page.js";
import { paperRows } from "../source/fulltext/rows/rows.js";
import { cleanEnvironment } from "../test/support/environment.js";
import { type Effort, press, repeat, untilIdle, withSubject } from "./measure.js";
import { spread, type Table } from "./report.js";
import { papersTui, type Size } from "./subject.js";

const mega = 10 ** 6;
const runs = 12;

/**
 * A page of a megabyte with the structure of LaTeXML's pages: the sections, formulas and references of a
 * long paper.
 */
function pageOfAMegabyte(): string {
  const math = (tex: string) =>
    `<math alttext="${tex}" class="ltx_Math" display="inline"><semantics><mrow><msub><mi>x</mi><mi>i</mi></msub><mo>=</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math>`;
  const words = "Pebbles of one colour were counted on each of the beaches before the tide came back. ";
  const paragraph = (id: string) =>
    `<div id="${id}" class="ltx_para"><p id="${id}.1" class="ltx_p">${words.repeat(5)}We write ${math("x_{i}=\\frac{a}{b}")} <cite class="ltx_cite">[<a href="#bib.bib1" class="ltx_ref">1</a>]</cite>. <span class="ltx_text ltx_font_italic">${words}</span></p></div>`;
  const equation = (id: string) =>
    `<table id="${id}" class="ltx_equation ltx_eqn_table"><tr class="ltx_equation ltx_eqn_row"><td class="ltx_eqn_cell">${math("\\sum_{i=1}^{n}x_{i}=\\frac{a}{b}")}</td><td class="ltx_eqn_cell"><span class="ltx_tag ltx_tag_equation">(1)</span></td></tr></table>`;
  let body = "";
  for (let section = 1; body.length < mega; section += 1) {
    body += `<section id="S${section}" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">${section} </span>The beach</h2>`;
    for (let at = 1; at <= 8; at += 1)
      body += paragraph(`S${section}.p${at}`) + equation(`S${section}.E${at}`);
    body += "</section>";
  }
  return `<!DOCTYPE html><html><body><article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Pebbles</h1>${body}<section class="ltx_bibliography"><ul><li id="bib.bib1" class="ltx_bibitem">Reed. Knots.</li></ul></section></article></body></html>`;
}

/** How long it takes to parse a paper's text from its page, to show it, and to answer a key in it. */
export async function measureTexts(program: string, size: Size, effort: Effort): Promise<Table> {
  const page = pageOfAMegabyte();
  return [
    ["the text of a paper, a page of 1 MB", "measured", "asked for", "verdict"],
    ...readingRows(page),
    memoryRow(page),
    ...(await screenRows(page, program, size, effort)),
  ];
}

function readingRows(page: string): string[][] {
  const size = page.length / mega;
  let [alone, ours, laid] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  // In turns, so that other load affects all.
  for (let run = 0; run < runs; run += 1) {
    alone = Math.min(
      alone,
      timeOf(() => {
        const parser = new Parser({ onopentag() {}, ontext() {}, onclosetag() {} });
        parser.write(page);
        parser.end();
      }),
    );
    let text: PaperText | null = null;
    ours = Math.min(
      ours,
      timeOf(() => {
        text = textOf(page);
      }),
    );
    laid = Math.min(
      laid,
      timeOf(() => rowsOf(text as unknown as PaperText)),
    );
  }
  const perMegabyte = ours / size;
  const ratio = `${(ours / alone).toFixed(2)} × htmlparser2 alone`;
  return [
    [
      "read from the page",
      `${perMegabyte.toFixed(0)} ms per MB, ${ratio}`,
      "60 ms per MB",
      verdict(perMegabyte <= 60),
    ],
    ["laid out, all of it", `${laid.toFixed(0)} ms`, "–", "–"],
  ];
}

/** Memory retained after the text is released, and memory used while it is open. */
function memoryRow(page: string): string[] {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  // A separate function, so that nothing on the stack retains the text.
  const whileOpen = (): number => {
    const text = textOf(page);
    const rows = rowsOf(text);
    const bytes = held();
    if (text.blocks.length > rows.length) throw new Error("the page for the benchmark has too few rows");
    return bytes;
  };
  whileOpen();
  const before = held();
  const during = whileOpen();
  const after = held();
  const share = (after - before) / (during - before);
  const measured = `${inMiB(during - before)} MiB, ${inMiB(Math.max(0, after - before))} MiB after it`;
  return ["memory while it is open", measured, "5 % after it", verdict(share <= 0.05)];
}

async function screenRows(page: string, program: string, size: Size, effort: Effort): Promise<string[][]> {
  const server = createServer((_, response) => void response.end(page));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { home, variables } = cleanEnvironment();
  try {
    const config = join(home, ".config/papers-tui");
    mkdirSync(config, { recursive: true });
    const settings = { arxivSite: site, keepText: "opened", markReadAfter: 0 };
    writeFileSync(join(config, "config.json"), JSON.stringify(settings));
    const file = join(home, "one.bib");
    writeFileSync(
      file,
      "@article{a, title={Counting Pebbles}, eprint={2401.00001}, archivePrefix={arXiv}}\n",
    );
    return await withSubject(papersTui(program, variables, file), size, async (running) => {
      running.write("f");
      await untilIdle(running);
      await press(running, "g");
      const opened = await repeat(Math.max(10, effort.keys / 5), async () => {
        await press(running, "q");
        const from = running.pieces.length;
        const start = performance.now();
        const response = await press(running, "f");
        const first = running.pieces
          .slice(from)
          .find(({ data }) => Buffer.from(data).includes("of one colour"));
        return { ...response, ms: first ? first.at - start : response.ms };
      });
      await untilIdle(running);
      const step = await repeat(effort.keys, () => press(running, "j"));
      const burst = await repeat(10, async () => {
        await press(running, "g");
        return press(running, "j".repeat(100));
      });
      await press(running, "g");
      await press(running, "q");
      return [
        [
          "a cached text on the screen",
          spread(opened.ms, "ms"),
          "100 ms (p95)",
          verdict(opened.ms.p95 <= 100),
        ],
        ["a line down in it", spread(step.ms, "ms"), "8 ms (p95)", verdict(step.ms.p95 <= 8)],
        ["100 lines down in one write", spread(burst.ms, "ms"), "60 ms (most)", verdict(burst.ms.max <= 60)],
      ];
    });
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function textOf(page: string): PaperText {
  const found = readHtmlPaper(page);
  if (!found.ok) throw new Error(`the page for the benchmark holds ${found.reason}`);
  return found.text;
}

const rowsOf = (text: PaperText) =>
  paperRows(text, { measure: 88, room: 114, asSource: false, ascii: false, isUnfolded: false });

const verdict = (isMet: boolean): string => (isMet ? "met" : "MISSED");
const inMiB = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
