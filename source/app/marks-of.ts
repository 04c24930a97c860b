import type { SnapshotLocation } from "../library/journal/snapshot.js";
import { type Library, type LibraryOpened, openLibrary } from "../library/library.js";
import type { SeenPapers } from "../library/papers-seen.js";
import type { Listing } from "../papers/listing.js";
import { newBit } from "../papers/marks.js";
import { thisMachine } from "../settings/machine.js";
import { userDirectories } from "./environment.js";
import { codeHash } from "./version.js";

/** A listing of more papers is an archive, in which nobody looks for what is new. */
export const mostVisited = 5_000;

/** Where a snapshot of the marks may be kept; `null` where the program was not built. */
export function snapshotLocation(): SnapshotLocation | null {
  return codeHash === null ? null : { cache: userDirectories().cache, codeHash };
}

/** Opens this user's marks for a verb of the shell, and keeps a snapshot of them when it ends. */
export function openMarks(): LibraryOpened {
  const opened = openLibrary(userDirectories().state, thisMachine(), Date.now, snapshotLocation());
  process.once("exit", () => opened.library.keepSnapshot());
  return opened;
}

/** What the reader says of a change that is not on disk. A verb of the shell ends, and so says only the reason. */
export function keptForNow(error: string): string {
  return `${error} Kept until you quit, and tried again with the next change.`;
}

/**
 * The mark bits of a listing's papers, and which of them were in no listing on the screen before this visit.
 * The library learns what it does not know yet of them.
 */
export function marksOf(listing: Listing, library: Library, seen: SeenPapers): Uint8Array {
  library.attachListing(listing);
  const marks = library.bitsOf(listing);
  if (listing.size > mostVisited) return marks;
  return marks.map((bits, at) => bits | (seen.has(listing.id(at)) ? 0 : newBit));
}
