import { readdirSync, readFileSync } from "node:fs";
import { otherFormats } from "../source/formats/on-demand-formats.js";
import { dailyPage } from "../source/formats/web/daily-page.js";
import type { Paper } from "../source/papers/paper.js";
import { leftOutTable } from "./left-out.js";

const folder = new URL("../fixtures/", import.meta.url);
/** Fields that every paper has, and fields made from others. */
const always = new Set(["id", "title", "url", "pdf", "entry"]);

/** The fields that a format fills, from its fixture; `null` if it has none. */
function fieldsOf(name: string, goldens: ReadonlyMap<string, readonly Partial<Paper>[]>): string {
  const papers = goldens.get(name) ?? [];
  const fields = new Set(
    papers.flatMap((paper) => Object.keys(paper).filter((field) => isSaid(paper[field as keyof Paper]))),
  );
  return [...fields].filter((field) => !always.has(field)).join(", ");
}

function isSaid(value: unknown): boolean {
  return value !== null && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** The papers of every fixture, by the name of the format that reads it. */
function goldens(): ReadonlyMap<string, readonly Partial<Paper>[]> {
  const formats = [dailyPage, ...otherFormats];
  const found = new Map<string, Partial<Paper>[]>();
  for (const part of ["", "formats/"]) {
    for (const file of readdirSync(new URL(part, folder))) {
      if (file.endsWith(".expected.json") || !file.includes(".")) continue;
      const text = readFileSync(new URL(part + file, folder), "utf8");
      const sure = formats.map((format) => format.detect(text));
      const format = formats[sure.indexOf(Math.max(...sure))];
      if (format === undefined) continue;
      const { papers } = format.parse(text, { today: "2026-11-23" });
      found.set(format.name, [...(found.get(format.name) ?? []), ...papers]);
    }
  }
  return found;
}

/** The table of docs/formats.md: every format in the order of detection, made from the code and its fixtures. */
export function formatsTable(): string {
  const read = goldens();
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = [dailyPage, ...otherFormats].map(
    ({ name, from = "", knownBy = "" }) =>
      `| ${[name, from, knownBy, fieldsOf(name, read)].map(cell).join(" | ")} |`,
  );
  return [
    "| format | where it comes from | it is known by | fields |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    leftOutTable(),
  ].join("\n");
}
