import { rmSync, statSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { fsErrorCode } from "../files/fs-errors.js";
import { assertOwnLink } from "../files/other-users.js";
import { readRegular, readText } from "../files/regular.js";
import { resolveLinks, writeAtomic } from "../files/write-atomic.js";
import { configPath, parseConfig } from "./config-file.js";

/** Writes the config file of a folder. Throws if it fails; the old content then remains. */
export type ConfigWriter = (configDirectory: string, values: Record<string, unknown>) => void;

/**
 * Loads conf, which writes the config file. Only for saving: conf includes a schema validator that would slow
 * down the start. Reading is a plain parse (`config-file.ts`), because conf treats a broken file as empty and
 * would overwrite it.
 */
export async function loadConfigWriter(): Promise<ConfigWriter> {
  const { default: Conf } = await import("conf");
  return (configDirectory, values) => {
    // conf would replace a link by a file, and make the folder that a broken link names.
    const path = resolveLinks(configPath(configDirectory));
    statSync(dirname(path));
    assertOwnLink(configPath(configDirectory), statSync(path, { throwIfNoEntry: false }));
    const before = readIfThere(path);
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600;
    const conf = new Conf<Record<string, unknown>>({
      cwd: dirname(path),
      configName: basename(path, extname(path)),
      fileExtension: extname(path).slice(1),
      configFileMode: mode & 0o777,
      // Names of listings and papers contain dots.
      accessPropertiesByDotNotation: false,
    });
    conf.store = values;
    // On a full disk conf renames a half-written file over the old one.
    const { damage } = parseConfig(readText(path));
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
