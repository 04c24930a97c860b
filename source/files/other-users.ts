import type { Stats } from "node:fs";
import { ofOtherUser } from "./fs-errors.js";
import { lstatSafely } from "./real-path.js";

/** Whether a user is somebody else than this one and root; nobody is on Windows. */
function isOther(uid: number): boolean {
  const ours = process.getuid?.();
  return ours !== undefined && uid !== ours && uid !== 0;
}

/**
 * Checks that no other user chose where something is written: by a link of theirs, or one to a file of theirs. A
 * file of another owner that is no link is one on a shared drive.
 *
 * @param target what the path leads to; `undefined` if nothing is there
 * @throws `ofOtherUser` if one did
 */
export function assertOwnLink(path: string, target: Stats | undefined): void {
  const link = lstatSafely(path);
  if (link?.isSymbolicLink() && (isOther(link.uid) || (target && isOther(target.uid)))) throw refused(path);
}

/**
 * The same for bytes that are added to a file: with a hard link they are added to the other name, too.
 * @throws `ofOtherUser` if another user chose where
 */
export function assertOwnFile(path: string, file: Stats): void {
  assertOwnLink(path, file);
  if (file.nlink > 1 && isOther(file.uid)) throw refused(path);
}

function refused(path: string): Error {
  const message = `${ofOtherUser}: a link of another user, or to a file of one, '${path}'`;
  return Object.assign(new Error(message), { code: ofOtherUser, path });
}
