import { wrap } from "../../text/wrap.js";
import {
  type OptionName,
  optionNames,
  optionSpec,
  optionsOf,
  type VerbName,
  verbSpec,
  verbs,
} from "./command-table.js";

/** The width of the help, in cells. */
const lineWidth = 80;
/** The columns of the explanations of commands and options. */
const usageColumn = 41;
const optionColumn = 23;

const examples = `Examples
  papers-tui                             today's Daily Papers
  papers-tui daily:2025-10-29            those of a day (2025-W44, 2025-10)
  papers-tui arxiv:cs.LG+cs.CL           the newest on arXiv
  papers-tui daily-papers.txt            read a listing saved to a file
  pbpaste | papers-tui -                 read a listing from a pipe
  papers-tui list page.txt --filter "contrastive year:2023"
  papers-tui list page.txt --json | jq -r '.[] | select(.starred) | .title'
  papers-tui export starred -o starred.bib
`;

const sources = `SOURCE is a file, “-” for standard input, an https address, daily, trending,
search:WORDS, arxiv:CATEGORIES, arxiv:WORDS, starred, later, yours, morning or
sample. The format is detected from the content: pages, answers and mails of
arXiv and Hugging Face; BibTeX, RIS, CSL (JSON, YAML), EndNote, PubMed, Web of
Science, Zotero; CSV; feeds; Markdown lists; answers of Semantic Scholar,
OpenAlex, Crossref, DBLP and others; identifiers in any text. docs/formats.md
lists them all.
`;

const exitCodes = `Exit codes: 0 success, 1 no match, 2 usage error or unreadable input,
70 internal error, 130 interrupted.
`;

/** The help of one verb, or of all (`null`). */
export function helpOf(topic: VerbName | null): string {
  return topic === null ? helpText() : verbHelp(topic);
}

/** The whole help: examples first, because most people read no further. */
export function helpText(): string {
  const usages = verbs.flatMap((verb) =>
    verbSpec(verb).usages.map(([usage, help]) => usageLines(verb, usage, help)),
  );
  return `papers-tui: read paper listings in the terminal

${examples}
Usage
${usageLines("", "[SOURCE…]", "read in the terminal (elsewhere: list)")}${usages.join("")}${usageLines("help", "COMMAND", "print the help of a command")}
${sources}
Options
${optionNames.map((name) => optionLines(name, null)).join("")}
In the terminal: j k move, Enter opens, s stars, / filters, ? shows every key.
${exitCodes}`;
}

function verbHelp(verb: VerbName): string {
  const { brief, usages, operands, examples: own } = verbSpec(verb);
  const parts = [
    `papers-tui ${verb}: ${brief}\n`,
    `Usage\n${usages.map(([usage, help]) => usageLines(verb, usage, help)).join("")}`,
    own.length === 0 ? "" : `Examples\n${own.map((line) => `  ${line}\n`).join("")}`,
    operands === "sources" ? sources : "",
    `Options\n${optionsOf(verb)
      .filter((name) => name !== "version")
      .map((name) => optionLines(name, verb))
      .join("")}`,
    exitCodes,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function usageLines(verb: string, usage: string, help: string): string {
  const written = ["  papers-tui", verb, usage].filter((part) => part !== "").join(" ");
  return inColumns(written, help, usageColumn);
}

function optionLines(name: OptionName, verb: VerbName | null): string {
  const { short, value, help: general, helpFor } = optionSpec(name);
  // In the help of one verb, the verb is not named again.
  const help =
    verb === null ? general : (helpFor?.[verb] ?? general.replace(/^for [a-z]+(?: and [a-z]+)?: /, ""));
  const letter = short === undefined ? "   " : `-${short},`;
  const written = `  ${letter} --${name}${value === undefined ? "" : ` ${value}`}`;
  return inColumns(written, help, optionColumn);
}

/** Two columns; what is too long for the first has a line of its own. */
function inColumns(left: string, right: string, column: number): string {
  const lines = wrap(right, lineWidth - column).map(({ start, end }) => right.slice(start, end));
  const isShort = left.length < column - 1;
  const [first = "", ...others] = lines;
  const indent = " ".repeat(column);
  const head = isShort ? left.padEnd(column) + first : `${left}\n${indent}${first}`;
  return [head, ...others.map((line) => indent + line)].map((line) => `${line.trimEnd()}\n`).join("");
}
