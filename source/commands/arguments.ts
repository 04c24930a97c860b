import { parseArgs } from "node:util";
import { type ExportFormat, exportFormats } from "../exports/formats.js";
import { isIsoDay } from "../formats/dates.js";
import { endingOf, exportEndings } from "../reader/exporting.js";
import { clean } from "../text/clean.js";

/** What was asked for on the command line. */
export type Invocation =
  | { readonly verb: "browse"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "list"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "export"; readonly sources: readonly string[]; readonly options: ExportOptions }
  | {
      readonly verb: "show";
      readonly id: string;
      /** Where to look for it first. */
      readonly sources: readonly string[];
      readonly format: ShowFormat;
      readonly options: Options;
    }
  | { readonly verb: "mark"; readonly act: MarkAct; readonly ids: readonly string[] }
  | { readonly verb: "merge"; readonly files: readonly string[] }
  | {
      readonly verb: "state";
      readonly act: StateAct;
      /** The file to write or to read; `null` for standard output. */
      readonly file: string | null;
      /** Overwrite the file where it is there. */
      readonly force: boolean;
      /** Import the settings, too. */
      readonly settings: boolean;
    }
  | { readonly verb: "sync"; readonly directory: string }
  | { readonly verb: "completions"; readonly shell: Shell }
  | { readonly verb: "doctor"; readonly fix: boolean }
  | { readonly verb: "paths" | "keys" | "help" | "version" };

export interface Options {
  readonly filter: string;
  /** As `readSort` takes it. */
  readonly sort: string;
  readonly limit: number | null;
  readonly json: boolean;
  /** Tell every problem of the listing, not only the first few. */
  readonly problems: boolean;
  readonly date: string | undefined;
  readonly ascii: boolean;
  readonly color: boolean | null;
}

export interface ExportOptions extends Options {
  readonly format: ExportFormat;
  /** The file to write; `null` for standard output. */
  readonly output: string | null;
  /** Overwrite the file where it is there. */
  readonly force: boolean;
}

/** What `mark` does to a paper. */
export const markActs = ["read", "unread", "star", "unstar", "later", "unlater"] as const;
export type MarkAct = (typeof markActs)[number];

/** What `state` does with all that is kept. */
export const stateActs = ["export", "import", "compact"] as const;
export type StateAct = (typeof stateActs)[number];

/** How `show` prints a paper. */
export const showFormats = ["text", ...exportFormats] as const;
export type ShowFormat = (typeof showFormats)[number];

/** The shells whose completion is known. */
export const completedShells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof completedShells)[number];

/** Wrong use: one line that says what and what instead, cleaned of what a pasted argument may carry. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(message: string) {
    super(clean(message));
  }
}

/** The options, by their long names. */
export const optionTypes = {
  filter: { type: "string", short: "f" },
  sort: { type: "string", short: "s" },
  limit: { type: "string", short: "n" },
  json: { type: "boolean" },
  problems: { type: "boolean" },
  format: { type: "string" },
  output: { type: "string", short: "o" },
  force: { type: "boolean" },
  settings: { type: "boolean" },
  fix: { type: "boolean" },
  date: { type: "string" },
  ascii: { type: "boolean" },
  color: { type: "boolean" },
  "no-color": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
} as const;
export type OptionName = keyof typeof optionTypes;

export const verbs = [
  "list",
  "export",
  "show",
  "mark",
  "merge",
  "state",
  "sync",
  "completions",
  "paths",
  "keys",
  "doctor",
] as const;
export type VerbName = (typeof verbs)[number];
type Verb = VerbName | "browse";

/** The options that only some verbs have. */
export const belongsTo: Partial<Record<OptionName, readonly Verb[]>> = {
  filter: ["list", "export"],
  sort: ["list", "export"],
  limit: ["list", "export"],
  problems: ["list", "export"],
  json: ["list", "show"],
  format: ["export", "show"],
  output: ["export"],
  force: ["export", "state"],
  settings: ["state"],
  fix: ["doctor"],
};
export const sorts = ["order", "date", "title", "author", "upvotes", "relevance"];

/** Reads the arguments behind the program's name. Throws a UsageError. */
export function readArguments(argv: readonly string[]): Invocation {
  const { values, positionals } = parse(argv);
  if (values.help || (positionals[0] === "help" && positionals.length === 1)) return { verb: "help" };
  if (values.version) return { verb: "version" };
  const named = verbs.find((one) => one === positionals[0]);
  const operands = named ? positionals.slice(1) : positionals;
  const verb: Verb = named ?? "browse";
  for (const [option, holders] of Object.entries(belongsTo)) {
    if (values[option as keyof typeof values] !== undefined && !holders.includes(verb)) {
      throw new UsageError(`--${option} belongs to “papers-tui ${holders.join("” and “papers-tui ")}”`);
    }
  }
  switch (verb) {
    case "paths":
    case "keys":
      if (operands.length > 0) throw new UsageError(`${verb} takes no arguments`);
      return { verb };
    case "doctor":
      if (operands.length > 0) throw new UsageError("doctor takes no arguments");
      return { verb, fix: values.fix ?? false };
    case "show": {
      const [id, ...sources] = operands;
      if (id === undefined) throw new UsageError("show wants the id or address of a paper");
      if (values.json && values.format) throw new UsageError("--json is --format json: give one of them");
      const format = values.json
        ? "json"
        : oneOf(showFormats, formatName(values.format ?? "text"), "--format");
      return { verb, id, sources, format, options: toOptions(values) };
    }
    case "mark": {
      const [act, ...ids] = operands;
      if (act === undefined) throw new UsageError(`mark wants one of ${markActs.join(", ")}, then ids`);
      return { verb, act: oneOf(markActs, act, "mark"), ids };
    }
    case "merge":
      if (operands.length === 0) throw new UsageError("merge wants copies of journals, or folders of them");
      return { verb, files: operands };
    case "state": {
      const [act, file = null, ...others] = operands;
      if (act === undefined) throw new UsageError(`state wants one of ${stateActs.join(", ")}`);
      const chosen = oneOf(stateActs, act, "state");
      if (others.length > 0) throw new UsageError("state takes one file");
      if (chosen === "import" && file === null) throw new UsageError("state import wants a file");
      if (chosen === "compact" && file !== null) throw new UsageError("state compact takes no file");
      if (values.settings && chosen !== "import") throw new UsageError("--settings belongs to state import");
      return { verb, act: chosen, file, force: values.force ?? false, settings: values.settings ?? false };
    }
    case "completions": {
      const [shell, ...others] = operands;
      if (shell === undefined || others.length > 0)
        throw new UsageError(`completions wants one of ${completedShells.join(", ")}`);
      return { verb, shell: oneOf(completedShells, shell, "completions") };
    }
    case "sync": {
      const [directory, ...others] = operands;
      if (directory === undefined || others.length > 0) throw new UsageError("sync wants one folder");
      return { verb, directory };
    }
    case "export":
      return { verb, sources: operands, options: toExportOptions(values) };
    default:
      return { verb, sources: operands, options: toOptions(values) };
  }
}

/** A format as it is called here, where it is written as its files end or in capitals. */
function formatName(given: string): string {
  const name = given.toLowerCase().replace(/^\./, "");
  const ending = exportEndings.find((one) => one.ending === `.${name}` || one.name.toLowerCase() === name);
  return name === "csl" ? "csl-json" : (ending?.format ?? name);
}

/** The one of some words that was given. Throws a UsageError that lists them. */
function oneOf<Word extends string>(words: readonly Word[], given: string, what: string): Word {
  const found = words.find((one) => one === given);
  if (found === undefined) throw new UsageError(`${what} takes ${words.join(", ")}; not “${given}”`);
  return found;
}

function toExportOptions(values: ReturnType<typeof parse>["values"]): ExportOptions {
  const { format, output = null, force = false } = values;
  const told = output === null || output === "-" ? null : (endingOf(output)?.format ?? null);
  if (format === undefined && told === null) {
    throw new UsageError(`export wants --format ${exportFormats.join(", ")}, or --output with its ending`);
  }
  const chosen = format === undefined ? told : oneOf(exportFormats, formatName(format), "--format");
  return { ...toOptions(values), format: chosen ?? "bibtex", output, force };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: joinValues(argv), options: optionTypes, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(-[^' ]*)/.exec(message)?.[1] ?? "an option";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const close = nearest(option.replace(/^-+/, ""), Object.keys(optionTypes));
      throw new UsageError(`unknown option ${option}${close ? `; did you mean --${close}?` : ""}`);
    }
    throw new UsageError(`${option} takes no value`);
  }
}

/**
 * Joins each option that takes a value with the argument behind it, which parseArgs refuses where
 * that begins with “-”; and “-date” is a sort, “-survey” a filter.
 */
function joinValues(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at] as string;
    if (argument === "--") return [...joined, ...argv.slice(at)];
    const name = takingValue(argument);
    if (name === null) {
      joined.push(argument);
      continue;
    }
    at += 1;
    if (argv[at] === undefined) throw new UsageError(`${argument} needs a value`);
    joined.push(`--${name}=${argv[at]}`);
  }
  return joined;
}

/** The name of the option that stands alone in an argument and takes a value. */
function takingValue(argument: string): string | null {
  for (const [name, option] of Object.entries(optionTypes)) {
    const isNamed = argument === `--${name}` || ("short" in option && argument === `-${option.short}`);
    if (isNamed) return option.type === "string" ? name : null;
  }
  return null;
}

function toOptions(values: ReturnType<typeof parse>["values"]): Options {
  const { sort = "relevance", limit, date } = values;
  if (!sorts.includes(sort.replace(/^-/, ""))) {
    throw new UsageError(
      `--sort takes ${sorts.join(", ")}, or one of these with “-” before it; not “${sort}”`,
    );
  }
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) {
    throw new UsageError(`--limit takes a number from 1; not “${limit}”`);
  }
  if (date !== undefined && !isIsoDay(date) && !/^\d{4}$/.test(date)) {
    throw new UsageError(`--date takes a day like 2025-10-29, or a year; not “${date}”`);
  }
  return {
    filter: values.filter ?? "",
    sort,
    limit: limit === undefined ? null : Number(limit),
    json: values.json ?? false,
    problems: values.problems ?? false,
    date,
    ascii: values.ascii ?? false,
    color: values["no-color"] ? false : (values.color ?? null),
  };
}

/** The name that a mistyped one was meant to be, where one begins the same or is two letters away. */
function nearest(typed: string, names: readonly string[]): string | null {
  const close = names.filter((name) => name.startsWith(typed.slice(0, 2)) || distance(typed, name) <= 2);
  return close.sort((a, b) => distance(typed, a) - distance(typed, b))[0] ?? null;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
