/**
 * What a failed file operation means for the person in front of the screen, and what they can do:
 * a clause without a full stop, to be put behind "not saved: ".
 *
 * @param error what was thrown, of any type
 * @param path the file or folder it was about
 */
export function faultText(error: unknown, path: string): string {
  switch (faultCode(error)) {
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
    case "ENOTDIR":
    case "EEXIST":
      return `a file is in the way where ${path} needs a folder; move it away`;
    case "ENOENT":
      return `the folder of ${path} could not be made; check that what it links to exists`;
    default:
      return `${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** `faultText` for a file that was to be read, of which it is no wonder that it may not be there. */
export function readFaultText(error: unknown, path: string): string {
  return faultCode(error) === "ENOENT" ? `there is no file ${path}` : faultText(error, path);
}

/** The system's code of an error (`ENOSPC`), or `null` where it has none. */
export function faultCode(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
