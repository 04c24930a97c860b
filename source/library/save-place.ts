import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { describeFsError, fsErrorCode } from "../files/fs-errors.js";
import { configPath, isValues, parseConfig, readConfigFile } from "./config-file.js";
import { type Place, storedPlace } from "./place.js";

/** How many listings' places are kept; the one saved longest ago goes first. */
const placesKept = 50;

/**
 * Saves where the reader left off in a listing, through conf: atomically, with every other key of
 * the file as it was. A file that could not be understood is never written over.
 *
 * @returns a sentence saying why it could not be saved, or `null`; never throws
 */
export async function savePlace(
  configDirectory: string,
  listing: string,
  place: Place,
): Promise<string | null> {
  const path = configPath(configDirectory);
  try {
    // Only here, at the end of a session: conf brings a schema validator that the start must not wait for.
    const { default: Conf } = await import("conf");
    // Nothing is awaited from here on, so that two saves of this program cannot cross.
    // conf takes `[]` for an empty store and would write over it, so it is not asked.
    const { values, damage } = readConfigFile(path);
    if (values === null)
      return notSaved(`${path} is not a settings file (${damage}); correct it or move it away`);
    const before = values.places ?? [];
    // Something else under this name is of a later version, perhaps, and not ours to throw away.
    if (!Array.isArray(before)) return notSaved(`"places" in ${path} must be a list; correct or remove it`);
    const others = before.filter((stored) => !isValues(stored) || stored.listing !== listing);
    const places = [...others, storedPlace(listing, place)].slice(-placesKept);
    write(Conf, configDirectory, { places });
    return null;
  } catch (error) {
    return notSaved(describeFsError(error, path));
  }
}

/** What `addToConfig` took over. */
export interface Added {
  /** The names of settings. */
  readonly settings: readonly string[];
  /** How many listings' places. */
  readonly places: number;
  /** A sentence where nothing could be. */
  readonly error: string | null;
}

/**
 * Adds settings that are not set and places of listings that have none; what is there stays as it is.
 * Never throws.
 */
export async function addToConfig(
  configDirectory: string,
  settings: Readonly<Record<string, unknown>>,
  places: readonly unknown[],
): Promise<Added> {
  const path = configPath(configDirectory);
  const nothing = { settings: [], places: 0 };
  try {
    const { default: Conf } = await import("conf");
    const { values, damage } = readConfigFile(path);
    const before = values?.places ?? [];
    if (values === null)
      return { ...nothing, error: `The settings were left alone: ${path} is damaged (${damage}).` };
    if (!Array.isArray(before))
      return { ...nothing, error: `The places were left alone: "places" in ${path} is no list.` };
    const missing = Object.entries(settings).filter(
      ([name]) => !Object.hasOwn(values, name) && name !== "places",
    );
    const listings = new Set(before.map((stored) => (isValues(stored) ? stored.listing : null)));
    const unknown = places.filter((stored) => isValues(stored) && !listings.has(stored.listing));
    if (missing.length === 0 && unknown.length === 0) return { ...nothing, error: null };
    const changed = unknown.length === 0 ? {} : { places: [...unknown, ...before].slice(-placesKept) };
    write(Conf, configDirectory, { ...Object.fromEntries(missing), ...changed });
    return { settings: missing.map(([name]) => name), places: unknown.length, error: null };
  } catch (error) {
    return { ...nothing, error: `The settings were not added: ${describeFsError(error, path)}.` };
  }
}

/** Writes some keys of the config file through conf, with every other as it was. */
function write(
  Conf: typeof import("conf").default,
  configDirectory: string,
  values: Readonly<Record<string, unknown>>,
): void {
  mkdirSync(configDirectory, { recursive: true, mode: 0o700 });
  keepingWhatWas(configPath(configDirectory), () => {
    const conf = new Conf<Record<string, unknown>>({
      cwd: configDirectory,
      configName: "config",
      configFileMode: 0o600,
      // Listings and papers have dots in their names.
      accessPropertiesByDotNotation: false,
    });
    conf.set(values);
  });
}

function notSaved(why: string): string {
  return `Where you left off was not saved: ${why}.`;
}

/**
 * Runs `write` and looks at what it wrote. conf writes a new file and renames it over the old one,
 * but when the disk fills up in the middle it renames the half it has: then the earlier content is
 * put back, for which there was room a moment ago.
 */
function keepingWhatWas(path: string, write: () => void): void {
  const before = readIfThere(path);
  write();
  const damage = parseConfig(readFileSync(path, "utf8")).damage;
  if (damage === null) return;
  if (before === null) rmSync(path);
  else replaceFile(realpathSync(path), before);
  throw Object.assign(new Error(`the new file was cut short (${damage})`), { code: "ENOSPC" });
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}

function replaceFile(path: string, bytes: Buffer): void {
  const temporary = `${path}.restored`;
  const file = openSync(temporary, "w", 0o600);
  try {
    if (writeSync(file, bytes) < bytes.length) {
      throw new Error(`the disk is full and the settings could not be put back; a part is in ${temporary}`);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
