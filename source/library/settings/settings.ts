import { describeFsError } from "../../files/fs-errors.js";
import { configPath, readConfigFile, setAside } from "./config-file.js";
import { type ReadingPosition, readPositions } from "./reading-position.js";

/** What the reader chose, by hand, in `config.json`. */
export interface Settings {
  /** What is opened where no source is named. */
  readonly source: string;
  /** Where arXiv's interface is: `https://export.arxiv.org`. */
  readonly arxivEndpoint: string;
  /** Where arXiv's pages are, with the texts of papers: `https://arxiv.org`. */
  readonly arxivSite: string;
  /**
   * Whose texts are kept for reading offline: of papers that are starred or put aside (fetched in the background)
   * and of opened ones, of opened ones only, or of none.
   */
  readonly keepText: "starred" | "opened" | "never";
  /** Where the source's own summary of a paper is shown: before its abstract, after it, or not at all. */
  readonly summary: "first" | "below" | "never";
  /** Seconds a paper's detail is looked at before the paper counts as read; 0 = only by hand. */
  readonly markReadAfter: number;
  /** Signs of ASCII only: `*` for ★. */
  readonly ascii: boolean;
  readonly color: "auto" | "always" | "never";
}

export const defaultSettings: Settings = {
  source: "daily",
  arxivEndpoint: "https://export.arxiv.org",
  arxivSite: "https://arxiv.org",
  keepText: "starred",
  summary: "first",
  markReadAfter: 2,
  ascii: false,
  color: "auto",
};

/** What a setting must be, in words a person can act on, and how to tell. */
const rules: {
  readonly [Key in keyof Settings]: { readonly must: string; is(value: unknown): value is Settings[Key] };
} = {
  source: {
    must: 'a text such as "daily"',
    is: (value): value is string => typeof value === "string" && value.trim() !== "",
  },
  arxivEndpoint: {
    must: 'an address such as "https://export.arxiv.org"',
    is: (value): value is string => typeof value === "string" && /^https?:\/\/\S+$/.test(value),
  },
  arxivSite: {
    must: 'an address such as "https://arxiv.org"',
    is: (value): value is string => typeof value === "string" && /^https?:\/\/\S+$/.test(value),
  },
  keepText: {
    must: '"starred", "opened" or "never"',
    is: (value): value is Settings["keepText"] =>
      value === "starred" || value === "opened" || value === "never",
  },
  summary: {
    must: '"first", "below" or "never"',
    is: (value): value is Settings["summary"] => value === "first" || value === "below" || value === "never",
  },
  markReadAfter: {
    must: "a number of seconds, 0 or more",
    is: (value): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0,
  },
  ascii: { must: "true or false", is: (value): value is boolean => typeof value === "boolean" },
  color: {
    must: '"auto", "always" or "never"',
    is: (value): value is Settings["color"] => value === "auto" || value === "always" || value === "never",
  },
};

export interface Config {
  readonly settings: Settings;
  /** Where the reader left off, by the listing's name. It has no prototype, so any name may be asked for. */
  readonly places: Record<string, ReadingPosition>;
  /** Sentences for the footer. */
  readonly problems: string[];
}

/**
 * Reads `config.json`. Never throws: a value of a wrong type falls back to its default, a file that is not
 * JSON is set aside under another name, and both are reported. Unknown keys are left where they are.
 *
 * @param now milliseconds since 1970, as `Date.now`, for the name of a file that is set aside
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
  const choose = <Key extends keyof Settings>(key: Key): Settings[Key] => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    const rule = rules[key];
    if (rule.is(value)) return value;
    const fallback = defaultSettings[key];
    if (value !== undefined) {
      problems.push(
        `The setting "${key}" in ${path} must be ${rule.must}; ${JSON.stringify(fallback)} is used.`,
      );
    }
    return fallback;
  };
  const settings: Settings = {
    source: choose("source"),
    arxivEndpoint: choose("arxivEndpoint"),
    arxivSite: choose("arxivSite"),
    keepText: choose("keepText"),
    summary: choose("summary"),
    markReadAfter: choose("markReadAfter"),
    ascii: choose("ascii"),
    color: choose("color"),
  };
  return { settings, places: readPositions(values.places, path, problems), problems };
}
