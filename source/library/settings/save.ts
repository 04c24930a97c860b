import { mkdirSync } from "node:fs";
import { describeFsError } from "../../files/fs-errors.js";
import { withLock } from "../../files/lock.js";
import { configPath, isReadOnly, isValues, readConfigFile } from "./config-file.js";
import type { ConfigWriter } from "./config-writer.js";
import { type ReadingPosition, storedPosition } from "./reading-position.js";

/** How many listings' positions are kept; the one saved longest ago goes first. */
const positionsKept = 50;

/**
 * Saves where the reader left off in listings, with everything else in the file as it is at that moment:
 * another reader may have quit meanwhile. A file that could not be understood, and one that is read-only, is
 * never written over.
 *
 * @param positions by the listing's name, the one left last at the end
 * @returns a sentence saying why they could not be saved, or `null`; never throws
 */
export function savePositions(
  write: ConfigWriter,
  configDirectory: string,
  positions: ReadonlyMap<string, ReadingPosition>,
): string | null {
  if (positions.size === 0) return null;
  const error = change(write, configDirectory, (values, before) => {
    const isSaved = (stored: unknown) =>
      isValues(stored) && typeof stored.listing === "string" && positions.has(stored.listing);
    const others = before.filter((stored) => !isSaved(stored));
    const saved = [...positions].map(([listing, position]) =>
      storedPosition(
        listing,
        position,
        before.findLast((one) => isValues(one) && one.listing === listing),
      ),
    );
    return { ...values, places: [...others, ...saved].slice(-positionsKept) };
  });
  return error && `Where you left off was not saved: ${error}.`;
}

/** What `addToConfig` took over. */
export interface Added {
  /** The names of settings that were not set here; they are only taken over where that was asked for. */
  readonly settings: readonly string[];
  /** How many listings' positions. */
  readonly places: number;
  /** A sentence where nothing could be. */
  readonly error: string | null;
}

/**
 * Adds positions of listings that have none, and where it is asked for settings that are not set; what is
 * there stays as it is. Never throws.
 */
export function addToConfig(
  write: ConfigWriter,
  configDirectory: string,
  settings: Readonly<Record<string, unknown>>,
  places: readonly unknown[],
  withSettings: boolean,
): Added {
  let added: Omit<Added, "error"> = { settings: [], places: 0 };
  const error = change(write, configDirectory, (values, before) => {
    const missing = Object.entries(settings).filter(
      ([name]) => !Object.hasOwn(values, name) && name !== "places",
    );
    const listings = new Set(before.map((stored) => (isValues(stored) ? stored.listing : null)));
    const unknown = places.filter((stored) => isValues(stored) && !listings.has(stored.listing));
    added = { settings: missing.map(([name]) => name), places: unknown.length };
    if ((missing.length === 0 || !withSettings) && unknown.length === 0) return null;
    const taken = withSettings ? Object.fromEntries(missing) : {};
    const all = unknown.length === 0 ? {} : { places: [...unknown, ...before].slice(-positionsKept) };
    return { ...values, ...taken, ...all };
  });
  if (error !== null) return { settings: [], places: 0, error: `The settings were left alone: ${error}.` };
  return { ...added, error: null };
}

/**
 * Reads the config file, changes it and writes it, under a lock that other readers respect.
 * @param work what is in the file and its list of positions → what to write; `null` to leave it as it is
 * @returns a clause saying why it was not written, or `null`
 */
function change(
  write: ConfigWriter,
  configDirectory: string,
  work: (values: Record<string, unknown>, places: readonly unknown[]) => Record<string, unknown> | null,
): string | null {
  const path = configPath(configDirectory);
  try {
    mkdirSync(configDirectory, { recursive: true, mode: 0o700 });
    return withLock(`${path}.lock`, () => {
      const { values, damage } = readConfigFile(path);
      if (values === null) return `${path} is not a settings file (${damage}); correct it or move it away`;
      const places = values.places ?? [];
      // Something else under this name may be of a later version, and is not ours to throw away.
      if (!Array.isArray(places)) return `"places" in ${path} must be a list; correct or remove it`;
      const changed = work(values, places);
      if (changed === null) return null;
      if (isReadOnly(path)) return `${path} is read-only and stays as it is`;
      write(configDirectory, changed);
      return null;
    });
  } catch (error) {
    return describeFsError(error, path);
  }
}
