import { setFlagsFromString } from "node:v8";

/** The versions of Node on which this was tried: a newer V8 may not know the flag, and would say so on the screen. */
const tried = { from: 20, to: 26 };

/**
 * Has V8 keep the room for young objects as small as it is now. It doubles that room each time that as
 * much has survived in it, in the end to 48 or 96 MB, however little is alive: a screen that is used for an
 * hour holds 20 MB of objects and took 90 for them. Small, it is looked through more often, each time
 * in less than a millisecond. V8 takes a growth by less than 2 only while it runs, and
 * forgets it when a thread begins (Heap::ConfigureHeap).
 */
export function keepYoungMemorySmall(): void {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < tried.from || major > tried.to) return;
  setFlagsFromString("--semi-space-growth-factor=1");
  // For scripts/entry.cjs, which may yet have to keep compiled code under the flags of a start.
  Object.assign(globalThis, { __youngMemoryIsSmall: true });
}
