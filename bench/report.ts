import { type Figures, type Goal, goals, isMet } from "./goals.js";
import type { Machine } from "./machine.js";
import type { Keys } from "./measure.js";
import { method } from "./measure.js";
import type { Summary } from "./statistics.js";

/** A table: its first row is the head, all rows have the same cells. */
export type Table = readonly (readonly string[])[];

/** The figures and goals, one row per goal; the verdict is on the first of `all`. */
export function verdicts(all: readonly Figures[]): Table {
  const head = ["goal", ...all.map(sizeName), "at most", "verdict"];
  const measured = goals.filter((goal) => all.some((figures) => goal.figure(figures) !== null));
  const rows = measured.map((goal) => [
    goal.name,
    ...all.map((figures) => inUnit(goal, goal.figure(figures))),
    inUnit(goal, goal.limit),
    verdict(goal, all),
  ]);
  return [head, ...rows];
}

/** All figures, one row each. */
export function details(all: readonly Figures[]): Table {
  const row = (name: string, cell: (figures: Figures) => string) => [name, ...all.map(cell)];
  return [
    ["what", ...all.map(sizeName)],
    row("bare node prints a line", ({ starts }) => spread(starts?.bareNode, "ms")),
    row("first full screen", ({ starts }) => spread(starts?.firstScreen, "ms")),
    row("… with marks of 10,000 papers", ({ withMarks }) => spread(withMarks?.firstScreen, "ms")),
    row("… of a day that was kept", ({ withDay }) => spread(withDay?.firstScreen, "ms")),
    row("quiet after the start", ({ starts }) => spread(starts?.settled, "ms")),
    row("bytes of the start", ({ starts }) => spread(starts?.bytes, "bytes")),
    row("first screen of a long listing", ({ loading }) => spread(loading?.firstScreen, "ms")),
    row("the first papers of it", ({ loading }) => spread(loading?.firstPapers, "ms")),
    row("a step while it comes, to its first byte", ({ loading }) => spread(loading?.meanwhile, "ms")),
    row("all of it loaded", ({ loading }) => spread(loading?.loaded, "ms")),
    row("memory then, at most", ({ loading }) => (loading ? memory(loading.peakMemory) : "–")),
    ...keyRows("a step (j)", all, ({ session }) => session.step),
    ...keyRows("page down or up", all, ({ session }) => session.page),
    ...keyRows("a letter in the filter", all, ({ session }) => session.letter),
    ...keyRows("a resize", all, ({ session }) => session.resize),
    ...keyRows("100 steps in one write", all, ({ bursts }) => bursts),
    row("led to", ({ bursts }) => bursts.mistakes.join(", ") || "the right paper, each time"),
    row("peak memory, with the filter used", ({ session }) => memory(session.peakMemory)),
    row("idle", ({ idle }) => idleText(idle)),
  ];
}

/** A table for a terminal: columns padded to their widest cell. */
export function plain(table: Table): string {
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => "─".repeat(width)).join("  "));
  return lines.join("\n");
}

export function markdown(table: Table): string {
  const lines = table.map((row) => `| ${row.join(" | ")} |`);
  lines.splice(1, 0, `| ${(table[0] ?? []).map(() => "---").join(" | ")} |`);
  return lines.join("\n");
}

/** The whole of RESULTS.md. */
export function resultsFile(machine: Machine, all: readonly Figures[], more: readonly Table[]): string {
  return `# What was measured

Written by \`npm run bench -- --write\`; \`goals.ts\` has the goals.

${machine.date}, ${describe(machine)}

${markdown(verdicts(all))}

${legend}

${[details(all), ...more].map(markdown).join("\n\n")}
`;
}

export const legend = `Each cell: median · p95 · most. Times of keys are from the write ${method}.`;

/** The machine in a line. */
export function describe(machine: Machine): string {
  const { cores, processor, memoryGiB, platform, node, load } = machine;
  return `${processor} (${cores} cores, ${memoryGiB} GiB), ${platform}, Node ${node}, load ${load} at the start.`;
}

function verdict(goal: Goal, all: readonly Figures[]): string {
  return all.some((figures) => isMet(goal, figures) === false) ? "MISSED" : "met";
}

function inUnit({ unit }: Goal, figure: number | null): string {
  if (figure === null) return "–";
  const digits = unit === "bytes" || unit === "mistakes" || Number.isInteger(figure) ? 0 : 1;
  const number = unit === "× bare node" && digits ? figure.toFixed(2) : figure.toFixed(digits);
  return `${number} ${unit}`;
}

function keyRows(name: string, all: readonly Figures[], of: (figures: Figures) => Keys): string[][] {
  return [
    [`${name}, time`, ...all.map((figures) => spread(of(figures).ms, "ms"))],
    [`${name}, output`, ...all.map((figures) => spread(of(figures).bytes, "bytes"))],
  ];
}

/** A summary in a cell. */
export function spread(summary: Summary | undefined, unit: "ms" | "bytes"): string {
  if (summary === undefined) return "–";
  const { median, p95, max } = summary;
  const digits = unit === "ms" ? 1 : 0;
  return `${[median, p95, max].map((value) => value.toFixed(digits)).join(" · ")} ${unit}`;
}

/** Memory in a cell. */
export function memory(bytes: number | null): string {
  return bytes === null ? "not measured (no /proc)" : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function idleText(idle: Figures["idle"]): string {
  if (idle === null) return "–";
  const { seconds, processorMs, bytes } = idle;
  const time =
    processorMs === null ? "processor time not measured (no /proc)" : `${processorMs} ms of processor`;
  return `${time}, ${bytes} bytes in ${seconds} s`;
}

function sizeName({ size, papers }: Figures): string {
  const what = papers === null ? "sample" : `${papers.toLocaleString("en")} papers`;
  return `${what}, ${size.columns}×${size.rows}`;
}
