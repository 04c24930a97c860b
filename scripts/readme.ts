import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keysTable } from "../source/cli/verbs/keys.js";
import { formatsTable } from "./formats-table.js";

const root = new URL("../", import.meta.url);

/** The documents with a generated part, and its source. */
const generated = {
  "docs/keys.md": () => ({ name: "keys", content: keysTable() }),
  "docs/formats.md": () => ({ name: "formats", content: formatsTable() }),
  "docs/comparison.md": () => ({
    name: "search",
    content: searchTable(readFileSync(new URL("bench/RESULTS.md", root), "utf8")),
  }),
};

export const generatedDocuments = Object.keys(generated) as (keyof typeof generated)[];

/**
 * A document with its generated part brought up to date.
 * @throws if the document has no place for it, or bench/RESULTS.md lacks the figures
 */
export function withGenerated(path: keyof typeof generated): string {
  const { name, content } = generated[path]();
  const document = readFileSync(new URL(path, root), "utf8");
  const place = new RegExp(`(<!-- ${name}:[^\\n]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!place.test(document)) throw new Error(`${path} has no place for the ${name}`);
  return document.replace(place, (_, start: string, end: string) => `${start}\n${content}\n${end}`);
}

/** Writes the generated parts of all documents. */
export function writeGenerated(): void {
  for (const path of generatedDocuments) writeFileSync(new URL(path, root), withGenerated(path));
}

/** The time of a query by program and number of papers, from the figures of the last bench. */
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

if (process.argv[1] === fileURLToPath(import.meta.url)) writeGenerated();
