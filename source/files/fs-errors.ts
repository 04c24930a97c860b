/** The error code of a path that names something other than a regular file: a pipe, a device, a socket. */
export const notRegular = "ENOTREGULAR";
/** Our own code for a link by which another user chose where something is written. */
export const ofOtherUser = "EOTHERUSER";

/**
 * What a failed file operation means, and what the user can do.
 *
 * @param error the thrown value, of any type
 * @param path the file or folder the operation was about
 * @returns a clause without a full stop, to follow "not saved: "
 */
export function describeFsError(error: unknown, path: string): string {
  switch (fsErrorCode(error)) {
    case "ENOSPC":
      return `the disk of ${path} is full; free some space`;
    case "EDQUOT":
      return `your disk quota for ${path} is used up; free some space`;
    case "EFBIG":
      return `${path} would grow past the file size limit; raise it (ulimit -f)`;
    case "EACCES":
    case "EPERM":
      return `no permission for ${path}; check its owner and mode`;
    case "EROFS":
      return `${path} is on a read-only file system; make it writable`;
    case "EISDIR":
      return `${path} is a folder where a file should be; move it away`;
    case notRegular:
      return `${path} is a pipe, device or socket where a file should be; move it away`;
    case ofOtherUser:
      return `${path} is a link of another user, or to a file of one; remove it`;
    case "ELOOP":
      return `${path} is a link that leads back to itself; remove it`;
    case "ENOTDIR":
    case "EEXIST":
      return `a file is in the way where ${path} needs a folder; move it away`;
    case "ENOENT":
      return `the folder of ${path} could not be made; check that what it links to exists`;
    default:
      return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `describeFsError` for reading, where a missing file is normal. */
export function describeReadError(error: unknown, path: string): string {
  return fsErrorCode(error) === "ENOENT" ? `there is no file ${path}` : describeFsError(error, path);
}

/** The system's code of an error (`ENOSPC`), or `null` if it has none. */
export function fsErrorCode(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
