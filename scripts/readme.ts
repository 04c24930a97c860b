import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keysTable } from "../source/commands/keys.js";

const path = fileURLToPath(new URL("../README.md", import.meta.url));
const resultsPath = fileURLToPath(new URL("../bench/RESULTS.md", import.meta.url));

/** The README with what is generated in its places. Throws where a place, or a figure, is missing. */
export function withGenerated(readme: string, results: string): string {
  return inPlace(inPlace(readme, "keys", keysTable()), "search", searchTable(results));
}

function inPlace(readme: string, name: string, content: string): string {
  const place = new RegExp(`(<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(readme)) throw new Error(`README.md has no place for the ${name}`);
  return readme.replace(place, (_, start: string, end: string) => `${start}\n${content}\n${end}`);
}

/** A query's time by program and number of papers, out of the figures of the last bench. */
export function searchTable(results: string): string {
  const start = results.indexOf("| the same papers with |");
  if (start < 0) throw new Error("bench/RESULTS.md has no table of searches");
  const [head = [], , ...rows] = (results.slice(start).split("\n\n")[0] as string)
    .trim()
    .split("\n")
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const at = (name: string) => {
    const column = head.indexOf(name);
    if (column < 0) throw new Error(`the table of searches has no column “${name}”`);
    return column;
  };
  const [program, papers, query] = [0, at("papers"), at("a query")];
  const sizes = [...new Set(rows.map((row) => row[papers] as string))];
  const names = [...new Set(rows.map((row) => row[program] as string))];
  const cell = (name: string, size: string) =>
    rows.find((row) => row[program] === name && row[papers] === size)?.[query] ?? "–";
  const lines = [
    ["a query in", ...sizes.map((size) => `${size} papers`)],
    ["---", ...sizes.map(() => "---")],
    ...names.map((name) => [name, ...sizes.map((size) => cell(name, size))]),
  ];
  return `${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync(path, "utf8");
  writeFileSync(path, withGenerated(readme, readFileSync(resultsPath, "utf8")));
}
