import { createHash } from "node:crypto";
import { lstatSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { isPrivateFolder, makePrivateFolder } from "../../files/private-folder.js";
import { readRegular } from "../../files/regular.js";
import { writeAtomic } from "../../files/write-atomic.js";
import type { Validators } from "./http.js";

/** An answer as it is kept. */
export interface Kept {
  readonly body: Buffer;
  readonly validators: Validators;
  /** When the server last said that it holds, in milliseconds since 1970. */
  readonly checked: number;
}

/** Bytes that all kept answers may take together. */
const defaultLimit = 256 * 1024 * 1024;
const version = 1;

interface Head {
  readonly version: typeof version;
  readonly address: string;
  readonly checked: number;
  readonly validators: Validators;
  readonly digest: string;
}

/**
 * Answers of servers, one file each in the cache directory: a line of JSON, then the body as it
 * came. Nothing in here is precious: what is damaged counts as not there, what cannot be written is
 * not kept, and past the limit the answers used longest ago go. Used only while its folder is private
 * to this user, so that nobody else can put papers into it.
 */
export class Cache {
  readonly #directory: string;
  readonly #limit: number;

  /** @param directory need not exist yet; made by the first answer kept */
  constructor(directory: string, limit = defaultLimit) {
    this.#directory = join(directory, "answers");
    this.#limit = limit;
  }

  /** What was kept for an address; `null` where nothing whole is. */
  read(address: string): Kept | null {
    if (!this.#isPrivate()) return null;
    try {
      const bytes = readRegular(this.#path(address));
      const end = bytes.indexOf(0x0a);
      const head = JSON.parse(bytes.toString("utf8", 0, end)) as Partial<Head>;
      const body = bytes.subarray(end + 1);
      const isWhole = head.version === version && head.address === address && head.digest === digest(body);
      if (!isWhole || typeof head.checked !== "number" || !head.validators) return null;
      return { body, validators: head.validators, checked: head.checked };
    } catch {
      return null;
    }
  }

  /** The bodies of all that is kept, what was used last first. */
  *bodies(): Generator<Buffer, void, undefined> {
    if (!this.#isPrivate()) return;
    for (const { path } of this.#files().sort((a, b) => b.used - a.used)) {
      try {
        const bytes = readRegular(path);
        yield bytes.subarray(bytes.indexOf(0x0a) + 1);
      } catch {
        // Another process has just removed it.
      }
    }
  }

  /**
   * Keeps an answer, or an earlier one that the server says still holds. Readers see the old one or
   * the new one, never half of either. Returns whether it is kept.
   */
  write(address: string, { body, validators, checked }: Kept): boolean {
    const head: Head = { version, address, checked, validators, digest: digest(body) };
    const path = this.#path(address);
    try {
      if (!makePrivateFolder(this.#directory)) return false;
      // A link in place of an answer is not followed: what it leads to is not ours to replace.
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile())
        rmSync(path, { recursive: true, force: true });
      writeAtomic(path, [`${JSON.stringify(head)}\n`, body]);
      this.#trim(path);
    } catch {
      return false;
    }
    return true;
  }

  /** Says that an answer was used, so that it stays longer than others. */
  touch(address: string, now: number): void {
    try {
      utimesSync(this.#path(address), now / 1_000, now / 1_000);
    } catch {
      // Then it goes a little earlier.
    }
  }

  #isPrivate(): boolean {
    try {
      return isPrivateFolder(this.#directory);
    } catch {
      return false;
    }
  }

  /** Removes the answers used longest ago until the rest is within the limit; never the newest. */
  #trim(newest: string): void {
    const files = this.#files().sort((a, b) => a.used - b.used);
    let size = files.reduce((sum, file) => sum + file.size, 0);
    for (const file of files) {
      if (size <= this.#limit) return;
      if (file.path === newest) continue;
      remove(file.path);
      size -= file.size;
    }
  }

  #files(): { path: string; size: number; used: number }[] {
    return namesIn(this.#directory).flatMap((name) => {
      const path = join(this.#directory, name);
      try {
        const stats = lstatSync(path);
        return stats.isFile() ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
      } catch {
        return []; // another process has just removed it
      }
    });
  }

  #path(address: string): string {
    return join(this.#directory, createHash("sha256").update(address).digest("hex").slice(0, 32));
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // nothing was ever kept
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another process has it, or it never was.
  }
}

function digest(body: Buffer): string {
  return createHash("sha256").update(body).digest("base64");
}
