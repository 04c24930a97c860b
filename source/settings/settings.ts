import { describeFsError } from "../files/fs-errors.js";
import { type ColumnName, columnNames } from "../papers/sort-and-column-names.js";
import { nearest } from "../text/did-you-mean.js";
import { configPath, readConfigFile, setAside } from "./config-file.js";
import { type ListingPosition, readPositions } from "./listing-position.js";
import { readTheme, type ThemeSetting } from "./theme-setting.js";

/** The settings in `config.json`. */
export interface Settings {
  /** The default source. */
  readonly source: string;
  /** What the morning is made of: the listing that opens where no source is named. Empty: only `source`. */
  readonly sources: readonly string[];
  /** The address of arXiv's API: `https://export.arxiv.org`. */
  readonly arxivEndpoint: string;
  /** Where arXiv's pages are, with the texts of papers: `https://arxiv.org`. */
  readonly arxivSite: string;
  /** The address of bioRxiv's API: `https://api.biorxiv.org`. */
  readonly biorxivEndpoint: string;
  /** The address of Europe PMC's API. */
  readonly europePmcEndpoint: string;
  /**
   * Whose texts are kept for reading offline: of papers that are starred or kept for later (fetched in the background)
   * and of opened ones, of opened ones only, or of none.
   */
  readonly keepText: "starred" | "opened" | "never";
  /** Where the source's own summary of a paper is shown: before its abstract, after it, or not at all. */
  readonly summary: "first" | "below" | "never";
  /** The columns of the list, in their order; `null`: the usual ones, by the width. */
  readonly columns: readonly ColumnName[] | null;
  /** Lines that a row of the list takes. */
  readonly rows: 1 | 2;
  /** Seconds after which a paper that the reader went to counts as read; 0 = only by hand. */
  readonly markReadAfter: number;
  /** ASCII characters only: `*` for ★. */
  readonly ascii: boolean;
  readonly color: "auto" | "always" | "never";
  /** The colours of the screen. */
  readonly theme: ThemeSetting;
}

export const defaultSettings: Settings = {
  source: "daily",
  sources: [],
  arxivEndpoint: "https://export.arxiv.org",
  arxivSite: "https://arxiv.org",
  biorxivEndpoint: "https://api.biorxiv.org",
  europePmcEndpoint: "https://www.ebi.ac.uk/europepmc/webservices/rest",
  keepText: "starred",
  summary: "first",
  columns: null,
  rows: 1,
  markReadAfter: 2,
  ascii: false,
  color: "auto",
  theme: "terminal",
};

/** The expected value of a setting, in words, and its check. */
interface Rule {
  readonly must: string;
  /** What is used in place of a wrong value, where the default is no word or number that says it. */
  readonly instead?: string;
  is(value: unknown): boolean;
}

const rules: Readonly<Record<Exclude<keyof Settings, "theme">, Rule>> = {
  source: { must: 'a text such as "daily"', is: isName },
  sources: {
    must: 'a list of sources such as ["daily", "arxiv:cs.LG"]',
    instead: 'none, so the source of the setting "source" opens',
    is: (value) => Array.isArray(value) && value.every(isName),
  },
  arxivEndpoint: address("https://export.arxiv.org"),
  arxivSite: address("https://arxiv.org"),
  biorxivEndpoint: address("https://api.biorxiv.org"),
  europePmcEndpoint: address("https://www.ebi.ac.uk/europepmc/webservices/rest"),
  keepText: oneOf("starred", "opened", "never"),
  summary: oneOf("first", "below", "never"),
  columns: {
    must: `a list, without repeats, of ${columnNames.join(", ")}`,
    instead: "the default columns",
    is: (value) =>
      value === null ||
      (Array.isArray(value) &&
        value.length > 0 &&
        new Set(value).size === value.length &&
        value.every((one) => columnNames.some((name) => name === one))),
  },
  rows: { must: "1 or 2", is: (value) => value === 1 || value === 2 },
  markReadAfter: {
    must: "a number of seconds, 0 or more",
    is: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
  },
  ascii: { must: "true or false", is: (value) => typeof value === "boolean" },
  color: oneOf("auto", "always", "never"),
};

function isName(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function address(example: string): Rule {
  const is = (value: unknown) => typeof value === "string" && /^https?:\/\/\S+$/.test(value);
  return { must: `an address such as "${example}"`, is };
}

function oneOf(...values: readonly [string, string, string]): Rule {
  const [first, second, third] = values.map((value) => `"${value}"`);
  return { must: `${first}, ${second} or ${third}`, is: (value) => values.some((one) => one === value) };
}

export interface Config {
  readonly settings: Settings;
  /** The reading positions, by listing name. Without a prototype, so that any name is safe. */
  readonly places: Record<string, ListingPosition>;
  /** Sentences for the footer. */
  readonly problems: string[];
  /** Keys that are no settings and near none: of a later version, or notes. */
  readonly unknown: readonly string[];
}

/**
 * Reads `config.json`. Never throws: a value of a wrong type gets its default, a file that is not JSON is
 * renamed, and both are reported. Unknown keys stay; one that is near a setting is reported as misspelt.
 *
 * @param now milliseconds since 1970, as `Date.now`, for the new name of a damaged file
 */
export function readConfig(configDirectory: string, now: () => number): Config {
  const path = configPath(configDirectory);
  const problems: string[] = [];
  let values: Record<string, unknown> = {};
  try {
    const content = readConfigFile(path);
    if (content.damage === null) values = content.values;
    else problems.push(setAside(path, content.damage, now()));
  } catch (error) {
    problems.push(
      `The settings could not be read, and the defaults are used: ${describeFsError(error, path)}.`,
    );
  }
  const given = (key: string) => (Object.hasOwn(values, key) ? values[key] : undefined);
  const chosen: Record<string, unknown> = {};
  for (const [key, { must, instead, is }] of Object.entries(rules)) {
    const value = given(key);
    const fallback = defaultSettings[key as keyof Settings];
    chosen[key] = is(value) ? value : fallback;
    if (value === undefined || is(value)) continue;
    const used = instead ?? JSON.stringify(fallback);
    problems.push(`The setting "${key}" in ${path} must be ${must}. Used instead: ${used}.`);
  }
  chosen.theme = readTheme(given("theme"), path, problems);
  const known = Object.keys(defaultSettings);
  const unknown: string[] = [];
  for (const key of Object.keys(values)) {
    if (known.includes(key) || key === "places") continue;
    const meant = nearest(key, known);
    if (meant === null) unknown.push(key);
    else problems.push(`There is no setting "${key}" in ${path}: did you mean "${meant}"?`);
  }
  // The rules check what the type says.
  const settings = chosen as unknown as Settings;
  return { settings, places: readPositions(values.places, path, problems), problems, unknown };
}
