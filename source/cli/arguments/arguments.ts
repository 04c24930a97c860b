import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { fromHome } from "../../app/environment.js";
import type { Options } from "../../app/options.js";
import { type DigestFormat, digestFormats } from "../../exports/digest/digest.js";
import { type ExportFormat, exportFormats } from "../../exports/formats.js";
import { isIsoDay } from "../../formats/fields/dates.js";
import { defaultSources } from "../../reader/panels/default-sources.js";
import { endingOf, exportEndings } from "../../reader/panels/export-endings.js";
import { clean, shellWord } from "../../text/clean.js";
import { nearest } from "../../text/did-you-mean.js";
import {
  completedShells,
  holdersOf,
  markActs,
  optionNames,
  optionSpec,
  optionTable,
  showFormats,
  sorts,
  sourceActs,
  stateActs,
  type VerbName,
  verbs,
  watchActs,
} from "./command-table.js";

/** The parsed command line. */
export type Invocation =
  | { readonly verb: "browse"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "list"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "export"; readonly sources: readonly string[]; readonly options: ExportOptions }
  | {
      readonly verb: "show";
      readonly id: string;
      /** Sources to search first. */
      readonly sources: readonly string[];
      readonly format: ShowFormat;
      readonly options: Options;
    }
  | {
      readonly verb: "read";
      /** An arXiv id or address, or a file. */
      readonly paper: string;
      /** `null`: chosen by the kind of output. */
      readonly as: "markdown" | "json" | null;
      /** The line width in cells; `null` for the terminal's. */
      readonly width: number | null;
      readonly options: Options;
    }
  | { readonly verb: "mark"; readonly act: MarkAct; readonly ids: readonly string[] }
  | { readonly verb: "watch"; readonly act: "add"; readonly name: string; readonly filter: string }
  | { readonly verb: "watch"; readonly act: "remove"; readonly name: string }
  | {
      readonly verb: "digest";
      /** None: the morning. */
      readonly sources: readonly string[];
      /** "yesterday", "visit", a number of days as "7d", or a day. */
      readonly since: string;
      readonly format: DigestFormat;
      /** Whom a mail is to; `null`: the mail program decides. */
      readonly to: string | null;
      readonly options: Options;
    }
  | { readonly verb: "sources"; readonly act: "add" | "remove"; readonly names: readonly string[] }
  | { readonly verb: "sources"; readonly act: "list"; readonly json: boolean }
  | {
      readonly verb: "watch";
      readonly act: "list";
      readonly sources: readonly string[];
      readonly options: Options;
    }
  | { readonly verb: "learn"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "stats"; readonly sources: readonly string[]; readonly options: Options }
  | { readonly verb: "merge"; readonly files: readonly string[] }
  | {
      readonly verb: "state";
      readonly act: StateAct;
      /** The file to write or to read; `null` for standard output. */
      readonly file: string | null;
      /** Overwrite an existing file. */
      readonly force: boolean;
      /** Also import the settings. */
      readonly settings: boolean;
    }
  | { readonly verb: "sync"; readonly directory: string }
  | { readonly verb: "completions"; readonly shell: Shell }
  /** One verb, or `null` for all. */
  | { readonly verb: "help"; readonly topic: VerbName | null }
  | { readonly verb: "doctor"; readonly fix: boolean }
  | { readonly verb: "paths" | "keys" | "version" };

export interface ExportOptions extends Options {
  readonly format: ExportFormat;
  /** The file to write; `null` for standard output. */
  readonly output: string | null;
  /** Overwrite an existing file. */
  readonly force: boolean;
}

export type MarkAct = (typeof markActs)[number];
export type StateAct = (typeof stateActs)[number];
export type ShowFormat = (typeof showFormats)[number];
export type Shell = (typeof completedShells)[number];

/**
 * A usage error: one line with the mistake and the correction, cleaned of control characters from a pasted
 * argument.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(message: string) {
    super(clean(message));
  }
}

type Verb = VerbName | "browse";

/** An unknown word. The message has the suggestion and needs nothing more. */
export class MistypedError extends UsageError {}

/** Parses the arguments after the program's name. Throws a UsageError. */
export function readArguments(argv: readonly string[]): Invocation {
  refuseMistypedVerb(argv);
  const { values, positionals } = parse(argv);
  if (positionals[0] === "help" && positionals.length <= 2) return helpOn(positionals[1]);
  const named = verbs.find((one) => one === positionals[0]);
  if (values.help) return { verb: "help", topic: named ?? null };
  if (values.version) return { verb: "version" };
  const operands = named ? positionals.slice(1) : positionals;
  const verb: Verb = named ?? "browse";
  for (const option of optionNames) {
    const holders: readonly Verb[] = holdersOf(option);
    if (values[option] !== undefined && holders.length > 0 && !holders.includes(verb)) {
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
      if (id === undefined) throw new UsageError("show needs the id or address of a paper");
      if (values.json && values.format) throw new UsageError("--json is --format json: give one of them");
      const format = values.json
        ? "json"
        : oneOf(showFormats, formatName(values.format ?? "text"), "--format");
      return { verb, id, sources, format, options: toOptions(values) };
    }
    case "read": {
      const [paper, ...others] = operands;
      if (paper === undefined || others.length > 0)
        throw new UsageError("read needs the id or address of one paper, or one file");
      const { markdown, json, width } = values;
      const chosen = [markdown, json, width !== undefined].filter(Boolean);
      if (chosen.length > 1) throw new UsageError("read takes one of --markdown, --json and --width");
      if (width !== undefined && (!/^\d{2,3}$/.test(width) || Number(width) < 20))
        throw new UsageError(`--width takes a number of cells from 20 to 999; not “${width}”`);
      return {
        verb,
        paper,
        as: markdown ? "markdown" : json ? "json" : null,
        width: width === undefined ? null : Number(width),
        options: toOptions(values),
      };
    }
    case "mark": {
      const [act, ...ids] = operands;
      if (act === undefined) throw new UsageError(`mark needs one of ${markActs.join(", ")}, then ids`);
      return { verb, act: oneOf(markActs, act, "mark"), ids };
    }
    case "digest":
      return toDigest(operands, values);
    case "sources":
      return toSources(operands, values);
    case "learn":
      if (operands.length === 0) throw new UsageError("learn needs a bibliography, or another source");
      return { verb, sources: operands, options: toOptions(values) };
    case "watch":
      return toWatch(operands, values);
    case "merge":
      if (operands.length === 0) throw new UsageError("merge needs copies of journals, or folders of them");
      return { verb, files: operands };
    case "state": {
      const [act, file = null, ...others] = operands;
      if (act === undefined) throw new UsageError(`state needs one of ${stateActs.join(", ")}`);
      const chosen = oneOf(stateActs, act, "state");
      if (others.length > 0) throw new UsageError("state takes one file");
      if (chosen === "import" && file === null) throw new UsageError("state import needs a file");
      if (chosen === "compact" && file !== null) throw new UsageError("state compact takes no file");
      if (values.settings && chosen !== "import") throw new UsageError("--settings belongs to state import");
      return {
        verb,
        act: chosen,
        file: file === "-" && chosen === "export" ? null : file,
        force: values.force ?? false,
        settings: values.settings ?? false,
      };
    }
    case "completions": {
      const [shell, ...others] = operands;
      if (shell === undefined || others.length > 0)
        throw new UsageError(`completions needs one of ${completedShells.join(", ")}`);
      return { verb, shell: oneOf(completedShells, shell, "completions") };
    }
    case "sync": {
      const [directory, ...others] = operands;
      if (directory === undefined || others.length > 0) throw new UsageError("sync needs one folder");
      return { verb, directory };
    }
    case "export":
      return { verb, sources: operands, options: toExportOptions(values) };
    default:
      return { verb, sources: operands, options: toOptions(values) };
  }
}

/** Other names of the formats of a digest. */
const digestNames: Readonly<Record<string, DigestFormat>> = {
  markdown: "md",
  txt: "text",
  plain: "text",
  htm: "html",
  xml: "atom",
  mail: "eml",
  email: "eml",
};

function toDigest(sources: readonly string[], values: ReturnType<typeof parse>["values"]): Invocation {
  const { since = "yesterday", to = null } = values;
  const given = (values.format ?? "text").toLowerCase().replace(/^\./, "");
  const format = oneOf(digestFormats, digestNames[given] ?? given, "--format");
  if (!/^(?:yesterday|visit|[1-9]\d{0,3}[dw])$/.test(since) && !isIsoDay(since))
    throw new UsageError(`--since takes yesterday, visit, 7d, 2w or a day like 2025-10-29; not “${since}”`);
  if (to !== null && format !== "eml") throw new UsageError("--to belongs to digest --format eml");
  if (to !== null && !isMailAddress(to))
    throw new UsageError(`--to takes one mail address like me@example.org; not “${to}”`);
  return { verb: "digest", sources, since, format, to, options: toOptions(values) };
}

/**
 * Whether a text is a mail address with a name of at most 64 letters and 254 in all (RFC 5321, 4.5.3.1; the path
 * of 256 there has angle brackets). One that a mail program could take for an encoded word (RFC 2047) is none.
 */
function isMailAddress(text: string): boolean {
  const found = /^([\w.!#$%&'*+/=?^`{|}~-]+)@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.exec(text);
  const name = found?.[1] ?? "";
  return name !== "" && name.length <= 64 && text.length <= 254 && !name.includes("=?");
}

function toSources(operands: readonly string[], values: ReturnType<typeof parse>["values"]): Invocation {
  const [given, ...names] = operands;
  if (given === undefined) throw new UsageError(`sources needs one of ${sourceActs.join(", ")}`);
  const act = oneOf(sourceActs, given, "sources");
  if (act === "list") {
    if (names.length > 0) throw new UsageError("sources list takes no sources");
    return { verb: "sources", act, json: values.json ?? false };
  }
  if (values.json) throw new UsageError("--json belongs to sources list");
  if (names.length === 0) throw new UsageError(`sources ${act} needs a source`);
  return { verb: "sources", act, names };
}

function toWatch(operands: readonly string[], values: ReturnType<typeof parse>["values"]): Invocation {
  const [given, ...rest] = operands;
  if (given === undefined) throw new UsageError(`watch needs one of ${watchActs.join(", ")}`);
  const act = oneOf(watchActs, given, "watch");
  if (act === "list") return { verb: "watch", act, sources: rest, options: toOptions(values) };
  if (values.json) throw new UsageError("--json belongs to watch list");
  const [name = "", ...words] = rest;
  if (name.trim() === "") throw new UsageError(`watch ${act} needs the name of a watch`);
  if (act === "add") {
    const filter = words.join(" ").trim();
    if (filter === "") throw new UsageError("watch add needs a name and a filter");
    return { verb: "watch", act, name, filter };
  }
  if (words.length > 0) throw new UsageError("watch remove takes one name; put a name with spaces in quotes");
  return { verb: "watch", act, name };
}

/** The name of a format, also from a file extension or in capitals. */
function formatName(given: string): string {
  const name = given.toLowerCase().replace(/^\./, "");
  const ending = exportEndings.find((one) => one.ending === `.${name}` || one.name.toLowerCase() === name);
  return name === "csl" ? "csl-json" : (ending?.format ?? name);
}

/** Names of verbs in other programs. */
const otherNames: Readonly<Record<string, string>> = {
  ls: "list",
  cat: "show",
  print: "list",
  save: "export",
  star: "mark star",
  unstar: "mark unstar",
  import: "state import",
  backup: "state export",
  config: "paths",
  complete: "completions",
  completion: "completions",
  version: "--version",
  subscribe: "sources add",
  unsubscribe: "sources remove",
  search: "search:WORDS",
  arxiv: "arxiv:CATEGORIES",
};

/** What people put before a file to open it, and to take its papers in. */
const openingWords: readonly string[] = ["open", "view", "load", "browse"];
const takingWords: readonly string[] = ["import", "add"];

/** What can be done with a file or a source that was named after a word which is no command; `null` if none was. */
function whatToDo(word: string, named: string | undefined): string | null {
  const takes = takingWords.includes(word);
  if (named === undefined || named === "" || (!takes && !openingWords.includes(word))) return null;
  const name = shellWord(named);
  const isFile = existsSync(fromHome(named)) || /^[^:]+\.[a-z]\w{1,5}$/i.test(named);
  return [
    `papers-tui ${name} opens it`,
    ...(takes && isFile ? [`papers-tui learn ${name} ranks papers by those in it`] : []),
    ...(takes && named !== "-" ? [`papers-tui sources add ${name} adds it to your morning`] : []),
    ...(word === "import" && /\.json$/i.test(named)
      ? [`papers-tui state import ${name} takes a backup`]
      : []),
  ].join(", ");
}

/**
 * Refuses a first word that is neither a file nor a source but close to a verb. Runs before everything else,
 * because the options after it belong to that verb.
 */
function refuseMistypedVerb(argv: readonly string[]): void {
  const [word, named] = firstOperands(argv);
  if (word === undefined || !/^[a-z-]+$/i.test(word)) return;
  const sources = defaultSources.map(({ name }) => name).filter((name) => !name.includes(":"));
  const known: readonly string[] = ["help", ...verbs, ...sources];
  if (known.includes(word) || existsSync(fromHome(word))) return;
  const todo = whatToDo(word.toLowerCase(), named);
  if (todo !== null) throw new MistypedError(`“${word}” is not a command; ${todo}`);
  const meant = otherNames[word.toLowerCase()] ?? nearest(word, known);
  if (meant) throw new MistypedError(`“${word}” is not a command or a file; did you mean ${meant}?`);
}

/** The first two arguments that are neither options nor their values, as far as there are any before `--`. */
function firstOperands(argv: readonly string[]): readonly string[] {
  const operands: string[] = [];
  for (let at = 0; at < argv.length && operands.length < 2; at += 1) {
    const argument = argv[at] as string;
    if (argument === "--") break;
    if (takingValue(argument) !== null) at += 1;
    else if (!argument.startsWith("-") || argument === "-") operands.push(argument);
  }
  return operands;
}

function helpOn(topic: string | undefined): Invocation {
  if (topic === undefined || topic === "help") return { verb: "help", topic: null };
  const verb = verbs.find((one) => one === topic);
  if (verb !== undefined) return { verb: "help", topic: verb };
  throw new MistypedError(`help: there is no command “${topic}”${suggestion(topic, verbs)}`);
}

/** "; did you mean list?", or nothing. */
function suggestion(typed: string, names: readonly string[]): string {
  const close = nearest(typed, names);
  return close === null ? "" : `; did you mean ${close}?`;
}

/** The given word, if it is one of `words`. Throws a UsageError that lists them. */
function oneOf<Word extends string>(words: readonly Word[], given: string, what: string): Word {
  const found = words.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UsageError(`${what} takes ${words.join(", ")}; not “${given}”${suggestion(given, words)}`);
}

function toExportOptions(values: ReturnType<typeof parse>["values"]): ExportOptions {
  const { format, output = null, force = false } = values;
  const fromName = output === null || output === "-" ? null : (endingOf(output)?.format ?? null);
  if (format === undefined && fromName === null) {
    throw new UsageError(
      `export needs --format ${exportFormats.join(", ")}; or --output FILE with such an ending`,
    );
  }
  const chosen = format === undefined ? fromName : oneOf(exportFormats, formatName(format), "--format");
  return { ...toOptions(values), format: chosen ?? "bibtex", output, force };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: joinValues(argv), options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(-[^' ]*)/.exec(message)?.[1] ?? "an option";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const name = option.replace(/^-+/, "");
      const isVerb = verbs.some((verb) => verb === name);
      const close = nearest(name, optionNames);
      const meant = isVerb ? name : close && `--${close}`;
      throw new UsageError(`unknown option ${option}${meant ? `; did you mean ${meant}?` : ""}`);
    }
    throw new UsageError(`${option} takes no value`);
  }
}

/**
 * Joins each option that takes a value with the next argument. parseArgs refuses values that begin with “-”,
 * but “-date” is a sort and “-survey” a filter.
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

/** The name of the option, if the whole argument is an option that takes a value. */
function takingValue(argument: string): string | null {
  const name = optionNames.find((one) => argument === `--${one}` || argument === `-${optionSpec(one).short}`);
  return name !== undefined && optionSpec(name).type === "string" ? name : null;
}

function toOptions(values: ReturnType<typeof parse>["values"]): Options {
  const { sort = "relevance", limit, date } = values;
  const order = sort.replace(/^-/, "");
  if (!sorts.some((one) => one === order)) {
    throw new UsageError(
      `--sort takes ${sorts.join(", ")}, or one of these with “-” before it; not “${sort}”${suggestion(order, sorts)}`,
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
