import { createHash } from "node:crypto";
import { closeSync, readSync } from "node:fs";
import { join } from "node:path";
import { describeFsError } from "../../files/fs-errors.js";
import { makePrivateFolder, writePrivate } from "../../files/private-folder.js";
import { openRegular } from "../../files/regular.js";
import { FetchError } from "../remote/fetch-error.js";
import type { Watch } from "../remote/fetcher.js";
import { fetchBytes } from "../remote/http.js";
import { SourceError } from "../source.js";
import { type TextOptions, waitForTurn } from "./requests.js";

/** A picture is at most so large, in bytes. */
const largest = 32 * 1024 * 1024;

/**
 * Downloads a picture of a paper into the cache directory and returns its path. Its name has the ending of what
 * its bytes are, whatever the server calls it: PNG, JPEG, GIF or WebP.
 *
 * @param page the address of the text that names the picture
 * @throws FetchError if it cannot be fetched or has another type, SourceError if it cannot be written
 */
export async function fetchPicture(
  address: string,
  page: string,
  options: TextOptions,
  watch: Watch,
): Promise<string> {
  if (!URL.canParse(address)) throw new FetchError("bad-address", `“${address}” is not an address`);
  const url = new URL(address);
  if (url.origin === new URL(options.arxivSite).origin) await waitForTurn("arxiv", options, watch);
  else if (url.hostname === "europepmc.org") await waitForTurn("europePmc", options, watch);
  const answer = await fetchBytes(address, {
    userAgent: options.userAgent,
    ...watch,
    namedBy: { page },
    retries: 1,
    limit: largest,
    wanted: "a picture",
  });
  const body = answer.status === "fresh" ? answer.body : Buffer.alloc(0);
  const ending = endingOf(body);
  if (ending === null) throw new FetchError("bad-answer", `${url.host} sends no picture`);
  const folder = join(options.cacheDirectory, "pictures");
  if (!makePrivateFolder(folder)) throw new FetchError("bad-answer", `${folder} is not private to you`);
  const path = join(folder, `${createHash("sha256").update(address).digest("hex").slice(0, 24)}.${ending}`);
  try {
    writePrivate(path, body);
  } catch (error) {
    throw new SourceError(`the picture was not saved: ${describeFsError(error, folder)}`);
  }
  return path;
}

/**
 * The file of a picture beside a text; XML names it without an ending. `null` where there is none, or it is no
 * picture.
 */
export function localPicture(path: string): string | null {
  const names = ["", ".png", ".jpg", ".jpeg", ".gif", ".webp"].map((ending) => path + ending);
  return names.find(isPicture) ?? null;
}

function isPicture(path: string): boolean {
  try {
    const { file } = openRegular(path);
    try {
      const start = Buffer.alloc(16);
      readSync(file, start);
      return endingOf(start) !== null;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** The ending for what the first bytes of a picture say it is; `null` for anything else. */
export function endingOf(bytes: Uint8Array): string | null {
  const starts = (...wanted: number[]) => wanted.every((byte, at) => bytes[at] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (starts(0xff, 0xd8, 0xff)) return "jpg";
  if (starts(0x47, 0x49, 0x46, 0x38)) return "gif";
  const isWebp = bytes[8] === 0x57 && bytes[9] === 0x45 && bytes[10] === 0x42 && bytes[11] === 0x50;
  return starts(0x52, 0x49, 0x46, 0x46) && isWebp ? "webp" : null;
}
