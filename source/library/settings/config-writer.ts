import { rmSync, statSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { fsErrorCode } from "../../files/fs-errors.js";
import { readRegular } from "../../files/regular.js";
import { resolveLinks, writeAtomic } from "../../files/write-atomic.js";
import { configPath, parseConfig } from "./config-file.js";

/** Writes the config file of a folder; throws where it could not be, and then the earlier content is there. */
export type ConfigWriter = (configDirectory: string, values: Record<string, unknown>) => void;

/**
 * Loads conf, which writes the config file. Only when something is saved: conf brings a schema validator that
 * the start must not wait for. Reading is a plain parse (`config-file.ts`), because conf takes a broken file
 * for an empty one and would write over it.
 */
export async function loadConfigWriter(): Promise<ConfigWriter> {
  const { default: Conf } = await import("conf");
  return (configDirectory, values) => {
    // conf would put a file in place of a link, and make the folder that a link to nothing leads to.
    const path = resolveLinks(configPath(configDirectory));
    statSync(dirname(path));
    const before = readIfThere(path);
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600;
    const conf = new Conf<Record<string, unknown>>({
      cwd: dirname(path),
      configName: basename(path, extname(path)),
      fileExtension: extname(path).slice(1),
      configFileMode: mode & 0o777,
      // Listings and papers have dots in their names.
      accessPropertiesByDotNotation: false,
    });
    conf.store = values;
    // On a disk that fills up conf renames the half that it has written over the file.
    const { damage } = parseConfig(readRegular(path).toString());
    if (damage === null) return;
    if (before === null) rmSync(path);
    else writeAtomic(path, before);
    throw Object.assign(new Error(`the new file was cut short (${damage})`), { code: "ENOSPC" });
  };
}

function readIfThere(path: string): Buffer | null {
  try {
    return readRegular(path);
  } catch (error) {
    if (fsErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}
