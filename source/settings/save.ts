import { mkdirSync } from "node:fs";
import { describeFsError } from "../files/fs-errors.js";
import { isRecord } from "../files/json.js";
import { LockError, withLock } from "../files/lock.js";
import { resolveLinks } from "../files/write-atomic.js";
import { configPath, isReadOnly, readConfigFile } from "./config-file.js";
import type { ConfigWriter } from "./config-writer.js";
import { type ListingPosition, storedPosition } from "./listing-position.js";

/** How many positions are kept; the oldest is dropped first. */
const positionsKept = 50;
/** How long to wait while others write the settings, and how long when the reader quits, in milliseconds. */
const patience = 10_000;
const patienceOnQuitting = 2_000;

/**
 * Saves reading positions. Keeps everything else in the file as it is at that moment, because another terminal
 * may have written it. Never overwrites a read-only file or one that cannot be understood. The reader is quitting,
 * so this waits for others for a shorter time.
 *
 * @param positions by the listing's name, the newest last
 * @returns a sentence if the save fails, or `null`; never throws
 */
export async function savePositions(
  write: ConfigWriter,
  configDirectory: string,
  positions: ReadonlyMap<string, ListingPosition>,
): Promise<string | null> {
  if (positions.size === 0) return null;
  const work: Work = (values, before) => {
    const isSaved = (stored: unknown) =>
      isRecord(stored) && typeof stored.listing === "string" && positions.has(stored.listing);
    const others = before.filter((stored) => !isSaved(stored));
    const saved = [...positions].map(([listing, position]) =>
      storedPosition(
        listing,
        position,
        before.findLast((one) => isRecord(one) && one.listing === listing),
      ),
    );
    return { ...values, places: [...others, ...saved].slice(-positionsKept) };
  };
  const error = await change(write, configDirectory, work, patienceOnQuitting);
  return error && `Where you left off was not saved: ${error}.`;
}

/**
 * Saves the theme and keeps everything else in the file, also single colours: they go over the new theme.
 * @returns a clause if the save fails, or `null`; never throws
 */
export function saveTheme(
  write: ConfigWriter,
  configDirectory: string,
  name: string,
): Promise<string | null> {
  return change(write, configDirectory, (values) => {
    const { theme } = values;
    return { ...values, theme: isRecord(theme) ? { ...theme, base: name } : name };
  });
}

/**
 * Changes the sources of the morning. The rest of the file stays, and what another terminal has written to it.
 * Never throws.
 *
 * @param work the sources in the file → those to write, or `null` to leave them; none: the setting is removed
 * @returns a sentence if the write failed, or `null`
 */
export async function changeSources(
  write: ConfigWriter,
  configDirectory: string,
  work: (sources: readonly string[]) => readonly string[] | null,
): Promise<string | null> {
  let wrong: string | null = null;
  const error = await change(write, configDirectory, ({ sources = [], ...values }) => {
    if (!Array.isArray(sources) || !sources.every((one) => typeof one === "string")) {
      const path = configPath(configDirectory);
      wrong = `"sources" in ${path} must be a list of texts; correct or remove it`;
      return null;
    }
    const changed = work(sources);
    if (changed === null) return null;
    return changed.length === 0 ? values : { ...values, sources: changed };
  });
  const why = error ?? wrong;
  return why === null ? null : `The sources were not changed: ${why}.`;
}

/** What `addToConfig` added. */
export interface Added {
  /** The names of settings that were not set here; added only if asked for. */
  readonly settings: readonly string[];
  /** How many listings' positions. */
  readonly places: number;
  /** A sentence if the write failed. */
  readonly error: string | null;
}

/**
 * Adds positions of listings that have none, and if asked, settings that are not set. Existing values stay.
 * Never throws.
 */
export async function addToConfig(
  write: ConfigWriter,
  configDirectory: string,
  settings: Readonly<Record<string, unknown>>,
  places: readonly unknown[],
  withSettings: boolean,
): Promise<Added> {
  let added: Omit<Added, "error"> = { settings: [], places: 0 };
  const error = await change(write, configDirectory, (values, before) => {
    const missing = Object.entries(settings).filter(
      ([name]) => !Object.hasOwn(values, name) && name !== "places",
    );
    const listings = new Set(before.map((stored) => (isRecord(stored) ? stored.listing : null)));
    const unknown = places.filter((stored) => isRecord(stored) && !listings.has(stored.listing));
    added = { settings: missing.map(([name]) => name), places: unknown.length };
    if ((missing.length === 0 || !withSettings) && unknown.length === 0) return null;
    const taken = withSettings ? Object.fromEntries(missing) : {};
    const all = unknown.length === 0 ? {} : { places: [...unknown, ...before].slice(-positionsKept) };
    return { ...values, ...taken, ...all };
  });
  if (error !== null) return { settings: [], places: 0, error: `The settings were not changed: ${error}.` };
  return { ...added, error: null };
}

/** (values of the file, its list of positions) → the values to write, or `null` to leave it */
type Work = (values: Record<string, unknown>, places: readonly unknown[]) => Record<string, unknown> | null;

/**
 * Reads the config file, changes it and writes it. Writes only under a lock that other processes respect, as
 * what they have written since it was read would be lost.
 *
 * @param wait how long to wait for that lock, in milliseconds
 * @returns a clause if the write fails, or `null`
 */
async function change(
  write: ConfigWriter,
  configDirectory: string,
  work: Work,
  wait = patience,
): Promise<string | null> {
  const path = configPath(configDirectory);
  try {
    mkdirSync(configDirectory, { recursive: true, mode: 0o700 });
    // Beside the file itself: several links may lead to it.
    const lock = `${resolveLinks(path)}.lock`;
    const locking = { path: lock, holder: "writing the settings", patience: wait };
    return await withLock(locking, (assertHeld) => {
      const { values, damage } = readConfigFile(path);
      if (values === null) return `${path} is not a settings file (${damage}); correct it or move it away`;
      const places = values.places ?? [];
      // Another value under this name may be from a later version; it must not be lost.
      if (!Array.isArray(places)) return `"places" in ${path} must be a list; correct or remove it`;
      const changed = work(values, places);
      if (changed === null) return null;
      if (isReadOnly(path)) return `${path} is read-only and stays as it is`;
      assertHeld();
      write(configDirectory, changed);
      return null;
    });
  } catch (error) {
    return error instanceof LockError ? error.message : describeFsError(error, path);
  }
}
