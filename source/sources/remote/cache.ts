import { createHash } from "node:crypto";
import { lstatSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import {
  isPrivateFile,
  isPrivateFolder,
  makePrivateFolder,
  readPrivate,
  writePrivate,
} from "../../files/private-folder.js";
import type { RemoteListing } from "./addresses.js";
import type { Validators } from "./http.js";

/** A cached response. */
export interface Kept {
  readonly body: Buffer;
  readonly validators: Validators;
  /** When the server last confirmed it, in milliseconds since 1970. */
  readonly checked: number;
}

/** The size limit of all cached responses, in bytes. */
const defaultLimit = 256 * 1024 * 1024;
const version = 1;

/**
 * Whether a response of `checked` (milliseconds since 1970) is valid without asking the server. A past day is
 * valid for ever if it was fetched at least a day after its end, to allow for time zones and late corrections.
 * Anything else is asked for again each time.
 */
export function holds({ settled }: RemoteListing, checked: number): boolean {
  return settled !== null && checked > Date.parse(settled) + 2 * 86_400_000;
}

interface Head {
  readonly version: typeof version;
  readonly address: string;
  readonly checked: number;
  readonly validators: Validators;
  readonly digest: string;
}

/**
 * Cached responses of servers, one file each: a line of JSON, then the body as received. Damaged files count as
 * missing, failed writes are ignored, and past the limit the least recently used responses are removed. Used
 * only while its folder is private to this user, so that nobody else can add papers.
 */
export class Cache {
  readonly #directory: string;
  readonly #limit: number;

  /** @param directory made when the first response is stored */
  constructor(directory: string, limit = defaultLimit) {
    this.#directory = join(directory, "answers");
    this.#limit = limit;
  }

  /** The cached response of an address; `null` if there is none, or it is damaged. */
  read(address: string): Kept | null {
    if (!this.#isPrivate()) return null;
    try {
      const bytes = readPrivate(this.#path(address));
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

  /** Whether a response of an address is there, unread: it may turn out to be damaged. */
  has(address: string): boolean {
    if (!this.#isPrivate()) return false;
    const stats = lstatSync(this.#path(address), { throwIfNoEntry: false });
    return stats !== undefined && isPrivateFile(stats);
  }

  /** The bodies of all cached responses, the most recently used first. */
  *bodies(): Generator<Buffer, void, undefined> {
    if (!this.#isPrivate()) return;
    for (const { path } of this.#files().sort((a, b) => b.used - a.used)) {
      try {
        const bytes = readPrivate(path);
        yield bytes.subarray(bytes.indexOf(0x0a) + 1);
      } catch {
        // Another process has just removed it, or it is another user's.
      }
    }
  }

  /**
   * Stores a response, or one that the server has confirmed. Readers see the old or the new one, never a part.
   * Returns whether it is stored.
   */
  write(address: string, kept: Kept): boolean {
    try {
      return this.store(address, kept);
    } catch {
      return false;
    }
  }

  /**
   * The same, for callers that report a failure. Returns `false` if the folder is not private to this user.
   *
   * @throws the system's error
   */
  store(address: string, { body, validators, checked }: Kept): boolean {
    const head: Head = { version, address, checked, validators, digest: digest(body) };
    const path = this.#path(address);
    if (!makePrivateFolder(this.#directory)) return false;
    writePrivate(path, [`${JSON.stringify(head)}\n`, body]);
    this.#trim(path);
    return true;
  }

  /** Marks a response as used, so that it stays longer. */
  touch(address: string, now: number): void {
    try {
      utimesSync(this.#path(address), now / 1_000, now / 1_000);
    } catch {
      // It is then removed a little earlier.
    }
  }

  #isPrivate(): boolean {
    try {
      return isPrivateFolder(this.#directory);
    } catch {
      return false;
    }
  }

  /** Removes the least recently used responses until the rest is within the limit; never the newest. */
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
    return []; // nothing is cached yet
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another process has removed it, or it never existed.
  }
}

function digest(body: Buffer): string {
  return createHash("sha256").update(body).digest("base64");
}
