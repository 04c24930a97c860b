import { digestFormats } from "../../exports/digest/digest.js";
import { exportFormats } from "../../exports/formats.js";
import { sortNames } from "../../papers/sort-and-column-names.js";

/** The actions of `mark`. */
export const markActs = ["read", "unread", "star", "unstar", "later", "unlater"] as const;
/** The actions of `state`. */
export const stateActs = ["export", "import", "compact"] as const;
/** The actions of `sources`. */
export const sourceActs = ["add", "remove", "list"] as const;
/** The actions of `watch`. */
export const watchActs = ["add", "remove", "list"] as const;
/** The output formats of `show`. */
export const showFormats = ["text", ...exportFormats] as const;
/** The shells with completion. */
export const completedShells = ["bash", "zsh", "fish"] as const;
export const sorts = sortNames;

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** Its short form, without the dash. */
  readonly short?: string;
  /** The name of its value in the help. */
  readonly value?: string;
  readonly help: string;
  /** Its help for single verbs, where it differs. */
  readonly helpFor?: Readonly<Record<string, string>>;
  /** In a word or two, for completions. */
  readonly brief: string;
  /** Its possible values, if limited. */
  readonly words?: readonly string[];
}

/** The options by their long names, in the order of the help; `parseArgs` reads `type` and `short`. */
export const optionTable = {
  filter: {
    type: "string",
    short: "f",
    value: "QUERY",
    help: 'words, "a phrase", -without, title: author: is:starred, year:2020..2023 …',
    brief: "words, phrases, title: author: is:starred",
  },
  sort: {
    type: "string",
    short: "s",
    value: "KEY",
    help: "relevance (default), order, title, author, date, listed (newest first), upvotes, stars, comments, citations (most first), for-you, momentum (what moved most); “-date” reverses",
    brief: "the order, - before it reverses",
    words: sorts,
  },
  limit: {
    type: "string",
    short: "n",
    value: "N",
    help: "print at most N papers",
    brief: "print at most this many",
  },
  json: { type: "boolean", help: "print JSON; of papers, one array", brief: "print JSON" },
  problems: {
    type: "boolean",
    help: "print every entry that could not be read, not only the first few",
    brief: "print every entry that could not be read",
  },
  format: {
    type: "string",
    value: "F",
    help: `for export and show: ${exportFormats.join(", ")}; for show also text; for digest: ${digestFormats.join(", ")}`,
    helpFor: {
      export: exportFormats.join(", "),
      show: showFormats.join(", "),
      digest: digestFormats.join(", "),
    },
    brief: "the format to write",
    words: showFormats,
  },
  since: {
    type: "string",
    value: "S",
    help: "for digest: yesterday (default), days or weeks (7d, 2w), a day (2026-11-20) or your last visit (visit)",
    brief: "the first day of what is new",
    words: ["yesterday", "visit", "7d"],
  },
  to: {
    type: "string",
    value: "ADDRESS",
    help: "for digest --format eml: the recipient of the mail",
    brief: "the recipient of the mail",
  },
  output: {
    type: "string",
    short: "o",
    value: "FILE",
    help: "for export: the file; its ending chooses the format",
    brief: "the file to write",
  },
  force: {
    type: "boolean",
    help: "for export and state: overwrite the file",
    brief: "overwrite the file",
  },
  markdown: {
    type: "boolean",
    help: "for read: print Markdown with TeX (the default in a pipe)",
    brief: "Markdown with TeX",
  },
  width: {
    type: "string",
    value: "N",
    help: "for read: wrap lines at N cells, also into a pipe",
    brief: "cells of a line",
  },
  settings: {
    type: "boolean",
    help: "for state import: also import settings",
    brief: "also import settings",
  },
  fix: {
    type: "boolean",
    help: "for doctor: repair what can be repaired",
    brief: "repair what can be repaired",
  },
  date: {
    type: "string",
    value: "DAY",
    help: "the day of the listing, if its text does not give the year",
    brief: "the day of the listing",
  },
  ascii: { type: "boolean", help: "draw with ASCII only", brief: "draw with ASCII only" },
  color: { type: "boolean", help: "colours even in a pipe", brief: "colours even in a pipe" },
  "no-color": { type: "boolean", help: "no colours (NO_COLOR does the same)", brief: "no colours" },
  help: {
    type: "boolean",
    short: "h",
    help: "print help, after a command for that command",
    brief: "print the help",
  },
  version: { type: "boolean", short: "V", help: "print the version", brief: "print the version" },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionTable;

export interface VerbSpec {
  /** In a few words, for completions. */
  readonly brief: string;
  /** Its forms, each with its effect. */
  readonly usages: readonly (readonly [usage: string, help: string])[];
  /** Options that only some verbs have. */
  readonly options: readonly OptionName[];
  /** Whether it reads listings, and so has the listing options. */
  readonly readsListings: boolean;
  readonly operands: "sources" | "words" | "files" | "folder" | "none";
  /** The words that may follow it. */
  readonly words?: readonly string[];
  readonly examples: readonly string[];
}

/** The verbs, in the order of the help. From this parsing, `--help` and the completions are made. */
const verbTable = {
  list: {
    brief: "print one line per paper",
    usages: [["[SOURCE…] [options]", "print one line per paper"]],
    options: ["filter", "sort", "limit", "json", "problems"],
    readsListings: true,
    operands: "sources",
    examples: [
      "papers-tui list page.txt --filter 'contrastive year:2023'",
      "papers-tui list daily --sort upvotes --limit 10",
      "papers-tui list starred --json | jq -r '.[].title'",
    ],
  },
  export: {
    brief: "write papers to a file",
    usages: [
      [
        "[SOURCE…] --format F [-o FILE] [options]",
        "write BibTeX, RIS, CSL-JSON, Markdown, JSON, CSV or OPML",
      ],
    ],
    options: ["filter", "sort", "limit", "problems", "format", "output", "force"],
    readsListings: true,
    operands: "sources",
    examples: [
      "papers-tui export starred -o starred.bib",
      "papers-tui export lib.bib --filter year:2023 --format csl-json > 2023.json",
    ],
  },
  show: {
    brief: "print one paper",
    usages: [["ID [SOURCE…] [options]", "print one paper, by arXiv id, DOI or address"]],
    options: ["json", "format"],
    readsListings: true,
    operands: "sources",
    examples: ["papers-tui show 2510.22543", "papers-tui show 2510.22543 --format bibtex >> lib.bib"],
  },
  read: {
    brief: "print the text of a paper",
    usages: [["ID|FILE [--width N] [--markdown|--json]", "print the whole text of a paper, or of a file"]],
    options: ["json", "markdown", "width"],
    readsListings: true,
    operands: "files",
    examples: [
      "papers-tui read 1706.03762",
      "papers-tui read 1706.03762 --markdown > attention.md",
      "papers-tui read paper.html --width 72 | lp",
    ],
  },
  mark: {
    brief: "mark papers by their ids",
    usages: [
      [`${markActs.join("|")} [ID…]`, "mark papers; without ids, those on standard input, one per line"],
    ],
    options: [],
    readsListings: false,
    operands: "words",
    words: markActs,
    examples: [
      "papers-tui mark star 2510.22543",
      "papers-tui list daily --json | jq -r '.[].id' | papers-tui mark read",
    ],
  },
  sources: {
    brief: "choose what the morning is made of",
    usages: [
      ["add SOURCE…", "add sources to the morning, which opens when no SOURCE is given"],
      ["remove SOURCE…", "take sources out of it"],
      ["list [--json]", "print its sources, with how many papers are unread and new"],
    ],
    options: ["json"],
    readsListings: false,
    operands: "words",
    words: sourceActs,
    examples: [
      "papers-tui sources add daily arxiv:cs.LG ~/library.bib",
      "papers-tui sources list --json",
      "papers-tui list morning --filter 'is:unread from:arxiv'",
    ],
  },
  digest: {
    brief: "print what is new, for mail or a feed reader",
    usages: [
      [
        "[SOURCE…] [--since S] [--format F] [--to ADDRESS]",
        "print what is new in the morning or in these sources; exit code 1 if nothing is",
      ],
    ],
    options: ["since", "format", "to"],
    readsListings: true,
    operands: "sources",
    examples: [
      "papers-tui digest --since visit",
      "papers-tui digest --format eml --to me@example.org | sendmail -t",
      "papers-tui digest daily --since 7d --format html > week.html",
    ],
  },
  watch: {
    brief: "save, remove and list watches",
    usages: [
      ["add NAME FILTER", "save a filter as a watch, or change its filter"],
      ["remove NAME", "remove a watch"],
      ["list [SOURCE…] [--json]", "print each watch, and how many papers it finds"],
    ],
    options: ["json"],
    readsListings: true,
    operands: "words",
    words: watchActs,
    examples: [
      "papers-tui watch add theory 'langevin OR \"mean field\"'",
      "papers-tui watch list daily --json",
      "papers-tui list daily --filter watch:theory",
    ],
  },
  learn: {
    brief: "let the “for you” order learn from papers",
    usages: [["SOURCE…", "let the “for you” order learn from a bibliography"]],
    options: [],
    readsListings: true,
    operands: "sources",
    examples: ["papers-tui learn library.bib"],
  },
  stats: {
    brief: "print how much was read, and a listing in figures",
    usages: [["[SOURCE…] [--json]", "print reading by day, and listings in figures"]],
    options: ["json"],
    readsListings: true,
    operands: "sources",
    examples: ["papers-tui stats", "papers-tui stats daily --json | jq .listing.keyword"],
  },
  state: {
    brief: "all marks and settings as one file",
    usages: [
      ["export [FILE]", "write marks, settings and positions as one JSON file"],
      ["import FILE", "add the data of such a file"],
      ["compact", "make the journal of marks shorter"],
    ],
    options: ["force", "settings"],
    readsListings: false,
    operands: "words",
    words: stateActs,
    examples: ["papers-tui state export backup.json", "papers-tui state import backup.json"],
  },
  merge: {
    brief: "merge copies of marks",
    usages: [["FILE…", "merge copies of marks, or folders of them"]],
    options: [],
    readsListings: false,
    operands: "files",
    examples: ["papers-tui merge ~/old-laptop/papers-tui"],
  },
  sync: {
    brief: "keep marks in a synchronised folder",
    usages: [["DIR", "keep marks in a synchronised folder"]],
    options: [],
    readsListings: false,
    operands: "folder",
    examples: ["papers-tui sync ~/Dropbox/papers-tui"],
  },
  completions: {
    brief: "print the completion script of a shell",
    usages: [[completedShells.join("|"), "print the completion script of a shell"]],
    options: [],
    readsListings: false,
    operands: "words",
    words: completedShells,
    examples: ['eval "$(papers-tui completions bash)"'],
  },
  keys: {
    brief: "print the keys",
    usages: [["", "print the keys"]],
    options: [],
    readsListings: false,
    operands: "none",
    examples: [],
  },
  paths: {
    brief: "print where marks and settings are kept",
    usages: [["", "print where marks and settings are kept"]],
    options: [],
    readsListings: false,
    operands: "none",
    examples: [],
  },
  doctor: {
    brief: "check this machine and print what it finds",
    usages: [["[--fix]", "check this machine and print what it finds"]],
    options: ["fix"],
    readsListings: false,
    operands: "none",
    examples: [],
  },
} as const satisfies Record<string, VerbSpec>;

export type VerbName = keyof typeof verbTable;

export const verbs = Object.keys(verbTable) as VerbName[];
export const optionNames = Object.keys(optionTable) as OptionName[];

/** An entry of a table with its optional parts. */
export function verbSpec(verb: VerbName): VerbSpec {
  return verbTable[verb];
}

/** As `verbSpec`, for options. */
export function optionSpec(name: OptionName): OptionSpec {
  return optionTable[name];
}

/** The verbs that an option belongs to; none if every verb takes it. */
export function holdersOf(option: OptionName): readonly VerbName[] {
  return verbs.filter((verb) => verbSpec(verb).options.includes(option));
}

/** Options for reading and drawing a listing. */
const listingOptions: readonly OptionName[] = ["date", "ascii", "color", "no-color"];

/** The options worth offering for a verb, or (`null`) for the reader itself. */
export function optionsOf(verb: VerbName | null): OptionName[] {
  const options = verb === null ? [] : verbSpec(verb).options;
  const readsListings = verb === null || verbSpec(verb).readsListings;
  return optionNames.filter(
    (name) =>
      options.includes(name) ||
      (holdersOf(name).length === 0 && (readsListings || !listingOptions.includes(name))),
  );
}
